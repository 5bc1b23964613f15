// The window of an image that declares none: 1st to 99th percentile of its modality values without padding (clinical rule 33).
import type { ModalityTransform } from "./modality";
import { toModality } from "./modality";
import { isPadding, type PaddingRange } from "./padding";
import type { StoredValues } from "./pixels";
import type { Window } from "./voi";

const LOW_PERCENTILE = 1;
const HIGH_PERCENTILE = 99;

/** Percentiles, not extremes: CT carries undeclared padding such as −2000 outside its circle (clinical rule 18). */
export function autoWindow(
  stored: StoredValues,
  transform: ModalityTransform,
  padding: PaddingRange | null,
): Window | null {
  const sorted = sortedPicture(stored, padding);
  if (sorted.length === 0) return null;
  const ends = [LOW_PERCENTILE, HIGH_PERCENTILE].map((percent) => toModality(transform, percentile(sorted, percent)));
  const low = Math.min(...ends);
  const high = Math.max(...ends);
  const width = high - low;
  return { centre: (low + high) / 2, width: width > 0 ? width : 1, shape: "LINEAR_EXACT" };
}

function sortedPicture(stored: StoredValues, padding: PaddingRange | null): StoredValues {
  let kept = 0;
  const picture = stored.slice();
  for (const value of stored) {
    if (isPadding(padding, value) || !Number.isFinite(value)) continue;
    picture[kept] = value;
    kept += 1;
  }
  return picture.subarray(0, kept).sort();
}

/** Linear interpolation between closest ranks, as numpy.percentile does by default. */
export function percentile(sorted: StoredValues, percent: number): number {
  const rank = ((sorted.length - 1) * percent) / 100;
  const below = Math.floor(rank);
  const low = sorted[below] ?? 0;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? low;
  return low + (high - low) * (rank - below);
}
