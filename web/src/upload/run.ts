// One upload: takes files from the queue in batches, sends them on two lanes, and repeats what was not answered.
// It knows no page and no clock of its own; whoever shows it subscribes.
import { type ImportedFile, Problem, Unreachable } from "../api";
import { gather, type Opened } from "./batches";
import type { Candidate } from "./candidates";
import { Queue } from "./queue";
import { NOTHING, settledOf, type Tally, withAnswer, withNotTaken } from "./tally";

export interface Means {
  readonly send: (
    files: readonly Blob[],
    signal: AbortSignal,
    onSent: (bytes: number) => void,
  ) => Promise<readonly ImportedFile[]>;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  /** Resolves after the time, or at once when the signal aborts. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/**
 * `waiting`: the archive does not answer or has no room, and is asked again by itself. `stuck`: it refused, and a person
 * has to see to it. `stopped`: given up by the person; it can go on from there.
 */
export type Phase = "idle" | "running" | "paused" | "waiting" | "stuck" | "stopped" | "finished";

export interface Progress {
  readonly phase: Phase;
  readonly tally: Tally;
  readonly found: number;
  readonly searching: boolean;
  readonly activeMs: number;
  readonly underWay: UnderWay;
  /** Why it waits or is stuck. */
  readonly trouble: unknown;
}

/** Batches without an answer yet. What has left is not kept for that. */
export interface UnderWay {
  readonly files: number;
  readonly bytes: number;
  readonly sentBytes: number;
}

const NOT_UNDER_WAY: UnderWay = { files: 0, bytes: 0, sentBytes: 0 };

export const LANES = 2;
const RETRY_MS = [1000, 2000, 5000, 10_000] as const;
const TOLD_EVERY = 200;

export class UploadRun {
  private progress: Progress = {
    phase: "idle",
    tally: NOTHING,
    found: 0,
    searching: false,
    activeMs: 0,
    underWay: NOT_UNDER_WAY,
    trouble: null,
  };
  private readonly leaving = new Set<UnderWay>();
  private readonly queue = new Queue<Candidate>();
  /** Batches without an answer: they go first when it goes on. */
  private readonly unanswered: Batch[] = [];
  private readonly listeners = new Set<() => void>();
  private abort = new AbortController();
  private lanes = 0;
  private searches = 0;
  private since: number | null = null;

  constructor(private readonly means: Means) {}

