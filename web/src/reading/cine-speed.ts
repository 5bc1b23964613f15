// How fast and in which order a run is played: as its header says (clinical rule 5.5.22), and which image is due at a moment. Pure.
import { type Dataset, type DisplaySet, numberOf, numbersOf, Tags } from "../display";

export interface CineSpeed {
  /** Images a second. */
  readonly perSecond: number;
  /** The header says nothing: the rate is ours. */
  readonly unknown: boolean;
  /** Back and forth instead of from the beginning again (PS3.3 C.7.6.5.1.1, Preferred Playback Sequencing). */
  readonly sweep: boolean;
}

const UNKNOWN_PER_SECOND = 10;

/** Recommended Display Frame Rate, else Frame Time or its vector, else Cine Rate, else ten a second. */
export function cineSpeed(set: DisplaySet): CineSpeed {
  const dataset = set.frames[0]?.instance.dataset ?? {};
  const sweep = numberOf(dataset, Tags.PreferredPlaybackSequencing) === 1;
  const told = [
    numberOf(dataset, Tags.RecommendedDisplayFrameRate),
    perSecondOf(numberOf(dataset, Tags.FrameTime)),
    perSecondOf(meanFrameTime(dataset)),
    numberOf(dataset, Tags.CineRate),
  ].find((rate) => rate !== null && rate > 0);
  return { perSecond: told ?? UNKNOWN_PER_SECOND, unknown: told === undefined, sweep };
}

const perSecondOf = (milliseconds: number | null): number | null =>
  milliseconds !== null && milliseconds > 0 ? 1000 / milliseconds : null;

/** The vector's first entry is 0: the times are those between an image and the one before (PS3.3 C.7.6.5). */
function meanFrameTime(dataset: Dataset): number | null {
  const times = numbersOf(dataset, Tags.FrameTimeVector).slice(1);
  return times.length === 0 ? null : times.reduce((sum, time) => sum + time, 0) / times.length;
}

/** The image that is due `steps` images after the beginning, whole or not; late images are passed over. */
export function dueIndex(steps: number, count: number, sweep: boolean): number {
  if (count < 2) return 0;
  const whole = Math.floor(steps);
  if (!sweep) return whole % count;
  const period = 2 * (count - 1);
  const at = whole % period;
  return at < count ? at : period - at;
}
