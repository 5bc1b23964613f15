// Shutters (PS3.3 C.7.6.11, clinical rule 49): only what lies inside all shapes is shown. Statistics ignore them.
import { type Dataset, numberOf, numbersOf, textsOf } from "./dataset";
import { type FunctionalGroups, macroOf } from "./functional-groups";
import { type Corner, circleSpans, polygonSpans, type RowSpans, rectangleSpans } from "./row-spans";
import { Tags } from "./tags";

export interface Shutter {
  /** Each shape's opening; what is shown lies in all of them. */
  readonly openings: readonly RowSpans[];
  /** The level outside. */
  readonly level: number;
}

const LARGEST_P_VALUE = 65535;
const WHITE = 255;

/** The shutter of a frame, `null` without one. A shape without its numbers hides nothing. `aspect`: height of a pixel over its width. */
export function readShutter(groups: FunctionalGroups, aspect: number): Shutter | null {
  const module = macroOf(groups, Tags.FrameDisplayShutterSequence);
  const shapes = new Set(textsOf(module, Tags.ShutterShape).map((shape) => shape.toUpperCase()));
  const openings = [
    shapes.has("RECTANGULAR") ? readRectangle(module) : null,
    shapes.has("CIRCULAR") ? readCircle(module, aspect) : null,
    shapes.has("POLYGONAL") ? readPolygon(module) : null,
  ].filter((opening) => opening !== null);
  return openings.length === 0 ? null : { openings, level: readLevel(module) };
}

/** Shutter Presentation Value is a P-value of 16 bits; black when it is absent. */
function readLevel(module: Dataset): number {
  const value = Math.min(Math.max(numberOf(module, Tags.ShutterPresentationValue) ?? 0, 0), LARGEST_P_VALUE);
  return Math.floor((2 * WHITE * value + LARGEST_P_VALUE) / (2 * LARGEST_P_VALUE));
}

function readRectangle(module: Dataset): RowSpans | null {
  const upper = numberOf(module, Tags.ShutterUpperHorizontalEdge);
  const lower = numberOf(module, Tags.ShutterLowerHorizontalEdge);
  const left = numberOf(module, Tags.ShutterLeftVerticalEdge);
  const right = numberOf(module, Tags.ShutterRightVerticalEdge);
  if (upper === null || lower === null || left === null || right === null) return null;
  return rectangleSpans({ upper, lower, left, right });
}

/** The radius counts columns; the centre is row\column from 1. */
function readCircle(module: Dataset, aspect: number): RowSpans | null {
  const [row, column] = numbersOf(module, Tags.CenterOfCircularShutter);
  const radius = numberOf(module, Tags.RadiusOfCircularShutter);
  return row === undefined || column === undefined || radius === null
    ? null
    : circleSpans([row, column], radius, aspect);
}

function readPolygon(module: Dataset): RowSpans | null {
  const numbers = numbersOf(module, Tags.VerticesOfThePolygonalShutter);
  const corners = Array.from(
    { length: Math.floor(numbers.length / 2) },
    (_, index): Corner => [numbers[2 * index] ?? 0, numbers[2 * index + 1] ?? 0],
  );
  return polygonSpans(corners);
}
