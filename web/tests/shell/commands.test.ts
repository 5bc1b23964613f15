// One registry: what is shown is what works.
import { expect, test, vi } from "vitest";
import { type Command, CommandRegistry } from "../../src/shell";

const command = (part: Partial<Command> & { readonly id: string }): Command => ({
  label: "claims.read",
  group: "worklist.group",
  keys: [],
  run: vi.fn(),
  ...part,
});

test("a key runs its command and tells that it was taken", () => {
  const registry = new CommandRegistry();
  const open = command({ id: "open", keys: ["Enter"] });
  registry.add([open]);
  expect(registry.press("Enter", false)).toBe(true);
  expect(open.run).toHaveBeenCalledOnce();
  expect(registry.press("x", false)).toBe(false);
});

test("single keys are text inside a text field, marked ones still act", () => {
  const registry = new CommandRegistry();
  const next = command({ id: "next", keys: ["n"] });
  const save = command({ id: "save", keys: ["Ctrl+Enter"], inText: true });
  registry.add([next, save]);
  expect(registry.press("n", true)).toBe(false);
  expect(registry.press("Ctrl+Enter", true)).toBe(true);
  expect(next.run).not.toHaveBeenCalled();
});

test("the innermost place wins a key and gives it back when it goes", () => {
  const registry = new CommandRegistry();
  const outer = command({ id: "outer", keys: ["n"] });
  const inner = command({ id: "inner", keys: ["n"] });
  registry.add([outer]);
  const remove = registry.add([inner]);
  registry.press("n", false);
  remove();
  registry.press("n", false);
  expect(inner.run).toHaveBeenCalledOnce();
  expect(outer.run).toHaveBeenCalledOnce();
});

test("an unavailable command takes its key, does nothing, says why and stays listed with its reason", () => {
  const registry = new CommandRegistry();
  const none = command({ id: "none", keys: ["n"], unavailable: () => "worklist.reason.noNews" });
  registry.add([none, command({ id: "some", keys: ["s"], unavailable: () => null })]);
  const refused = vi.fn();
  expect([registry.press("n", false, refused), registry.press("s", false, refused)]).toEqual([true, true]);
  expect(refused.mock.calls).toEqual([[none, "worklist.reason.noNews"]]);
  expect(registry.invoke("none")).toBe(false);
  expect(none.run).not.toHaveBeenCalled();
  expect(registry.list()[0]?.unavailable?.()).toBe("worklist.reason.noNews");
});

test("listeners hear of every change, and the list is the same array in between", () => {
  const registry = new CommandRegistry();
  const heard = vi.fn();
  const stop = registry.subscribe(heard);
  const remove = registry.add([command({ id: "a" })]);
  expect(registry.list()).toBe(registry.list());
  remove();
  stop();
  registry.add([command({ id: "b" })]);
  expect(heard).toHaveBeenCalledTimes(2);
});
