// Names of the display sets of a series: numbered, by image type, and told apart where that is the same.
import { expect, test } from "vitest";
import { type Dataset, type DisplaySet, Tags } from "../../src/display";
import { wordsOf } from "../../src/locale";
import { setNames } from "../../src/reading/set-names";
import { element, frame } from "../display/fixtures";

const words = wordsOf("de");
const set = (changes: Dataset, localizer = false): DisplaySet => {
  const one = frame({ [Tags.ImageType]: element("CS", "ORIGINAL", "PRIMARY", "M", "ND"), ...changes });
  return { id: "1", order: "acquired", ambiguous: null, frames: [one], localizer } as unknown as DisplaySet; // only what names it
};
const echo = (ms: number): Dataset => ({ [Tags.EchoTime]: element("DS", ms) });

test("by image type", () => {
  const phase = { [Tags.ImageType]: element("CS", "ORIGINAL", "PRIMARY", "P", "ND") };
  expect(setNames([set({}, true), set(echo(5)), set({ ...phase, ...echo(7) })], words)).toEqual([
    "Lokalisator",
    "2 · M ND",
    "3 · P ND",
  ]);
});

test("of one type by their echo, else by their plane", () => {
  expect(setNames([set(echo(7.65)), set(echo(5.19))], words)).toEqual([
    "1 · M ND · TE 7,65 ms",
    "2 · M ND · TE 5,19 ms",
  ]);
  const coronal = { [Tags.ImageOrientationPatient]: element("DS", 1, 0, 0, 0, 0, -1) };
  expect(setNames([set(echo(5)), set({ ...echo(5), ...coronal })], words)).toEqual([
    "1 · M ND · Axial",
    "2 · M ND · Koronal",
  ]);
});
