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

/** Per character: FL → HR. `null` where a character has no opposite among the human letters. */
function opposite(letters: string): string | null {
  const turned = [...letters].map((letter) => OPPOSITE[letter]);
  return turned.every((letter) => letter !== undefined) ? turned.join("") : null;
}

/** Radiographs without plane: Patient Orientation, row\column (PS3.3 C.7.6.1.1.1). Never from the view name alone. */
export function lettersOfPatientOrientation(dataset: Dataset, flips: Flips): EdgeLetters | null {
  if (textOf(dataset, Tags.AnatomicalOrientationType) === "QUADRUPED") return null;
  const [row, column] = textsOf(dataset, Tags.PatientOrientation);
  if (!row || !column || opposite(row) === null || opposite(column) === null) return null;
  const turn = (letters: string): string => opposite(letters) ?? letters;
  const { right, down } = screenDirections(row, column, flips, turn);
  return { right, left: turn(right), bottom: down, top: turn(down) };
}
