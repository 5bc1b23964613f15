// Statistics of an ellipse over stored values, through the modality transform, never from what is drawn (clinical 3.4: 31 to 33).
import { isPadding, type PaddingRange, type StoredValues } from "../display";
import { boxOf, type Ellipse, isInside } from "./ellipse";

export interface Statistics {
  readonly mean: number;
  /** Of the population: divided by n. */
  readonly sd: number;
  readonly min: number;
  readonly max: number;
  readonly median: number;
  readonly count: number;
  /** Pixels inside that are padding or no number; they count for nothing. */
  readonly excluded: number;
}

export type NoStatistics = "outsideImage" | "colour" | "noPixels";

export interface Raster {
  readonly values: StoredValues;
  readonly columns: number;
  readonly rows: number;
  readonly padding: PaddingRange | null;
  readonly toValue: (stored: number) => number;
}

export function statisticsOf(ellipse: Ellipse, raster: Raster): Statistics | NoStatistics {
  const { left, top, right, bottom } = boxOf(ellipse);
  if (left < 0 || top < 0 || right > raster.columns || bottom > raster.rows) return "outsideImage";
  const { values, excluded } = inside(ellipse, raster);
  return values.length === 0 ? "noPixels" : described(values, excluded);
}

/** A pixel belongs to the ellipse if its centre does. */
function inside(
  ellipse: Ellipse,
  { values, columns, padding, toValue }: Raster,
): { readonly values: Float64Array; readonly excluded: number } {
  const { left, top, right, bottom } = boxOf(ellipse);
  const [first, last] = [Math.floor(left), Math.ceil(right)];
  const found = new Float64Array((last - first) * (Math.ceil(bottom) - Math.floor(top)));
  let count = 0;
  let excluded = 0;
  for (let row = Math.floor(top); row < Math.ceil(bottom); row++)
    for (let column = first; column < last; column++) {
      if (!isInside(ellipse, column + 0.5, row + 0.5)) continue;
      const stored = values[row * columns + column];
      if (stored === undefined || isPadding(padding, stored)) excluded += 1;
      else found[count++] = toValue(stored);
    }
  return { values: found.subarray(0, count).sort(), excluded };
}

function described(sorted: Float64Array, excluded: number): Statistics {
  const count = sorted.length;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / count;
  const variance = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const middle = count >> 1;
  const median = count % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2;
  return { mean, sd: Math.sqrt(variance), min: at(0), max: at(count - 1), median, count, excluded };
}
