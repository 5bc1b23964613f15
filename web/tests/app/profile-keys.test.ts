// A reader's own keys: they hold in the registry, and what is given twice is said.
import { expect, test, vi } from "vitest";
import { conflictsOf, withKey } from "../../src/app/profile-keys";
import { type Command, CommandRegistry } from "../../src/shell";

const command = (id: string, ...keys: string[]): Command => ({
  id,
  label: "reading.invert",
  group: "reading.title",
  keys,
  run: vi.fn(),
});
const invert = command("invert", "i");
const reset = command("reset", "r");

test("a changed key acts in place of the old one, also for commands that come later; none is none", () => {
  const registry = new CommandRegistry();
  registry.rebind({ invert: "v", reset: "" });
  registry.add([invert, reset]);
  expect([registry.press("i", false), registry.press("v", false), registry.press("r", false)]).toEqual([
    false,
    true,
    false,
  ]);
  expect(invert.run).toHaveBeenCalledOnce();
  expect(registry.list().map(({ keys }) => keys)).toEqual([["v"], []]);
  expect(registry.defaults().map(({ keys }) => keys)).toEqual([["i"], ["r"]]);
  registry.rebind({});
  expect(registry.press("i", false)).toBe(true);
});

test("a command's own key is no change", () => {
  expect(withKey({ invert: "v" }, invert, "i")).toEqual({});
  expect(withKey({}, reset, "")).toEqual({ reset: "" });
});

test("a key that two commands would have is told of both, keys that nobody changed of none", () => {
  const page = command("page", "i");
  expect([...conflictsOf([invert, page, reset], {}).keys()]).toEqual([]);
  const found = conflictsOf([invert, reset], { reset: "i" });
  expect([...found].map(([id, others]) => [id, others.map((other) => other.id)])).toEqual([
    ["invert", ["reset"]],
    ["reset", ["invert"]],
  ]);
  expect(conflictsOf([invert, reset], { reset: "i", invert: "r" }).size).toBe(0);
});
