// One pane with one stack: wires loader, state and surface; every computation is in `display`. Nothing here passes through React.
import {
  type ActiveVoi,
  activeVoi,
  actualZoom,
  asSigned,
  type CanvasPoint,
  canvasPoint,
  type DisplaySet,
  FITTED,
  type Frame,
  type PictureSize,
  panned,
  type ResolvedView,
  resolveView,
  shownWindow,
  type ViewState,
  type Voi,
  withWindow,
  zoomedAt,
  zoomOf,
} from "../../display";
import type { Picture } from "../decode/picture";
import { type PaneGeometry, paneGeometry } from "../geometry";
import type { FrameCache } from "../loading/frame-cache";
import type { LoadFrame } from "../loading/frame-source";
import { type LoadProgress, StackLoader } from "../loading/stack-loader";
import type { RendererWish } from "./choose-renderer";
import { Composer } from "./composing";
import type { RendererKind } from "./drawing";
import { Lens } from "./lens";
import {
  firstState,
  frameAt,
  mirrored,
  movedTo,
  resetState,
  type ScreenAxis,
  type SetState,
  turned,
} from "./pane-state";
import { pictureSize } from "./picture-size";
import { mountSurface } from "./surface";

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
  /** Overlay planes are shown; the shutter is closed as the image asks. */
  readonly overlays: boolean;
  readonly shutter: boolean;
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

type GreyPicture = Extract<Picture, { kind: "grey" }>;

const NO_PROGRESS: LoadProgress = { done: 0, failed: 0, total: 0, retryIn: null };
const NOTHING_DRAWN: PaneReport = {
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
  progress: NO_PROGRESS,
  isReady: () => false,
  link: null,
  geometry: null,
};

export class Pane {
  private readonly states: Map<string, SetState>;
  private readonly composer = new Composer();
  /** Counting an image for its auto window takes a while: once for each picture. */
  private readonly defaults = new WeakMap<Picture, ActiveVoi>();
  private readonly followed = new WeakMap<Picture, Frame>();
  private readonly surface;
  private set: DisplaySet | null = null;
  private loader: StackLoader | null = null;
  private scheduled = 0;
  /** Pixels have to be drawn, not only what is said about them. */
  private stale = true;
  private last: PaneReport | null = null;
  private link: PaneLink | null = null;
  private readonly lens: Lens;

  constructor(
    host: HTMLElement,
    private readonly deps: PaneDeps,
  ) {
    this.states = deps.states ?? new Map();
    this.surface = mountSurface(host, deps.wish, () => this.draw());
    this.lens = new Lens(host);
  }

  get ratio(): number {
    return this.surface.ratio;
  }

  /** Shows another display set where it was left, its frames brought by `load`; the loads of the one before are aborted. */
  show(set: DisplaySet, load: LoadFrame): void {
    if (this.set === set) return;
    this.loader?.dispose();
    this.set = set;
    this.loader = new StackLoader(set.frames, { load, cache: this.deps.cache, onChange: () => this.schedule() });
    this.apply(this.states.get(set.id) ?? firstState(set));
    this.loader.moveTo(this.state?.index ?? 0);
  }

  moveBy(images: number): void {
    this.moveTo((this.state?.index ?? 0) + images);
  }

  moveTo(index: number): void {
    if (this.set === null || this.state === null) return;
    const next = movedTo(this.state, this.set, index);
    if (next.index === this.state.index) return;
    this.apply(next);
    this.loader?.moveTo(next.index);
    this.deps.onMoved?.(next.index);
  }

  get index(): number {
    return this.state?.index ?? 0;
  }

  /** Whether an image of the stack can be drawn at once. */
  isReady = (index: number): boolean => this.loader?.isReady(index) === true;

  /** Said with the next drawing, so that text and pixels are of one moment. */
  setLink(link: PaneLink | null): void {
    if (this.link?.kind === link?.kind && this.link?.offset === link?.offset) return;
    this.link = link;
    this.schedule(false);
  }

