// Persons of a list who could be taken for each other (look 5, "Namensähnlich"): same family name, given names that begin
// alike, another person. Pure; of the loaded rows only, so that it costs nothing.
import type { StudyRow } from "../api";

/** Given names count as alike from so many equal letters on. */
const ALIKE_LETTERS = 3;

interface Person {
  readonly key: string;
  readonly given: string;
  readonly born: string;
}

/** By what persons of similar names are told apart where one thing has room: their birth dates, or where those do not, numbers. */
export type TellingApart = "born" | "number";

/** Everybody (`personKey`) who stands in these rows together with somebody of a similar name. */
export function namesAlike(rows: readonly StudyRow[]): ReadonlyMap<string, TellingApart> {
  const families = new Map<string, Map<string, Person>>();
  for (const row of rows) {
    const [family = "", given = ""] = folded(row.patient.name).split("^");
    if (family === "") continue;
    const known = families.get(family) ?? new Map<string, Person>();
    known.set(personKey(row), { key: personKey(row), given, born: row.patient.birth_date });
    families.set(family, known);
  }
  const alike = new Map<string, TellingApart>();
  for (const persons of families.values())
    for (const [key, by] of alikeAmong([...persons.values()])) alike.set(key, by);
  return alike;
}

/** Who a row is about: the number with its issuer, or without a number the name and birth date. */
export function personKey({ patient, identity, study_instance_uid, study_key }: StudyRow): string {
  if (identity === "unresolved") return `study ${study_instance_uid} ${study_key}`;
  const { issuer, patient_id, name, birth_date } = patient;
  return patient_id === "" ? `name ${folded(name)} ${birth_date}` : `number ${issuer} ${patient_id}`;
}

function alikeAmong(persons: readonly Person[]): readonly (readonly [key: string, by: TellingApart])[] {
  const byOnset = Map.groupBy(persons, ({ given }) => given.slice(0, ALIKE_LETTERS));
  return [...byOnset.values()]
    .filter((alike) => alike.length > 1)
    .flatMap((alike) =>
      alike.map((person): readonly [string, TellingApart] => [person.key, tellingApart(person, alike)]),
    );
}

const tellingApart = ({ born }: Person, alike: readonly Person[]): TellingApart =>
  born !== "" && alike.filter((other) => other.born === born).length === 1 ? "born" : "number";

/** The first component group without case and accents: Müller and Muller are one, as a tired reader sees them. */
const folded = (name: string): string =>
  (name.split("=")[0] ?? "")
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .trim()
    .toLowerCase();
