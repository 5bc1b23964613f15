// The palette finds a command by its name and by what others call it, once, and never offers first what takes work away.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { offered } from "../../src/app/palette-offer";
import { CATALOGUES, type Language, type WordKey } from "../../src/locale";
import { translator } from "../../src/locale/words";
import type { Marking } from "../../src/reading/marking/marking";
import { historyCommands } from "../../src/reading/marking/marking-commands";
import type { Command } from "../../src/shell";

const command = (id: string, label: WordKey, part: Partial<Command> = {}): Command => ({
  id,
  label,
  group: "reading.title",
  keys: [],
  run: () => undefined,
  ...part,
});
const ALL: readonly Command[] = [
  command("reading.window", "reading.tool.window"),
  command("reading.length", "marks.tool.length"),
  command("reading.zoomIn", "reading.zoomIn"),
  command("reading.turnRight", "reading.turn.right"),
  command("reading.mirrorHorizontal", "reading.mirror.horizontal"),
  command("reading.preset.lung", "reading.preset.lung.command"),
  command("reading.tags", "tags.title"),
  command("reading.zoom", "reading.tool.zoom"),
];
const ids = (language: Language, text: string, commands = ALL): readonly string[] =>
  offered(commands, text, translator(language, String)).map(({ id }) => id);

test.each([
  ["en", "flip", "reading.mirrorHorizontal"],
  ["en", "rotate", "reading.turnRight"],
  ["en", "Zoom in", "reading.zoomIn"],
  ["en", "distance", "reading.length"],
  ["en", "preset", "reading.preset.lung"],
  ["en", "tags", "reading.tags"],
  ["en", "W/L", "reading.window"],
  ["de", "spiegeln", "reading.mirrorHorizontal"],
  ["de", "drehen", "reading.turnRight"],
  ["de", "vergrößern", "reading.zoomIn"],
  ["de", "Abstand", "reading.length"],
  ["de", "Voreinstellung", "reading.preset.lung"],
  ["de", "tags", "reading.tags"],
  ["de", "w/l", "reading.window"],
] as const)("%s: %s finds %s", (language, text, id) => {
  expect(ids(language, text)[0]).toBe(id);
});

test("a name comes before another word for something else", () => {
  const both = [command("reading.zoomIn", "reading.zoomIn"), command("reading.zoom", "reading.tool.zoom")];
  expect(ids("en", "zoom", both)).toEqual(["reading.zoom", "reading.zoomIn"]);
});

test("two commands of one name stand there once, as the innermost place gives it", () => {
  const both = [command("reading.close", "reading.close"), command("app.toWorklist", "command.toWorklist")];
  expect(ids("de", "", both)).toEqual(["reading.close"]);
  expect(ids("en", "", both)).toEqual(["reading.close"]);
});

test("what undoes or deletes a mark is never the first while anything else is found", () => {
  const marking = { slate: { canUndo: true, canRedo: true, selected: null } } as unknown as Marking;
  const commands = [...historyCommands(marking), command("marks.list", "marks.list.show")];
  expect(ids("de", "", commands)[0]).toBe("marks.list");
  expect(ids("de", "markierung", commands)[0]).toBe("marks.list");
  expect(ids("de", "zurücknehmen", commands)).toEqual(["marks.undo"]);
});

test("other words belong to commands that exist", () => {
  const root = join(import.meta.dirname, "../../src");
  const code = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path) && !path.startsWith("locale"))
    .map((path) => readFileSync(join(root, path), "utf8"))
    .join("\n");
  const keys = Object.keys(CATALOGUES.de).filter((key) => key.startsWith("command.also."));
  const isNamed = (key: string): boolean => {
    const id = key.slice("command.also.".length);
    return code.includes(`"${id}"`) || code.includes(`"${id.replace(/^(reading|marks)\.(preset\.)?/, "")}"`);
  };
  expect(keys.length).toBeGreaterThan(40);
  expect(keys.filter((key) => !isNamed(key))).toEqual([]);
});
