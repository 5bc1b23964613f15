// Structured reports: every item in the order of reading, whatever its shape.
import { describe, expect, test } from "vitest";
import { type Dataset, ObjectTags, type ReportValue, readReport, referencedItem } from "../../src/display";
import { element } from "./fixtures";
import { code, evidence, item, measured, reference, text } from "./report.fixtures";

const root = (...children: readonly Dataset[]): Dataset => item("CONTAINER", "Report", {}, ...children);
const readValueOf = (child: Dataset): ReportValue | undefined => readReport(root(child)).items[1]?.value;

test("items stand in the order of reading, each knows its depth, its parent and where its inside ends", () => {
  const report = readReport(root(item("CONTAINER", "A", {}, text("a", "1"), text("b", "2")), text("c", "3")));
  expect(report.items.map(({ name, depth, parent, end }) => [name?.meaning, depth, parent, end])).toEqual([
    ["Report", 0, -1, 5],
    ["A", 1, 0, 4],
    ["a", 2, 1, 3],
    ["b", 2, 1, 4],
    ["c", 1, 0, 5],
  ]);
});

test("depth of 5,000 and 50,000 items are read, and what is beyond the limit is said", () => {
  let deep = text("bottom", "x");
  for (let level = 0; level < 5000; level += 1) deep = item("CONTAINER", "level", {}, deep);
  const tower = readReport(deep);
  expect(tower.items).toHaveLength(5001);
  expect(tower.items.at(-1)).toMatchObject({ depth: 5000, value: { kind: "text", text: "x" } });
  const many = Array.from({ length: 50_000 }, (_, index) => text("n", String(index)));
  const wide = { ...root(), [ObjectTags.ContentSequence]: { vr: "SQ", Value: many } };
  expect(readReport(wide)).toMatchObject({ cut: false, items: { length: 50_001 } });
  const cut = readReport(wide, 100);
  expect(cut).toMatchObject({ cut: true, items: { length: 100 } });
  expect(cut.items[0]?.end).toBe(100);
});

describe("values", () => {
  test("a number keeps its digits and its unit; the unit one and no unit are none", () => {
    expect(readValueOf(measured("d", "12.50", code("mm", "millimeter", "UCUM")))).toMatchObject({
      text: "12.50",
      unit: "mm",
    });
    expect(readValueOf(measured("d", "3", code("1", "no units", "UCUM")))).toMatchObject({ text: "3", unit: "" });
    expect(readValueOf(measured("d", "3", code("{counts}", "counts", "UCUM")))).toMatchObject({ unit: "counts" });
    expect(readValueOf(measured("d", "3", null))).toMatchObject({ text: "3", unit: "" });
  });

  test("a number without value says by its qualifier why, and without one that it is missing", () => {
    const qualifier = {
      [ObjectTags.NumericValueQualifierCodeSequence]: element("SQ", code("114006", "Measurement failure")),
    };
    expect(readValueOf(item("NUM", "d", qualifier))).toMatchObject({
      text: "",
      qualifier: { meaning: "Measurement failure" },
    });
    expect(readValueOf(item("NUM", "d"))).toEqual({ kind: "missing", type: "NUM" });
  });

  test("references keep frames; shapes count points in the plane and in space", () => {
    expect(readValueOf(item("IMAGE", "", reference("1.2.3", 4, 5)))).toMatchObject({
      kind: "image",
      reference: { sopInstanceUid: "1.2.3", frames: [4, 5] },
    });
    const points = { [ObjectTags.GraphicData]: element("FL", 1, 2, 3, 4, 5, 6) };
    expect(readValueOf(item("SCOORD", "", points))).toMatchObject({ points: 3 });
    expect(readValueOf(item("SCOORD3D", "", points))).toMatchObject({ points: 2 });
  });

  test("what the standard does not know, and what has no value, is kept and said", () => {
    expect(readValueOf(item("HOLOGRAM", "x"))).toEqual({ kind: "missing", type: "HOLOGRAM" });
    expect(readValueOf(item("TEXT", ""))).toEqual({ kind: "missing", type: "TEXT" });
    expect(readValueOf({})).toEqual({ kind: "missing", type: "" });
  });
});

test("an item by reference is a link and never unfolded: a cycle of references ends", () => {
  const back = { [ObjectTags.ReferencedContentItemIdentifier]: element("UL", 1) };
  const report = readReport(root(text("a", "1"), item("CONTAINER", "B", {}, text("b", "2"), back)));
  expect(report.items).toHaveLength(5);
  expect(report.items[4]?.value).toEqual({ kind: "link", path: [1] });
  expect(referencedItem(report.items, [1])).toBe(0);
  expect(referencedItem(report.items, [1, 2, 1])).toBe(3);
  expect(referencedItem(report.items, [1, 3])).toBeNull();
  expect(referencedItem(report.items, [1, 0])).toBeNull();
  expect(referencedItem(report.items, [2])).toBeNull();
});

test("flags, people and the series of what is named", () => {
  const report = readReport({
    ...root(),
    [ObjectTags.CompletionFlag]: element("CS", "PARTIAL"),
    [ObjectTags.VerificationFlag]: element("CS", "UNVERIFIED"),
    [ObjectTags.VerifyingObserverSequence]: element("SQ", {
      [ObjectTags.VerifyingObserverName]: element("PN", { Alphabetic: "Muster^Anna" }),
    }),
    [ObjectTags.CurrentRequestedProcedureEvidenceSequence]: element("SQ", evidence("1.5", "1.5.1", "1.5.2")),
  });
  expect(report).toMatchObject({ complete: false, verified: false });
  expect(report.verifications[0]?.observer).toBe("Muster^Anna");
  expect(report.seriesOf.get("1.5.2")).toBe("1.5");
  expect(readReport({})).toMatchObject({ complete: null, verified: null, title: null });
});
