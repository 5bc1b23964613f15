// The state of a pane and its changes, without canvas: what is kept per display set, and what a reader's act makes of it.
import type { DisplaySet, Flips, Frame, PresentationState, ViewState, Voi } from "../../display";

/** How a reader has an image look. */
export interface Look {
  /** `null`: as the presentation state asks. */
  readonly view: ViewState | null;
  /** The reader's own window; it holds for the whole set (clinical rule 34). `null`: each image has its default. */
  readonly chosen: Voi | null;
  readonly inverted: boolean;
  /** Interpolated; `false` shows the stored pixels as they are (clinical rule 6.1.6). */
  readonly smooth: boolean;
  /** Overlay planes are shown (clinical rule 48), and the graphics of a presentation state. */
  readonly overlays: boolean;
  /** The shutter is closed as the image asks (clinical rule 49). */
  readonly shutter: boolean;
}

/** Kept for each display set while the page stands, so that stepping away and back changes nothing. */
export interface SetState {
  readonly index: number;
  readonly look: Look;
  /**
   * A presentation state, and how the reader has the images look on which it acts; the others keep `look`, and all have it
   * again once the state is taken off (clinical rule 8.9).
   */
  readonly presented: { readonly state: PresentationState; readonly look: Look } | null;
}

const AS_LOADED: Look = { view: null, chosen: null, inverted: false, smooth: true, overlays: true, shutter: true };

export function firstState(set: DisplaySet): SetState {
  // Stacks open in their middle: there is more to see than at an end. Time series and projections open at their beginning.
  const index = set.order === "position" && !set.localizer ? Math.floor((set.frames.length - 1) / 2) : 0;
  return { index, look: AS_LOADED, presented: null };
}

/** Window, polarity and view as the image has them, or the presentation state that acts on it (clinical rules 32 and 36). */
export function resetLook(): Look {
  return AS_LOADED;
}

/** `null` takes the state off. */
export function presenting(set: SetState, state: PresentationState | null): SetState {
  return { ...set, presented: state === null ? null : { state, look: { ...AS_LOADED, smooth: set.look.smooth } } };
}

/** How the image looks: `acts` says whether the presentation state of the set acts on it. */
export function lookAt({ look, presented }: SetState, acts: boolean): Look {
  return acts && presented !== null ? presented.look : look;
}

export function changedLook(set: SetState, acts: boolean, act: (look: Look) => Look): SetState {
  const { presented } = set;
  if (!acts || presented === null) return { ...set, look: act(set.look) };
  return { ...set, presented: { ...presented, look: act(presented.look) } };
}

export function movedTo(state: SetState, set: DisplaySet, index: number): SetState {
  const last = Math.max(set.frames.length - 1, 0);
  return { ...state, index: Math.min(Math.max(Math.round(index), 0), last) };
}

export function frameAt(set: DisplaySet, state: SetState): Frame | null {
  return set.frames[state.index] ?? null;
}

/** A quarter turn on the screen, clockwise or back; what was in the middle of the canvas stays there. */
export function turned(view: ViewState, quarters: 1 | -1): ViewState {
  const { flips, pan } = view;
  const [x, y] = pan;
  return {
    ...view,
    pan: quarters === 1 ? [-y, x] : [y, -x],
    flips: { ...flips, quarterTurns: (flips.quarterTurns + quarters + 4) % 4 },
  };
}

export type ScreenAxis = "horizontal" | "vertical";

/** Mirrors left and right, or above and below, as the reader sees them: after a quarter turn that is the other axis of the picture. */
export function mirrored(view: ViewState, axis: ScreenAxis): ViewState {
  const [x, y] = view.pan;
  return {
    ...view,
    pan: axis === "horizontal" ? [-x, y] : [x, -y],
    flips: mirroredFlips(view.flips, axis),
  };
}

function mirroredFlips(flips: Flips, axis: ScreenAxis): Flips {
  const upright = flips.quarterTurns % 2 === 0;
  return (axis === "horizontal") === upright
    ? { ...flips, horizontal: !flips.horizontal }
    : { ...flips, vertical: !flips.vertical };
}
