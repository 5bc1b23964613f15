// The desk of one study: which sets hang in which places, which place and tool are in use, how panes go together. No pixels, no React.
import { type KontorClient, Problem, type SeriesUid, type StudyName, seriesUid } from "../api";
import type { DisplaySet, Frame, Instance } from "../display";
import {
  type Decoder,
  type Focus,
  FrameCache,
  focusOf,
  frameSource,
  joinedLoads,
  LineSpeed,
  type LoadFrame,
  type MouseButton,
  Pane,
  type PaneReport,
  type PointerTool,
  type RendererWish,
} from "../viewport";
import type { Brought } from "./ahead";
import { Cine, type CineNote, displayClock } from "./cine";
import type { DeskView } from "./desk-view";
import { frameOrigin } from "./frame-origin";
import { type Layout, MOST_PANES, paneCount } from "./layouts";
import { Linking, type LinkState } from "./linking";
import { DEFAULT_MOUSE, type MouseProfile } from "./mouse-profile";
import type { MountLayer } from "./pane-layer";
import { NOTHING_HUNG, Place, type PlaceView } from "./place";
import { chosenSet, type SeriesReady, SeriesShelf } from "./series-shelf";
import { type ReadingTool, VIEW_TOOLS } from "./tool-registry";

export type { DeskView };

export interface DeskDeps {
  readonly client: KontorClient;
  readonly study: StudyName;
  readonly decoder: Decoder;
  readonly wish: RendererWish;
  readonly tools?: readonly ReadingTool[];
  /** What lies over each pane beside the desk's own texts and lines, in this order. */
  readonly layers?: readonly MountLayer[];
  /** What came of the study before it was opened. */
  readonly brought?: Brought | null;
}

/** Enough for a chest CT of a thousand slices; more is fetched again when the reader comes back to it. */
const CACHE_BYTES = 640 * 1024 * 1024;

export class Desk {
  readonly decoder: Decoder;
  readonly tools: readonly ReadingTool[];
  readonly layers: readonly MountLayer[];
  /** The reader's mouse, as the profile has it. */
  mouse: MouseProfile = DEFAULT_MOUSE;
  private view: DeskView;
  private readonly listeners = new Set<() => void>();
  private readonly layoutListeners = new Set<(layout: Layout) => void>();
  private readonly focusListeners = new Set<(focus: Focus | null) => void>();
  private readonly leaving = new AbortController();
  readonly cache = new FrameCache(CACHE_BYTES);
  readonly line = new LineSpeed();
  private readonly places = Array.from({ length: MOST_PANES }, (_, index) => new Place(index));
  private readonly linking = new Linking(
    () => this.shown(),
    (states) => this.noteLinks(states),
  );
  private readonly cine = new Cine(displayClock, (playing) => this.change({ playing }));
  private readonly shelf: SeriesShelf;
  private readonly loads = new Map<SeriesUid, LoadFrame>();
  /** Where another window stands; drawn and followed until a pane of this one moves. */
  private elsewhere: Focus | null = null;
  private followsElsewhere = false;

  constructor(private readonly deps: DeskDeps) {
    this.decoder = deps.decoder;
    this.tools = deps.tools ?? VIEW_TOOLS;
    this.layers = deps.layers ?? [];
    for (const [key, picture] of deps.brought?.pictures ?? []) this.cache.put(key, picture, new Set());
    const leaving = this.leaving.signal;
    this.shelf = new SeriesShelf({ ...deps, leaving, onChange: (loaded) => this.change({ loaded }) });
    this.view = {
      ...NOTHING_HUNG,
      places: this.places.map(({ view }) => view),
      active: 0,
      layout: "1x1",
      large: false,
      loaded: new Map(),
      tool: "window",
      linked: false,
      localiser: true,
      playing: null,
    };
  }

  snapshot = (): DeskView => this.view;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Told when the reader chose how panes stand. */
  onLayout(listener: (layout: Layout) => void): () => void {
    this.layoutListeners.add(listener);
    return () => this.layoutListeners.delete(listener);
  }

  /** Told in the same moment as the leading pane moves; `null` where it has no place in the patient. */
  onFocus(listener: (focus: Focus | null) => void): () => void {
    this.focusListeners.add(listener);
    return () => this.focusListeners.delete(listener);
  }

  /** The pane in use; `null` until the page gave it an element. */
  get activePane(): Pane | null {
    return this.activePlace().pane;
  }

  /** The frame whose pixels are seen in the active pane, `null` while none are. */
  get painted(): Frame | null {
    return this.activePlace().report?.geometry?.frame ?? null;
  }

  paneAt(place: number): Pane | null {
    return this.places[place]?.pane ?? null;
  }

  /** What was drawn last at a place, `null` while nothing is. */
  reportAt(place: number): PaneReport | null {
    return this.places[place]?.report ?? null;
  }