  /** `null` gives each image its own default again. */
  setVoi(chosen: Voi | null): void {
    this.change((state) => ({ ...state, chosen }));
  }

  /** Moves centre and width, in modality units, from what is shown now. */
  moveWindow(byCentre: number, byWidth: number): void {
    const voi = this.shownVoi();
    if (voi === null) return;
    const { centre, width } = shownWindow(voi);
    this.setVoi(withWindow(voi, centre + byCentre, width + byWidth));
  }

  /** What is shown now, `null` for colour and while nothing is drawn. */
  shownVoi(): Voi | null {
    const frame = this.frame;
    const picture = this.picture();
    if (frame === null || picture?.kind !== "grey") return null;
    return this.voiOf(frame, picture, this.state?.chosen ?? null).voi;
  }

  windowWidth(): number | null {
    const voi = this.shownVoi();
    return voi === null ? null : shownWindow(voi).width;
  }

  get imageCount(): number {
    return this.set?.frames.length ?? 0;
  }

  invert(): void {
    this.change((state) => ({ ...state, inverted: !state.inverted }));
  }

  /** Overlay planes shown or not (clinical rule 48). */
  toggleOverlays(): void {
    this.change((state) => ({ ...state, overlays: !state.overlays }));
  }

  /** Opens the shutter, or closes it as the image asks (clinical rule 49). */
  toggleShutter(): void {
    this.change((state) => ({ ...state, shutter: !state.shutter }));
  }

  reset(): void {
    this.change(resetState);
  }

  turn(quarters: 1 | -1): void {
    this.change((state) => ({ ...state, view: turned(state.view, quarters) }));
  }

  mirror(axis: ScreenAxis): void {
    this.change((state) => ({ ...state, view: mirrored(state.view, axis) }));
  }

  smoothOrNot(): void {
    this.change((state) => ({ ...state, smooth: !state.smooth }));
  }

  /** Shows the lens around a point of the canvas, `null` takes it away. */
  magnify(at: CanvasPoint | null): void {
    this.lens.place(at);
    this.schedule();
  }

  setZoom(zoom: number | "fit"): void {
    this.change((state) => ({ ...state, view: { ...state.view, zoom, pan: [0, 0] } }));
  }

  /** One image pixel is one device pixel. */
  actualSize(): void {
    const size = this.pictureSize();
    if (size !== null) this.setZoom(actualZoom(size));
  }

  /** `x`, `y` in device pixels of the pane; without them the middle stays. */
  zoomBy(factor: number, x = this.surface.size.width / 2, y = this.surface.size.height / 2): void {
    this.changeView((view, size) => zoomedAt(view, factor, canvasPoint(x, y), size, this.surface.size));
  }

  panBy(dx: number, dy: number): void {
    this.changeView((view, size) => panned(view, dx, dy, size, this.surface.size));
  }

  retry(): void {
    this.loader?.retry(this.state?.index ?? 0);
    this.schedule();
  }

  /** Nothing is hung any more; what was loaded stays in the cache. */
  clear(): void {
    this.loader?.dispose();
    this.loader = null;
    this.set = null;
    this.surface.draw(null);
    this.lens.place(null);
    this.report(NOTHING_DRAWN);
  }

  dispose(): void {
    cancelAnimationFrame(this.scheduled);
    this.loader?.dispose();
    this.lens.dispose();
    this.surface.dispose();
  }

  pictureSize(): PictureSize | null {
    const frame = this.frame;
    return frame === null ? null : pictureSize(frame, this.picture());
  }

  /** At the position; once its picture is there, with what the code stream says better than the header. */
  get frame(): Frame | null {
    const frame = this.set === null || this.state === null ? null : frameAt(this.set, this.state);
    const picture = this.picture();
    if (frame === null || picture?.kind !== "grey" || !picture.headerConflict) return frame;
    const followed = this.followed.get(picture) ?? asSigned(frame);
    this.followed.set(picture, followed);
    return followed;
  }

