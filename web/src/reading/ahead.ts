// The next case of the list, brought while this one is read: its headers and the images it opens with. Only while nothing else wants
// the line, and given up the moment something does. What was brought is dropped when the archive tells of the case.
import {
  type Bundle,
  type KontorClient,
  type SeriesUid,
  type StudyDetail,
  type StudyName,
  sameStudy,
  seriesUid,
  studyName,
} from "../api";
import { type DisplaySet, displaySets, type Frame } from "../display";
import { caseBeside, caseListOf } from "../shell";
import { firstState, frameSource, instancesOf, type Picture, pictureBytes, preparedBytes } from "../viewport";
import type { Desk } from "./desk";
import { frameOrigin } from "./frame-origin";
import { isProjection, MOST_PANES, nothingToRead, paneCount, withoutLocalizers } from "./layouts";
import { openingSeries } from "./opening";
import type { MountLayer } from "./pane-layer";

/** For so long nobody asked the server for anything: the reader looks, and does not wait. */
export const QUIET_MS = 400;

/** A case as far as it came before it was opened. */
export interface Brought {
  readonly study: StudyName;
  readonly detail: StudyDetail;
  readonly bundles: ReadonlyMap<SeriesUid, Bundle>;
  readonly pictures: ReadonlyMap<string, Picture>;
}

/** What is asked of the desk of this case. */
export type WatchedDesk = Pick<Desk, "snapshot" | "reportAt" | "cache" | "line" | "decoder">;

interface Bringing {
  readonly study: StudyName;
  readonly detail: StudyDetail;
  readonly bundles: Map<SeriesUid, Bundle>;
  readonly pictures: Map<string, Picture>;
}

export interface AheadDeps {
  readonly client: KontorClient;
  /** Whether the reader's browser was told to spare its line. */
  readonly sparing: () => boolean;
}

export class Ahead {
  /** Lies over every pane and draws nothing: it hears when a pane has all its images. */
  readonly layer: MountLayer = (_, { desk }) => ({ show: () => this.consider(desk), dispose: () => undefined });
  private readonly background: KontorClient;
  private bringing: Bringing | null = null;
  private underWay: AbortController | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private desk: WatchedDesk | null = null;
  /** What is read now. */
  private present: StudyName | null = null;
  /** Nothing more is brought for this desk. */
  private done: WatchedDesk | null = null;

  constructor(private readonly deps: AheadDeps) {
    this.background = deps.client.inBackground();
  }

  /** What there is of a case that is opened now; it is given away, and nothing is brought any more for the one before. */
  take(study: StudyName): Brought | null {
    const brought = this.bringing;
    this.end();
    this.present = study;
    return brought !== null && sameStudy(brought.study, study) ? brought : null;
  }

  /** Brings what was brought of a study, or of any, anew: other images may stand in their place. */
  forget(study?: string): void {
    if (study !== undefined && this.bringing?.study.uid !== study) return;
    this.bringing = null;
    this.done = null;
    this.giveWay();
  }

  /** No case is read any more. */
  end(): void {
    this.stop();
    this.bringing = null;
    this.desk = null;
    this.present = null;
    this.done = null;
  }

  /** Somebody needs the line: what is under way is given up, and begun again once it is quiet. */
  giveWay(): void {
    this.stop();
    if (this.desk === null || this.desk === this.done) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      if (this.desk !== null) this.consider(this.desk);
    }, QUIET_MS);
  }

  private stop(): void {
    this.underWay?.abort();
    this.underWay = null;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private consider(desk: WatchedDesk): void {
    this.desk = desk;
    if (this.underWay !== null || this.timer !== null || this.done === desk) return;
    if (this.deps.sparing() || desk.line.crawls || !isAtRest(desk)) return;
    const underWay = new AbortController();
    this.underWay = underWay;
    void this.bring(desk, underWay.signal)
      .catch(() => undefined) // nobody waits for it: the case is loaded when it is opened
      .then(() => {
        if (this.underWay !== underWay) return;
        this.underWay = null;
        this.done = desk;
      });
  }

  private async bring(desk: WatchedDesk, signal: AbortSignal): Promise<void> {
    const bringing = await this.begun(signal);
    if (bringing === null) return;
    const { study, detail, bundles, pictures } = bringing;
    let held = [...pictures.values()].reduce((sum, picture) => sum + pictureBytes(picture), 0);
    const opening = openingSeries(detail.series);
    let places = MOST_PANES;
    for (const row of opening) {
      const series = seriesUid(row.series_instance_uid);
      const bundle = bundles.get(series) ?? (await this.background.images.bundle(study, series, signal));
      signal.throwIfAborted();
      bundles.set(series, bundle);
      const all = displaySets(instancesOf(bundle)).sets;
      if (nothingToRead(all) && opening.length > 1) continue;
      const sets = withoutLocalizers(all).slice(0, places);
      const load = frameSource(frameOrigin(this.background, study.uid, series), desk.decoder, desk.line);
      for (const frame of sets.flatMap(openingFrames)) {
        if (pictures.has(frame.key)) continue;
        if (held + preparedBytes(frame.layout) > desk.cache.mostBytes - desk.cache.bytes || desk.line.crawls) return;
        const picture = await load(frame, signal);
        signal.throwIfAborted();
        pictures.set(frame.key, picture);
        held += pictureBytes(picture);
      }
      places -= sets.length;
      if (places <= 0 || !isProjection(row.modality)) return;
    }
  }

  /** The next case as far as it is known already, or as the server tells now; `null` where no case follows. */
  private async begun(signal: AbortSignal): Promise<Bringing | null> {
    const list = this.present === null ? null : caseListOf(this.present);
    const found = list === null ? null : await caseBeside(this.background, list, { by: 1, taking: false }, signal);
    signal.throwIfAborted();
    if (found === null) return null;
    const study = studyName(found.row);
    if (this.bringing !== null && sameStudy(this.bringing.study, study)) return this.bringing;
    const detail = await this.background.studies.detail(study, signal);
    signal.throwIfAborted();
    this.bringing = { study, detail, bundles: new Map(), pictures: new Map() };
    return this.bringing;
  }
}

/** Every image of what hangs is there, and no series is under way. */
function isAtRest(desk: WatchedDesk): boolean {
  const { loaded, places, layout, set } = desk.snapshot();
  if (set === null || [...loaded.values()].some(({ kind }) => kind === "loading")) return false;
  return places.slice(0, paneCount(layout)).every((place, index) => {
    if (place.set === null) return true;
    const report = desk.reportAt(index);
    if (report === null || report.set !== place.set) return false;
    const { done, failed, total, retryIn } = report.progress;
    return done + failed >= total && retryIn === null;
  });
}

/** The image a set opens at, and the first one. */
function openingFrames(set: DisplaySet): readonly Frame[] {
  const indices = new Set([firstState(set).index, 0]);
  return [...indices].flatMap((index) => set.frames[index] ?? []);
}
