// Persons of a list who could be taken for each other (look 5, "Namensähnlich"): same family name, given names that begin
// alike, another person. Pure; of the loaded rows only, so that it costs nothing.
import type { StudyRow } from "../api";

/** Given names count as alike from so many equal letters on. */
const ALIKE_LETTERS = 3;

interface Person {
  readonly key: string;
  readonly given: string;
}

/** Keys (`personKey`) of everybody who stands in these rows together with somebody of a similar name. */
export function namesAlike(rows: readonly StudyRow[]): ReadonlySet<string> {
  const families = new Map<string, Map<string, Person>>();
  for (const row of rows) {
    const [family = "", given = ""] = folded(row.patient.name).split("^");
    if (family === "") continue;
    const known = families.get(family) ?? new Map<string, Person>();
    known.set(personKey(row), { key: personKey(row), given });
    families.set(family, known);
  }
  const alike = new Set<string>();
  for (const persons of families.values()) for (const key of alikeAmong([...persons.values()])) alike.add(key);
  return alike;
}

/** Who a row is about: the number with its issuer, or without a number the name and birth date. */
export function personKey({ patient, identity, study_instance_uid, study_key }: StudyRow): string {
  if (identity === "unresolved") return `study ${study_instance_uid} ${study_key}`;
  const { issuer, patient_id, name, birth_date } = patient;
  return patient_id === "" ? `name ${folded(name)} ${birth_date}` : `number ${issuer} ${patient_id}`;
}

function alikeAmong(persons: readonly Person[]): readonly string[] {
  const byOnset = new Map<string, string[]>();
  for (const { key, given } of persons) {
    const onset = given.slice(0, ALIKE_LETTERS);
    byOnset.set(onset, [...(byOnset.get(onset) ?? []), key]);
  }
  return [...byOnset.values()].filter((keys) => keys.length > 1).flat();
}

/** The first component group without case and accents: Müller and Muller are one, as a tired reader sees them. */
const folded = (name: string): string =>
  (name.split("=")[0] ?? "")
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .trim()
    .toLowerCase();
