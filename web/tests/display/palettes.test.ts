// Palettes in every form (PS3.3 C.7.6.3.1.5, C.7.9, C.7.6.23).
import { describe, expect, test } from "vitest";
import {
  type Dataset,
  type GreyPipeline,
  paletteToRgba,
  readPalette,
  shadingOf,
  supplementalPalette,
  supplementedRgba,
  Tags,
} from "../../src/display";
import { element, frame } from "./fixtures";
import { binary } from "./graphics";

const DESCRIPTORS = [Tags.RedPaletteDescriptor, Tags.GreenPaletteDescriptor, Tags.BluePaletteDescriptor];
const TABLES = [Tags.RedPaletteData, Tags.GreenPaletteData, Tags.BluePaletteData];
const SEGMENTS = [Tags.SegmentedRedPaletteData, Tags.SegmentedGreenPaletteData, Tags.SegmentedBluePaletteData];

function tables(
  tags: readonly string[],
  [count, first, bits]: readonly [number, number, number],
  ...data: readonly Uint8Array[]
): Dataset {
  return Object.fromEntries([
    ...DESCRIPTORS.map((tag) => [tag, element("US", count, first, bits)] as const),
    ...tags.map((tag, index) => [tag, binary(data[index] ?? data[0] ?? new Uint8Array())] as const),
  ]);
}

const words = (...values: readonly number[]): Uint8Array => new Uint8Array(Uint16Array.from(values).buffer);

function colours(dataset: Dataset, ...indices: readonly number[]): readonly (readonly number[])[] | null {
  const palette = readPalette(frame(dataset).instance.dataset);
  if (palette === null) return null;
  const rgba = paletteToRgba(Uint16Array.from(indices), palette);
  return indices.map((_, index) => [...rgba.slice(4 * index, 4 * index + 3)]);
}

describe("clinical 1.41: palettes", () => {
  test("a length of 0 is 65536 entries", () => {
    const ramp = Uint16Array.from({ length: 65536 }, (_, index) => index);
    const bytes = new Uint8Array(ramp.buffer);
    expect(colours(tables(TABLES, [0, 0, 16], bytes), 0, 511, 65535)).toEqual([
      [0, 0, 0],
      [1, 1, 1],
      [255, 255, 255],
    ]);
  });

  test("segments of words: discrete, linear, and again from an offset in bytes", () => {
    // 2 discrete, 4 to 0x5000, then the linear one once more (it lies 8 bytes in): 2 + 4 + 4 entries
    const segments = words(0, 2, 0x1000, 0x1000, 1, 4, 0x5000, 2, 1, 8, 0);
    const found = colours(tables(SEGMENTS, [10, 0, 16], segments), 0, 2, 3, 5, 6, 9);
    expect(found?.map(([red]) => red)).toEqual([0x10, 0x20, 0x30, 0x50, 0x50, 0x50]);
  });

  test("segments of bytes round half up", () => {
    const bytes = Uint8Array.of(0, 1, 10, 1, 2, 13);
    expect(colours(tables(SEGMENTS, [3, 0, 8], bytes), 0, 1, 2)?.map(([red]) => red)).toEqual([10, 12, 13]);
  });

  test.each([
    ["end too early", words(0, 5, 1, 2)],
    ["begin with a line", words(1, 10, 500)],
    ["lead in circles", words(0, 1, 7, 2, 9, 6, 0)],
    ["make nothing", words(0, 0, 0, 0)],
  ])("segments that %s are no palette", (_, segments) => {
    expect(colours(tables(SEGMENTS, [10, 0, 16], segments), 0)).toBeNull();
  });
});

describe("clinical 1.42: supplemental palettes", () => {
  const palette = tables(TABLES, [4, 3000, 8], Uint8Array.of(9, 19, 29, 39), Uint8Array.of(1, 2, 3, 4));
  const coloured: Dataset = { ...palette, [Tags.PixelPresentation]: element("CS", "MIXED") };
  const { layout, instance } = frame(coloured);
  const pipeline: GreyPipeline = {
    transform: { kind: "rescale", slope: 1, intercept: 0 },
    padding: { low: 3003, high: 3003 },
    voi: { kind: "window", window: { centre: 128, width: 256, shape: "LINEAR" } },
    inverted: false,
  };
  const drawn = (changes: Partial<GreyPipeline>, ...stored: readonly number[]) => {
    const found = supplementalPalette(instance.dataset);
    if (found === null) throw new Error("no palette");
    const rgba = supplementedRgba(Uint16Array.from(stored), shadingOf({ ...pipeline, ...changes }, layout), found);
    return stored.map((_, index) => [...rgba.slice(4 * index, 4 * index + 3)]);
  };

  test("grey below the first mapped value, colours from it on, padding black", () => {
    expect(drawn({}, 100, 2999, 3000, 3002, 3003, 4000)).toEqual([
      [100, 100, 100],
      [255, 255, 255],
      [9, 1, 9],
      [29, 3, 29],
      [0, 0, 0],
      [39, 4, 39],
    ]);
  });

  test("window and inversion move the grey only", () => {
    expect(drawn({ inverted: true }, 100, 3001)).toEqual([
      [155, 155, 155],
      [19, 2, 19],
    ]);
  });

  test("tables alone ask for no colour", () => {
    expect(
      supplementalPalette(
        frame({ ...palette, [Tags.PixelPresentation]: element("CS", "MONOCHROME") }).instance.dataset,
      ),
    ).toBeNull();
  });
});
