// The pixels of the Canvas 2D renderer against a slow reference that knows nothing of tables, lists of lines or typed arrays.
import { describe, expect, test } from "vitest";
import {
  canvasPoint,
  type Flips,
  type GreyPipeline,
  greyOf,
  isPadding,
  type PixelLayout,
  resolveView,
  shadingOf,
  toPicture,
  UPRIGHT,
} from "../../src/display";
import { Copies, paint } from "../../src/viewport/planar/canvas2d";
import type { Drawing } from "../../src/viewport/planar/drawing";
import { reduceGrey, reductionSteps } from "../../src/viewport/planar/reduced";

const ROWS = 8;
const COLUMNS = 10;
const CANVAS = { width: 37, height: 29 };
const layout: PixelLayout = {
  rows: ROWS,
  columns: COLUMNS,
  samples: 1,
  bitsAllocated: 16,
  bitsStored: 12,
  highBit: 11,
  signed: true,
  planar: false,
  photometric: "MONOCHROME2",
  number: "integer",
};
const values = Int16Array.from({ length: ROWS * COLUMNS }, (_, index) => ((index * 137) % 1900) - 900);
const pipeline: GreyPipeline = {
  transform: { kind: "rescale", slope: 0.5, intercept: -20 },
  padding: null,
  voi: { kind: "window", window: { centre: 10, width: 700, shape: "LINEAR" } },
  inverted: false,
};

interface Wanted {
  readonly zoom?: number;
  readonly pan?: readonly [number, number];
  readonly flips?: Flips;
  readonly pipeline?: GreyPipeline;
  readonly values?: Int16Array | Float32Array;
  readonly layout?: PixelLayout;
}

function drawing({ zoom = 3.3, pan = [0, 0], flips = UPRIGHT, ...other }: Wanted): Drawing {
  const size = { columns: COLUMNS, rows: ROWS, aspect: 1 };
  return {
    picture: { kind: "grey", rows: ROWS, columns: COLUMNS, values: other.values ?? values, headerConflict: false },
    shading: shadingOf(other.pipeline ?? pipeline, other.layout ?? layout),
    cover: null,
    view: resolveView({ zoom, pan, flips }, size, CANVAS),
    smooth: true,
  };
}

function drawn(wanted: Wanted): number[] {
  const out = new Uint32Array(CANVAS.width * CANVAS.height);
  paint(out, drawing(wanted), CANVAS, new Copies());
  return [...out].map((word) => word & 255);
}

/** Bilinear over stored values with the weights of the two nearest lines; padding has no weight; nothing outside. */
function expected(wanted: Wanted): number[] {
  const { view } = drawing(wanted);
  const of = wanted.pipeline ?? pipeline;
  const stored = wanted.values ?? values;
  return Array.from({ length: CANVAS.width * CANVAS.height }, (_, index) => {
    const [column, row] = toPicture(
      view.toPicture,
      canvasPoint((index % CANVAS.width) + 0.5, Math.floor(index / CANVAS.width) + 0.5),
    );
    if (column < 0 || row < 0 || column >= COLUMNS || row >= ROWS) return 0;
    let [sum, weight] = [0, 0];
    for (let y = 0; y < ROWS; y++)
      for (let x = 0; x < COLUMNS; x++) {
        const near = (at: number, centre: number, last: number): number =>
          Math.max(0, 1 - Math.abs(Math.min(Math.max(at, 0.5), last + 0.5) - (centre + 0.5)));
        const part = near(column, x, COLUMNS - 1) * near(row, y, ROWS - 1);
        const value = stored[y * COLUMNS + x] ?? 0;
        if (part === 0 || isPadding(of.padding, value)) continue;
        sum += part * value;
        weight += part;
      }
    return weight < 1e-9 ? 0 : Math.floor(greyOf(of, sum / weight) + 0.5);
  });
}

const largestDifference = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((most, level, index) => Math.max(most, Math.abs(level - (b[index] ?? 0))), 0);

