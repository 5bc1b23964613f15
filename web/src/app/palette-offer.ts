// What the palette offers for a text, and in which order. Pure.
import { isWordKey, type Translate } from "../locale";
import type { Command } from "../shell";

/** By name, then by other words for it; each name once, as the innermost place gives it. */
export function offered(commands: readonly Command[], text: string, t: Translate): readonly Command[] {
  const names = new Set<string>();
  const once = commands.filter(({ keyOnly, label }) => {
    if (keyOnly === true || names.has(t(label))) return false;
    names.add(t(label));
    return true;
  });
  const byName = once.filter(({ label }) => holds(t(label), text));
  const byOther = once.filter((command) => !byName.includes(command) && holds(allWords(command, t), text));
  const found = [...byName, ...byOther];
  return [...found.filter((command) => !isLast(command)), ...found.filter(isLast)];
}

const isLast = ({ offeredLast }: Command): boolean => offeredLast === true;

function allWords({ id, label }: Command, t: Translate): string {
  const also = `command.also.${id}`;
  return isWordKey(also) ? `${t(label)} ${t(also)}` : t(label);
}

const holds = (words: string, text: string): boolean =>
  text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.toLowerCase().includes(word));
