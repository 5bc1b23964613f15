// Stored bits, padding-free percentiles and colour, with numbers worked out by hand.
import { describe, expect, test } from "vitest";
import {
  autoWindow,
  extractStoredValues,
  type PixelLayout,
  paletteToRgba,
  readPalette,
  samplesToRgba,
  Tags,
  unpackBits,
  ybr422ToRgba,
} from "../../src/display";
import { base64, element, frame } from "./fixtures";

const layout: PixelLayout = frame().layout;

describe("clinical 1.5 and 1.6: stored bits", () => {
  test.each<[string, Partial<PixelLayout>, number[], number[]]>([
    ["dirty high bits of unsigned data are masked", {}, [0xf123, 0x0fff, 0x1000], [0x123, 0xfff, 0]],
    ["signed 12 bit is extended", { signed: true }, [0x0800, 0x07ff, 0xffff], [-2048, 2047, -1]],
    ["a field above bit 0 is shifted down", { highBit: 15 }, [0xabc5, 0x0010], [0xabc, 1]],
    ["signed 16 bit", { signed: true, bitsStored: 16, highBit: 15 }, [0x8000, 0xffff], [-32768, -1]],
    ["one stored bit", { bitsStored: 1, highBit: 0 }, [0xfffe, 0xffff], [0, 1]],
  ])("%s", (_, changes, words, values) => {
    expect([...extractStoredValues(Uint16Array.from(words), { ...layout, ...changes })]).toEqual(values);
  });

  test("clinical 1.12: 32-bit values above 2^24 stay exact", () => {
    const wide = { ...layout, bitsAllocated: 32, bitsStored: 32, highBit: 31 };
    expect([...extractStoredValues(Uint32Array.of(16_777_217, 4_294_967_295), wide)]).toEqual([
      16_777_217, 4_294_967_295,
    ]);
    expect([...extractStoredValues(Uint32Array.of(4_294_967_295), { ...wide, signed: true })]).toEqual([-1]);
  });

  test("clinical 1.8: bits are packed least significant first, and a frame may begin inside a byte", () => {
    expect([...unpackBits(Uint8Array.of(0b0000_0101, 0b0000_0010), 10, 0)]).toEqual([1, 0, 1, 0, 0, 0, 0, 0, 0, 1]);
    expect([...unpackBits(Uint8Array.of(0b1010_0000), 3, 5)]).toEqual([1, 0, 1]);
  });
});

describe("clinical 1.33: auto window", () => {
  const hundred = Int16Array.from({ length: 101 }, (_, index) => index);
  const rescale = { kind: "rescale", slope: -2, intercept: 10 } as const;

  test("goes from the 1st to the 99th percentile, ordered after a negative slope", () => {
    expect(autoWindow(hundred, rescale, null)).toEqual({ centre: -90, width: 196, shape: "LINEAR_EXACT" });
  });

  test("clinical 1.15: leaves padding out", () => {
    const padded = Int16Array.from([...hundred, ...Array<number>(5000).fill(-2000)]);
    expect(autoWindow(padded, rescale, { low: -2000, high: -2000 })).toEqual(autoWindow(hundred, rescale, null));
  });

  test("is the same for float data, without its NaN", () => {
    expect(autoWindow(Float32Array.of(...hundred, Number.NaN), rescale, null)).toEqual(
      autoWindow(hundred, rescale, null),
    );
  });

  test("of a sparse mask shows the mask", () => {
    const mask = Uint8Array.from({ length: 1000 }, (_, index) => (index === 500 ? 1 : 0));
    const identity = { kind: "rescale", slope: 1, intercept: 0 } as const;
    expect(autoWindow(mask, identity, null)).toEqual({ centre: 0.5, width: 1, shape: "LINEAR_EXACT" });
    expect(autoWindow(Uint8Array.of(7, 7), identity, null)).toEqual({ centre: 7, width: 1, shape: "LINEAR_EXACT" });
  });

  test("is null where nothing is picture", () => {
    expect(autoWindow(Int16Array.of(-5, -5), rescale, { low: -5, high: -5 })).toBeNull();
  });
});

describe("colour", () => {
  const two: PixelLayout = {
    ...layout,
    rows: 1,
    columns: 2,
    samples: 3,
    bitsAllocated: 8,
    bitsStored: 8,
    highBit: 7,
    photometric: "RGB",
  };
  const rgb = (rgba: Uint8Array): number[][] => [[...rgba.slice(0, 3)], [...rgba.slice(4, 7)]];

  test("clinical 1.45: by pixel and by plane are told apart", () => {
    const samples = Uint8Array.of(1, 2, 3, 4, 5, 6);
    expect(rgb(samplesToRgba(samples, two, false, "rgb"))).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(rgb(samplesToRgba(samples, two, true, "rgb"))).toEqual([
      [1, 3, 5],
      [2, 4, 6],
    ]);
  });

  test("clinical 1.43: YBR_FULL of pure red, and of grey", () => {
    const samples = Uint8Array.of(76, 85, 255, 128, 128, 128);
    const [red, grey] = rgb(samplesToRgba(samples, two, false, "ybr-full"));
    expect(grey).toEqual([128, 128, 128]);
    expect(red?.map((value, index) => Math.abs(value - ([254, 0, 0][index] ?? 0)) <= 1)).toEqual([true, true, true]);
  });

  test("clinical 1.43: native YBR_FULL_422 runs Y1 Y2 Cb Cr", () => {
    const [dark, bright] = rgb(ybr422ToRgba(Uint8Array.of(60, 100, 128, 158), two));
    expect(dark).toEqual([102, 39, 60]);
    expect(bright).toEqual([142, 79, 100]);
  });

  test("clinical 1.41: a palette with 16-bit entries gives their high byte; an index below the first mapped value takes the first entry", () => {
    const table = (...entries: number[]) => ({
      vr: "OW",
      InlineBinary: base64(new Uint8Array(Uint16Array.from(entries).buffer)),
    });
    const palette = readPalette({
      [Tags.RedPaletteDescriptor]: element("US", 2, 5, 16),
      [Tags.GreenPaletteDescriptor]: element("US", 2, 5, 16),
      [Tags.BluePaletteDescriptor]: element("US", 2, 5, 16),
      [Tags.RedPaletteData]: table(0x1200, 0xff00),
      [Tags.GreenPaletteData]: table(0x3400, 0x0000),
      [Tags.BluePaletteData]: table(0x5600, 0x8000),
    });
    if (palette === null) throw new Error("no palette");
    expect(rgb(paletteToRgba(Uint8Array.of(0, 6), palette))).toEqual([
      [0x12, 0x34, 0x56],
      [0xff, 0, 0x80],
    ]);
  });
});
