// Pixel padding (PS3.3 C.7.5.1.1.2): which stored values are no picture.
import { type Dataset, numberOf } from "./dataset";
import { asSign } from "./lookup";
import type { PixelLayout } from "./pixels";
import { Tags } from "./tags";

export interface PaddingRange {
  readonly low: number;
  readonly high: number;
}

/** Each kind of pixels has its own pair (PS3.3 C.7.6.24, C.7.6.25). */
const PAIRS: Readonly<Record<PixelLayout["number"], readonly [value: string, limit: string]>> = {
  integer: [Tags.PixelPaddingValue, Tags.PixelPaddingRangeLimit],
  float32: [Tags.FloatPixelPaddingValue, Tags.FloatPixelPaddingRangeLimit],
  float64: [Tags.DoubleFloatPixelPaddingValue, Tags.DoubleFloatPixelPaddingRangeLimit],
};

/** The padding range in stored values, both ends included and in either order in the header; `null` when none is declared. */
export function readPadding(dataset: Dataset, layout: PixelLayout): PaddingRange | null {
  const [valueTag, limitTag] = PAIRS[layout.number];
  const value = numberOf(dataset, valueTag);
  if (value === null) return null;
  const first = asStored(value, layout);
  const second = asStored(numberOf(dataset, limitTag) ?? value, layout);
  return { low: Math.min(first, second), high: Math.max(first, second) };
}

/** In the sign of the pixels, also where the header was read with the other one (clinical rule 9), or in their precision. */
function asStored(value: number, layout: PixelLayout): number {
  if (layout.number === "integer") return asSign(value, layout.signed);
  return layout.number === "float32" ? Math.fround(value) : value;
}

/** NaN and both infinities are padding, declared or not (clinical rule 11). */
export function isPadding(padding: PaddingRange | null, stored: number): boolean {
  return !Number.isFinite(stored) || (padding !== null && stored >= padding.low && stored <= padding.high);
}
