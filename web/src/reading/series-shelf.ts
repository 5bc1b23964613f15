// The series of one study as far as they were asked for: loading, ready, failed, or outdated by other objects in the archive.
import { type Bundle, type KontorClient, type SeriesUid, type StudyName, seriesUid } from "../api";
import { type DisplaySet, displaySets, type SeriesContents } from "../display";
import { instancesOf } from "../viewport";

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

export interface ShelfDeps {
  readonly client: KontorClient;
  readonly study: StudyName;
  readonly leaving: AbortSignal;
  /** What came before the study was opened. */
  readonly brought?: { readonly bundles: ReadonlyMap<SeriesUid, Bundle> } | null;
  readonly onChange: (loaded: ReadonlyMap<string, SeriesState>) => void;
}

export class SeriesShelf {
  private states: ReadonlyMap<string, SeriesState> = new Map();
  private readonly underWay = new Map<SeriesUid, Promise<void>>();
  private readonly brought: Map<SeriesUid, Bundle>;

  constructor(private readonly deps: ShelfDeps) {
    this.brought = new Map(deps.brought?.bundles);
  }

  get(series: SeriesUid | null): SeriesState | undefined {
    return series === null ? undefined : this.states.get(series);
  }

  ready(series: SeriesUid | null): SeriesReady | null {
    const state = this.get(series);
    return state?.kind === "ready" ? state : null;
  }

  /** Where a set stands among those of its series. */
  positionOf(series: SeriesUid, set: DisplaySet | null): number | undefined {
    const at = set === null ? -1 : (this.ready(series)?.contents.sets.indexOf(set) ?? -1);
    return at < 0 ? undefined : at;
  }

  /** Brings the series unless it is there; `again` asks the server anew. Never throws: what failed is its state. */
  async bring(series: SeriesUid, again = false): Promise<void> {
    if (this.ready(series) !== null && !again) return;
    const loading = this.underWay.get(series) ?? this.load(series);
    this.underWay.set(series, loading);
    await loading;
    this.underWay.delete(series);
  }

  /** Forgets what is not kept: it is asked for when it is opened again. */
  forgetBut(kept: ReadonlySet<string>): void {
    this.change(new Map([...this.states].filter(([uid, { kind }]) => kept.has(uid) || kind === "loading")));
  }

  /** Another object may stand in the place of one that was loaded: asks, and leaves what is hung as it is. */
  async recheck(series: SeriesUid): Promise<void> {
    const before = this.ready(series);
    if (before === null || before.outdated) return;
    // Without an answer nothing is known; an image that was not loaded yet would be refused.
    const bundle = await this.ask(series).catch(() => null);
    if (bundle === null || this.get(series) !== before) return;
    const now = digestsOf(bundle);
    if ([...before.objects].some((digest) => !now.has(digest))) this.settle(series, { ...before, outdated: true });
  }

  markOutdated(series: SeriesUid | null): void {
    const state = this.ready(series);
    if (series !== null && state?.outdated === false) this.settle(series, { ...state, outdated: true });
  }

  private ask(series: SeriesUid): Promise<Bundle> {
    return this.deps.client.images.bundle(this.deps.study, series, this.deps.leaving);
  }

  private async load(series: SeriesUid): Promise<void> {
    const known = this.get(series);
    if (known === undefined || known.kind === "failed") this.settle(series, { kind: "loading" });
    try {
      const early = this.brought.get(series);
      this.brought.delete(series);
      const bundle = early ?? (await this.ask(series));
      const contents = displaySets(instancesOf(bundle));
      const objects = digestsOf(bundle);
      this.settle(series, {
        kind: "ready",
        contents,
        objects,
        instanceCount: bundle.instances.length,
        outdated: false,
      });
      // Now it is read: the server is told so, and tells whether other objects stand there since.
      if (early !== undefined) void this.recheck(series);
    } catch (error) {
      if (!this.deps.leaving.aborted) this.settle(series, { kind: "failed", error });
    }
  }

  private settle(series: SeriesUid, state: SeriesState): void {
    this.change(new Map(this.states).set(seriesUid(series), state));
  }

  private change(states: ReadonlyMap<string, SeriesState>): void {
    this.states = states;
    this.deps.onChange(states);
  }
}

function digestsOf(bundle: Bundle): ReadonlySet<string> {
  return new Set(bundle.instances.map(({ digest }) => digest));
}

/** The set at a position, or the one that a series opens with: the first that is no localizer. */
export function chosenSet({ contents: { sets } }: SeriesReady, at?: number): DisplaySet | null {
  if (at !== undefined) return sets[at] ?? null;
  return sets.find((set) => !set.localizer) ?? sets[0] ?? null;
}
