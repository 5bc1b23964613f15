// What is looked for in the audit: as a person writes it, and as the server is asked.
import type { AuditCriteria, AuditRow } from "../api";
import { CATALOGUES, dateFromInput } from "../locale";

export interface AuditDraft {
  readonly since: string;
  readonly until: string;
  readonly actor: string;
  readonly act: string;
  readonly patient: string;
  readonly accession: string;
  readonly subject: string;
  readonly outcome: "" | AuditRow["outcome"];
}

export const EVERYTHING: AuditDraft = {
  since: "",
  until: "",
  actor: "",
  act: "",
  patient: "",
  accession: "",
  subject: "",
  outcome: "",
};

const ACT_WORDS = "act.name.";

/** Every act that there are words for: the catalogue is the one table. */
export const ACTS: readonly string[] = Object.keys(CATALOGUES.de)
  .filter((key) => key.startsWith(ACT_WORDS))
  .map((key) => key.slice(ACT_WORDS.length));

/** Dates that are none, by their field. */
export function wrongDates(draft: AuditDraft): readonly ("since" | "until")[] {
  return (["since", "until"] as const).filter((field) => draft[field] !== "" && dateFromInput(draft[field]) === null);
}

/** A study is named by its patient or by its order. */
export const namesBoth = ({ patient, accession }: AuditDraft): boolean => patient !== "" && accession !== "";

/** Whether the server can be asked what is written. */
export const canAsk = (draft: AuditDraft): boolean => wrongDates(draft).length === 0 && !namesBoth(draft);

/** The beginning of a day of the reader's zone as an instant; '' where there is no date. */
function dayAsInstant(text: string, later: number): string {
  const date = dateFromInput(text);
  if (date === null) return "";
  const [year, month, day] = [date.slice(0, 4), date.slice(4, 6), date.slice(6, 8)].map(Number);
  return new Date(year ?? 0, (month ?? 1) - 1, (day ?? 1) + later).toISOString();
}

/** The server's question: the last day counts whole. */
export function criteriaOf(draft: AuditDraft): AuditCriteria {
  return {
    since: dayAsInstant(draft.since, 0),
    until: dayAsInstant(draft.until, 1),
    actor: draft.actor.trim(),
    act: draft.act,
    patient_id: draft.patient.trim(),
    accession: draft.accession.trim(),
    subject: draft.subject.trim(),
    outcome: draft.outcome,
  };
}
