// @vitest-environment happy-dom
// The way of a notch is one image, whatever length the system gives it; a finger that rests goes none.
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
  ["a page", { deltaY: 1, deltaMode: 2 }],
  ["lines, of which Firefox gives the height", { deltaY: 3, deltaMode: 1, wheelDeltaY: -162 }],
  ["more lines than usual, as the browser tells it", { deltaY: 6, deltaMode: 1, wheelDeltaY: -120 }],
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

/** What a wheel without notches sends for an eighth of one: its length is the system's, what is told of it is not. */
const EIGHTHS: readonly (readonly [string, Given])[] = [
  ...[15, 12.5, 100 / 3, 25, 53 / 8, 5, 100 / 24].map(
    (deltaY) => [`${deltaY} px`, { deltaY, wheelDeltaY: -15 }] as const,
  ),
  ["the other way", { deltaY: -12.5, wheelDeltaY: 15 }],
  ["lines, also told", { deltaY: 0.375, deltaMode: 1, wheelDeltaY: -15 }],
];

test.each([...EIGHTHS, ["lines", { deltaY: 0.375, deltaMode: 1 }] as const])(
  "a wheel without notches, in eighths of %s: the way of a notch is an image, that of ten are ten",
  (_, part) => {
    const down = Math.sign(part.deltaY);
    expect(sum(turns(8, times(8, part)))).toBe(down);
    expect(sum(turns(8, times(80, part)))).toBe(10 * down);
  },
);

test.each(EIGHTHS)("in eighths of %s also where it is turned slowly, and with each notch forth and back", (_, part) => {
  const down = Math.sign(part.deltaY);
  for (const every of [130, 400]) expect(sum(turns(every, times(80, part)))).toBe(10 * down);
  const back = { ...part, deltaY: -part.deltaY, wheelDeltaY: -(part.wheelDeltaY ?? 0) };
  const notch = (of: Given, at: number) => times(8, of).map((one, nth) => ({ ...one, timeStamp: at + nth * 5 }));
  const toAndFro = turns(
    0,
    [part, back, part, back].flatMap((of, nth) => notch(of, nth * 400)),
  );
  expect([0, 8, 16, 24].map((from) => sum(toAndFro.slice(from, from + 8)))).toEqual([down, -down, down, -down]);
});

test("parts of a notch that are no eighths are added up too", () => {
  expect(sum(turns(8, times(30, { deltaY: 100 / 3, wheelDeltaY: -40 })))).toBe(10);
  expect(sum(turns(8, times(50, { deltaY: 60, wheelDeltaY: -72 })))).toBe(30);
});

test.each<Given>([{ deltaY: 4 }, { deltaY: 4.000244, wheelDeltaY: -12 }])(
  "notches that an accelerating mouse makes tiny (%o) are images where they come one by one",
  (notch) => {
    expect(turns(150, times(5, notch))).toEqual([1, 1, 1, 1, 1]);
    expect(turns(300, [notch, { deltaY: -4, wheelDeltaY: -(notch.wheelDeltaY ?? 0) }])).toEqual([1, -1]);
  },
);

test("a touchpad begins at once and goes on by length, or by what is told of notches", () => {
  expect(sum(turns(16, times(45, { deltaY: 8 })))).toBe(3);
  expect(turns(16, times(3, { deltaY: 8 }))).toEqual([1, 0, 0]);
  expect(sum(turns(16, [{ deltaY: 8, wheelDeltaY: -24 }, ...times(9, { deltaY: 40, wheelDeltaY: -120 })]))).toBe(9);
});

/** Of a finger that rests: to and fro around one place. */
const trembling = (one: Given): readonly Given[] =>
  Array.from({ length: 20 }, (_, at) =>
    at % 2 === 0 ? one : { ...one, deltaY: -one.deltaY, wheelDeltaY: -(one.wheelDeltaY ?? 0) },
  );

test.each<Given>([
  { deltaY: 1 },
  { deltaY: -3 },
  { deltaY: 1, wheelDeltaY: -3 },
  { deltaY: -3, wheelDeltaY: 9 },
  { deltaY: 1, wheelDeltaY: -1 },
  { deltaY: 0.05, deltaMode: 1 },
])("a finger that rests and trembles (%o) goes no image, however slowly", (one) => {
  for (const every of [16, 100, 130, 300, 1200]) expect(turns(every, trembling(one))).toEqual(Array(20).fill(0));
});

test.each<[Given, readonly number[]]>([
  [{ deltaY: 40 }, [16, 100]],
  [{ deltaY: 12.5, wheelDeltaY: -15 }, [16, 130, 400]],
  [{ deltaY: 50, wheelDeltaY: -60 }, [16, 130, 400]],
])("one that goes further to and fro (%o) goes its first image and no second", (one, everies) => {
  for (const every of everies) expect(turns(every, trembling(one))).toEqual([1, ...Array(19).fill(0)]);
});

test("one that creeps goes an image once it is further than it trembles; one that turns back goes back", () => {
  expect(turns(16, times(5, { deltaY: 1 }))).toEqual([0, 0, 0, 1, 0]);
  expect(turns(16, [{ deltaY: 40 }, ...times(3, { deltaY: -40 })])).toEqual([1, 0, 0, -1]);
  expect(
    turns(
      50,
      [-120, -120, 120, 120].map((wheelDeltaY) => ({ deltaY: -wheelDeltaY, wheelDeltaY })),
    ),
  ).toEqual([1, 1, -1, -1]);
});

test("a turn sideways does nothing", () => {
  expect(turns(16, times(5, { deltaY: 0 }))).toEqual([0, 0, 0, 0, 0]);
});
