// Where the image of a mark hangs or can be hung, among the series whose headers are there.
import type { Frame } from "../../display";
import { isOn, type Mark } from "../../tools";
import type { SeriesState } from "../series-shelf";

export interface FoundImage {
  readonly series: string;
  /** Position of the display set in its series, and of the image in the set, from 0. */
  readonly set: number;
  readonly index: number;
  readonly frame: Frame;
}

export function findImage(loaded: ReadonlyMap<string, SeriesState>, mark: Mark): FoundImage | null {
  for (const [series, state] of loaded) {
    if (state.kind !== "ready") continue;
    for (const [set, { frames }] of state.contents.sets.entries()) {
      const index = frames.findIndex((frame) => isOn(mark, frame));
      const frame = frames[index];
      if (frame !== undefined) return { series, set, index, frame };
    }
  }
  return null;
}
