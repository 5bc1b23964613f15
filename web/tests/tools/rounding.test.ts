// Rounding for display (clinical 3.5: 35): half away from zero, never finer than half a pixel.
import { expect, test } from "vitest";
import { lengthDecimals, rounded, shownArea } from "../../src/tools/rounding";

test.each([
  [0.15, 1, 0.2],
  [2.5, 0, 3],
  [-2.5, 0, -3],
  [-0.04, 1, 0],
  [1.005, 2, 1.01],
  [12.34, 1, 12.3],
  [1e-7, 1, 0],
  [1234.5, 0, 1235],
])("%s with %s decimals is %s", (value, decimals, expected) => {
  expect(Object.is(rounded(value, decimals), expected)).toBe(true);
});

test("a pixel of 0.7 mm allows tenths, one of 1.4 mm whole millimetres", () => {
  expect([0.3, 0.7, 1.4].map(lengthDecimals)).toEqual([1, 1, 0]);
});

test("an area is whole mm² below 100, then tenths of cm², and never finer than half a pixel", () => {
  expect(shownArea(99.4, 0.2)).toEqual({ value: 99.4, unit: "mm²", decimals: 0 });
  expect(shownArea(99.5, 0.2)).toMatchObject({ unit: "cm²", decimals: 1 });
  expect(shownArea(50, 16)).toMatchObject({ value: 0.5, unit: "cm²", decimals: 1 });
});
