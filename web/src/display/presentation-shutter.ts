// Display shutters (PS3.3 C.7.6.11, C.7.6.15): what of the picture is covered. In picture coordinates.
import { type Dataset, numberOf, numbersOf, textsOf } from "./dataset";
import { StateTags } from "./presentation-tags";

/** What stays seen; several shutters leave what lies in all of them. */
export type Shutter =
  | {
      readonly kind: "rectangle";
      readonly left: number;
      readonly right: number;
      readonly top: number;
      readonly bottom: number;
    }
  | { readonly kind: "circle"; readonly column: number; readonly row: number; readonly radius: number }
  | { readonly kind: "polygon"; readonly points: readonly (readonly [column: number, row: number])[] };

export interface Shutters {
  readonly shapes: readonly Shutter[];
  /** Whether all that is declared was read. */
  readonly complete: boolean;
}

export function readShutters(dataset: Dataset): Shutters {
  const declared = textsOf(dataset, StateTags.ShutterShape).filter((name) => name !== "");
  const shapes = declared.map((name) => READERS[name]?.(dataset) ?? null).filter((shape) => shape !== null);
  return { shapes, complete: shapes.length === declared.length };
}

const READERS: Readonly<Record<string, (dataset: Dataset) => Shutter | null>> = {
  RECTANGULAR: readRectangle,
  CIRCULAR: readCircle,
  POLYGONAL: readPolygon,
};

/** Edges name columns and rows, counted from 1; they and what lies between them are seen. */
function readRectangle(dataset: Dataset): Shutter | null {
  const left = numberOf(dataset, StateTags.ShutterLeftVerticalEdge);
  const right = numberOf(dataset, StateTags.ShutterRightVerticalEdge);
  const top = numberOf(dataset, StateTags.ShutterUpperHorizontalEdge);
  const bottom = numberOf(dataset, StateTags.ShutterLowerHorizontalEdge);
  if (left === null || right === null || top === null || bottom === null) return null;
  return { kind: "rectangle", left: left - 1, right, top: top - 1, bottom };
}

/** The centre names a pixel, row first; the radius counts columns' widths. */
function readCircle(dataset: Dataset): Shutter | null {
  const [row, column] = numbersOf(dataset, StateTags.CenterOfCircularShutter);
  const radius = numberOf(dataset, StateTags.RadiusOfCircularShutter);
  if (row === undefined || column === undefined || radius === null) return null;
  return { kind: "circle", column: column - 0.5, row: row - 0.5, radius };
}

/** Vertices name pixels, row first. */
function readPolygon(dataset: Dataset): Shutter | null {
  const numbers = numbersOf(dataset, StateTags.VerticesOfThePolygonalShutter);
  const points = Array.from(
    { length: Math.floor(numbers.length / 2) },
    (_, at) => [(numbers[2 * at + 1] ?? 0) - 0.5, (numbers[2 * at] ?? 0) - 0.5] as const,
  );
  return points.length < 3 ? null : { kind: "polygon", points };
}
