// A report on the page: what is folded, where keys lead, and its words.
import { expect, test } from "vitest";
import { ObjectTags, readReport } from "../../../src/display";
import { wordsOf } from "../../../src/locale";
import {
  afterKey,
  foldedAtFirst,
  seenItems,
  type TreeState,
  unfoldedTo,
} from "../../../src/reading/objects/report-rows";
import { reportText } from "../../../src/reading/objects/report-words";
import { element } from "../../display/fixtures";
import { code, item, measured, text } from "../../display/report.fixtures";

const REPORT = readReport({
  ...item(
    "CONTAINER",
    "Report",
    {},
    item("CONTAINER", "A", {}, text("a", "1"), item("CONTAINER", "AA", {}, text("b", "2"))),
    measured("Diameter", "12.5", code("mm", "millimeter", "UCUM")),
  ),
  [ObjectTags.CompletionFlag]: element("CS", "COMPLETE"),
  [ObjectTags.VerificationFlag]: element("CS", "UNVERIFIED"),
});
const { items } = REPORT;
const open: TreeState = { folded: new Set(), at: 0 };
const press = (state: TreeState, ...keys: readonly string[]): TreeState =>
  keys.reduce((before, key) => afterKey(key, items, before) ?? before, state);

test("what is folded hides all that lies within it, at any depth", () => {
  expect(seenItems(items, new Set([1])).map(({ index }) => index)).toEqual([0, 1, 5]);
  expect(seenItems(items, new Set([3])).map(({ index }) => index)).toEqual([0, 1, 2, 3, 5]);
});

test("keys walk over what is seen, fold and unfold, and go up", () => {
  expect(press(open, "ArrowDown").at).toBe(1);
  const folded = press(open, "ArrowDown", "ArrowLeft");
  expect([...folded.folded]).toEqual([1]);
  expect(press(folded, "ArrowDown").at).toBe(5);
  expect(press(folded, "ArrowRight").folded.size).toBe(0);
  expect(press({ folded: new Set(), at: 4 }, "ArrowLeft").at).toBe(3);
  expect(press(open, "End").at).toBe(5);
  const all = press({ folded: new Set(), at: 4 }, "-");
  expect(all.at).toBe(1);
  expect(seenItems(items, all.folded).map(({ index }) => index)).toContain(all.at);
  expect(press(all, "+").folded.size).toBe(0);
  expect(afterKey("w", items, open)).toBeNull();
});

test("a link opens all above its target", () => {
  expect([...unfoldedTo(items, new Set([1, 3]), 4)]).toEqual([]);
});

test("long reports begin folded below their second level, short ones open", () => {
  expect(foldedAtFirst(items).size).toBe(0);
  const group = (index: number) => item("CONTAINER", `G${index}`, {}, item("CONTAINER", "in", {}, text("t", "v")));
  const long = readReport(item("CONTAINER", "R", {}, ...Array.from({ length: 300 }, (_, index) => group(index))));
  expect(seenItems(long.items, foldedAtFirst(long.items))).toHaveLength(601);
});

test("as text: state first, then the tree, set in by level, with units", () => {
  expect(reportText(REPORT, wordsOf("de")).split("\n")).toEqual([
    "Vollständig · Nicht bestätigt",
    "",
    "Report",
    "  A",
    "    a: 1",
    "    AA",
    "      b: 2",
    "  Diameter: 12,5 mm",
  ]);
});
