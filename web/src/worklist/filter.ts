// The worklist's filter: a value that lives in the address, and what the server is asked for it. Pure.
import type { StudyMatch, StudyQuery } from "../api";
import { dateFromInput } from "../locale";

export type Sort = NonNullable<StudyQuery["sort"]>;
export type Order = NonNullable<StudyQuery["order"]>;
export type FilterField =
  | "patient_name"
  | "patient_id"
  | "accession"
  | "modality"
  | "date_from"
  | "date_to"
  | "description"
  | "referring"
  | "birth_date"
  | "received_from"
  | "received_to"
  | "study"
  | "accession_is"
  | "patient_id_is"
  | "identity"
  | "state";

/** How far a study has arrived, or that somebody reads it. */
const STATES = ["arriving", "ready", "reading"] as const;

export interface FieldKind {
  readonly field: FilterField;
  readonly kind: "text" | "date" | "modality" | "choice" | "uids";
  readonly choices?: readonly string[];
}

export const FILTER_FIELDS: readonly FieldKind[] = [
  { field: "patient_name", kind: "text" },
  { field: "patient_id", kind: "text" },
  { field: "accession", kind: "text" },
  { field: "modality", kind: "modality" },
  { field: "date_from", kind: "date" },
  { field: "date_to", kind: "date" },
  { field: "description", kind: "text" },
  { field: "received_from", kind: "date" },
  { field: "received_to", kind: "date" },
  { field: "referring", kind: "text" },
  { field: "birth_date", kind: "date" },
  { field: "accession_is", kind: "text" },
  { field: "patient_id_is", kind: "text" },
  { field: "study", kind: "uids" },
  { field: "identity", kind: "choice", choices: ["unresolved", "provisional", "resolved"] },
  { field: "state", kind: "choice", choices: STATES },
];
const SORTS: readonly Sort[] = [
  "received",
  "study_date",
  "patient_name",
  "patient_id",
  "birth_date",
  "description",
  "accession",
  "referring",
];
/** Orders that begin with the latest. A birth date too: the youngest first reads as age upwards. */
const LATEST_FIRST: readonly Sort[] = ["received", "study_date", "birth_date"];

/** Values as they stand in the address: dates as DICOM writes them, modalities joined by commas. */
export interface Filter {
  readonly values: ReadonlyMap<FilterField, string>;
  readonly sort: Sort;
  readonly order: Order;
}

export const NO_FILTER: Filter = { values: new Map(), sort: "received", order: "desc" };

/** The filter of an address; what an address cannot mean is left out. */
export function filterOf(address: string): Filter {
  const parameters = new URLSearchParams(address);
  const values = new Map<FilterField, string>();
  for (const kind of FILTER_FIELDS) {
    const value = acceptable(kind, parameters.get(kind.field) ?? "");
    if (value !== null && value !== "") values.set(kind.field, value);
  }
  return {
    values,
    sort: SORTS.find((sort) => sort === parameters.get("sort")) ?? NO_FILTER.sort,
    order: parameters.get("order") === "asc" ? "asc" : "desc",
  };
}

export function addressOf(filter: Filter): string {
  const parameters = new URLSearchParams();
  for (const { field } of FILTER_FIELDS) {
    const value = filter.values.get(field);
    if (value !== undefined) parameters.set(field, value);
  }
  if (filter.sort !== NO_FILTER.sort) parameters.set("sort", filter.sort);
  if (filter.order !== NO_FILTER.order) parameters.set("order", filter.order);
  return parameters.toString();
}

/** The value in its kept form, or null where it has not the form of its field. */
export function acceptable({ kind, choices }: FieldKind, text: string): string | null {
  const value = text.trim();
  if (value === "") return "";
  if (kind === "date") return dateFromInput(value);
  if (kind === "choice") return choices?.includes(value) === true ? value : null;
  if (kind === "text") return value.slice(0, 200);
  if (kind === "uids") return uidsOf(value);
  const codes = value
    .split(/[,\s]+/)
    .map((code) => code.toUpperCase())
    .filter((code) => code !== "");
  return codes.every((code) => /^[A-Z0-9_]{1,16}$/.test(code)) && codes.length <= 20 ? codes.join(",") : null;
}

/** Study Instance UIDs by comma, PS3.5 9.1; null where one of them has another form. */
function uidsOf(text: string): string | null {
  const uids = text.split(/[,\s]+/).filter((uid) => uid !== "");
  return uids.every((uid) => /^[0-9.]{1,64}$/.test(uid)) && uids.length <= 20 ? uids.join(",") : null;
}

export function withValue(filter: Filter, field: FilterField, value: string): Filter {
  const values = new Map(filter.values);
  if (value === "") values.delete(field);
  else values.set(field, value);
  return { ...filter, values };
}

/** The same filter sorted by a column; a second time turns the order round. */
export function sortedBy(filter: Filter, sort: Sort): Filter {
  if (filter.sort === sort) return { ...filter, order: filter.order === "asc" ? "desc" : "asc" };
  return { ...filter, sort, order: LATEST_FIRST.includes(sort) ? "desc" : "asc" };
}

const isPattern = (text: string): boolean => /[*?]/.test(text);

/** The first instant of a day in the reader's zone, or of the day after it. */
function midnight(da: string, after = 0): string {
  return new Date(Number(da.slice(0, 4)), Number(da.slice(4, 6)) - 1, Number(da.slice(6, 8)) + after).toISOString();
}

/** The last instant of a day that the server can tell from the next one. */
function dayEnd(da: string): string {
  return new Date(Date.parse(midnight(da, 1)) - 1).toISOString().replace("Z", "999Z");
}

const isOneOf = <T extends string>(choices: readonly T[], value: string | undefined): T | undefined =>
  choices.find((choice) => choice === value);
const plainly = (text: string | undefined, wrap: (text: string) => string): string | undefined =>
  text === undefined || isPattern(text) ? text : wrap(text);

/** What the server is asked to narrow by. A name without wildcards means its beginning, a description any part of it. */
export function matchOf({ values }: Filter): StudyMatch {
  const text = (field: FilterField): string | undefined => values.get(field);
  const day = (field: FilterField, instant: (da: string) => string): string | undefined => {
    const da = values.get(field);
    return da === undefined ? undefined : instant(da);
  };
  return {
    patient_name: plainly(text("patient_name"), (name) => `${name}*`),
    patient_id: text("patient_id"),
    accession: text("accession"),
    modality: text("modality")?.split(","),
    date_from: text("date_from"),
    date_to: text("date_to"),
    description: plainly(text("description"), (part) => `*${part}*`),
    referring: plainly(text("referring"), (name) => `${name}*`),
    birth_date: text("birth_date"),
    received_from: day("received_from", midnight),
    received_until: day("received_to", dayEnd),
    study: text("study")?.split(","),
    accession_is: text("accession_is"),
    patient_id_is: text("patient_id_is"),
    identity: isOneOf(["resolved", "provisional", "unresolved"], text("identity")),
    state: isOneOf(STATES, text("state")),
  };
}

export function queryOf(filter: Filter): StudyQuery {
  return { ...matchOf(filter), sort: filter.sort, order: filter.order };
}
