// Pixel padding (PS3.3 C.7.5.1.1.2): which stored values are no picture.
import { type Dataset, numberOf } from "./dataset";
import { type PixelLayout, storedRange } from "./pixels";
import { Tags } from "./tags";

export interface PaddingRange {
  readonly low: number;
  readonly high: number;
}

/** The padding range in stored values, both ends included and in either order in the header; `null` when none is declared. */
export function readPadding(dataset: Dataset, layout: PixelLayout): PaddingRange | null {
  const value = numberOf(dataset, layout.number === "integer" ? Tags.PixelPaddingValue : Tags.FloatPixelPaddingValue);
  if (value === null) return null;
  const first = inRange(value, layout);
  const limit = numberOf(dataset, Tags.PixelPaddingRangeLimit);
  const second = limit === null ? first : inRange(limit, layout);
  return { low: Math.min(first, second), high: Math.max(first, second) };
}

/** Clinical rule 9: a value that cannot occur, but whose 16-bit reinterpretation can, was read with the wrong sign. */
function inRange(value: number, layout: PixelLayout): number {
  const range = storedRange(layout);
  if (range === null || (value >= range.low && value <= range.high)) return value;
  const other = value < 0 ? value + 65536 : value - 65536;
  return other >= range.low && other <= range.high ? other : value;
}

export function isPadding(padding: PaddingRange | null, stored: number): boolean {
  return Number.isNaN(stored) || (padding !== null && stored >= padding.low && stored <= padding.high);
}
