// Keys are what they produce, not where they lie.
import { expect, test } from "vitest";
import { isTextPlace, keyName } from "../../src/shell";

const press = (key: string, held: Partial<Record<"ctrlKey" | "metaKey" | "altKey" | "shiftKey", boolean>> = {}) =>
  keyName({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

test("Y and Z are the letters that appear, on whichever layout", () => {
  expect([press("z"), press("y"), press("Z", { shiftKey: true })]).toEqual(["z", "y", "Shift+z"]);
});

test("Caps Lock does not turn a key into another", () => {
  expect(press("N")).toBe("n");
});

test("a character that needs Shift on one layout and not on another is the same key", () => {
  expect(press("?", { shiftKey: true })).toBe("?");
  expect(press("?")).toBe("?");
});

test("named keys keep Shift and Ctrl", () => {
  expect(press("ArrowDown", { shiftKey: true })).toBe("Shift+ArrowDown");
  expect(press("Enter", { ctrlKey: true })).toBe("Ctrl+Enter");
  expect(press(" ")).toBe("Space");
});

test("Alt, AltGr and dead keys stay with the system", () => {
  expect([press("@", { altKey: true }), press("Dead"), press("q", { altKey: true, ctrlKey: true })]).toEqual([
    null,
    null,
    null,
  ]);
});

test("text fields are text places, check boxes and buttons are not", () => {
  const make = (html: string): Element => {
    document.body.innerHTML = html;
    const [first] = document.body.children;
    if (first === undefined) throw new Error("nothing made");
    return first;
  };
  expect(isTextPlace(make("<input>"))).toBe(true);
  expect(isTextPlace(make("<textarea></textarea>"))).toBe(true);
  expect(isTextPlace(make('<input type="checkbox">'))).toBe(false);
  expect(isTextPlace(make("<button></button>"))).toBe(false);
  expect(isTextPlace(null)).toBe(false);
});