  state(): Progress {
    return this.progress;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Whether leaving now would leave files behind. */
  get isUnderWay(): boolean {
    return ["running", "paused", "waiting", "stuck"].includes(this.progress.phase);
  }

  /** Adds files; sending begins while others are still being found. */
  async add(files: AsyncIterable<Candidate> | Iterable<Candidate>): Promise<void> {
    this.searches += 1;
    this.become({ searching: true });
    if (!this.isUnderWay) this.go();
    let told = 0;
    try {
      for await (const file of files) {
        this.queue.add(file);
        told += 1;
        if (told % TOLD_EVERY === 0) this.found(TOLD_EVERY);
      }
    } finally {
      this.searches -= 1;
      this.found(told % TOLD_EVERY);
      this.become({ searching: this.searches > 0 });
      this.wake();
    }
  }

  /** Batches under way are finished, no other begins. */
  pause(): void {
    if (this.progress.phase === "running" || this.progress.phase === "waiting") this.become({ phase: "paused" });
  }

  /** Gives up what is under way; what was answered is kept, and `go` continues from there. */
  stop(): void {
    this.become({ phase: "stopped" });
    this.abort.abort();
    this.abort = new AbortController();
  }

  go(): void {
    this.become({ phase: "running", trouble: null });
    this.wake();
  }

  private wake(): void {
    while (this.progress.phase === "running" && this.lanes < LANES) {
      this.lanes += 1;
      void this.lane(this.abort.signal);
    }
  }

  private async lane(signal: AbortSignal): Promise<void> {
    try {
      while (this.progress.phase === "running" && !signal.aborted) {
        const batch = this.unanswered.shift() ?? (await this.nextBatch());
        if (batch === null) break;
        if (batch.files.length > 0) await this.deliver(batch, signal);
      }
    } catch (error) {
      this.become({ phase: "stuck", trouble: error }); // a defect of ours: told, and nothing goes on as if it were not
    } finally {
      this.lanes -= 1;
      this.finishIfDone();
    }
  }

  private async nextBatch(): Promise<Batch | null> {
    const { files, notTaken, more } = await gather(this.queue);
    if (more > 0) this.found(more);
    if (notTaken.length > 0) this.become({ tally: withNotTaken(this.progress.tally, notTaken) });
    return files.length === 0 && notTaken.length === 0 && this.queue.length === 0 ? null : { files, tries: 0 };
  }

  private async deliver(batch: Batch, signal: AbortSignal): Promise<void> {
    try {
      const answer = await this.send(batch, signal);
      const paths = batch.files.map(({ path }) => path);
      this.become({ tally: withAnswer(this.progress.tally, paths, answer, batch.tries > 0) });
      if (this.progress.phase === "waiting") this.go();
    } catch (error) {
      const left = await this.withoutLost(batch);
      if (left.files.length > 0) this.unanswered.push({ files: left.files, tries: batch.tries + 1 });
      if (!signal.aborted) await this.meet(error, batch.tries, signal);
    }
  }

  private async send({ files }: Batch, signal: AbortSignal): Promise<readonly ImportedFile[]> {
    const blobs = files.map(({ blob }) => blob);
    const bytes = blobs.reduce((sum, { size }) => sum + size, 0);
    let now: UnderWay = { files: files.length, bytes, sentBytes: 0 };
    const turn = (next: UnderWay | null): void => {
      this.leaving.delete(now);
      if (next !== null) this.leaving.add(next);
      now = next ?? now;
      this.become({ underWay: [...this.leaving].reduce(together, NOT_UNDER_WAY) });
    };
    turn(now);
    try {
      // The envelope of the files is sent as well.
      return await this.means.send(blobs, signal, (sent) => turn({ ...now, sentBytes: Math.min(sent, bytes) }));
    } finally {
      turn(null);
    }
  }

  /** A file that was changed or taken away looks like a lost line to the browser: it must not hold up the others. */
  private async withoutLost(batch: Batch): Promise<Batch> {
    const there = await Promise.all(batch.files.map(({ blob }) => isReadable(blob)));
    const lost = batch.files.filter((_, at) => there[at] !== true).map(({ path }) => ({ path, code: "unreadable" }));
    if (lost.length > 0) this.become({ tally: withNotTaken(this.progress.tally, lost) });
    return { files: batch.files.filter((_, at) => there[at] === true), tries: batch.tries };
  }

  private async meet(error: unknown, tries: number, signal: AbortSignal): Promise<void> {
    if (error instanceof Problem && error.code === "body-too-large") return this.leaveLargest();
    const passes = error instanceof Unreachable || (error instanceof Problem && mayPass(error, tries));
    if (this.progress.phase !== "running" && this.progress.phase !== "waiting") return;
    this.become({ phase: passes ? "waiting" : "stuck", trouble: error });
    if (!passes) return;
    const told = error instanceof Problem ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
    await this.means.sleep(Math.max(told, RETRY_MS[Math.min(tries, RETRY_MS.length - 1)] ?? 0), signal);
    if (this.progress.phase === "waiting" && !signal.aborted) this.go();
  }

  /** A request that is too large holds one file that is: batches are far below every limit. */
  private leaveLargest(): void {
    const batch = this.unanswered.pop();
    const largest = batch?.files.toSorted((a, b) => b.blob.size - a.blob.size)[0];
    if (batch === undefined || largest === undefined) return;
    this.become({ tally: withNotTaken(this.progress.tally, [{ path: largest.path, code: "too-large" }]) });
    const files = batch.files.filter((file) => file !== largest);
    if (files.length > 0) this.unanswered.push({ ...batch, files });
  }

  private finishIfDone(): void {
    const rests = this.queue.length + this.unanswered.length + this.lanes + this.searches === 0;
    if (this.progress.phase === "running" && rests) this.become({ phase: "finished" });
    else this.wakeIfWorkIsLeft();
  }

  /** A lane ends when the queue is empty for a moment; another file may have come in between. */
  private wakeIfWorkIsLeft(): void {
    if (this.queue.length + this.unanswered.length > 0) this.wake();
  }

  private found(more: number): void {
    this.become({ found: this.progress.found + more });
    this.wakeIfWorkIsLeft();
  }

  private become(change: Partial<Progress>): void {
    const now = this.means.now();
    const passed = this.since === null ? 0 : now - this.since;
    this.progress = { ...this.progress, activeMs: this.progress.activeMs + passed, ...change };
    this.since = this.progress.phase === "running" ? now : null;
    for (const listener of this.listeners) listener();
  }
}

interface Batch {
  readonly files: readonly Opened[];
  readonly tries: number;
}

/** What is wrong with the archive itself is tried a few times; what it says will pass, until it does. */
const mayPass = (problem: Problem, tries: number): boolean =>
  problem.isMomentary || (problem.repeatable && tries < RETRY_MS.length);

async function isReadable(blob: Blob): Promise<boolean> {
  try {
    await blob.slice(0, 1).arrayBuffer();
    return true;
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
}

const together = (a: UnderWay, b: UnderWay): UnderWay => ({
  files: a.files + b.files,
  bytes: a.bytes + b.bytes,
  sentBytes: a.sentBytes + b.sentBytes,
});

/** How many files are settled, and of those under way the part that has left. */
export function doneOf({ tally, underWay: { files, bytes, sentBytes } }: Progress): number {
  return settledOf(tally) + (bytes === 0 ? 0 : (files * sentBytes) / bytes);
}

/** Whole only when every file has its answer. */
export function percentOf(progress: Progress): number {
  const { tally, found } = progress;
  if (found === 0) return 0;
  return settledOf(tally) === found ? 100 : Math.min(99, Math.floor((100 * doneOf(progress)) / found));
}
