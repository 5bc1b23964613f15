// Which window is active (clinical rules 32 and 34): the user's act holds for the whole display set, else each image has its own default.
import { autoWindow } from "./auto-window";
import type { Frame } from "./frame";
import type { StoredValues } from "./pixels";
import { lutWindow, type Voi, validWindow, type Window } from "./voi";

export type WindowSource = "user" | "image" | "auto";

export interface ActiveVoi {
  readonly voi: Voi;
  readonly source: WindowSource;
  readonly name: string | null;
}

const WHOLE_RANGE: Window = { centre: 127.5, width: 255, shape: "LINEAR_EXACT" };

/** `computed`: the auto window where it is known already; counting millions of pixels takes a while. */
export function activeVoi(
  frame: Frame,
  stored: StoredValues,
  chosen: Voi | null,
  computed: Window | null = null,
): ActiveVoi {
  if (chosen !== null) return { voi: chosen, source: "user", name: null };
  const own = frame.voi[0];
  if (own !== undefined) return { voi: own.voi, source: "image", name: own.name };
  const window = computed ?? autoWindow(stored, frame.transform, frame.padding) ?? WHOLE_RANGE;
  return { voi: { kind: "window", window }, source: "auto", name: null };
}

/** Centre and width as they are shown and dragged; a LUT has those of its input axis. */
export function shownWindow(voi: Voi): Window {
  return voi.kind === "window" ? voi.window : (voi.window ?? lutWindow(voi.lut));
}

/** The same curve with another centre and width; a LUT keeps its shape (clinical rule 31). */
export function withWindow(voi: Voi, centre: number, width: number): Voi {
  const least = voi.kind === "window" && voi.window.shape === "LINEAR" ? 1 : 1e-6;
  const shape = voi.kind === "window" ? voi.window.shape : "LINEAR_EXACT";
  const window = validWindow(centre, Math.max(width, least), shape);
  if (window === null) return voi;
  return voi.kind === "window" ? { kind: "window", window } : { ...voi, window };
}