describe("interpolated", () => {
  test.each<[string, Wanted]>([
    ["enlarged", {}],
    ["panned off the canvas", { pan: [11.5, -9.25] }],
    ["flipped", { flips: { horizontal: true, vertical: false, quarterTurns: 0 } }],
    ["turned", { flips: { horizontal: false, vertical: true, quarterTurns: 3 } }],
    ["inverted", { pipeline: { ...pipeline, inverted: true } }],
    ["padding inside, inverted", { pipeline: { ...pipeline, padding: { low: -900, high: -200 }, inverted: true } }],
  ])("%s is within one level of the reference", (_, wanted) => {
    expect(largestDifference(drawn(wanted), expected(wanted))).toBeLessThanOrEqual(1);
  });

  test("values that cannot be listed go through the same formula", () => {
    const wide = { ...layout, bitsAllocated: 32, bitsStored: 32, highBit: 31 };
    expect(largestDifference(drawn({ layout: wide }), expected({}))).toBeLessThanOrEqual(1);
  });

  test("infinities are black and their neighbours are drawn without them", () => {
    const floats: PixelLayout = { ...layout, bitsAllocated: 32, number: "float32" };
    const spoilt = (of: number): Float32Array => Float32Array.from(values, (value, i) => (i % 7 === 3 ? of : value));
    const missing = drawn({ layout: floats, values: spoilt(Number.NaN) });
    for (const infinite of [Infinity, -Infinity])
      for (const zoom of [3.3, 1])
        expect(drawn({ layout: floats, values: spoilt(infinite), zoom })).toEqual(
          zoom === 1 ? drawn({ layout: floats, values: spoilt(Number.NaN), zoom }) : missing,
        );
    expect(drawn({ layout: floats, values: new Float32Array(values.length).fill(Infinity) })).toEqual(
      new Array(CANVAS.width * CANVAS.height).fill(0),
    );
  });

  test("a pixel whose neighbours are all padding is black", () => {
    const all = { ...pipeline, padding: { low: -2000, high: 2000 }, inverted: true };
    expect(Math.max(...drawn({ pipeline: all }))).toBe(0);
  });
});

test("clinical 1.40: at 1:1 each canvas pixel is exactly the level of one stored value", () => {
  const levels = drawn({ zoom: 1 });
  const exact = [...values].map((value) => Math.floor(greyOf(pipeline, value) + 0.5));
  const [left, top] = [Math.round(CANVAS.width / 2 - COLUMNS / 2), Math.round(CANVAS.height / 2 - ROWS / 2)];
  const found = [0, -1].flatMap((dx) =>
    [0, -1].map((dy) =>
      exact.map((_, index) => {
        const x = left + dx + (index % COLUMNS);
        const y = top + dy + Math.floor(index / COLUMNS);
        return levels[y * CANVAS.width + x];
      }),
    ),
  );
  expect(found).toContainEqual(exact);
});

describe("reduced", () => {
  test("below half size the picture is averaged first, padding left out", () => {
    const picture = { rows: 2, columns: 3, values: Int16Array.of(0, 2, 7, 4, -50, -50) } as const;
    const { rows, columns, values: means } = reduceGrey(picture, { low: -50, high: -50 }, 1);
    expect([rows, columns, ...means]).toEqual([1, 2, 2, 7]);
  });

  test("as often as the zoom halves", () => {
    expect([2, 1, 0.51, 0.5, 0.25, 0.1].map(reductionSteps)).toEqual([0, 0, 0, 1, 2, 3]);
  });

  test("a fine grid fades to its mean instead of to one of its lines", () => {
    const grid = Int16Array.from({ length: ROWS * COLUMNS }, (_, index) => (index % 2 === 0 ? -340 : 380));
    const inside = drawn({ zoom: 0.5, values: grid }).filter((level) => level > 0);
    const mean = Math.floor(greyOf(pipeline, 20) + 0.5);
    expect(new Set(inside)).toEqual(new Set([mean]));
  });
});

test("colour is interpolated after its conversion and rounded once", () => {
  const rgba = new Uint8Array(4 * 2);
  rgba.set([0, 100, 255, 255, 255, 101, 0, 255]);
  const size = { columns: 2, rows: 1, aspect: 1 };
  const view = resolveView({ zoom: 2, pan: [0, 0], flips: UPRIGHT }, size, { width: 4, height: 2 });
  const out = new Uint32Array(8);
  paint(
    out,
    {
      picture: { kind: "colour", rows: 1, columns: 2, rgba, fromServer: null },
      shading: null,
      cover: null,
      view,
      smooth: true,
    },
    { width: 4, height: 2 },
    new Copies(),
  );
  expect([...out].slice(0, 4).map((word) => [word & 255, (word >> 8) & 255, (word >> 16) & 255])).toEqual([
    [0, 100, 255],
    [64, 100, 191],
    [191, 101, 64],
    [255, 101, 0],
  ]);
});
