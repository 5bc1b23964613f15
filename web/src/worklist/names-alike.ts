// Persons of a list who could be taken for each other (look 5, "Namensähnlich"): same family name, given names that begin
// alike, another person. Pure; of the loaded rows only, so that it costs nothing.
import type { StudyRow } from "../api";
import { type Parts, partsOf } from "./shared-part";

/** Given names count as alike from so many equal letters on. */
const ALIKE_LETTERS = 3;

interface Person {
  readonly key: string;
  readonly given: string;
  readonly born: string;
  readonly number: string;
  readonly issuer: string;
}

/**
 * By what a person is told from those of similar names where one thing has room: the birth date; where that is not known or
 * another's too, the number; where that is another's too, its issuer.
 */
export type TellingApart =
  | { readonly by: "born" }
  | { readonly by: "nothing" }
  | { readonly by: "number" | "issuer"; readonly parts: Parts };

/** Everybody (`personKey`) who stands in these rows together with somebody of a similar name. */
export function namesAlike(rows: readonly StudyRow[]): ReadonlyMap<string, TellingApart> {
  const families = new Map<string, Map<string, Person>>();
  for (const row of rows) {
    const [family = "", given = ""] = folded(row.patient.name).split("^");
    if (family === "") continue;
    const known = families.get(family) ?? new Map<string, Person>();
    const { birth_date: born, patient_id: number, issuer } = row.patient;
    known.set(personKey(row), { key: personKey(row), given, born, number, issuer });
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

function tellingApart(person: Person, alike: readonly Person[]): TellingApart {
  const { born, number, issuer } = person;
  const others = alike.filter((other) => other !== person);
  if (born !== "" && others.every((other) => other.born !== born)) return { by: "born" };
  const sameNumber = others.filter((other) => other.number === number);
  if (number === "" || sameNumber.some((other) => other.issuer === issuer)) return { by: "nothing" };
  return sameNumber.length === 0 || issuer === ""
    ? { by: "number", parts: partsOf(number, known(others.map((other) => other.number))) }
    : { by: "issuer", parts: partsOf(issuer, known(sameNumber.map((other) => other.issuer))) };
}

const known = (texts: readonly string[]): readonly string[] => texts.filter((text) => text !== "");

/** The first component group without case and accents: Müller and Muller are one, as a tired reader sees them. */
const folded = (name: string): string =>
  (name.split("=")[0] ?? "")
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .trim()
    .toLowerCase();
