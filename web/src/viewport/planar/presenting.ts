// What the presentation state of a set makes of the frame in hand, kept while both stay: its tables are read once.
import {
  type AppliedState,
  applied,
  areaView,
  type CanvasSize,
  FITTED,
  type Frame,
  type PictureSize,
  type PresentationState,
  presentedFrame,
  type ViewState,
} from "../../display";

interface Known {
  readonly state: PresentationState;
  readonly of: Frame;
  readonly applied: AppliedState | null;
  /** As it is drawn. */
  readonly frame: Frame;
}

export class Presenter {
  private known: Known | null = null;

  applied(state: PresentationState | null, frame: Frame): AppliedState | null {
    return state === null ? null : this.of(state, frame).applied;
  }

  /** The frame as it is drawn: with the state's values where it acts on it. */
  frame(state: PresentationState | null, frame: Frame): Frame {
    return state === null ? frame : this.of(state, frame).frame;
  }

  private of(state: PresentationState, frame: Frame): Known {
    if (this.known?.state === state && this.known.of === frame) return this.known;
    const made = applied(state, frame);
    this.known = { state, of: frame, applied: made, frame: made === null ? frame : presentedFrame(frame, state, made) };
    return this.known;
  }
}

/** The view that nobody has changed. */
export function ownView(made: AppliedState | null, frame: Frame, picture: PictureSize, canvas: CanvasSize): ViewState {
  return made === null ? FITTED : areaView(made.area, made.flips, frame.layout, picture, canvas);
}
