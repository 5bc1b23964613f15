// The worklist's filter: a value that lives in the address, and what the server is asked for it. Pure.
import type { StudyQuery } from "../api";
import { dateFromInput, dicomDate } from "../locale";

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
  | "identity"
  | "state";

export interface FieldKind {
  readonly field: FilterField;
  readonly kind: "text" | "date" | "modality" | "choice";
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
  { field: "identity", kind: "choice", choices: ["unresolved", "provisional", "resolved"] },
  { field: "state", kind: "choice", choices: ["arriving", "ready"] },
];
const SORTS: readonly Sort[] = ["received", "study_date", "patient_name", "patient_id"];

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
  const codes = value
    .split(/[,\s]+/)
    .map((code) => code.toUpperCase())
    .filter((code) => code !== "");
  return codes.every((code) => /^[A-Z0-9_]{1,16}$/.test(code)) && codes.length <= 20 ? codes.join(",") : null;
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
  return { ...filter, sort, order: sort === "received" || sort === "study_date" ? "desc" : "asc" };
}

const isPattern = (text: string): boolean => /[*?]/.test(text);

/** What the server is asked. A name without wildcards means its beginning, a description any part of it. */
export function queryOf({ values, sort, order }: Filter): StudyQuery {
  const text = (field: FilterField): string | undefined => values.get(field);
  const name = text("patient_name");
  const description = text("description");
  const identity = (["resolved", "provisional", "unresolved"] as const).find((one) => one === text("identity"));
  const state = (["arriving", "ready"] as const).find((one) => one === text("state"));
  return {
    sort,
    order,
    patient_name: name === undefined || isPattern(name) ? name : `${name}*`,
    patient_id: text("patient_id"),
    accession: text("accession"),
    modality: text("modality")?.split(","),
    date_from: text("date_from"),
    date_to: text("date_to"),
    description: description === undefined || isPattern(description) ? description : `*${description}*`,
    identity,
    state,
  };
}

export type ViewName = "all" | "today" | "week" | "arriving" | "unresolved" | "provisional";
export interface View {
  readonly name: ViewName;
  readonly filter: Filter;
}

/** The views every reader has; a view is a named address. */
export function viewsOn(today: Date): readonly View[] {
  const weekAgo = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 6);
  const only = (field: FilterField, value: string): Filter => withValue(NO_FILTER, field, value);
  return [
    { name: "all", filter: NO_FILTER },
    { name: "today", filter: only("date_from", dicomDate(today)) },
    { name: "week", filter: only("date_from", dicomDate(weekAgo)) },
    { name: "arriving", filter: only("state", "arriving") },
    { name: "unresolved", filter: only("identity", "unresolved") },
    { name: "provisional", filter: only("identity", "provisional") },
  ];
}

/** The view whose values are these, whatever the order of rows; null for an own selection. */
export function viewOf(filter: Filter, today: Date): View | null {
  const bare = (one: Filter): string => addressOf({ ...one, sort: NO_FILTER.sort, order: NO_FILTER.order });
  return viewsOn(today).find((view) => bare(view.filter) === bare(filter)) ?? null;
}
