// The marks of one study and their keeping: each change goes to the server at once, waits in the browser until it is there, and is never lost unsaid.
import { type Mark, sameContent } from "./mark";
import { KeeperAway, type KeptMark, MarkChanged, type MarkKeeper, MarkRefused } from "./mark-keeper";
import type { MarkStore } from "./slate";
import type { WaitingMarks } from "./waiting-marks";

/** A mark that somebody changed in another window meanwhile: the server's shows, one's own is offered. */
export interface MarkConflict {
  readonly id: string;
  readonly mine: Mark | null;
  readonly theirs: Mark | null;
}

export interface BookState {
  /** Marks of the study were asked for and came. */
  readonly loaded: boolean;
  /** Changes that the server has not confirmed. */
  readonly waiting: number;
  /** Of them, those that not even the browser's store could take: they live in this window only. */
  readonly unsafe: number;
  readonly conflicts: readonly MarkConflict[];
  /** What the server will not keep, with its reason. */
  readonly refused: ReadonlyMap<string, string>;
}

export interface BookDeps {
  readonly keeper: MarkKeeper;
  readonly waiting: WaitingMarks;
  /** Runs something later; the returned function takes that back. */
  readonly later: (act: () => void, milliseconds: number) => () => void;
}

interface Entry {
  wanted: Mark | null;
  kept: KeptMark;
  /** What is wanted differs from what is kept. */
  dirty: boolean;
  safe: boolean;
  conflict: KeptMark | null;
  refusal: string | null;
}

const NEW: KeptMark = { mark: null, version: 0 };
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
const SENT_WITHIN_MS = 30_000;

export class MarkBook implements MarkStore {
  private readonly entries = new Map<string, Entry>();
  private readonly listeners = new Set<() => void>();
  private readonly keptListeners = new Set<() => void>();
  private readonly leaving = new AbortController();
  private loaded = false;
  /** The list is to be asked for: nothing came yet, or it may have changed since it was asked for last. */
  private outdated = true;
  /** The server will not list them: asking again brings nothing. */
  private unlistable = false;
  private busy = false;
  private pause = FIRST_PAUSE_MS;
  private stopWaiting: () => void = () => undefined;
  private current: readonly Mark[] = [];
  private said: BookState = { loaded: false, waiting: 0, unsafe: 0, conflicts: [], refused: new Map() };

  constructor(private readonly deps: BookDeps) {
    for (const { id, wanted, follows } of deps.waiting.all())
      this.entries.set(id, { ...this.fresh(), wanted, kept: { mark: null, version: follows }, dirty: true });
    this.renew();
    void this.work();
  }

  marks = (): readonly Mark[] => this.current;

  state = (): BookState => this.said;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Told when the server has kept a change of this window. */
  onKept(listener: () => void): () => void {
    this.keptListeners.add(listener);
    return () => this.keptListeners.delete(listener);
  }

  put(mark: Mark): void {
    this.want(mark.id, mark);
  }

  remove(id: string): void {
    if (this.entries.has(id)) this.want(id, null);
  }

  /** One's own version after all: it follows the one that came between. */
  takeMine(id: string): void {
    const entry = this.entries.get(id);
    if (entry !== undefined && entry.conflict !== null) this.want(id, entry.wanted);
  }

  /** What the server has stays, one's own change is given up. */
  takeTheirs(id: string): void {
    const entry = this.entries.get(id);
    if (entry === undefined || entry.conflict === null) return;
    this.settle(id, entry, entry.conflict);
    this.tell();
  }

  /** Tries at once what waits: the line is back, or the reader asks. */
  hurry(): void {
    for (const entry of this.entries.values()) entry.refusal = null;
    this.unlistable = false;
    this.pause = FIRST_PAUSE_MS;
    void this.work();
  }

  /** Asks the server anew: another window kept something. */
  reload(): void {
    this.outdated = true;
    void this.work();
  }

  /** Nothing is listed or tried again any more; what was changed is still sent, and waits in the browser where that fails. */
  dispose(): void {
    this.stopWaiting();
    this.leaving.abort();
  }

  private fresh(): Entry {
    return { wanted: null, kept: NEW, dirty: false, safe: true, conflict: null, refusal: null };
  }

  private want(id: string, wanted: Mark | null): void {
    const entry = this.entries.get(id) ?? this.fresh();
    const kept = entry.conflict ?? entry.kept;
    Object.assign(entry, { wanted, kept, dirty: true, conflict: null, refusal: null });
    entry.safe = this.deps.waiting.keep({ id, wanted, follows: kept.version });
    this.entries.set(id, entry);
    this.tell();
    void this.work();
  }

