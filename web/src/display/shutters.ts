// Shutters of an image or a presentation state (PS3.3 C.7.6.11, C.7.6.15, clinical rule 49): only what lies inside all shapes is shown. Statistics ignore them.
import { type Dataset, numberOf, numbersOf, textsOf } from "./dataset";
import { type FunctionalGroups, macroOf } from "./functional-groups";
import type { OverlayPlane } from "./overlay-planes";
import { levelOfPValue } from "./rounding";
import { type Corner, circleSpans, polygonSpans, type RowSpans, rectangleSpans } from "./row-spans";
import { Tags } from "./tags";

export interface Shutter {
  /** Each shape's opening; what is shown lies in all of them. */
  readonly openings: readonly RowSpans[];
  /** What the ones of these planes lie on is not shown. */
  readonly bitmaps: readonly OverlayPlane[];
  /** The level outside. */
  readonly level: number;
}

/** Shapes that a module names, whether or not their numbers are there. */
export function shutterShapes(module: Dataset): ReadonlySet<string> {
  const names = textsOf(module, Tags.ShutterShape).map((shape) => shape.toUpperCase());
  return new Set(names.filter((name) => name !== ""));
}

/**
 * The shutter of a frame, `null` without one. A shape without its numbers hides nothing. `aspect`: height of a pixel over
 * its width. `bitmap`: the plane that only a presentation state can name.
 */
export function readShutter(
  groups: FunctionalGroups,
  aspect: number,
  bitmap: OverlayPlane | null = null,
): Shutter | null {
  const module = macroOf(groups, Tags.FrameDisplayShutterSequence);
  const shapes = shutterShapes(module);
  const openings = [
    shapes.has("RECTANGULAR") ? readRectangle(module) : null,
    shapes.has("CIRCULAR") ? readCircle(module, aspect) : null,
    shapes.has("POLYGONAL") ? readPolygon(module) : null,
  ].filter((opening) => opening !== null);
  const bitmaps = shapes.has("BITMAP") && bitmap !== null ? [bitmap] : [];
  return openings.length + bitmaps.length === 0 ? null : { openings, bitmaps, level: readLevel(module) };
}

/** Shutter Presentation Value is a P-value of 16 bits; black when it is absent. */
function readLevel(module: Dataset): number {
  return levelOfPValue(numberOf(module, Tags.ShutterPresentationValue) ?? 0);
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
