// Smaller copies of a picture for drawing below half size: each step averages 2×2 pixels, so that fine detail fades instead of flickering.
import { isPadding, type PaddingRange, type ResolvedView, type StoredValues } from "../../display";

/** Values as float; padding is NaN. Both sizes are rounded up: the last pixel averages what there is. */
export interface ReducedGrey {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array<ArrayBuffer>;
}

/** How many times the picture is halved before it is drawn at this zoom. */
export function reductionSteps(zoom: number): number {
  return zoom >= 1 ? 0 : Math.max(0, Math.floor(Math.log2(1 / zoom)));
}

export interface GreyValues {
  readonly rows: number;
  readonly columns: number;
  readonly values: StoredValues;
}

/** Padding takes no part in an average; four paddings are padding (clinical rules 15 and 17). `steps` is at least 1. */
export function reduceGrey(picture: GreyValues, padding: PaddingRange | null, steps: number): ReducedGrey {
  let reduced = halved(picture, padding === null ? isNoNumber : (value) => isPadding(padding, value));
  for (let step = 1; step < steps; step++) reduced = halved(reduced, isNoNumber);
  return reduced;
}

/** The same picture in modality values, where these are no straight line of the stored ones. */
export function mappedGrey(
  { rows, columns, values }: GreyValues,
  padding: PaddingRange | null,
  toModality: (stored: number) => number,
): ReducedGrey {
  const mapped = new Float32Array(values.length);
  for (let i = 0; i < mapped.length; i++) {
    const value = values[i] ?? 0;
    mapped[i] = isPadding(padding, value) ? Number.NaN : toModality(value);
  }
  return { rows, columns, values: mapped };
}

type IsOff = (value: number) => boolean;

const isNoNumber: IsOff = (value) => !Number.isFinite(value);

function halved({ rows, columns, values }: GreyValues, isOff: IsOff): ReducedGrey {
  const [halfRows, halfColumns] = [Math.ceil(rows / 2), Math.ceil(columns / 2)];
  const half = new Float32Array(halfRows * halfColumns);
  for (let row = 0; row < halfRows; row++) {
    const upper = 2 * row * columns;
    const lower = 2 * row + 1 < rows ? upper + columns : upper; // the last of an odd number stands twice for itself
    for (let column = 0; column < halfColumns; column++) {
      const left = 2 * column;
      const right = left + 1 < columns ? left + 1 : left;
      half[row * halfColumns + column] = mean(values, isOff, upper + left, upper + right, lower + left, lower + right);
    }
  }
  return { rows: halfRows, columns: halfColumns, values: half };
}

function mean(values: StoredValues, isOff: IsOff, a: number, b: number, c: number, d: number): number {
  let sum = 0;
  let count = 0;
  const take = (value: number): void => {
    if (isOff(value)) return;
    sum += value;
    count += 1;
  };
  take(values[a] ?? Number.NaN);
  take(values[b] ?? Number.NaN);
  take(values[c] ?? Number.NaN);
  take(values[d] ?? Number.NaN);
  return count === 0 ? Number.NaN : sum / count;
}

/** The same view on a picture that was halved `steps` times. */
export function viewOnReduced(view: ResolvedView, steps: number): ResolvedView {
  const factor = 2 ** -steps;
  const { a, b, c, d, e, f } = view.toPicture;
  const toPicture = { a: a * factor, b: b * factor, c: c * factor, d: d * factor, e: e * factor, f: f * factor };
  return { ...view, toPicture };
}
