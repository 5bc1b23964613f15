// How far a prior lies back, in the units of the look: Tage < 14, Wo. < 9, Mon. < 24, J.
import { expect, test } from "vitest";
import { wordsOf } from "../../src/locale";
import { distanceOf } from "../../src/worklist/age-tag";

const said = (study: string, current: string): string | null => {
  const distance = distanceOf(study, current);
  return distance === null ? null : wordsOf("de").t(distance.word, { n: distance.n });
};

test.each([
  ["20261124", "20261124", "selber Tag"],
  ["20261123", "20261124", "vor 1 Tag"],
  ["20261111", "20261124", "vor 13 Tagen"],
  ["20261110", "20261124", "vor 2 Wo."],
  ["20260923", "20261124", "vor 8 Wo."],
  ["20260922", "20261124", "vor 2 Mon."],
  ["20260414", "20261124", "vor 7 Mon."],
  ["20260202", "20261124", "vor 9 Mon."],
  ["20241125", "20261124", "vor 23 Mon."],
  ["20241124", "20261124", "vor 2 J."],
  ["19991124", "20261123", "vor 26 J."],
  ["20261124", "20260414", "7 Mon. danach"],
  ["2026.11.23", "20261124", "vor 1 Tag"],
])("%s read on %s is %s", (study, current, words) => {
  expect(said(study, current)).toBe(words);
});

test("what is no date is not guessed", () => {
  expect(said("", "20261124")).toBeNull();
  expect(said("20260414", "2026")).toBeNull();
});
