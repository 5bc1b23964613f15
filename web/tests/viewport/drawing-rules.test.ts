// @vitest-environment node
// What is drawn between stored values, above them, and of large pictures that were prepared before.
import { describe, expect, test } from "vitest";
import {
  type Cover,
  coverOf,
  type GreyPipeline,
  type ModalityTransform,
  OVERLAID,
  type PixelLayout,
  resolveView,
  shadingOf,
  UPRIGHT,
} from "../../src/display";
import { cutPlanes } from "../../src/viewport/decode/embedded-overlays";
import { type Picture, pictureBytes } from "../../src/viewport/decode/picture";
import { prepared, preparedBytes } from "../../src/viewport/decode/preparing";
import { Copies, paint } from "../../src/viewport/planar/canvas2d";
import { reduceCover } from "../../src/viewport/planar/cover-pixels";
import { reduceGrey } from "../../src/viewport/planar/reduced";

const layout: PixelLayout = {
  rows: 1,
  columns: 2,
  samples: 1,
  bitsAllocated: 8,
  bitsStored: 8,
  highBit: 7,
  signed: false,
  planar: false,
  photometric: "MONOCHROME2",
  number: "integer",
};
const identity: ModalityTransform = { kind: "rescale", slope: 1, intercept: 0 };
const pipeline: GreyPipeline = {
  transform: identity,
  padding: null,
  voi: { kind: "window", window: { centre: 128, width: 256, shape: "LINEAR" } },
  inverted: false,
};

type Grey = Extract<Picture, { kind: "grey" }>;
const grey = (values: Grey["values"], rows = 1, columns = values.length / rows): Grey => ({
  kind: "grey",
  rows,
  columns,
  values,
  headerConflict: false,
});

function levels(
  picture: Grey,
  of: GreyPipeline,
  zoom: number,
  cover: Cover | null = null,
  like: PixelLayout = layout,
  copies = new Copies(),
): number[] {
  const size = { width: picture.columns * zoom, height: picture.rows * zoom };
  const view = resolveView({ zoom, pan: [0, 0], flips: UPRIGHT }, { ...picture, aspect: 1 }, size);
  const out = new Uint32Array(size.width * size.height);
  paint(out, { picture, shading: shadingOf(of, like), cover, view, smooth: true }, size, copies);
  return [...out].map((word) => word & 255);
}

describe("clinical 1.22: a modality table", () => {
  // 0 → 0, 1 → 200, 2 → 40: what lies between 0 and 2 is not the entry of 1
  const lut = { firstMapped: 0, bits: 8, entries: Uint16Array.of(0, 200, 40) };
  const tabled: GreyPipeline = { ...pipeline, transform: { kind: "lut", lut } };

  test("maps both neighbours before it interpolates between them", () => {
    expect(levels(grey(Uint8Array.of(0, 2)), tabled, 4).slice(0, 8)).toEqual([0, 0, 5, 15, 25, 35, 40, 40]);
  });

  test("is exact at 1:1", () => {
    expect(levels(grey(Uint8Array.of(0, 1, 2)), tabled, 1)).toEqual([0, 200, 40]);
  });

  test("leaves padding out before it maps", () => {
    const padded = { ...tabled, padding: { low: 1, high: 1 } };
    expect(levels(grey(Uint8Array.of(1, 2)), padded, 4).slice(0, 8)).toEqual([0, 0, 40, 40, 40, 40, 40, 40]);
  });

  test("maps before pictures are made smaller", () => {
    expect(levels(grey(Uint8Array.of(0, 2, 0, 2), 2), tabled, 0.5)).toEqual([20]);
  });
});

test("clinical 1.3: a whole value keeps its rounded level while its neighbours are interpolated", () => {
  // 1.5 of 255 at stored 1: lost as float, kept as a half in the rounded table
  const half = {
    ...pipeline,
    voi: { kind: "window", window: { centre: 1, width: 2, shape: "LINEAR_EXACT" } },
  } as const;
  expect(levels(grey(Uint8Array.of(1, 1, 0, 0)), half, 2).slice(0, 2)).toEqual([128, 128]);
});

test("decimals of the header do not push an exact half below itself", () => {
  // m = 0.1·v, g = ((m − 12.8)/25.5 + 0.5)·255 = v − 0.5 in decimals; binary fractions fall a trifle short of it
  const of: GreyPipeline = {
    ...pipeline,
    transform: { kind: "rescale", slope: 0.1, intercept: 0 },
    voi: { kind: "window", window: { centre: 12.8, width: 25.5, shape: "LINEAR_EXACT" } },
  };
  expect(levels(grey(Uint8Array.of(1, 2, 5, 200)), of, 1)).toEqual([1, 2, 5, 200]);
});

