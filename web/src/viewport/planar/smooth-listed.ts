// The everyday case of interpolated grey, several times faster than the general one: values that a table lists. Each canvas row
// is blended between two picture lines once, then sampled along. Where a neighbour is padding, the general sampler decides.
import { type GreyTable, roundGrey, type StoredValues } from "../../display";
import type { GreySource } from "./grey-source";
import type { AxisSamples, Sampling } from "./sampling";

/** The canvas rows and columns that lie on the picture; they are always in one piece. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The level of a canvas pixel one of whose neighbours is padding. */
export type OtherLevel = (row: number, column: number) => number;

/** `words`: the canvas word of each level. */
export function smoothListed(
  out: Uint32Array,
  source: GreySource,
  table: GreyTable,
  { x, y }: Sampling,
  box: Box,
  words: Uint32Array,
  other: OtherLevel,
): void {
  const along = linesAlong(x, box);
  const blended = new Float64Array(along.count);
  const width = x.nearest.length;
  for (let row = box.top; row < box.bottom; row++) {
    blendLine(blended, source, along, y, row);
    const at = row * width;
    shadeLine(out, at, blended, along, table, source.averaged, box, words, (column) => other(row, column));
  }
}

/** The picture lines that a canvas row crosses, from the lowest on, and for each canvas column its two among them. */
interface Lines {
  readonly count: number;
  readonly lowest: number;
  readonly stride: number;
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly fraction: Float64Array;
}

function linesAlong({ first, second, fraction, stride }: AxisSamples, { left, right }: Box): Lines {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, 0];
  for (let column = left; column < right; column++) {
    const [one, two] = [first[column] ?? 0, second[column] ?? 0];
    lowest = Math.min(lowest, one, two);
    highest = Math.max(highest, one, two);
  }
  if (lowest > highest) lowest = highest; // an empty box
  const number = (offset: number): number => Math.round((offset - lowest) / stride);
  return {
    count: number(highest) + 1,
    lowest,
    stride,
    first: first.map(number),
    second: second.map(number),
    fraction,
  };
}

/** NaN where one of both is padding. */
function blendLine(blended: Float64Array, source: GreySource, along: Lines, y: AxisSamples, row: number): void {
  const { values, averaged, shading } = source;
  const low = averaged ? Number.NaN : (shading.padding?.low ?? Number.NaN);
  const high = shading.padding?.high ?? Number.NaN;
  const upper = (y.first[row] ?? 0) + along.lowest;
  const lower = (y.second[row] ?? 0) + along.lowest;
  blend(blended, values, [upper, lower, along.stride], y.fraction[row] ?? 0, [low, high]);
}

function blend(
  blended: Float64Array,
  values: StoredValues,
  [upper, lower, stride]: readonly [number, number, number],
  down: number,
  [low, high]: readonly [number, number],
): void {
  for (let i = 0; i < blended.length; i++) {
    const above = values[upper + i * stride] ?? 0;
    const below = values[lower + i * stride] ?? 0;
    // Comparisons with NaN are never true: without padding nothing is left out.
    const padded = (above >= low && above <= high) || (below >= low && below <= high);
    blended[i] = padded ? Number.NaN : above + (below - above) * down;
  }
}

/** Whole values have their rounded level, exact halves included; the others are rounded once, between two entries. */
function shadeLine(
  out: Uint32Array,
  at: number,
  blended: Float64Array,
  { first, second, fraction }: Lines,
  { exact, rounded, low }: GreyTable,
  averaged: boolean,
  { left, right }: Box,
  words: Uint32Array,
  other: (column: number) => number,
): void {
  for (let column = left; column < right; column++) {
    const before = blended[first[column] ?? 0] ?? 0;
    const stored = before + ((blended[second[column] ?? 0] ?? 0) - before) * (fraction[column] ?? 0);
    const below = Math.floor(stored);
    const part = stored - below;
    let level: number;
    if (Number.isNaN(stored)) level = other(column);
    else if (part === 0) level = averaged ? roundGrey(exact[below - low] ?? 0) : (rounded[below - low] ?? 0);
    else {
      const grey = exact[below - low] ?? 0;
      level = roundGrey(grey + ((exact[below + 1 - low] ?? grey) - grey) * part);
    }
    out[at + column] = words[level] ?? 0;
  }
}
