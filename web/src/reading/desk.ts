// The desk of one study: which series is open, which of its display sets is hung, which tool is in hand. No pixels, no React.
import { type KontorClient, type SeriesUid, type StudyName, seriesUid } from "../api";
import { type DisplaySet, displaySets, isHounsfield, type SeriesContents } from "../display";
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

export type SeriesState =
  | { readonly kind: "loading" }
  | { readonly kind: "ready"; readonly contents: SeriesContents; readonly instanceCount: number }
  | { readonly kind: "failed"; readonly error: unknown };

/** What the page's React parts show; replaced as a whole, never changed. */
export interface DeskView {
  readonly series: SeriesUid | null;
  readonly set: DisplaySet | null;
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

  /** Opens a series, and of it the set at `at`, or the first that is no localizer. `again` asks the server anew. */
  async open(uid: string, at?: number, again = false): Promise<void> {
    const series = seriesUid(uid);
    this.change({ series });
    const known = this.view.loaded.get(series);
    if (known?.kind !== "ready" || again) await this.load(series, known);
    const state = this.view.loaded.get(series);
    if (this.view.series !== series || this.leaving.signal.aborted) return;
    const set = state?.kind === "ready" ? chosenSet(state.contents, at) : null;
    this.change({ series, set });
    if (set !== null) this.hang(series, set);
    else this.pane?.clear();
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
      this.settle(series, { kind: "ready", contents, instanceCount: bundle.instances.length });
    } catch (error) {
      if (!this.leaving.signal.aborted) this.settle(series, { kind: "failed", error });
    }
  }

  private settle(series: SeriesUid, state: SeriesState): void {
    this.change({ loaded: new Map(this.view.loaded).set(series, state) });
  }

  private hang(series: SeriesUid, set: DisplaySet): void {
    const origin = frameOrigin(this.deps.client, this.deps.study.uid, series);
    this.pane?.show(set, frameSource(origin, this.deps.decoder));
  }

  /** The few facts of a drawing that the toolbar shows. */
  private notice({ content, frame, inverted }: PaneReport): void {
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

function chosenSet(contents: SeriesContents, at: number | undefined): DisplaySet | null {
  if (at !== undefined) return contents.sets[at] ?? null;
  return contents.sets.find((set) => !set.localizer) ?? contents.sets[0] ?? null;
}
