// What React shows of the marks: replaced only when one of these facts changes, never with the pointer.
import type { BookState, Mark } from "../../tools";
import type { OpenCalibration } from "./marking";

export interface MarkingView {
  readonly marks: readonly Mark[];
  readonly selected: string | null;
  /** A mark is begun and not finished. */
  readonly drafting: boolean;
  /** The crosshair of the keyboard stands. */
  readonly aiming: boolean;
  readonly calibrating: OpenCalibration | "tooShort" | null;
  readonly book: BookState;
}

/** The old view while nothing of it changed. */
export function renewed(old: MarkingView | null, now: MarkingView): MarkingView {
  if (old === null) return now;
  const same = Object.entries(now).every(([key, value]) => old[key as keyof MarkingView] === value);
  return same ? old : now;
}
