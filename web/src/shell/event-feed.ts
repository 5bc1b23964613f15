// One line to the server's events for the whole client; pages listen to it.
import { useSyncExternalStore } from "react";
import type { ArchiveEvent, KontorClient } from "../api";
import { useSurroundings } from "./surroundings";

/** Null until the first answer; then whether the line stands. */
export type Connected = boolean | null;

export class EventFeed {
  private state: Connected = null;
  private readonly eventListeners = new Set<(event: ArchiveEvent) => void>();
  private readonly stateListeners = new Set<() => void>();

  /** Follows the server until the signal ends it. */
  async run(client: KontorClient, signal: AbortSignal): Promise<void> {
    const event = (one: ArchiveEvent): void => {
      for (const listener of this.eventListeners) listener(one);
    };
    await client.events.follow({ event, connected: (up) => this.become(up) }, signal);
  }

  connected(): Connected {
    return this.state;
  }

  onEvent(listener: (event: ArchiveEvent) => void): () => void {
    this.eventListeners.add(listener);
    return () => this.eventListeners.delete(listener);
  }

  onState(listener: () => void): () => void {
    this.stateListeners.add(listener);
    return () => this.stateListeners.delete(listener);
  }

  private become(up: boolean): void {
    if (this.state === up) return;
    this.state = up;
    for (const listener of this.stateListeners) listener();
  }
}

export function useConnected(): Connected {
  const { events } = useSurroundings();
  return useSyncExternalStore(
    (changed) => events.onState(changed),
    () => events.connected(),
  );
}
