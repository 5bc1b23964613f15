// Rows of the tag browser.
import { expect, test } from "vitest";
import { type Dataset, elementRows } from "../../src/display";
import { element } from "./fixtures";

const DATASET: Dataset = {
  "00100010": element("PN", { Alphabetic: "Muster^Anna", Phonetic: "x" }),
  "00080005": element("CS", "ISO_IR 100", "ISO_IR 13"),
  "00081140": element(
    "SQ",
    { "00081155": element("UI", "1.2.3") },
    { "00081155": element("UI", "4.5.6"), "00081199": element("SQ", { "00081150": element("UI", "7.8") }) },
  ),
  "00291010": element("LO", "secret"),
  "00290010": element("LO", "SIEMENS"),
  "00291110": { vr: "UN", InlineBinary: "AAAA" },
  "7FE00010": { vr: "OW", BulkDataURI: "/somewhere" },
};
const nameOf = (tag: string): string => (tag === "00081155" ? "Referenced SOP Instance UID" : "");
const paths = (unfolded: readonly string[], text = ""): readonly string[] =>
  elementRows(DATASET, new Set(unfolded), text === "" ? null : { text, nameOf }).map(({ path }) => path);

test("elements stand in the order of their tags; sequences are closed until they are opened", () => {
  expect(paths([])).toEqual(["00080005", "00081140", "00100010", "00290010", "00291010", "00291110", "7FE00010"]);
  expect(paths(["00081140", "00081140/1"]).slice(1, 5)).toEqual([
    "00081140",
    "00081140/1",
    "00081140/1/00081155",
    "00081140/2",
  ]);
});

test("values: several apart by a backslash, groups of a name, lengths of what is binary, owners of private elements", () => {
  const rows = new Map(elementRows(DATASET, new Set(), null).map((row) => [row.path, row]));
  expect(rows.get("00080005")?.value).toEqual({ kind: "text", text: "ISO_IR 100\\ISO_IR 13", length: 20 });
  expect(rows.get("00100010")?.value).toMatchObject({ text: "Muster^Anna==x" });
  expect(rows.get("00291110")).toMatchObject({ value: { kind: "binary", bytes: 3 }, creator: "" });
  expect(rows.get("7FE00010")?.value).toMatchObject({ kind: "binary", bytes: null });
  expect(rows.get("00291010")?.creator).toBe("SIEMENS");
  const long = elementRows({ "00204000": element("LT", "y".repeat(5000)) }, new Set(), null)[0];
  expect(long?.value).toMatchObject({ kind: "text", length: 5000 });
  expect(long?.value.kind === "text" ? long.value.text.length : 0).toBeLessThan(1000);
});

test("a search finds tags as people and as programs write them, names and values, below what they lie in", () => {
  expect(paths([], "0010,0010")).toEqual(["00100010"]);
  expect(paths([], "00100010")).toEqual(["00100010"]);
  expect(paths([], "muster")).toEqual(["00100010"]);
  expect(paths([], "4.5")).toEqual(["00081140", "00081140/2", "00081140/2/00081155"]);
  expect(paths([], "7.8")).toEqual([
    "00081140",
    "00081140/2",
    "00081140/2/00081199",
    "00081140/2/00081199/1",
    "00081140/2/00081199/1/00081150",
  ]);
  expect(paths([], "referenced sop")).toEqual([
    "00081140",
    "00081140/1",
    "00081140/1/00081155",
    "00081140/2",
    "00081140/2/00081155",
  ]);
  expect(paths([], "nobody")).toEqual([]);
});

test("a sequence that is found opens to all that lies within it", () => {
  expect(paths([], "00081140")).toEqual(["00081140"]);
  expect(paths(["00081140"], "00081140")).toEqual(["00081140", "00081140/1", "00081140/2"]);
});