  /** The plane whose lines are drawn on the other panes, and at which place it hangs; `null`: in another window. */
  focus(): { readonly focus: Focus; readonly place: number | null } | null {
    if (this.elsewhere !== null) return { focus: this.elsewhere, place: null };
    const { report, index } = this.activePlace();
    const focus = report?.set ? focusOf(report.set, report.index) : null;
    return focus === null ? null : { focus, place: index };
  }

  /** Takes the element that carries the pixels of a place; what was opened there before is hung now. */
  attach(host: HTMLElement, onDrawn: (report: PaneReport) => void, index = 0): Pane {
    const place = this.placeAt(index);
    const pane = new Pane(host, {
      cache: this.cache,
      wish: this.deps.wish,
      states: place.states,
      onMoved: () => this.moved(place),
      onDrawn: (report) => {
        this.notice(place, report);
        onDrawn(report);
        // Lines on the others belong to the plane that is painted here, in the same frame of the display.
        if (place.index === this.view.active) this.sayAgain(place);
      },
    });
    place.attach(pane, onDrawn);
    if (place.view.set !== null) this.linking.hung(place);
    return pane;
  }

  detach(index = 0): void {
    this.places[index]?.detach();
  }

  /** The tool that a button has in a pane; made when it is first used there. */
  pointerTool(index: number, button: MouseButton, host: HTMLElement): PointerTool | null {
    const place = this.placeAt(index);
    const id = button === "left" ? this.view.tool : this.mouse[button];
    const known = place.tools.get(id);
    const tool = this.tools.find((one) => one.id === id);
    if (known !== undefined || tool === undefined || place.pane === null) return known ?? null;
    const made = tool.create({ pane: place.pane, host, place: index });
    place.tools.set(id, made);
    return made;
  }

  /** Takes a tool into the left button; what another one had begun is given up. */
  hold(tool: string): void {
    if (tool === this.view.tool) return;
    for (const place of this.places) place.tools.get(this.view.tool)?.cancel?.();
    this.change({ tool });
  }

  activate(index: number): void {
    if (index === this.view.active || index >= paneCount(this.view.layout)) return;
    this.elsewhere = null;
    this.change({ active: index });
    this.tellFocus();
    this.sayAgain();
  }

  /** What hangs stays in its place; a place that is not shown keeps it until it is shown again. */
  layOut(layout: Layout, by: "chosen" | "opening"): void {
    const active = this.view.active < paneCount(layout) ? this.view.active : 0;
    if (this.cine.place !== null && this.cine.place >= paneCount(layout)) this.cine.stop();
    this.change({ layout, active, large: false });
    if (by === "chosen") for (const listener of this.layoutListeners) listener(layout);
  }

  enlarge(large: boolean): void {
    this.change({ large: large && paneCount(this.view.layout) > 1 });
  }

  link(linked: boolean): void {
    this.change({ linked });
    this.linking.turn(linked, this.activePlace());
  }

  coupleHere(): void {
    this.change({ linked: true });
    this.linking.coupleHere(this.activePlace());
  }

  /** Moves the active pane, or another one under the wheel; whoever scrolls by hand has stopped the run. */
  scroll(images: number, place = this.view.active): void {
    this.cine.stop();
    this.placeAt(place).pane?.moveBy(images);
  }

  scrollTo(index: number, place = this.view.active): void {
    this.cine.stop();
    this.placeAt(place).pane?.moveTo(index);
  }

  playOrStop(): void {
    const { pane, view, index } = this.activePlace();
    if (this.cine.place === index) this.cine.stop();
    else if (pane !== null && view.set !== null) this.cine.start(index, pane, view.set);
  }

  /** How fast the run at a place is played, `null` where none is. */
  cineAt(place: number): CineNote | null {
    return this.cine.place === place ? this.cine.note() : null;
  }

  showLines(localiser: boolean): void {
    this.change({ localiser });
    this.sayAgain();
  }

  /** Another window's leading pane moved: its lines are drawn, and linked panes go along. */
  follow(focus: Focus): void {
    this.elsewhere = focus;
    this.followsElsewhere = true;
    if (this.view.linked) this.linking.follow(focus);
    this.followsElsewhere = false;
    this.sayAgain();
  }

  /**
   * Opens a series in a place, and of it the set at `at`, or the first that is no localizer; its first object where it
   * has no set. `again` asks the server anew.
   */
  async open(uid: string, at?: number, again = false, index = this.view.active): Promise<void> {
    if (!(await this.expect(uid, index, again))) return;
    const series = seriesUid(uid);
    const ready = this.shelf.ready(series);
    const set = ready === null ? null : chosenSet(ready, at);
    this.hang(this.placeAt(index), series, set, set === null ? (ready?.contents.attachments[0] ?? null) : null);
  }

  /** Brings a series into a place without hanging it. False where something else was wished there since. */
  async expect(uid: string, index = this.view.active, again = false): Promise<boolean> {
    const series = seriesUid(uid);
    const place = this.placeAt(index);
    const wish = ++place.wishes;
    if (place.view.series !== series) this.see(place, { series, object: null }); // the object is one of the other series
    await this.shelf.bring(series, again);
    return place.wishes === wish && !this.leaving.signal.aborted;
  }

