// One pane with one stack: wires loader, state and surface; every computation is in `display`. Nothing here passes through React.
import {
  type ActiveVoi,
  type AppliedState,
  activeVoi,
  actsOn,
  actualZoom,
  asSigned,
  type CanvasPoint,
  canvasPoint,
  type DisplaySet,
  type Frame,
  type PictureSize,
  type PresentationState,
  panned,
  type ResolvedView,
  resolveView,
  shownWindow,
  type ViewState,
  type Voi,
  withConflict,
  withWindow,
  zoomedAt,
} from "../../display";
import type { Picture } from "../decode/picture";
import { type PaneGeometry, paneGeometry } from "../geometry";
import type { LoadFrame } from "../loading/frame-source";
import { StackLoader } from "../loading/stack-loader";
import { Composer } from "./composing";
import { Lens } from "./lens";
import {
  NO_PROGRESS,
  NOTHING_DRAWN,
  type PaneContent,
  type PaneDeps,
  type PaneLink,
  type PaneReport,
} from "./pane-report";
import {
  changedLook,
  firstState,
  frameAt,
  type Look,
  lookAt,
  mirrored,
  movedTo,
  presenting,
  resetLook,
  type ScreenAxis,
  type SetState,
  turned,
} from "./pane-state";
import { pictureSize } from "./picture-size";
import { ownView, Presenter } from "./presenting";
import { mountSurface } from "./surface";

type GreyPicture = Extract<Picture, { kind: "grey" }>;

