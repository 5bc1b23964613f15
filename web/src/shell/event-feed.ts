// One line to the server's events for the whole client; pages listen to it, and find what happened while they were away.
import { useSyncExternalStore } from "react";
import type { ArchiveEvent, KontorClient } from "../api";
import { useSurroundings } from "./surroundings";

/** Null until the first answer, and when nobody follows any more; else whether the line stands. */
export type Connected = boolean | null;

/** A place in the course of events, from which what happened since can be asked. */
export type Mark = number;

export interface Happened {
  readonly events: readonly ArchiveEvent[];
  /**
   * False where events may be missing: the line was lost, or it is too long ago. What happened in the moment between a
   * page's first question and the first standing of the line is not known to be missing.
   */
  readonly complete: boolean;
}

/** Some hours of a busy house. */
const REMEMBERED = 5000;

/** A listener that fails is a defect of its page: told, and no reason for the others to hear nothing any more. */
function tell<T>(listener: (told: T) => void, told: T): void {
  try {
    listener(told);
  } catch (error) {
    reportError(error);
  }
}

export class EventFeed {
  private state: Connected = null;
  private readonly eventListeners = new Set<(event: ArchiveEvent) => void>();
  private readonly stateListeners = new Set<() => void>();
  /** `null` stands where events may be missing. */
  private log: readonly (ArchiveEvent | null)[] = [];
  private forgotten = 0;

  private following: AbortSignal | null = null;

  /** Follows the server until the signal ends it; what happened is forgotten with it. */
  async run(client: KontorClient, signal: AbortSignal): Promise<void> {
    const event = (one: ArchiveEvent): void => {
      this.note(one);
      for (const listener of this.eventListeners) tell(listener, one);
    };
    this.following = signal;
    this.forget(null);
    try {
      await client.events.follow({ event, connected: (up) => this.become(up) }, signal);
    } finally {
      // One that was ended may still be ending when the next one stands: then nothing is its own any more.
      if (this.following === signal) this.forget(signal.aborted ? null : false);
    }
  }

  connected(): Connected {
    return this.state;
  }

  mark(): Mark {
    return this.forgotten + this.log.length;
  }

  since(mark: Mark): Happened {
    const entries = this.log.slice(Math.max(0, mark - this.forgotten));
    const events = entries.filter((entry) => entry !== null);
    return { events, complete: mark >= this.forgotten && events.length === entries.length };
  }

  onEvent(listener: (event: ArchiveEvent) => void): () => void {
    this.eventListeners.add(listener);
    return () => this.eventListeners.delete(listener);
  }

  onState(listener: () => void): () => void {
    this.stateListeners.add(listener);
    return () => this.stateListeners.delete(listener);
  }

  private become(up: Connected): void {
    if (this.state === up) return;
    // Lost and found again are both noted: whoever begins to count in between misses something too.
    if (this.state !== null || !up) this.note(null);
    this.state = up;
    for (const listener of this.stateListeners) tell(listener, undefined);
  }

  private forget(state: Connected): void {
    this.become(state);
    this.keepLast(0);
  }

  private note(entry: ArchiveEvent | null): void {
    this.log = [...this.log, entry];
    this.keepLast(REMEMBERED);
  }

  private keepLast(count: number): void {
    const surplus = Math.max(0, this.log.length - count);
    this.forgotten += surplus;
    this.log = this.log.slice(surplus);
  }
}

export function useConnected(): Connected {
  const { events } = useSurroundings();
  return useSyncExternalStore(
    (changed) => events.onState(changed),
    () => events.connected(),
  );
}