  /** Shows the object at `at` of a series' attachments in a place. */
  async openObject(uid: string, at: number, index = this.view.active): Promise<void> {
    if (!(await this.expect(uid, index))) return;
    const series = seriesUid(uid);
    this.hang(this.placeAt(index), series, null, this.shelf.ready(series)?.contents.attachments[at] ?? null);
  }

  /** Takes what the archive shows now in place of what is hung, wherever the series hangs. */
  async reload(): Promise<void> {
    const { series } = this.view;
    if (series === null) return;
    const hung = this.places.filter(({ view }) => view.series === series);
    const positions = hung.map(({ view }) => this.shelf.positionOf(series, view.set));
    await this.shelf.bring(series, true);
    const ready = this.shelf.ready(series);
    if (ready === null || this.leaving.signal.aborted) return;
    hung.forEach((place, at) => {
      if (place.view.series === series) this.hang(place, series, chosenSet(ready, positions[at]) ?? chosenSet(ready));
    });
  }

  /** Tries a failed image again; where it failed because another one stands in its place, its whole series. */
  retry(index = this.view.active): void {
    const place = this.placeAt(index);
    if (this.shelf.ready(place.view.series)?.outdated === true) {
      this.activate(index);
      void this.reload();
    } else place.pane?.retry();
  }

  /** Another object may stand in the place of one that was loaded: asks, and leaves what is hung as it is. */
  async recheck(): Promise<void> {
    const hung = new Set(this.places.flatMap(({ view }) => (view.series === null ? [] : [view.series])));
    this.shelf.forgetBut(hung);
    await Promise.all([...hung].map((series) => this.shelf.recheck(series)));
  }

  /** Brings a series without hanging it. */
  async bring(uid: string): Promise<SeriesReady | null> {
    const series = seriesUid(uid);
    await this.shelf.bring(series);
    return this.shelf.ready(series);
  }

  dispose(): void {
    this.leaving.abort();
    this.cine.stop();
    for (const place of this.places) place.detach();
    this.cache.clear();
    this.decoder.dispose();
  }

  /** What stands over the pictures is written anew, the pictures stay. */
  private sayAgain(but?: Place): void {
    for (const place of this.places) if (place !== but && place.report !== null) place.over(place.report);
  }

  private placeAt(index: number): Place {
    const place = this.places[index];
    if (place === undefined) throw new RangeError(`no place ${index}`);
    return place;
  }

  private activePlace(): Place {
    return this.placeAt(this.view.active);
  }

  private shown(): readonly Place[] {
    return this.places.filter(({ pane, index }) => pane !== null && index < paneCount(this.view.layout));
  }

  private hang(place: Place, series: SeriesUid, set: DisplaySet | null, object: Instance | null = null): void {
    this.see(place, { series, set, object });
    if (set === null) place.pane?.clear();
    else place.hang(set, this.loadOf(series));
    this.linking.hung(place);
    if (place.index === this.view.active) this.tellFocus();
  }

  /** Frames of a series that several panes want are asked for once. */
  private loadOf(series: SeriesUid): LoadFrame {
    const { client, study } = this.deps;
    const load =
      this.loads.get(series) ??
      joinedLoads(frameSource(frameOrigin(client, study.uid, series), this.decoder, this.line));
    this.loads.set(series, load);
    return load;
  }

  private moved(place: Place): void {
    if (this.followsElsewhere) return;
    if (this.view.linked) this.linking.moved(place);
    if (place.index !== this.view.active) return;
    this.elsewhere = null;
    this.tellFocus();
  }

  private tellFocus(): void {
    const { view, pane } = this.activePlace();
    const focus = view.set === null ? null : focusOf(view.set, pane?.index ?? 0);
    for (const listener of this.focusListeners) listener(focus);
  }

  private notice(place: Place, report: PaneReport): void {
    const { content } = report;
    place.report = report;
    if (this.cine.place === place.index) this.cine.drew(report);
    if (content.kind === "failed" && content.error instanceof Problem && content.error.imagesChanged)
      this.shelf.markOutdated(place.view.series);
    this.see(place, place.noted(report));
  }

  private noteLinks(states: ReadonlyMap<number, LinkState>): void {
    for (const place of this.places) this.see(place, { link: states.get(place.index) ?? null });
  }

  private see(place: Place, part: Partial<PlaceView>): void {
    const changed = Object.entries(part).some(([key, value]) => place.view[key as keyof PlaceView] !== value);
    if (!changed) return;
    place.view = { ...place.view, ...part };
    this.change({});
  }

  private change(part: Partial<DeskView>): void {
    const places = this.places.map(({ view }) => view);
    const next = { ...this.view, ...part, places };
    this.view = { ...next, ...(places[next.active] ?? NOTHING_HUNG) };
    for (const listener of this.listeners) listener();
  }
}
