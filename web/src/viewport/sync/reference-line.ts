// Where one image's plane cuts another image (clinical rule 6.2.17): a line inside both rectangles, in the picture coordinates of the image it lies on.
import {
  cross,
  dot,
  type PatientPoint,
  type PicturePoint,
  patientPoint,
  patientToPixel,
  picturePoint,
  type Vector,
} from "../../display";
import { type PlaneArea, shareFrameOfReference } from "./focus";

/** Planes closer to parallel than this have no line (k). */
const SMALLEST_ANGLE_SINE = Math.sin((5 * Math.PI) / 180);

export type ReferenceLine = readonly [PicturePoint, PicturePoint];

interface Line {
  readonly point: PatientPoint;
  readonly direction: Vector;
}

/** `null` without a common frame of reference, for planes almost parallel, and where both rectangles do not meet. */
export function referenceLine(of: PlaneArea, on: PlaneArea): ReferenceLine | null {
  if (!shareFrameOfReference(of.plane, on.plane)) return null;
  const line = intersection(of, on);
  if (line === null) return null;
  const part = within(line, of, within(line, on, [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]));
  if (part === null) return null;
  const at = (t: number): PicturePoint => {
    const [column, row] = patientToPixel(on.plane, along(line, t));
    return picturePoint(column + 0.5, row + 0.5); // pixel centres to pixel corners
  };
  return [at(part[0]), at(part[1])];
}

/** The line common to both planes; its point is the one nearest to the origin. */
function intersection({ plane: a }: PlaneArea, { plane: b }: PlaneArea): Line | null {
  const direction = cross(a.normal, b.normal);
  const square = dot(direction, direction);
  if (Math.sqrt(square) < SMALLEST_ANGLE_SINE) return null;
  const [depthA, depthB] = [dot(a.position, a.normal), dot(b.position, b.normal)];
  const towardsA = cross(b.normal, direction);
  const towardsB = cross(direction, a.normal);
  const component = (axis: 0 | 1 | 2): number => (depthA * towardsA[axis] + depthB * towardsB[axis]) / square;
  return { point: patientPoint(component(0), component(1), component(2)), direction };
}

function along({ point, direction }: Line, t: number): PatientPoint {
  return patientPoint(point[0] + t * direction[0], point[1] + t * direction[1], point[2] + t * direction[2]);
}

type Part = readonly [from: number, to: number];

/** Clips a part of the line by the edges of an area (Liang and Barsky): from the outer edge of the first pixel to that of the last. */
function within(line: Line, { plane, rows, columns }: PlaneArea, part: Part | null): Part | null {
  const [from, to] = [0, 1].map((t) => patientToPixel(plane, along(line, t)));
  if (from === undefined || to === undefined) return null;
  const clipped = clip(part, from[0], to[0] - from[0], columns);
  return clip(clipped, from[1], to[1] - from[1], rows);
}

function clip(part: Part | null, start: number, step: number, count: number): Part | null {
  if (part === null) return null;
  const [low, high] = [-0.5 - start, count - 0.5 - start];
  if (Math.abs(step) < 1e-9) return low <= 0 && high >= 0 ? part : null;
  const [a, b] = [low / step, high / step];
  const clipped: Part = [Math.max(part[0], Math.min(a, b)), Math.min(part[1], Math.max(a, b))];
  return clipped[0] < clipped[1] ? clipped : null;
}
