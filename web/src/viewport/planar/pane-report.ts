// What a pane is made with and what it says after each drawing.
import {
  type ActiveVoi,
  type AppliedState,
  type DisplaySet,
  FITTED,
  type Frame,
  type PresentationState,
  type ViewState,
} from "../../display";
import type { Picture } from "../decode/picture";
import type { PaneGeometry } from "../geometry";
import type { FrameCache } from "../loading/frame-cache";
import type { LoadProgress } from "../loading/stack-loader";
import type { RendererWish } from "./choose-renderer";
import type { RendererKind } from "./drawing";
import type { SetState } from "./pane-state";

export type PaneContent =
  | { readonly kind: "empty" }
  | { readonly kind: "waiting" }
  | {
      readonly kind: "picture";
      readonly picture: Picture;
      readonly voi: ActiveVoi | null;
      readonly renderer: RendererKind;
    }
  | { readonly kind: "failed"; readonly error: Error };

/** How the pane goes along with another one (clinical rules 6.2.12 and 6.2.14). */
export interface PaneLink {
  readonly kind: "absolute" | "manual";
  /** Millimetres by which this pane's image lies further along than the leading one's. */
  readonly offset: number;
}

/** A presentation state and what it makes of the frame shown; `null` where it does not act on that one. */
export interface Presented {
  readonly state: PresentationState;
  readonly applied: AppliedState | null;
}

/** What the pane shows after a drawing; overlays and tests read it. */
export interface PaneReport {
  readonly set: DisplaySet | null;
  readonly frame: Frame | null;
  readonly index: number;
  readonly content: PaneContent;
  readonly view: ViewState;
  /** Device pixels per image column. */
  readonly zoom: number;
  readonly inverted: boolean;
  readonly smooth: boolean;
  /** Overlay planes and a presentation state's graphics are shown; the shutter is closed as the image or the state asks. */
  readonly overlays: boolean;
  readonly shutter: boolean;
  /** The presentation state of the set, `null` without one. */
  readonly presented: Presented | null;
  readonly progress: LoadProgress;
  /** Whether the image at an index of the set can be drawn at once. */
  readonly isReady: (index: number) => boolean;
  /** `null` while the pane goes by itself. */
  readonly link: PaneLink | null;
  /** `null` while no picture is painted: nothing can be measured then. */
  readonly geometry: PaneGeometry | null;
}

export interface PaneDeps {
  readonly cache: FrameCache;
  readonly wish: RendererWish;
  /** After each completed drawing, at most once a frame of the display. */
  readonly onDrawn: (report: PaneReport) => void;
  /** The reader, or whoever leads this pane, went to another image; before it is drawn. */
  readonly onMoved?: (index: number) => void;
  /** States of the display sets, kept by whoever takes the pane down and puts it up again. */
  readonly states?: Map<string, SetState>;
}

export const NO_PROGRESS: LoadProgress = { done: 0, failed: 0, total: 0, retryIn: null };
export const NOTHING_DRAWN: PaneReport = {
  set: null,
  frame: null,
  index: 0,
  content: { kind: "empty" },
  view: FITTED,
  zoom: 1,
  inverted: false,
  smooth: true,
  overlays: true,
  shutter: true,
  presented: null,
  progress: NO_PROGRESS,
  isReady: () => false,
  link: null,
  geometry: null,
};
