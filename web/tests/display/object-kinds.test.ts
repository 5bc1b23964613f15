// What an object is by its class, and that nothing of a series is lost.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { displaySets, objectKind, shapeOf, Tags } from "../../src/display";
import { element, instance } from "./fixtures";

const PLAIN = "1.2.840.10008.1.2.1";
const ROOT = "1.2.840.10008.5.1.4.1.1.";

test.each([
  ["88.67", "dose"],
  ["88.59", "keyObjects"],
  ["88.99", "report"],
  ["9.1.1", "ecg"],
  ["9", "curve"],
  ["11", "lookupTable"],
  ["11.1", "presentationState"],
  ["66", "rawData"],
  ["66.4", "segmentation"],
  ["104.1", "pdf"],
  ["481.3", "rtStructures"],
  ["2", "image"],
  ["77.1.4", "image"],
  ["999.1", "unknown"],
])("%s is %s", (name, kind) => {
  expect(objectKind(ROOT + name, PLAIN)).toBe(kind);
});

test("moving pictures are known by their transfer syntax, fragmented or not, whatever their class", () => {
  for (const syntax of ["100", "102", "104", "107", "102.1"])
    expect(objectKind(`${ROOT}77.1.1`, `1.2.840.10008.1.2.4.${syntax}`)).toBe("video");
  expect(objectKind(`${ROOT}77.1.1`, "1.2.840.10008.1.2.4.201")).toBe("image");
});

test("every storage class of the standard has a kind: a picture, or one that is named", () => {
  const uids = readFileSync(join(import.meta.dirname, "../../../src/kontor/dicom/dictionary/uids.tsv"), "utf8");
  const storage = uids
    .split("\n")
    .map((line) => line.split("\t"))
    .filter(([uid = "", type, , , name = ""]) => type === "SOP Class" && uid.startsWith(ROOT) && /Storage/.test(name));
  expect(storage.length).toBeGreaterThan(150);
  const unnamed = storage.filter(
    ([uid = "", , , , name = ""]) => objectKind(uid, PLAIN) === "unknown" && !/DICOS|Eddy|SOP Class$/.test(name),
  );
  expect(unnamed.map(([uid, , , , name]) => `${uid} ${name}`)).toEqual([]);
});

test("sets and attachments together hold every object of the series once", () => {
  const series = [
    instance(),
    instance({}, 3),
    instance({}, 1, `${ROOT}88.67`),
    instance({}, 1, "1.3.999"),
    instance({ [Tags.Rows]: element("US") }),
    { ...instance({}, 50, `${ROOT}77.1.1.1`), transferSyntax: "1.2.840.10008.1.2.4.102" },
  ];
  const { sets, attachments } = displaySets(series);
  const stacked = new Set(sets.flatMap(({ frames }) => frames.map(({ instance: one }) => one)));
  expect(stacked.size + attachments.length).toBe(series.length);
  expect(
    attachments.map(({ sopClassUid, transferSyntax }) => shapeOf(objectKind(sopClassUid, transferSyntax))),
  ).toEqual(["report", "none", "video"]);
});
