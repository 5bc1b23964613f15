// The chosen study beside the list: whose it is, what it holds, what to mind, and the way in.
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useMemo, useState } from "react";
import { rowName, type SeriesRow, type StudyName, type StudyRow, sameStudy, seriesUid, studyName } from "../api";
import { personName, useWords, type Words } from "../locale";
import { Failure, Keys, studyQuery, useClient, useSession, useSurroundings } from "../shell";
import { Button, Empty, Loading, Note } from "../ui";
import { StudyTags } from "./columns";
import { useRowPatch } from "./study-pages";
import { Timeline } from "./timeline";

export interface PreviewProps {
  readonly row: StudyRow | null;
  /** Takes the study for reading and opens it. */
  readonly onRead: (row: StudyRow) => void;
  /** Opens it only to be looked at. */
  readonly onLook: (row: StudyRow) => void;
}

export function Preview({ row, onRead, onLook }: PreviewProps) {
  const { t } = useWords();
  return (
    <aside className="pane preview" aria-label={t("worklist.preview")}>
      {row === null ? (
        <Empty title={t("worklist.preview.none")}>
          <p>{t("worklist.preview.noneText")}</p>
        </Empty>
      ) : (
        <StudyPreview row={row} onRead={onRead} onLook={onLook} />
      )}
    </aside>
  );
}

function StudyPreview({ row, onRead, onLook }: PreviewProps & { readonly row: StudyRow }) {
  const words = useWords();
  const study = useMemo(() => studyName(row), [row]);
  const rested = useRested(study);
  return (
    <>
      <Identity row={row} words={words} />
      <div className="pane-body">
        <SeriesPictures study={study} wanted={rested} />
        <Facts row={row} words={words} />
        <Warnings row={row} words={words} />
        <Timeline row={row} wanted={rested} onOpen={onLook} />
      </div>
      <div className="actions">
        <Button kind="main" onClick={() => onRead(row)}>
          {words.t("claims.read")} <Keys of="Enter" />
        </Button>
        <Button onClick={() => onLook(row)}>
          {words.t("claims.look")} <Keys of="Shift+Enter" />
        </Button>
        <SettleButton key={rowName(row)} row={row} />
      </div>
    </>
  );
}

interface FactsProps {
  readonly row: StudyRow;
  readonly words: Words;
}

/** Same corner, same order on every page: name, sex, date of birth (age), number. */
function Identity({ row: { patient, study_date }, words: { t, formats } }: FactsProps) {
  const name = personName(patient.name);
  const age = formats.age(patient.birth_date, study_date);
  const born = patient.birth_date === "" ? "" : formats.date(patient.birth_date);
  const when = age === "" ? born : `${born} (${age})`;
  const facts = [formats.sex(patient.sex), when, patient.patient_id].filter((fact) => fact !== "");
  return (
    <div className="identity">
      <span className="who">{name === "" ? t("worklist.noName") : name}</span>
      <span className="soft">{facts.join(" · ")}</span>
    </div>
  );
}

