// The desk of one study: which series is open, which of its display sets is hung, which tool is in hand. No pixels, no React.
import { type Bundle, type KontorClient, Problem, type SeriesUid, type StudyName, seriesUid } from "../api";
import { type DisplaySet, displaySets, type Frame, type Instance, isHounsfield, type SeriesContents } from "../display";
import {
  type Decoder,
  FrameCache,
  frameSource,
  instancesOf,
  Pane,
  type PaneReport,
  type RendererWish,
  type ToolId,
} from "../viewport";
import { frameOrigin } from "./frame-origin";

export interface SeriesReady {
  readonly kind: "ready";
  readonly contents: SeriesContents;
  /** Digests of the objects whose headers these are. */
  readonly objects: ReadonlySet<string>;
  readonly instanceCount: number;
  /** Another object stands in the place of one of these: what was loaded stays readable until the reader takes the new one. */
  readonly outdated: boolean;
}

export type SeriesState =
  | { readonly kind: "loading" }
  | SeriesReady
  | { readonly kind: "failed"; readonly error: unknown };

/** What the page's React parts show; replaced as a whole, never changed. */
export interface DeskView {
  readonly series: SeriesUid | null;
  readonly set: DisplaySet | null;
  /** An object without pixels that is shown in the place of the pane. */
  readonly object: Instance | null;
  readonly loaded: ReadonlyMap<string, SeriesState>;
  readonly tool: ToolId;
  readonly inverted: boolean;
  readonly kind: "none" | "grey" | "colour";
  readonly hounsfield: boolean;
}

export interface DeskDeps {
  readonly client: KontorClient;
  readonly study: StudyName;
  readonly decoder: Decoder;
  readonly wish: RendererWish;
}

/** Enough for a chest CT of a thousand slices; more is fetched again when the reader comes back to it. */
const CACHE_BYTES = 640 * 1024 * 1024;

const NOTHING: Omit<DeskView, "tool" | "loaded"> = {
  series: null,
  set: null,
  object: null,
  inverted: false,
  kind: "none",
  hounsfield: false,
};

export class Desk {
  private view: DeskView = { ...NOTHING, tool: "window", loaded: new Map() };
  private readonly listeners = new Set<() => void>();
  private readonly leaving = new AbortController();
  private readonly cache = new FrameCache(CACHE_BYTES);
  private pane: Pane | null = null;
  private lastPainted: Frame | null = null;

  constructor(private readonly deps: DeskDeps) {}

  snapshot = (): DeskView => this.view;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The pane in use; `null` until the page gave it an element. */
  get activePane(): Pane | null {
    return this.pane;
  }

  /** The frame whose pixels are seen, `null` while none are. */
  get painted(): Frame | null {
    return this.lastPainted;
  }

  /** Takes the element that carries the pixels; what was opened before is hung now. */
  attach(host: HTMLElement, onDrawn: (report: PaneReport) => void): Pane {
    const { wish } = this.deps;
    const report = (drawn: PaneReport): void => {
      this.notice(drawn);
      onDrawn(drawn);
    };
    this.pane = new Pane(host, { cache: this.cache, wish, onDrawn: report });
    if (this.view.set !== null && this.view.series !== null) this.hang(this.view.series, this.view.set);
    return this.pane;
  }

  detach(): void {
    this.pane?.dispose();
    this.pane = null;
  }

  /**
   * Opens a series, and of it the set at `at`, or the first that is no localizer; its first object where it has no set.
   * `again` asks the server anew.
   */
  async open(uid: string, at?: number, again = false): Promise<void> {
    const series = seriesUid(uid);
    this.change({ series });
    const contents = await this.contentsOf(series, again);
    if (this.view.series !== series || this.leaving.signal.aborted) return;
    const set = contents === null ? null : chosenSet(contents, at);
    const object = set === null ? (contents?.attachments[0] ?? null) : null;
    this.change({ series, set, object });
    if (set !== null) this.hang(series, set);
    else this.pane?.clear();
  }

  /** Shows the object at `at` of a series' attachments in the place of the pane. */
  async openObject(uid: string, at: number): Promise<void> {
    const series = seriesUid(uid);
    this.change({ series });
    const contents = await this.contentsOf(series);
    if (this.view.series !== series || this.leaving.signal.aborted) return;
    this.change({ set: null, object: contents?.attachments[at] ?? null });
    this.pane?.clear();
  }

