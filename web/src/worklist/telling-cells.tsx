// The cells that tell persons of similar names apart: number, and age where the list is too narrow for the number.
import type { ReactNode } from "react";
import type { StudyRow } from "../api";
import { dicomDate, type Words } from "../locale";
import type { TellingApart } from "./names-alike";
import type { Parts } from "./shared-part";

export function numberCell({ patient }: StudyRow, _words: Words, alike: TellingApart | null): ReactNode {
  if (alike?.by === "number") return <Parted {...alike.parts} />;
  if (alike?.by === "issuer") return <Parted {...alike.parts} start={`${patient.patient_id} ${alike.parts.start}`} />;
  return patient.patient_id;
}

/** Where the list is too narrow for the number, those who could be confused are told apart by what stands here. */
export function ageCell(
  { patient, study_date }: StudyRow,
  { t, formats }: Words,
  alike: TellingApart | null,
): ReactNode {
  const on = study_date === "" ? dicomDate(new Date()) : study_date;
  const sex = <span className="soft">{formats.sex(patient.sex)}</span>;
  const usual = (
    <>
      {sex} {formats.ageInColumn(patient.birth_date, on)}
    </>
  );
  if (alike === null) return usual;
  const born = formats.date(patient.birth_date);
  const known = [born, patient.patient_id, patient.issuer].filter((text) => text !== "");
  if (alike.by === "nothing") return <span title={[...known, t("worklist.notToldApart")].join(" · ")}>{usual}</span>;
  return (
    <>
      <span className="only-wide">{usual}</span>
      <span className="only-narrow" title={known.join(" · ")}>
        {alike.by === "born" ? (
          <>
            {sex} {born}
          </>
        ) : (
          <Parted {...alike.parts} />
        )}
      </span>
    </>
  );
}

function Parted({ start, shared, end }: Parts) {
  return (
    <span className="parted">
      <span>{start}</span>
      <span className={end === "" ? "shared" : "shared is-before"}>
        <bdi dir="ltr">{shared}</bdi>
      </span>
      <span>{end}</span>
    </span>
  );
}