  /** Sends what waits, one after the other; a failed line is tried again with growing pauses. */
  private async work(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.stopWaiting();
    try {
      for (let next = this.nextDirty(); next !== null; next = this.nextDirty()) await this.send(...next);
      if (this.isToLoad) await this.load();
      this.pause = FIRST_PAUSE_MS;
    } catch (error) {
      if (this.leaving.signal.aborted) return;
      this.tryLater();
      if (!(error instanceof KeeperAway)) throw error;
    } finally {
      this.busy = false;
    }
    if (this.pause === FIRST_PAUSE_MS && (this.nextDirty() !== null || this.isToLoad)) void this.work();
  }

  private get isToLoad(): boolean {
    return this.outdated && !this.unlistable && !this.leaving.signal.aborted;
  }

  private tryLater(): void {
    this.stopWaiting = this.deps.later(() => void this.work(), this.pause);
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
  }

  private nextDirty(): readonly [id: string, entry: Entry] | null {
    for (const [id, entry] of this.entries)
      if (entry.dirty && entry.conflict === null && entry.refusal === null) return [id, entry];
    return null;
  }

  private async send(id: string, entry: Entry): Promise<void> {
    const { keeper, waiting } = this.deps;
    const { wanted, kept } = entry;
    const signal = AbortSignal.timeout(SENT_WITHIN_MS); // not the page's: whoever goes on to the next case has measured here
    try {
      const now = await (wanted === null
        ? keeper.remove(id, Math.max(kept.version, 1), signal)
        : keeper.save(wanted, kept.version, signal));
      entry.kept = now;
      if (entry.wanted === wanted) this.settle(id, entry, now);
      else entry.safe = waiting.keep({ id, wanted: entry.wanted, follows: now.version });
      for (const listener of this.keptListeners) listener();
    } catch (error) {
      if (error instanceof MarkChanged) this.clash(id, entry, error.current);
      else if (error instanceof MarkRefused) entry.refusal = error.message;
      else throw error;
    } finally {
      this.tell();
    }
  }

  /** The same from both sides is no conflict. */
  private clash(id: string, entry: Entry, current: KeptMark): void {
    const { wanted } = entry;
    const same = wanted === null ? current.mark === null : current.mark !== null && sameContent(wanted, current.mark);
    if (same) this.settle(id, entry, current);
    else entry.conflict = current;
  }

  private settle(id: string, entry: Entry, kept: KeptMark): void {
    Object.assign(entry, { kept, wanted: kept.mark, dirty: false, safe: true, conflict: null, refusal: null });
    this.deps.waiting.forget(id);
  }

  private async load(): Promise<void> {
    this.outdated = false; // what is told while the answer is under way makes it so again
    const there = await this.listed();
    if (there === null) return;
    this.loaded = true;
    const ids = new Set(there.map(({ mark }) => mark?.id));
    for (const [id, { dirty }] of this.entries) if (!dirty && !ids.has(id)) this.entries.delete(id);
    for (const kept of there) {
      const id = kept.mark?.id;
      if (id === undefined || this.entries.get(id)?.dirty === true) continue;
      this.entries.set(id, { ...this.fresh(), wanted: kept.mark, kept });
    }
    this.tell();
  }

  private async listed(): Promise<readonly KeptMark[] | null> {
    try {
      return await this.deps.keeper.load(this.leaving.signal);
    } catch (error) {
      this.outdated = true;
      if (this.leaving.signal.aborted) return null;
      if (!(error instanceof MarkRefused)) throw error;
      this.unlistable = true;
      return null;
    }
  }

  private tell(): void {
    this.renew();
    for (const listener of this.listeners) listener();
  }

  private renew(): void {
    const entries = [...this.entries];
    this.current = entries.flatMap(([, { wanted, conflict }]) => (conflict === null ? wanted : conflict.mark) ?? []);
    const dirty = entries.filter(([, { dirty }]) => dirty);
    this.said = {
      loaded: this.loaded,
      waiting: dirty.length,
      unsafe: dirty.filter(([, { safe }]) => !safe).length,
      conflicts: entries.flatMap(([id, { wanted, conflict }]) =>
        conflict === null ? [] : [{ id, mine: wanted, theirs: conflict.mark }],
      ),
      refused: new Map(entries.flatMap(([id, { refusal }]) => (refusal === null ? [] : [[id, refusal] as const]))),
    };
  }
}
