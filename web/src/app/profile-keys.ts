// Keys of a profile: which key each command has, and which keys are given twice. Pure.
import type { ChangedKeys, Command } from "../shell";

/** The key of a command in a profile, empty for none. */
export function keyOf(command: Command, changed: ChangedKeys): string {
  return changed[command.id] ?? command.keys[0] ?? "";
}

/** The profile with another key for a command; a command's own key is no change. */
export function withKey(changed: ChangedKeys, command: Command, key: string): ChangedKeys {
  const { [command.id]: _, ...others } = changed;
  return key === (command.keys[0] ?? "") ? others : { ...others, [command.id]: key };
}

/** By command: the other commands that have its key, where one of them was changed. Keys that the pages give twice themselves are theirs to settle. */
export function conflictsOf(
  commands: readonly Command[],
  changed: ChangedKeys,
): ReadonlyMap<string, readonly Command[]> {
  const keysOf = (command: Command): readonly string[] => {
    const key = changed[command.id];
    return key === undefined ? command.keys : key === "" ? [] : [key];
  };
  const found = new Map<string, readonly Command[]>();
  for (const command of commands) {
    const others = commands.filter(
      (other) =>
        other.id !== command.id &&
        (other.id in changed || command.id in changed) &&
        keysOf(other).some((key) => keysOf(command).includes(key)),
    );
    if (others.length > 0) found.set(command.id, others);
  }
  return found;
}
