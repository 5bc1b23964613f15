// Smaller copies of a picture for drawing below half size: each step averages 2×2 pixels, so that fine detail fades instead of flickering.
import { isPadding, type PaddingRange, type ResolvedView } from "../../display";
import type { Picture } from "../decode/picture";

/** Stored values as float; padding is NaN. Both sizes are rounded up: the last pixel averages what there is. */
export interface ReducedGrey {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array<ArrayBuffer>;
}

/** How many times the picture is halved before it is drawn at this zoom. */
export function reductionSteps(zoom: number): number {
  return zoom >= 1 ? 0 : Math.max(0, Math.floor(Math.log2(1 / zoom)));
}

type GreyPicture = Extract<Picture, { kind: "grey" }>;

export function reduceGrey(picture: GreyPicture, padding: PaddingRange | null, steps: number): ReducedGrey {
  const values = Float32Array.from(picture.values, (value) => (isPadding(padding, value) ? Number.NaN : value));
  let reduced: ReducedGrey = { rows: picture.rows, columns: picture.columns, values };
  for (let step = 0; step < steps; step++) reduced = halved(reduced);
  return reduced;
}

/** Padding takes no part in an average; four paddings are padding (clinical rules 15 and 17). */
function halved({ rows, columns, values }: ReducedGrey): ReducedGrey {
  const [halfRows, halfColumns] = [Math.ceil(rows / 2), Math.ceil(columns / 2)];
  const half = new Float32Array(halfRows * halfColumns);
  for (let row = 0; row < halfRows; row++) {
    for (let column = 0; column < halfColumns; column++)
      half[row * halfColumns + column] = mean(values, columns, rows, 2 * row, 2 * column);
  }
  return { rows: halfRows, columns: halfColumns, values: half };
}

function mean(values: Float32Array, columns: number, rows: number, row: number, column: number): number {
  let sum = 0;
  let count = 0;
  for (let y = row; y < Math.min(row + 2, rows); y++) {
    for (let x = column; x < Math.min(column + 2, columns); x++) {
      const value = values[y * columns + x] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      sum += value;
      count += 1;
    }
  }
  return count === 0 ? Number.NaN : sum / count;
}

/** The same view on a picture that was halved `steps` times. */
export function viewOnReduced(view: ResolvedView, steps: number): ResolvedView {
  const factor = 2 ** -steps;
  const { a, b, c, d, e, f } = view.toPicture;
  const toPicture = { a: a * factor, b: b * factor, c: c * factor, d: d * factor, e: e * factor, f: f * factor };
  return { ...view, toPicture };
}
