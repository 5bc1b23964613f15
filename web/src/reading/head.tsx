// The identity bar of the reading page: always top left, same height, same order (look 5).
import { useMemo } from "react";
import { type StudyName, type StudyRow, studyUid } from "../api";
import { personName, useWords } from "../locale";
import { usePlace } from "../shell";
import { Icon, Tag } from "../ui";
import { useClaim } from "./claim";
import { ClaimLine } from "./claim-line";
import type { OtherWindows } from "./companions";
import { CaseAnnouncement, NextCaseButton, useCaseSteps } from "./next-case";
import "./next-case.css";

interface HeadProps {
  readonly study: StudyRow | null;
  readonly others: OtherWindows;
  readonly onClose: () => void;
}

export function Head(props: HeadProps) {
  const study = useStudyOfPlace();
  return study === null ? null : <HeadOfStudy {...props} name={study} />;
}

/** The study of the address: known before its rows are, so that who reads it is asked at once. */
function useStudyOfPlace(): StudyName | null {
  const place = usePlace();
  const [uid, key] = place.page === "reading" ? [place.study, place.studyKey] : [null, ""];
  return useMemo(() => (uid === null ? null : { uid: studyUid(uid), key }), [uid, key]);
}

function HeadOfStudy({ study, others, onClose, name }: HeadProps & { readonly name: StudyName }) {
  const { t } = useWords();
  const claiming = useClaim(name, useTitle(study), others);
  const steps = useCaseSteps(name, claiming.isRead, others);
  return (
    <header className="read-head">
      {study === null ? <div className="identity" /> : <Identity study={study} />}
      {study === null ? null : <StudyTags study={study} />}
      {study === null ? null : <StudyLine study={study} />}
      <span className="push" />
      <Tag icon="info">{t("reading.notDiagnostic")}</Tag>
      <ClaimLine claiming={claiming} />
      <NextCaseButton steps={steps} />
      <CaseAnnouncement steps={steps} />
      <button type="button" className="btn btn--bare" title={t("reading.close")} onClick={onClose}>
        <Icon name="close" />
        <span className="sr">{t("reading.close")}</span>
        <kbd>{t("key.Escape")}</kbd>
      </button>
    </header>
  );
}

/** The study in a few words, as a message names it. */
function useTitle(study: StudyRow | null): string {
  const { formats } = useWords();
  if (study === null) return "";
  const { patient, modalities, study_date } = study;
  const parts = [personName(patient.name), modalities.join(" "), formats.date(study_date)];
  return parts.filter((part) => part !== "").join(" · ");
}

function Identity({ study }: { readonly study: StudyRow }) {
  const { t, formats } = useWords();
  const { patient } = study;
  const sex = formats.sex(patient.sex);
  const age = formats.age(patient.birth_date, study.study_date);
  return (
    <section className="identity" aria-label={t("reading.patient")}>
      <span className="who">{personName(patient.name) || "–"}</span>
      {sex === "" ? null : <span className="soft">{sex}</span>}
      {patient.birth_date === "" ? null : (
        <span>
          {formats.date(patient.birth_date)} {age === "" ? null : <span className="soft">({age})</span>}
        </span>
      )}
      {patient.patient_id === "" ? null : (
        <>
          <span className="sep" />
          <span className="soft">{patient.patient_id}</span>
        </>
      )}
    </section>
  );
}

/** Identity first, then completeness, then variants: at most what is so. */
function StudyTags({ study }: { readonly study: StudyRow }) {
  const { t } = useWords();
  return (
    <span className="row row--tight">
      {study.identity === "unresolved" ? (
        <Tag tone="warn" icon="warn">
          {t("tag.identity.unresolved")}
        </Tag>
      ) : null}
      {study.identity === "provisional" ? (
        <Tag tone="warn" icon="warn">
          {t("tag.identity.provisional")}
        </Tag>
      ) : null}
      {study.state === "arriving" ? (
        <Tag tone="warn" icon="st-arriving">
          {t("reading.arriving")}
        </Tag>
      ) : null}
      {study.open_variants > 0 ? <Tag>{t("tag.variants")}</Tag> : null}
    </span>
  );
}

function StudyLine({ study }: { readonly study: StudyRow }) {
  const { formats } = useWords();
  const when = [formats.date(study.study_date), formats.time(study.study_time)].filter((part) => part !== "").join(" ");
  return (
    <p className="study">
      <b className="cut">{study.description || study.modalities.join(", ")}</b>
      <span className="only-wide">{when}</span>
    </p>
  );
}
