// Orientation letters at the edges of a picture, read from vectors after the view's flips and turns (clinical rules 5.2.4 to 5.2.7).
import { type Dataset, textOf, textsOf } from "./dataset";
import { scaled, type Vector } from "./plane";
import { Tags } from "./tags";
import type { Flips } from "./view";

export interface EdgeLetters {
  readonly top: string;
  readonly right: string;
  readonly bottom: string;
  readonly left: string;
}

/** Components below this are not named (k), about 10°. */
const SMALLEST_COMPONENT = 0.17;
const MOST_LETTERS = 3;
const POSITIVE = ["L", "P", "H"] as const;
const NEGATIVE = ["R", "A", "F"] as const;
const OPPOSITE: Readonly<Record<string, string>> = { L: "R", R: "L", A: "P", P: "A", H: "F", F: "H" };

/** Letters of a direction in LPS by falling size of component: (−0.9, 0.4, 0) is "RP". */
export function lettersOf(direction: Vector): string {
  return direction
    .map((component, axis) => ({
      size: Math.abs(component),
      letter: (component > 0 ? POSITIVE : NEGATIVE)[axis] ?? "",
    }))
    .filter(({ size }) => size >= SMALLEST_COMPONENT)
    .sort((a, b) => b.size - a.size)
    .slice(0, MOST_LETTERS)
    .map(({ letter }) => letter)
    .join("");
}

/** The direction to the right and down of the screen, from the directions of row and column as stored. */
export function screenDirections<T>(
  row: T,
  column: T,
  flips: Flips,
  negate: (direction: T) => T,
): { right: T; down: T } {
  let right = flips.horizontal ? negate(row) : row;
  let down = flips.vertical ? negate(column) : column;
  for (let turn = 0; turn < flips.quarterTurns; turn++) [right, down] = [negate(down), right];
  return { right, down };
}

export function lettersOfDirections(row: Vector, column: Vector, flips: Flips): EdgeLetters {
  const { right, down } = screenDirections(row, column, flips, (direction) => scaled(direction, -1));
  return {
    right: lettersOf(right),
    left: lettersOf(scaled(right, -1)),
    bottom: lettersOf(down),
    top: lettersOf(scaled(down, -1)),
  };
}

/** The direction that letters name, as a unit vector in LPS; `null` for letters that are no human ones. */
export function directionOfLetters(letters: string): Vector | null {
  const sum: [number, number, number] = [0, 0, 0];
  for (const letter of letters) {
    const axis = Math.max(POSITIVE.indexOf(letter as "L"), NEGATIVE.indexOf(letter as "R"));
    if (axis < 0) return null;
    sum[axis] = POSITIVE.some((positive) => positive === letter) ? 1 : -1;
  }
  const length = Math.hypot(...sum);
  return length === 0 ? null : scaled(sum, 1 / length);
}

/** Per character: FL → HR. `null` where a character has no opposite among the human letters. */
function opposite(letters: string): string | null {
  const turned = [...letters].map((letter) => OPPOSITE[letter]);
  return turned.every((letter) => letter !== undefined) ? turned.join("") : null;
}

/** Codes of animals that walk on four legs, with their opposites (PS3.3 C.7.6.1.1.1); R and L mean other things there. */
const QUADRUPED: Readonly<Record<string, string>> = {
  LE: "RT",
  RT: "LE",
  D: "V",
  V: "D",
  CR: "CD",
  CD: "CR",
  R: "CD",
  M: "L",
  L: "M",
  PR: "DI",
  DI: "PR",
  PA: "D",
  PL: "D",
};
const QUADRUPED_CODES = /LE|RT|CR|CD|PR|DI|PA|PL|D|V|R|M|L/g;

function quadrupedOpposite(codes: string): string {
  return codes.replace(QUADRUPED_CODES, (code) => QUADRUPED[code] ?? "");
}

export function isQuadruped(dataset: Dataset): boolean {
  return textOf(dataset, Tags.AnatomicalOrientationType) === "QUADRUPED";
}

/**
 * Images without plane, and animals: Patient Orientation, row\column (PS3.3 C.7.6.1.1.1). Never from the view name alone.
 */
export function lettersOfPatientOrientation(dataset: Dataset, flips: Flips): EdgeLetters | null {
  const [row, column] = textsOf(dataset, Tags.PatientOrientation);
  if (!row || !column) return null;
  const animal = isQuadruped(dataset);
  if (!animal && (opposite(row) === null || opposite(column) === null)) return null;
  const turn = (letters: string): string => (animal ? quadrupedOpposite(letters) : (opposite(letters) ?? letters));
  // Turned twice a code of the paw might become another one: flips name each edge by what the header says of it.
  const { right, down } = screenDirections({ of: row, turned: false }, { of: column, turned: false }, flips, negated);
  const name = ({ of, turned }: Stated): string => (turned ? turn(of) : of);
  return { right: name(right), left: name(negated(right)), bottom: name(down), top: name(negated(down)) };
}

interface Stated {
  readonly of: string;
  readonly turned: boolean;
}

function negated({ of, turned }: Stated): Stated {
  return { of, turned: !turned };
}