  private get state(): SetState | null {
    return this.set === null ? null : (this.states.get(this.set.id) ?? null);
  }

  private picture(): Picture | null {
    const loaded = this.loader?.state(this.state?.index ?? 0);
    return loaded?.kind === "ready" ? loaded.picture : null;
  }

  private voiOf(frame: Frame, picture: GreyPicture, chosen: Voi | null): ActiveVoi {
    if (chosen !== null) return activeVoi(frame, picture.values, chosen);
    const known = this.defaults.get(picture) ?? activeVoi(frame, picture.values, null, picture.window ?? null);
    this.defaults.set(picture, known);
    return known;
  }

  private change(act: (state: SetState) => SetState): void {
    if (this.state !== null) this.apply(act(this.state));
  }

  private changeView(act: (view: ViewState, size: PictureSize) => ViewState): void {
    const size = this.pictureSize();
    if (size !== null) this.change((state) => ({ ...state, view: act(state.view, size) }));
  }

  private apply(state: SetState): void {
    if (this.set !== null) this.states.set(this.set.id, state);
    this.schedule();
  }

  /** Many changes between two frames of the display are one drawing. */
  private schedule(stale = true): void {
    this.stale ||= stale;
    if (this.scheduled !== 0) return;
    this.scheduled = requestAnimationFrame(() => {
      this.scheduled = 0;
      if (this.stale) this.draw();
      else if (this.last !== null) this.report({ ...this.last, link: this.link });
    });
  }

  private report(report: PaneReport): void {
    this.last = report;
    this.deps.onDrawn(report);
  }

  private draw(): void {
    const { frame, state, set, surface } = this;
    if (surface.size.width === 0 || frame === null || state === null) return;
    this.stale = false;
    const loaded = this.loader?.state(state.index) ?? { kind: "waiting" };
    const size = pictureSize(frame, loaded.kind === "ready" ? loaded.picture : null);
    const content = loaded.kind === "ready" ? this.drawPicture(frame, loaded.picture, state, size) : loaded;
    if (loaded.kind !== "ready") {
      surface.draw(null);
      this.lens.draw(null, surface.ratio);
    }
    const { index, view, inverted, smooth, overlays, shutter } = state;
    const zoom = zoomOf(view, size, surface.size);
    const picture = loaded.kind === "ready" ? loaded.picture : null;
    this.report({
      set,
      frame,
      index,
      content,
      view,
      zoom,
      inverted,
      smooth,
      isReady: this.isReady,
      link: this.link,
      overlays,
      shutter,
      progress: this.loader?.progress ?? NO_PROGRESS,
      geometry: picture === null ? null : this.geometryOf(frame, picture, resolveView(view, size, surface.size)),
    });
  }

  /** Pixels of another matrix than the header's have no place that a mark could be bound to. */
  private geometryOf(frame: Frame, picture: Picture, view: ResolvedView): PaneGeometry | null {
    const { rows, columns } = frame.layout;
    if (picture.rows !== rows || picture.columns !== columns) return null;
    const values = picture.kind === "grey" ? picture.values : null;
    return paneGeometry({ frame, values }, view, { size: this.surface.size, ratio: this.surface.ratio });
  }

  private drawPicture(frame: Frame, picture: Picture, state: SetState, size: PictureSize): PaneContent {
    const voi = picture.kind === "grey" ? this.voiOf(frame, picture, state.chosen) : null;
    const composed = this.composer.compose(frame, picture, voi, state);
    const view = resolveView(state.view, size, this.surface.size);
    const drawing = { ...composed, view, smooth: state.smooth };
    const renderer = this.surface.draw(drawing);
    this.lens.draw(drawing, this.surface.ratio);
    return { kind: "picture", picture, voi, renderer };
  }
}
