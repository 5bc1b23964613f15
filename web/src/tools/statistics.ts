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
  const { levels, excluded } =
    raster.values.BYTES_PER_ELEMENT <= 2 ? counted(ellipse, raster) : listed(ellipse, raster);
  return levels.length === 0 ? "noPixels" : described(levels, excluded);
}

/** A modality value and how many pixels have it. */
type Level = readonly [value: number, pixels: number];

interface Inside {
  readonly levels: readonly Level[];
  readonly excluded: number;
}

/** Up to 16 bit: counting is many times faster than sorting the millions of pixels of a whole breast. */
function counted(ellipse: Ellipse, { values, columns, padding, toValue }: Raster): Inside {
  const low = values instanceof Int16Array || values instanceof Int8Array ? -32768 : 0;
  const counts = new Uint32Array(65536);
  for (const [row, first, last] of spansOf(ellipse))
    for (let at = row * columns + first; at <= row * columns + last; at++) {
      const index = (values[at] ?? 0) - low;
      counts[index] = (counts[index] ?? 0) + 1;
    }
  const levels: Level[] = [];
  let excluded = 0;
  counts.forEach((pixels, index) => {
    if (pixels === 0) return;
    if (isPadding(padding, index + low)) excluded += pixels;
    else levels.push([toValue(index + low), pixels]);
  });
  return { levels, excluded };
}

function listed(ellipse: Ellipse, { values, columns, padding, toValue }: Raster): Inside {
  const levels: Level[] = [];
  let excluded = 0;
  for (const [row, first, last] of spansOf(ellipse))
    for (let column = first; column <= last; column++) {
      const stored = values[row * columns + column];
      if (stored === undefined || isPadding(padding, stored)) excluded += 1;
      else levels.push([toValue(stored), 1]);
    }
  return { levels, excluded };
}

/** The pixels of each row that belong to the ellipse, which are those whose centre does. */
function* spansOf(ellipse: Ellipse): Generator<readonly [row: number, first: number, last: number]> {
  const { left, top, right, bottom } = boxOf(ellipse);
  const [leftmost, rightmost] = [Math.floor(left), Math.ceil(right) - 1];
  let [first, last] = [leftmost, rightmost];
  for (let row = Math.floor(top); row < Math.ceil(bottom); row++) {
    const belongs = (column: number): boolean => isInside(ellipse, column + 0.5, row + 0.5);
    first = edgeFrom(first, leftmost, rightmost, belongs);
    last = edgeFrom(last, rightmost, leftmost, belongs);
    if (belongs(first)) yield [row, first, last];
  }
}

/**
 * The outermost pixel towards `outer` that belongs, looked for near the edge of the row before; `outer` where none does.
 * What belongs lies side by side.
 */
function edgeFrom(near: number, outer: number, inner: number, belongs: (column: number) => boolean): number {
  const inwards = Math.sign(inner - outer) || 1;
  if (belongs(near)) {
    let edge = near;
    while (edge !== outer && belongs(edge - inwards)) edge -= inwards;
    return edge;
  }
  for (const start of [near, outer])
    for (let edge = start; edge !== inner + inwards; edge += inwards) if (belongs(edge)) return edge;
  return outer;
}

function described(levels: readonly Level[], excluded: number): Statistics {
  const sorted = levels.toSorted(([one], [other]) => one - other);
  const count = sorted.reduce((sum, [, pixels]) => sum + pixels, 0);
  const mean = sorted.reduce((sum, [value, pixels]) => sum + value * pixels, 0) / count;
  const variance = sorted.reduce((sum, [value, pixels]) => sum + pixels * (value - mean) ** 2, 0) / count;
  const at = (rank: number): number => {
    let passed = 0;
    for (const [value, pixels] of sorted) {
      passed += pixels;
      if (passed > rank) return value;
    }
    return Number.NaN;
  };
  const middle = count >> 1;
  const median = count % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2;
  return { mean, sd: Math.sqrt(variance), min: at(0), max: at(count - 1), median, count, excluded };
}
