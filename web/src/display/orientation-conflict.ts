// Where the header contradicts itself about directions, no letter is shown at all (clinical rules 5.6 and 5.8).
import { numbersOf, textsOf } from "./dataset";
import type { Frame } from "./frame";
import { macroOf } from "./functional-groups";
import { directionOfLetters } from "./orientation";
import { dot, type Vector } from "./plane";
import { Tags } from "./tags";

const COSINE_TOLERANCE = 1e-3;
const APART = Math.cos((45 * Math.PI) / 180) - 1e-9; // half way is no contradiction

/** Direction cosines that are no unit vectors or not perpendicular, or that Patient Orientation contradicts by more than 45°. */
export function orientationConflicts(frame: Frame): boolean {
  return cosinesDoubtful(frame) || contradicted(frame);
}

function cosinesDoubtful(frame: Frame): boolean {
  const cosines = numbersOf(macroOf(frame.groups, Tags.PlaneOrientationSequence), Tags.ImageOrientationPatient);
  const [a, b, c, d, e, f] = cosines;
  if (a === undefined || b === undefined || c === undefined || d === undefined || e === undefined || f === undefined)
    return false;
  const [row, column]: readonly [Vector, Vector] = [
    [a, b, c],
    [d, e, f],
  ];
  const unit = (vector: Vector): boolean => Math.abs(Math.sqrt(dot(vector, vector)) - 1) <= COSINE_TOLERANCE;
  return !unit(row) || !unit(column) || Math.abs(dot(row, column)) > COSINE_TOLERANCE;
}

function contradicted({ directions, groups }: Frame): boolean {
  const [row, column] = textsOf(groups.top, Tags.PatientOrientation);
  if (directions === null || !row || !column) return false;
  const apart = (stated: string, direction: Vector): boolean => {
    const meant = directionOfLetters(stated);
    return meant !== null && dot(meant, direction) < APART;
  };
  return apart(row, directions.row) || apart(column, directions.column);
}
