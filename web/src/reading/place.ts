// One place of the desk: what is hung there, the pane that draws it while it is shown, and what was drawn last.
import type { SeriesUid } from "../api";
import { type DisplaySet, type Instance, type PresentationState, presetsOf, type WindowPreset } from "../display";
import type { LoadFrame, Pane, PaneReport, PointerTool, SetState } from "../viewport";
import type { LinkState } from "./linking";

/** What the page's React parts show of a place; replaced as a whole, never changed. */
export interface PlaceView {
  readonly series: SeriesUid | null;
  readonly set: DisplaySet | null;
  /** An object without pixels that is shown in the place of the pane. */
  readonly object: Instance | null;
  readonly inverted: boolean;
  readonly smooth: boolean;
  /** The presentation state of the set that hangs here. */
  readonly presented: PresentationState | null;
  readonly kind: "none" | "grey" | "colour";
  /** For the image shown; none where its values are in another unit. */
  readonly presets: readonly WindowPreset[];
  /** `null` while scrolling is not linked. */
  readonly link: LinkState | null;
}

export const NOTHING_HUNG: PlaceView = {
  series: null,
  set: null,
  object: null,
  inverted: false,
  smooth: true,
  presented: null,
  kind: "none",
  presets: [],
  link: null,
};

const NOTED = ["kind", "presets", "inverted", "smooth", "presented"] as const;

export class Place {
  view: PlaceView = NOTHING_HUNG;
  pane: Pane | null = null;
  report: PaneReport | null = null;
  /** How each display set was left here, also while the place is not shown. */
  readonly states = new Map<string, SetState>();
  /** Tools of the pane that were in hand here, by their names. */
  readonly tools = new Map<string, PointerTool>();
  /** Writes what stands over the picture. */
  over: (report: PaneReport) => void = () => undefined;
  /** How often something was wished here: what came late shows only where its wish is still the last. */
  wishes = 0;
  private load: LoadFrame | null = null;

  constructor(readonly index: number) {}

  attach(pane: Pane, over: (report: PaneReport) => void): void {
    this.pane = pane;
    this.over = over;
    if (this.view.set !== null && this.load !== null) pane.show(this.view.set, this.load);
  }

  detach(): void {
    this.pane?.dispose();
    this.pane = null;
    this.report = null;
    this.tools.clear();
  }

  hang(set: DisplaySet, load: LoadFrame): void {
    this.load = load;
    this.pane?.show(set, load);
  }

  /** The few facts of a drawing that the page shows; the same object while none of them changes. */
  noted({ content, frame, inverted, smooth, ...report }: PaneReport): PlaceView {
    const { view } = this;
    const kind = content.kind === "picture" ? content.picture.kind : view.kind;
    const presets = this.presets(frame !== null && kind === "grey" ? presetsOf(frame) : []);
    const presented = report.presented?.state ?? null;
    const next = { ...view, kind, presets, inverted, smooth, presented };
    const same = NOTED.every((fact) => next[fact] === view[fact]);
    return same ? view : next;
  }

  /** The same list while its windows are the same. */
  private presets(now: readonly WindowPreset[]): readonly WindowPreset[] {
    const before = this.view.presets;
    const same =
      now.length === before.length && now.every(({ window }, at) => window.width === before[at]?.window.width);
    return same ? before : now;
  }
}
