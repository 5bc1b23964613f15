// What another system asks to be shown (IHE RAD TF-2 4.106, Invoke Image Display), as a filter of the worklist. Pure.
import {
  acceptable,
  FILTER_FIELDS,
  type FieldKind,
  type Filter,
  type FilterField,
  NO_FILTER,
  withValue,
} from "./filter";

export interface Invocation {
  readonly filter: Filter;
  /** Only the newest study of the patient is wanted. */
  readonly newest: boolean;
  /** Who issued the patient's number, where the caller says so: namespace and universal identifier. */
  readonly authority: readonly string[];
}

/** `null` where the call names no study and no patient, or names one in a form that cannot be meant. */
export function invocationOf(request: string): Invocation | null {
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(request)) parameters.set(name.toLowerCase(), value.trim());
  const value = (name: string): string => parameters.get(name) ?? "";
  // The first study of a list is then the newest.
  const byDate: Filter = { ...NO_FILTER, sort: "study_date", order: "desc" };
  switch (value("requesttype").toUpperCase()) {
    case "STUDY": {
      const named = filled(byDate, [
        ["study", value("studyuid")],
        ["accession_is", value("accessionnumber")],
      ]);
      return named === null ? null : { filter: named, newest: false, authority: [] };
    }
    case "PATIENT": {
      const [number = "", , , authority = ""] = value("patientid").split("^");
      const named = filled(byDate, [["patient_id_is", number]]);
      const narrowed = named === null ? null : narrowedBy(named, value);
      const newest = value("mostrecentresults") === "1";
      return narrowed === null ? null : { filter: narrowed, newest, authority: authority.split("&").slice(0, 2) };
    }
    default:
      return null;
  }
}

function narrowedBy(named: Filter, value: (name: string) => string): Filter | null {
  const more: readonly (readonly [FilterField, string])[] = [
    ["date_from", value("lowerdatetime").slice(0, 10).replaceAll("-", "").slice(0, 8)],
    ["date_to", value("upperdatetime").slice(0, 10).replaceAll("-", "").slice(0, 8)],
    ["modality", value("modalitiesinstudy")],
  ];
  return more.every(([, text]) => text === "") ? named : filled(named, more);
}

/** The filter with what is given; null where nothing is, or where something has not its form. */
function filled(filter: Filter, given: readonly (readonly [FilterField, string])[]): Filter | null {
  const set = given.filter(([, text]) => text !== "");
  if (set.length === 0) return null;
  let made = filter;
  for (const [field, text] of set) {
    const kept = acceptable(kindOf(field), text);
    if (kept === null || kept === "") return null;
    made = withValue(made, field, kept);
  }
  return made;
}

function kindOf(field: FilterField): FieldKind {
  const kind = FILTER_FIELDS.find((one) => one.field === field);
  if (kind === undefined) throw new Error(`no filter ${field}`);
  return kind;
}