export class Pane {
  private readonly states: Map<string, SetState>;
  private readonly composer = new Composer();
  private readonly presenter = new Presenter();
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
    // Of a neighbour that arrived only the progress is new: the pixels stand.
    const onChange = (index: number | null): void => this.schedule(index === this.index);
    this.loader = new StackLoader(set.frames, { load, cache: this.deps.cache, onChange });
    const left = this.states.get(set.id);
    // What hangs anew may have become shorter than it was left.
    this.apply(left === undefined ? firstState(set) : movedTo(left, set, left.index));
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
    this.changeLook((look) => ({ ...look, chosen }));
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
    const { frame, look } = this;
    const picture = this.picture();
    if (frame === null || look === null || picture?.kind !== "grey") return null;
    return this.voiOf(frame, picture, look.chosen).voi;
  }

  windowWidth(): number | null {
    const voi = this.shownVoi();
    return voi === null ? null : shownWindow(voi).width;
  }

  get imageCount(): number {
    return this.set?.frames.length ?? 0;
  }

  invert(): void {
    this.changeLook((look) => ({ ...look, inverted: !look.inverted }));
  }

  /** Overlay planes and graphics shown or not (clinical rule 48). */
  toggleOverlays(): void {
    this.changeLook((look) => ({ ...look, overlays: !look.overlays }));
  }

  /** Opens the shutter, or closes it as the image asks (clinical rule 49). */
  toggleShutter(): void {
    this.changeLook((look) => ({ ...look, shutter: !look.shutter }));
  }

  /** A presentation state for the set, at an image on which it acts; `null` takes it off. */
  present(state: PresentationState | null): void {
    const { set, frame } = this;
    this.change((shown) => presenting(shown, state));
    if (set === null || state === null || (frame !== null && actsOn(state, frame))) return;
    const first = set.frames.findIndex((one) => actsOn(state, one));
    if (first >= 0) this.moveTo(first);
  }

  reset(): void {
    this.changeLook(resetLook);
  }

  turn(quarters: 1 | -1): void {
    this.changeView((view) => turned(view, quarters));
  }

  mirror(axis: ScreenAxis): void {
    this.changeView((view) => mirrored(view, axis));
  }

  smoothOrNot(): void {
    this.changeLook((look) => ({ ...look, smooth: !look.smooth }));
  }

  /** Shows the lens around a point of the canvas, `null` takes it away. */
  magnify(at: CanvasPoint | null): void {
    this.lens.place(at);
    this.schedule();
  }

  setZoom(zoom: number | "fit"): void {
    this.changeView((view) => ({ ...view, zoom, pan: [0, 0] }));
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
    return frame === null ? null : pictureSize(this.asPresented(frame), this.picture());
  }

  /** At the position; once its picture is there, with what the code stream says better than the header. */
  get frame(): Frame | null {
    const frame = this.set === null || this.state === null ? null : frameAt(this.set, this.state);
    const picture = this.picture();
    if (frame === null || picture?.kind !== "grey" || !picture.headerConflict) return frame;
    const followed = this.followed.get(picture) ?? (picture.byHeader === true ? withConflict(frame) : asSigned(frame));
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

  /** What the presentation state of the set makes of a frame. */
  private appliedTo(frame: Frame | null): AppliedState | null {
    return frame === null ? null : this.presenter.applied(this.state?.presented?.state ?? null, frame);
  }

  private get look(): Look | null {
    return this.state === null ? null : lookAt(this.state, this.appliedTo(this.frame) !== null);
  }

  private viewOf(look: Look, frame: Frame, size: PictureSize): ViewState {
    return look.view ?? ownView(this.appliedTo(frame), frame, size, this.surface.size);
  }

  private asPresented(frame: Frame): Frame {
    return this.presenter.frame(this.state?.presented?.state ?? null, frame);
  }

  private voiOf(frame: Frame, picture: GreyPicture, chosen: Voi | null): ActiveVoi {
    const presented = this.asPresented(frame);
    if (chosen !== null || (presented !== frame && presented.voi.length > 0))
      return activeVoi(presented, picture.values, chosen);
    const known = this.defaults.get(picture) ?? activeVoi(frame, picture.values, null, picture.window ?? null);
    this.defaults.set(picture, known);
    return known;
  }

  private change(act: (state: SetState) => SetState): void {
    if (this.state !== null) this.apply(act(this.state));
  }

  private changeLook(act: (look: Look) => Look): void {
    this.change((state) => changedLook(state, this.appliedTo(this.frame) !== null, act));
  }

  private changeView(act: (view: ViewState, size: PictureSize) => ViewState): void {
    const { frame } = this;
    const size = this.pictureSize();
    if (frame !== null && size !== null)
      this.changeLook((look) => ({ ...look, view: act(this.viewOf(look, frame, size), size) }));
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
      else if (this.last !== null)
        this.report({ ...this.last, link: this.link, progress: this.loader?.progress ?? NO_PROGRESS });
    });
  }

  private report(report: PaneReport): void {
    this.last = report;
    this.deps.onDrawn(report);
  }

  private draw(): void {
    const { frame, state, look, set, surface } = this;
    if (surface.size.width === 0 || frame === null || state === null || look === null) return;
    this.stale = false;
    const loaded = this.loader?.state(state.index) ?? { kind: "waiting" };
    const picture = loaded.kind === "ready" ? loaded.picture : null;
    const shown = this.asPresented(frame);
    const size = pictureSize(shown, picture);
    const view = this.viewOf(look, frame, size);
    const resolved = resolveView(view, size, surface.size);
    const content = loaded.kind === "ready" ? this.drawPicture(frame, loaded.picture, look, resolved) : loaded;
    if (loaded.kind !== "ready") {
      surface.draw(null);
      this.lens.draw(null, surface.ratio);
    }
    const { inverted, smooth, overlays, shutter } = look;
    const presented = state.presented?.state ?? null;
    this.report({
      set,
      frame: shown,
      index: state.index,
      content,
      view,
      zoom: resolved.zoom,
      inverted,
      smooth,
      isReady: this.isReady,
      link: this.link,
      overlays,
      shutter,
      presented: presented === null ? null : { state: presented, applied: this.appliedTo(frame) },
      progress: this.loader?.progress ?? NO_PROGRESS,
      geometry: picture === null ? null : this.geometryOf(frame, picture, resolved),
    });
  }

  /**
   * Pixels of another matrix than the header's have no place that a mark could be bound to. What is measured keeps the
   * image's own values, whatever a presentation state makes of them.
   */
  private geometryOf(frame: Frame, picture: Picture, view: ResolvedView): PaneGeometry | null {
    const { rows, columns } = frame.layout;
    if (picture.rows !== rows || picture.columns !== columns) return null;
    const values = picture.kind === "grey" ? picture.values : null;
    return paneGeometry({ frame, values }, view, { size: this.surface.size, ratio: this.surface.ratio });
  }

  private drawPicture(frame: Frame, picture: Picture, look: Look, view: ResolvedView): PaneContent {
    const voi = picture.kind === "grey" ? this.voiOf(frame, picture, look.chosen) : null;
    const composed = this.composer.compose(this.asPresented(frame), picture, voi, look, this.appliedTo(frame));
    const drawing = { ...composed, view, smooth: look.smooth };
    const renderer = this.surface.draw(drawing);
    this.lens.draw(drawing, this.surface.ratio);
    return { kind: "picture", picture, voi, renderer };
  }
}
