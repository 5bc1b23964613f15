// @vitest-environment happy-dom
// A notch is one image, whatever length the system gives it; a touchpad goes one image a length.
import { expect, test } from "vitest";
import { WheelSteps } from "../../src/viewport/planar/wheel";

const turn = (deltaY: number, every: number, times: number, deltaMode = 0): readonly number[] => {
  const wheel = new WheelSteps();
  return Array.from({ length: times }, (_, at) => wheel.of({ deltaY, deltaMode, timeStamp: at * every }));
};

test.each([
  ["a mouse at 100 %", 100, 0],
  ["a mouse of 120", 120, 0],
  ["a display enlarged to 150 %", 200 / 3, 0],
  ["the other way", -100, 0],
  ["Linux", 53, 0],
  ["lines", 3, 1],
  ["a single line", 1, 1],
])("%s: one notch is one image, slow and fast", (_, delta, mode) => {
  for (const every of [300, 10]) expect(turn(delta, every, 8, mode)).toEqual(Array(8).fill(Math.sign(delta)));
});

test.each([
  [240, 0, 2],
  [300, 0, 3],
  [9, 1, 3],
])("notches that come as one event (%d) count each", (delta, mode, steps) => {
  expect(turn(delta, 300, 1, mode)).toEqual([steps]);
});

test("a touchpad begins at once and goes on by length; turning back does not first use up the rest", () => {
  expect(turn(8, 16, 21).reduce((sum, step) => sum + step, 0)).toBe(3);
  const wheel = new WheelSteps();
  const steps = [40, 40, 30, -30, -30].map((deltaY, at) => wheel.of({ deltaY, deltaMode: 0, timeStamp: at * 16 }));
  expect(steps.map((one) => one || 0)).toEqual([1, 0, 0, -1, 0]); // -0 is none
});

test("a turn sideways does nothing", () => {
  expect(turn(0, 16, 5)).toEqual([0, 0, 0, 0, 0]);
});
