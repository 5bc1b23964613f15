// The one registry of what can be done: keys, palette, help and tests read it.
import type { WordKey } from "../locale";

export interface Command {
  /** Stable name, `worklist.takeOver`. */
  readonly id: string;
  readonly label: WordKey;
  /** The place it belongs to, as a heading of palette and help. */
  readonly group: WordKey;
  /** Keys as `keyName` writes them; the first is shown. */
  readonly keys: readonly string[];
  /** Why it cannot be done now, or null. Commands stay listed with the reason. */
  readonly unavailable?: () => WordKey | null;
  /** Also acts while a text field has the focus; only for Ctrl combinations and Escape. */
  readonly inText?: boolean;
  /** Left out of the palette: moving in a list, for instance. */
  readonly keyOnly?: boolean;
  /** Undoes, redoes or deletes: last in the palette, so that nobody gives it by opening that and pressing Enter. */
  readonly offeredLast?: boolean;
  /** Shown in the status bar: the few keys somebody new to the page needs. */
  readonly hint?: boolean;
  /** It takes this tool in hand; the reader's profile offers it for each button of the mouse. */
  readonly tool?: string;
  readonly run: () => void;
}

/** Keys of commands by their names, where they differ from what the commands say; an empty one: no key. */
export type ChangedKeys = Readonly<Record<string, string>>;

export class CommandRegistry {
  private sets: readonly (readonly Command[])[] = [];
  private readonly listeners = new Set<() => void>();
  private flat: readonly Command[] = [];
  private changedKeys: ChangedKeys = {};

  /** Adds commands until the returned function is called. Later sets win over earlier ones with the same key. */
  add(commands: readonly Command[]): () => void {
    this.change([...this.sets, commands]);
    return () => this.change(this.sets.filter((set) => set !== commands));
  }

  /** The reader's own keys: they hold for every command that is there or comes. */
  rebind(changedKeys: ChangedKeys): void {
    this.changedKeys = changedKeys;
    this.change(this.sets);
  }

  /** The commands with the keys they bring, whatever the reader changed. */
  defaults(): readonly Command[] {
    return this.sets.toReversed().flat();
  }

  /** All commands, those of the innermost place first. The same array until something changes. */
  list(): readonly Command[] {
    return this.flat;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Runs what is bound to the key, or tells `refused` why not; false where nothing is bound: the browser keeps the key. */
  press(key: string, inText: boolean, refused: (command: Command, why: WordKey) => void = () => undefined): boolean {
    const command = this.flat.find(
      (candidate) => candidate.keys.includes(key) && (!inText || candidate.inText === true),
    );
    if (command === undefined) return false;
    const why = command.unavailable?.() ?? null;
    if (why === null) command.run();
    else refused(command, why);
    return true;
  }

  /** Runs a command by name; false where it is unknown or unavailable. */
  invoke(id: string): boolean {
    const command = this.flat.find((candidate) => candidate.id === id);
    if (command === undefined || (command.unavailable?.() ?? null) !== null) return false;
    command.run();
    return true;
  }

  private change(sets: readonly (readonly Command[])[]): void {
    this.sets = sets;
    this.flat = this.defaults().map((command) => withKeys(command, this.changedKeys[command.id]));
    for (const listener of this.listeners) listener();
  }
}

function withKeys(command: Command, key: string | undefined): Command {
  if (key === undefined) return command;
  return { ...command, keys: key === "" ? [] : [key] };
}