function Facts({ row, words: { t, formats } }: FactsProps) {
  const objects = t("worklist.objects", { n: row.instance_count });
  const facts = [
    [t("worklist.fact.study"), [row.modalities.join(" "), row.description].filter((part) => part !== "").join(" · ")],
    [t("worklist.fact.studied"), `${formats.date(row.study_date)} ${formats.time(row.study_time)}`.trim()],
    [t("worklist.fact.received"), formats.moment(row.last_received_at, new Date())],
    [t("worklist.fact.size"), `${objects} · ${formats.bytes(row.size_bytes)}`],
    [t("worklist.fact.accession"), row.accession_number],
    [t("worklist.fact.referring"), personName(row.referring)],
    [t("worklist.fact.institution"), row.institution],
    [t("worklist.fact.issuer"), row.patient.issuer],
  ].filter(([, value]) => value !== "");
  return (
    <dl className="facts">
      {facts.map(([label, value]) => (
        <div key={label} className="fact">
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Warnings({ row, words: { t, formats } }: FactsProps) {
  const now = new Date();
  return (
    <>
      <p className="row tags">
        <StudyTags row={row} />
      </p>
      {row.claim === null || row.claim.own ? null : (
        <Note>{t("claims.held", { name: row.claim.name, time: formats.moment(row.claim.since, now) })}</Note>
      )}
      {row.identity === "unresolved" ? <Note tone="bad">{t("worklist.note.unresolved")}</Note> : null}
      {row.identity === "provisional" ? <Note tone="warn">{t("worklist.note.provisional")}</Note> : null}
      {row.missing.map(({ reason, objects }) => (
        <Note key={reason} tone="warn">
          {t(`worklist.note.${reason}`, { n: objects })}
        </Note>
      ))}
      {row.open_variants > 0 ? <Note tone="warn">{t("worklist.note.variants", { n: row.open_variants })}</Note> : null}
      {row.state === "arriving" ? (
        <Note>{t("worklist.note.arriving", { time: formats.moment(row.last_received_at, now) })}</Note>
      ) : null}
    </>
  );
}

const REST_MS = 120;

/** The study on which the reader has rested for a moment; running through the list asks for nothing. */
function useRested(study: StudyName): boolean {
  const latest = useDeferredValue(study);
  const [rested, setRested] = useState<StudyName | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setRested(latest), REST_MS);
    return () => clearTimeout(timer);
  }, [latest]);
  return rested !== null && sameStudy(rested, study);
}

function SeriesPictures({ study, wanted }: { readonly study: StudyName; readonly wanted: boolean }) {
  const { t } = useWords();
  const client = useClient();
  const detail = useQuery({
    ...studyQuery(client, study),
    enabled: wanted,
    staleTime: 10_000,
  });
  if (detail.error !== null) return <Failure error={detail.error} retry={() => void detail.refetch()} />;
  if (detail.data === undefined) return <Loading label={t("state.loading")} />;
  return (
    <ul className="pictures" aria-label={t("worklist.preview.series")}>
      {detail.data.series.map((series) => (
        <Picture key={series.series_instance_uid} study={study} series={series} />
      ))}
    </ul>
  );
}

function Picture({ study, series }: { readonly study: StudyName; readonly series: SeriesRow }) {
  const { t, formats } = useWords();
  const client = useClient();
  const [missing, setMissing] = useState(false);
  const name = series.description || series.protocol || series.modality;
  const objects = t("worklist.objects", { n: series.instance_count });
  return (
    <li title={`${series.modality} ${name} · ${objects}`}>
      <span className="thumb">
        {missing ? (
          <span className="thumb-none">{t("worklist.preview.noPicture")}</span>
        ) : (
          <img
            src={client.images.thumbnailAddress(study, seriesUid(series.series_instance_uid))}
            alt=""
            loading="lazy"
            onError={() => setMissing(true)}
          />
        )}
        <span className="thumb-count">{formats.numeral(series.instance_count)}</span>
      </span>
      <span className="cut">
        {series.number === null ? "" : `${series.number} `}
        {name}
      </span>
    </li>
  );
}

function SettleButton({ row }: { readonly row: StudyRow }) {
  const { t } = useWords();
  const { client, toast } = useSurroundings();
  const session = useSession();
  const patch = useRowPatch();
  const [failure, setFailure] = useState<unknown>(null);
  if (row.state !== "arriving" || !session.rights.includes("settle")) return null;
  const settle = async (): Promise<void> => {
    const study = studyName(row);
    try {
      await client.studies.settle(study, AbortSignal.timeout(30_000));
      patch((await client.studies.detail(study, AbortSignal.timeout(30_000))).study);
      toast({ text: t("worklist.settled") });
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <>
      <Button onClick={() => void settle()}>{t("worklist.settle")}</Button>
      {failure === null ? null : <Failure error={failure} />}
    </>
  );
}
