// @vitest-environment happy-dom
// A notch is one image, whatever length the system gives it; a touchpad goes one image a length.
import { expect, test } from "vitest";
import { type Turn, WheelSteps } from "../../src/viewport/planar/wheel";

type Given = Partial<Turn> & { readonly deltaY: number };

const turns = (every: number, given: readonly Given[]): readonly number[] => {
  const wheel = new WheelSteps();
  return given.map((one, at) => wheel.of({ deltaMode: 0, timeStamp: at * every, ...one }) || 0); // -0 is none
};
const times = (count: number, given: Given): readonly Given[] => Array(count).fill(given);
const sum = (steps: readonly number[]): number => steps.reduce((all, step) => all + step, 0);

test.each<[string, Given]>([
  ["a mouse at 100 %", { deltaY: 100 }],
  ["a mouse of 120", { deltaY: 120 }],
  ["a display enlarged to 150 %", { deltaY: 200 / 3 }],
  ["the other way", { deltaY: -100 }],
  ["Linux", { deltaY: 53 }],
  ["lines", { deltaY: 3, deltaMode: 1 }],
  ["a single line", { deltaY: 1, deltaMode: 1 }],
  ["a display enlarged to 300 %, as Chromium tells it", { deltaY: 100 / 3, wheelDeltaY: -120 }],
  ["a page made smaller to 50 %, as Chromium tells it", { deltaY: 200, wheelDeltaY: -120 }],
])("%s: one notch is one image, slow and fast", (_, notch) => {
  for (const every of [300, 10]) expect(turns(every, times(8, notch))).toEqual(Array(8).fill(Math.sign(notch.deltaY)));
});

test.each<[Given, number]>([
  [{ deltaY: 240 }, 2],
  [{ deltaY: 300 }, 3],
  [{ deltaY: 9, deltaMode: 1 }, 3],
  [{ deltaY: 100, wheelDeltaY: -360 }, 3],
])("notches that come as one event (%o) count each", (notch, steps) => {
  expect(turns(300, [notch])).toEqual([steps]);
});

test.each<[string, Given]>([
  ["pixels", { deltaY: 15, wheelDeltaY: -15 }],
  ["lines", { deltaY: 0.375, deltaMode: 1 }],
])("a wheel without notches, in %s: the way of a notch is an image, that of ten are ten", (_, part) => {
  expect(sum(turns(8, times(8, part)))).toBe(1);
  expect(sum(turns(8, times(80, part)))).toBe(10);
});

test("notches that an accelerating mouse makes tiny are images where they come one by one", () => {
  expect(turns(150, times(5, { deltaY: 4 }))).toEqual([1, 1, 1, 1, 1]);
});

test("a touchpad begins at once and goes on by length, also where it comes upon the number of a notch", () => {
  expect(sum(turns(16, times(45, { deltaY: 8 })))).toBe(3);
  expect(sum(turns(16, [{ deltaY: 8, wheelDeltaY: -24 }, ...times(9, { deltaY: 40, wheelDeltaY: -120 })]))).toBe(3);
});

test("a hand that trembles goes one image, one that turns back goes back", () => {
  const tremble = [1, -1, 1, -1, 1, -1, 1].map((deltaY) => ({ deltaY }));
  expect(sum(turns(16, tremble).map(Math.abs))).toBe(1);
  expect(turns(16, [{ deltaY: 40 }, ...times(3, { deltaY: -40 })])).toEqual([1, 0, 0, -1]);
});

test("a turn sideways does nothing", () => {
  expect(turns(16, times(5, { deltaY: 0 }))).toEqual([0, 0, 0, 0, 0]);
});
