// What the application hands to every page, and the hooks by which a page takes it.
import { createContext, useContext, useEffect, useRef, useSyncExternalStore } from "react";
import type { ChangePreferences, KontorClient, SessionView, StudyName } from "../api";
import type { WordKey } from "../locale";
import type { Command, CommandRegistry } from "./commands";
import type { EventFeed } from "./event-feed";
import type { Navigator, Place } from "./places";

export interface Toast {
  readonly text: string;
  /** `good` unless said otherwise. `bad` stays until the reader has acted or closed it: something is not as it was asked. */
  readonly tone?: "good" | "warn" | "bad";
  /** A way back or forward, where there is one. */
  readonly act?: { readonly label: string; readonly run: () => void };
  /** The study that it speaks of without naming it: it is said only while that one is open. */
  readonly of?: StudyName;
}

export interface Surroundings {
  readonly client: KontorClient;
  readonly session: SessionView;
  readonly commands: CommandRegistry;
  readonly navigator: Navigator;
  readonly events: EventFeed;
  readonly toast: (toast: Toast) => void;
  readonly prefer: (preferences: ChangePreferences) => void;
  readonly signOut: () => void;
}

export const SurroundingsContext = createContext<Surroundings | null>(null);

export function useSurroundings(): Surroundings {
  const surroundings = useContext(SurroundingsContext);
  if (surroundings === null) throw new Error("a page stands outside of the application");
  return surroundings;
}

export const useClient = (): KontorClient => useSurroundings().client;
export const useSession = (): SessionView => useSurroundings().session;

export function usePlace(): Place {
  const { navigator } = useSurroundings();
  return useSyncExternalStore(
    (changed) => navigator.subscribe(changed),
    () => navigator.place(),
  );
}

/** Goes to a place; stable over renderings. */
export function useGo(): (place: Place, how?: "push" | "replace") => void {
  const { navigator } = useSurroundings();
  return (place, how) => navigator.go(place, how);
}

/** All commands that can be given now, innermost first. */
export function useCommandList(): readonly Command[] {
  const { commands } = useSurroundings();
  return useSyncExternalStore(
    (changed) => commands.subscribe(changed),
    () => commands.list(),
  );
}

/** The key that a command has now, by its name; `null` where it has none or is not offered. */
export function useKeyOf(): (id: string) => string | null {
  const list = useCommandList();
  return (id) => list.find((command) => command.id === id)?.keys[0] ?? null;
}

/** Why a command cannot be given now; `null` where it can. As of this rendering, also for commands of components above. */
export function useReasonOf(): (id: string) => WordKey | null {
  const list = useCommandList();
  return (id) => list.find((command) => command.id === id)?.unavailable?.() ?? null;
}

/**
 * Offers commands while the component stands. The list may be built anew with each rendering: keys, labels and ids are
 * taken when the set of ids changes, `run` and `unavailable` always from the latest.
 */
export function useCommands(commands: readonly Command[]): void {
  const { commands: registry } = useSurroundings();
  const latest = useRef(commands);
  latest.current = commands;
  const shape = commands.map((command) => `${command.id} ${command.keys.join(" ")}`).join("|");
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for the commands themselves
  useEffect(() => registry.add(latest.current.map((_, index) => followed(latest, index))), [registry, shape]);
}

function followed(latest: { readonly current: readonly Command[] }, index: number): Command {
  const now = latest.current[index];
  if (now === undefined) throw new Error("a command outside of its list");
  return {
    ...now,
    unavailable: () => latest.current[index]?.unavailable?.() ?? null,
    run: () => latest.current[index]?.run(),
  };
}