  /** What a series holds, loaded where it is not yet; `null` where that failed. */
  async contentsOf(uid: string, again = false): Promise<SeriesContents | null> {
    const series = seriesUid(uid);
    const known = this.view.loaded.get(series);
    if (known?.kind !== "ready" || again) await this.load(series, known);
    const state = this.view.loaded.get(series);
    return state?.kind === "ready" ? state.contents : null;
  }

  /** Takes what the archive shows now in place of what is hung. */
  async reload(): Promise<void> {
    if (this.view.series !== null) await this.open(this.view.series, undefined, true);
  }

  /** Tries a failed image again; where it failed because another one stands in its place, its whole series. */
  retry(): void {
    if (this.openSeries()?.outdated === true) void this.reload();
    else this.pane?.retry();
  }

  /** Another object may stand in the place of one that was loaded: asks, and leaves what is hung as it is. */
  async recheck(): Promise<void> {
    const { series, loaded } = this.view;
    const before = this.openSeries();
    // What is not open is asked for when it is opened again.
    this.change({ loaded: new Map([...loaded].filter(([uid, { kind }]) => uid === series || kind === "loading")) });
    if (series === null || before === null || before.outdated) return;
    // Without an answer nothing is known; an image that was not loaded yet would be refused.
    const bundle = await this.deps.client.images.bundle(this.deps.study, series, this.leaving.signal).catch(() => null);
    if (bundle === null || this.view.loaded.get(series) !== before) return;
    const now = digestsOf(bundle);
    if ([...before.objects].some((digest) => !now.has(digest))) this.settle(series, { ...before, outdated: true });
  }

  hold(tool: ToolId): void {
    this.change({ tool });
  }

  dispose(): void {
    this.leaving.abort();
    this.detach();
    this.cache.clear();
    this.deps.decoder.dispose();
  }

  private async load(series: SeriesUid, known: SeriesState | undefined): Promise<void> {
    if (known === undefined || known.kind === "failed") this.settle(series, { kind: "loading" });
    try {
      const bundle = await this.deps.client.images.bundle(this.deps.study, series, this.leaving.signal);
      const contents = displaySets(instancesOf(bundle));
      const objects = digestsOf(bundle);
      const instanceCount = bundle.instances.length;
      this.settle(series, { kind: "ready", contents, objects, instanceCount, outdated: false });
    } catch (error) {
      if (!this.leaving.signal.aborted) this.settle(series, { kind: "failed", error });
    }
  }

  private openSeries(): SeriesReady | null {
    const state = this.view.series === null ? undefined : this.view.loaded.get(this.view.series);
    return state?.kind === "ready" ? state : null;
  }

  private settle(series: SeriesUid, state: SeriesState): void {
    this.change({ loaded: new Map(this.view.loaded).set(series, state) });
  }

  private hang(series: SeriesUid, set: DisplaySet): void {
    const origin = frameOrigin(this.deps.client, this.deps.study.uid, series);
    this.pane?.show(set, frameSource(origin, this.deps.decoder));
  }

  private markOutdated(): void {
    const state = this.openSeries();
    if (this.view.series !== null && state?.outdated === false)
      this.settle(this.view.series, { ...state, outdated: true });
  }

  /** The few facts of a drawing that the page shows. */
  private notice({ content, frame, geometry, inverted }: PaneReport): void {
    this.lastPainted = geometry?.frame ?? null;
    if (content.kind === "failed" && content.error instanceof Problem && content.error.imagesChanged)
      this.markOutdated();
    const kind = content.kind === "picture" ? content.picture.kind : this.view.kind;
    const hounsfield = frame !== null && kind === "grey" && isHounsfield(frame.transform);
    if (kind !== this.view.kind || hounsfield !== this.view.hounsfield || inverted !== this.view.inverted)
      this.change({ kind, hounsfield, inverted });
  }

  private change(part: Partial<DeskView>): void {
    this.view = { ...this.view, ...part };
    for (const listener of this.listeners) listener();
  }
}

function digestsOf(bundle: Bundle): ReadonlySet<string> {
  return new Set(bundle.instances.map(({ digest }) => digest));
}

function chosenSet(contents: SeriesContents, at: number | undefined): DisplaySet | null {
  if (at !== undefined) return contents.sets[at] ?? null;
  return contents.sets.find((set) => !set.localizer) ?? contents.sets[0] ?? null;
}
