// Which tool each button of the mouse has on images, and what the wheel does: the reader's profile over the defaults.
import type { Preferences } from "../api";

export interface MouseProfile {
  /** The tool in hand when a study opens. */
  readonly left: string;
  readonly middle: string;
  readonly right: string;
  readonly wheel: "images" | "zoom";
}

/** Left windows, middle moves, right zooms: as on the workstations readers come from. */
export const DEFAULT_MOUSE: MouseProfile = { left: "window", middle: "pan", right: "zoom", wheel: "images" };

/** A tool that is not known here, of a newer client for instance, is the default one. */
export function mouseProfile(mouse: Preferences["mouse"], tools: readonly string[]): MouseProfile {
  const known = (wanted: string | null | undefined, fallback: string): string =>
    wanted != null && tools.includes(wanted) ? wanted : fallback;
  return {
    left: known(mouse?.left, DEFAULT_MOUSE.left),
    middle: known(mouse?.middle, DEFAULT_MOUSE.middle),
    right: known(mouse?.right, DEFAULT_MOUSE.right),
    wheel: mouse?.wheel ?? DEFAULT_MOUSE.wheel,
  };
}