describe("what lies above", () => {
  const opening = coverOf({ rows: 1, columns: 2 }, [], { level: 78, openings: [() => [[0, 1]]], bitmaps: [] });

  test("clinical 1.49: a shutter keeps its sharp edge while the picture is interpolated", () => {
    expect(levels(grey(Uint8Array.of(100, 200)), pipeline, 2, opening).slice(0, 4)).toEqual([100, 125, 78, 78]);
  });

  test("clinical 1.47: a thin line stays seen when the picture is drawn smaller, a shutter needs the whole cell", () => {
    const cells = Uint8Array.of(0, 2, 1, 1, 0, 1, 1, 0, 1, 1, 1, 1);
    const small = reduceCover({ rows: 2, columns: 6, cells, shutterLevel: 9 }, 1);
    expect([small.rows, small.columns, ...small.cells]).toEqual([1, 3, OVERLAID, 1, 0]);
  });

  test("clinical 1.47: embedded planes are cut out of whole cells, packed from the lowest bit", () => {
    const planes = cutPlanes(Uint16Array.of(0x1000, 0, 0x1fff, 0xe000, 0, 0, 0, 0, 0x9000), [
      { group: "6000", bit: 12 },
    ]);
    expect(planes).toEqual({ 6000: Uint8Array.of(0b101, 0b1) });
  });
});

test("a smaller copy belongs to the modality table it was made by: a presentation state may read the same values by none", () => {
  const lut = { firstMapped: 0, bits: 8, entries: Uint16Array.from({ length: 256 }, (_, stored) => 255 - stored) };
  const tabled: GreyPipeline = { ...pipeline, transform: { kind: "lut", lut } };
  const copies = new Copies();
  const picture = grey(
    Uint8Array.from({ length: 64 }, () => 200),
    8,
  );
  const drawn = (of: GreyPipeline): number => levels(picture, of, 0.5, null, layout, copies)[0] ?? -1;
  expect([drawn(tabled), drawn(pipeline), drawn(tabled)]).toEqual([55, 200, 55]);
  const large = prepared(grey(new Uint8Array(1 << 20).fill(200), 1024), {
    transform: tabled.transform,
    padding: null,
    needsWindow: false,
  });
  if (large.kind !== "grey") throw new Error("no grey");
  expect([tabled, pipeline].map((of) => levels(large, of, 0.5)[0])).toEqual([55, 200]);
});

describe("large pictures come prepared", () => {
  const [rows, columns] = [1024, 1100];
  const values = Uint16Array.from({ length: rows * columns }, (_, i) => (i % 7 === 0 ? 0 : (i * 7919) % 4000));
  const padding = { low: 0, high: 0 };
  const reading = { transform: identity, padding, needsWindow: true };

  test("with the same smaller copies that the page would make, and counted as memory", () => {
    const picture = prepared(grey(values, rows), reading);
    if (picture.kind !== "grey") throw new Error("no grey");
    expect(picture.reduced?.map((copy) => copy.values.length)).toEqual([281_600]);
    expect(picture.reduced?.[0]).toEqual(reduceGrey({ rows, columns, values }, padding, 1));
    expect(pictureBytes(picture)).toBe(2 * rows * columns + 4 * 281_600);
    const wide = { ...layout, rows, columns, bitsAllocated: 16, bitsStored: 12, highBit: 11 };
    expect(preparedBytes(wide)).toBe(pictureBytes(picture));
    for (const zoom of [0.5, 0.125]) {
      const plain = levels(grey(values, rows), { ...pipeline, padding }, zoom, null, wide);
      expect(levels(picture, { ...pipeline, padding }, zoom, null, wide)).toEqual(plain);
    }
  });

  test("with a window, where the image declares none", () => {
    const windowOf = (needsWindow: boolean) => {
      const picture = prepared(grey(values, rows), { ...reading, needsWindow });
      return picture.kind === "grey" ? picture.window : null;
    };
    expect(windowOf(true)).toMatchObject({ shape: "LINEAR_EXACT" });
    expect(windowOf(false)).toBeUndefined();
  });

  test("small ones, and those whose stream was followed against the header, are left to the page", () => {
    const small = grey(values.slice(0, 1000), 10);
    expect(prepared(small, reading) === small).toBe(true); // not printed: millions of values
    const contradicting = { ...grey(values, rows), headerConflict: true };
    expect(prepared(contradicting, reading) === contradicting).toBe(true);
    expect(prepared({ ...contradicting, byHeader: true }, reading)).toHaveProperty("reduced");
  });
});
