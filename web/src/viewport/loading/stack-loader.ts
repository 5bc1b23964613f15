// Brings the frames of one stack: the wanted one first, then outwards from it; few requests at once, none after leaving,
// none while the line is interrupted, and none once the session has ended.
import type { Frame } from "../../display";
import type { Picture } from "../decode/picture";
import { preparedBytes } from "../decode/preparing";
import type { FrameCache } from "./frame-cache";
import type { LoadFrame } from "./frame-source";
import { askedPause, endsSession, isInterruption, mayPass } from "./interruption";
import { outwards } from "./order";
import { type After, afterByClock, Pause } from "./pause";

export type FrameState =
  | { readonly kind: "waiting" }
  | { readonly kind: "ready"; readonly picture: Picture }
  | { readonly kind: "failed"; readonly error: Error };

export interface LoadProgress {
  readonly done: number;
  readonly failed: number;
  readonly total: number;
  /** Seconds until the next attempt while the line is interrupted, else `null`. */
  readonly retryIn: number | null;
}

export interface StackLoaderDeps {
  readonly load: LoadFrame;
  readonly cache: FrameCache;
  /** Called after each frame that arrived or failed, and with `null` when the pause or its seconds change. */
  readonly onChange: (index: number | null) => void;
  readonly atOnce?: number;
  readonly after?: After;
}

/** Browsers open six connections to one origin over HTTP/1.1; more would only queue behind each other. */
const AT_ONCE = 6;

export class StackLoader {
  private readonly leaving = new AbortController();
  private readonly underWay = new Set<number>();
  private readonly failures = new Map<number, Error>();
  private readonly arrived: Set<number>;
  private readonly pause: Pause;
  /** Indices around the reader that fit into the cache, nearest first. */
  private wanted: readonly number[] = [];
  private keep: ReadonlySet<string> = new Set();
  private position = 0;
  private readonly largest: number;
  private readonly leaveCache: () => void;

  constructor(
    private readonly frames: readonly Frame[],
    private readonly deps: StackLoaderDeps,
  ) {
    this.largest = frames.reduce((most, { layout }) => Math.max(most, preparedBytes(layout)), 1);
    // What an earlier visit to this stack brought has arrived.
    this.arrived = new Set([...frames.keys()].filter((index) => deps.cache.has(this.keyAt(index))));
    this.pause = new Pause(deps.after ?? afterByClock, () => {
      this.deps.onChange(null);
      this.fill();
    });
    this.leaveCache = deps.cache.join({ keep: () => this.keep, onShare: () => this.aim() });
  }

  get progress(): LoadProgress {
    return {
      done: this.arrived.size,
      failed: this.failures.size,
      total: this.frames.length,
      retryIn: this.pause.secondsLeft,
    };
  }

  /** What is known of the frame now; never waits. */
  state(index: number): FrameState {
    const error = this.failures.get(index);
    if (error !== undefined) return { kind: "failed", error };
    const picture = this.deps.cache.get(this.keyAt(index));
    return picture === null ? { kind: "waiting" } : { kind: "ready", picture };
  }

  /** Whether the frame can be drawn at once. */
  isReady(index: number): boolean {
    return this.deps.cache.has(this.keyAt(index));
  }

  /** The reader is at this image: it and its neighbours come next. */
  moveTo(index: number): void {
    this.position = index;
    this.aim();
    this.fill();
  }

  /** Tries a failed frame again, with it every frame whose failure may have passed; a pause ends. */
  retry(index: number): void {
    this.failures.delete(index);
    for (const [other, error] of this.failures) if (mayPass(error)) this.failures.delete(other);
    this.pause.end();
    this.fill();
  }

  /** Aborts what is under way; nothing is reported any more. */
  dispose(): void {
    this.leaving.abort();
    this.pause.end();
    this.leaveCache();
  }

  /** What is wanted and kept around the reader: as much as this stack's part of the cache holds. */
  private aim(): void {
    const capacity = Math.max(1, Math.floor(this.deps.cache.share / this.largest));
    this.wanted = outwards(this.frames.length, this.position).slice(0, capacity);
    this.keep = new Set(this.wanted.map((other) => this.keyAt(other)));
  }

  private keyAt(index: number): string {
    return this.frames[index]?.key ?? "";
  }

  /** What the same stack in another pane brought has arrived here too. */
  private isMissing(index: number): boolean {
    if (!this.isReady(index)) return !this.underWay.has(index) && !this.failures.has(index);
    if (!this.arrived.has(index)) {
      this.arrived.add(index);
      this.deps.onChange(index);
    }
    return false;
  }

  /** The first picture of a stack comes alone, as long as it is the wanted one: it has the line, and tells how fast that is. */
  private get atOnce(): number {
    const nothingCame = this.arrived.size + this.failures.size === 0;
    const comes = this.underWay.size === 0 || this.underWay.has(this.position);
    return nothingCame && comes ? 1 : (this.deps.atOnce ?? AT_ONCE);
  }

  private fill(): void {
    while (!this.leaving.signal.aborted && this.pause.secondsLeft === null && this.underWay.size < this.atOnce) {
      const index = this.wanted.find((candidate) => this.isMissing(candidate));
      const frame = index === undefined ? undefined : this.frames[index];
      if (index === undefined || frame === undefined) return;
      void this.bring(frame, index);
    }
  }

  private async bring(frame: Frame, index: number): Promise<void> {
    this.underWay.add(index);
    const outcome = await this.outcomeOf(frame);
    this.underWay.delete(index);
    if (this.leaving.signal.aborted) return;
    if (endsSession(outcome)) {
      this.dispose();
      return;
    }
    if (outcome instanceof Error && isInterruption(outcome)) this.interrupt(outcome);
    else {
      if (outcome instanceof Error) this.failures.set(index, outcome);
      else this.accept(frame, index, outcome);
      this.deps.onChange(index);
    }
    this.fill();
  }

  /** Says nothing about the frame: it is asked for again after the pause. */
  private interrupt(error: Error): void {
    this.pause.begin(askedPause(error));
    this.deps.onChange(null);
  }

  private accept(frame: Frame, index: number, picture: Picture): void {
    this.deps.cache.put(frame.key, picture, this.keep);
    this.arrived.add(index);
    this.pause.lineStands();
  }

  /** One frame that fails for whatever reason is one tile that says why; the stack goes on. */
  private async outcomeOf(frame: Frame): Promise<Picture | Error> {
    try {
      return await this.deps.load(frame, this.leaving.signal);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }
}
