// The window of an image that declares none: 1st to 99th percentile of its modality values without padding (clinical rule 33).
import { type ModalityTransform, toModality } from "./modality";
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
  const ranks = rankedPicture(stored, padding);
  if (ranks === null) return null;
  const between = [LOW_PERCENTILE, HIGH_PERCENTILE].map((percent) => percentile(ranks, percent));
  // Nearly all values are equal, as in a sparse mask: then the extremes are what there is to see.
  const flat = between[0] === between[1];
  const ends = (flat ? [ranks.at(0), ranks.at(ranks.count - 1)] : between).map((end) => toModality(transform, end));
  const low = Math.min(...ends);
  const high = Math.max(...ends);
  return { centre: (low + high) / 2, width: high - low || 1, shape: "LINEAR_EXACT" };
}

/** The values in order: how many there are, and the one at a rank from 0. */
export interface Ranks {
  readonly count: number;
  readonly at: (rank: number) => number;
}

/** Linear interpolation between closest ranks, as numpy.percentile does by default. */
export function percentile(ranks: Ranks, percent: number): number {
  const rank = ((ranks.count - 1) * percent) / 100;
  const below = Math.floor(rank);
  const low = ranks.at(below);
  const high = ranks.at(Math.min(below + 1, ranks.count - 1));
  return low + (high - low) * (rank - below);
}

/** `null` when nothing is picture. */
export function rankedPicture(stored: StoredValues, padding: PaddingRange | null): Ranks | null {
  const ranks = stored.BYTES_PER_ELEMENT <= 2 ? countedRanks(stored, padding) : sortedRanks(stored, padding);
  return ranks.count === 0 ? null : ranks;
}

/** Up to 16 bit: counting is many times faster than sorting twelve million pixels. */
function countedRanks(stored: StoredValues, padding: PaddingRange | null): Ranks {
  const low = stored instanceof Int16Array ? -32768 : 0;
  const counts = new Uint32Array(65536);
  for (const value of stored) counts[value - low] = (counts[value - low] ?? 0) + 1;
  const count = counts.reduce((sum, times, index) => {
    if (!isPadding(padding, index + low)) return sum + times;
    counts[index] = 0;
    return sum;
  }, 0);
  return { count, at: (rank) => low + countedAt(counts, rank) };
}

function countedAt(counts: Uint32Array, rank: number): number {
  let passed = 0;
  return counts.findIndex((times) => {
    passed += times;
    return passed > rank;
  });
}

function sortedRanks(stored: StoredValues, padding: PaddingRange | null): Ranks {
  const kept = Float64Array.from(stored).filter((value) => Number.isFinite(value) && !isPadding(padding, value));
  kept.sort();
  return { count: kept.length, at: (rank) => kept[rank] ?? 0 };
}
