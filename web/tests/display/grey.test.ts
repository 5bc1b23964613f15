// Every output level of a ramp over all stored values, against the formulas of PS3.3 written down a second time and differently.
import { describe, expect, test } from "vitest";
import {
  asSigned,
  type Dataset,
  type Frame,
  type GreyPipeline,
  type GreyTable,
  greyOf,
  isPadding,
  shadingOf,
  Tags,
  type Voi,
  type VoiFunction,
} from "../../src/display";
import { base64, element, frame } from "./fixtures";

function tableOf(of: Frame, voi: Voi | undefined = of.voi[0]?.voi, userInverted = false): GreyTable {
  if (voi === undefined) throw new Error("no VOI");
  const pipeline: GreyPipeline = {
    transform: of.transform,
    padding: of.padding,
    voi,
    inverted: of.inverted !== userInverted,
  };
  const shading = shadingOf(pipeline, of.layout);
  if (shading.kind !== "table") throw new Error("no table");
  return shading;
}

function window(centre: number, width: number, shape?: VoiFunction): Dataset {
  return {
    [Tags.WindowCenter]: element("DS", centre),
    [Tags.WindowWidth]: element("DS", width),
    ...(shape === undefined ? {} : { [Tags.VOILUTFunction]: element("CS", shape) }),
  };
}

const SIGNED_16: Dataset = {
  [Tags.BitsStored]: element("US", 16),
  [Tags.HighBit]: element("US", 15),
  [Tags.PixelRepresentation]: element("US", 1),
};
const UNSIGNED_16: Dataset = { [Tags.BitsStored]: element("US", 16), [Tags.HighBit]: element("US", 15) };
const UNSIGNED_8: Dataset = {
  [Tags.BitsAllocated]: element("US", 8),
  [Tags.BitsStored]: element("US", 8),
  [Tags.HighBit]: element("US", 7),
};
const rescale = (slope: number, intercept: number): Dataset => ({
  [Tags.RescaleSlope]: element("DS", slope),
  [Tags.RescaleIntercept]: element("DS", intercept),
});

/** Independent of the code under test: as fractions of the output range, clamped, in the order of the standard's text. */
function reference(m: number, c: number, w: number, shape: VoiFunction): number {
  const clamp = (x: number): number => Math.min(1, Math.max(0, x));
  if (shape === "SIGMOID") return 255 / (1 + Math.E ** ((-4 * (m - c)) / w));
  if (shape === "LINEAR_EXACT") return 255 * clamp((m - (c - w / 2)) / w);
  const low = c - 0.5 - (w - 1) / 2;
  return w === 1 ? (m > c - 0.5 ? 255 : 0) : 255 * clamp((m - low) / (w - 1));
}

describe("clinical 1.58: each output level of a ramp is the one of the standard", () => {
  test.each<[string, Dataset, number, number, number, number, VoiFunction]>([
    ["unsigned 12 bit, LINEAR", {}, 1, -1024, 40, 400, "LINEAR"],
    ["width 1 is a threshold", {}, 1, -1024, 40, 1, "LINEAR"],
    ["width 2", {}, 1, -1024, 40, 2, "LINEAR"],
    ["width 4096", rescale(1, 0), 1, 0, 2048, 4096, "LINEAR"],
    ["LINEAR_EXACT", {}, 1, -1024, 40, 400, "LINEAR_EXACT"],
    ["LINEAR_EXACT narrower than 1", rescale(0.001, 0), 0.001, 0, 1, 0.5, "LINEAR_EXACT"],
    ["SIGMOID", {}, 1, -1024, 40, 400, "SIGMOID"],
    ["slope 0.5", rescale(0.5, -300), 0.5, -300, 40, 400, "LINEAR"],
    ["slope 0.001, 16 bit", { ...UNSIGNED_16, ...rescale(0.001, 0) }, 0.001, 0, 30, 20, "LINEAR"],
    ["slope −1", rescale(-1, 1000), -1, 1000, 40, 400, "LINEAR"],
    ["signed 16 bit", { ...SIGNED_16, ...rescale(1, 0) }, 1, 0, -600, 1500, "LINEAR"],
    ["8 bit, fractional centre", { ...UNSIGNED_8, ...rescale(1, 0) }, 1, 0, 127.5, 255, "LINEAR"],
  ])("%s", (_, header, slope, intercept, centre, width, shape) => {
    const table = tableOf(frame({ ...header, ...window(centre, width, shape) }));
    const wrong = [...table.rounded].filter((level, index) => {
      const expected = reference(slope * (table.low + index) + intercept, centre, width, shape);
      return Math.abs(level - expected) > 0.5 + 1e-6;
    });
    expect(wrong).toEqual([]);
  });

  test("clinical 1.27: LINEAR narrower than 1 is no window of the standard and is read as LINEAR_EXACT", () => {
    const table = tableOf(frame({ ...rescale(0.001, 0), ...window(1, 0.5) }));
    expect([749, 1000, 1251].map((stored) => table.rounded[stored])).toEqual([0, 128, 255]);
  });

  test("clinical 1.28: identity for 8-bit data is centre 128, width 256", () => {
    const table = tableOf(frame({ ...UNSIGNED_8, ...rescale(1, 0), ...window(128, 256) }));
    expect([...table.rounded]).toEqual([...Array(256).keys()]);
  });

  test("the covered stored values are those of bits stored and sign", () => {
    expect(tableOf(frame({ ...SIGNED_16, ...window(0, 100) })).low).toBe(-32768);
    expect(tableOf(frame({ ...SIGNED_16, ...window(0, 100) })).rounded).toHaveLength(65536);
    expect(tableOf(frame(window(0, 100))).rounded).toHaveLength(4096);
  });
});

describe("polarity", () => {
  const monochrome1: Dataset = { [Tags.PhotometricInterpretation]: element("CS", "MONOCHROME1") };

  test("clinical 1.36: MONOCHROME1 is white at its smallest value, also after the reader inverts twice", () => {
    const image = frame({ ...monochrome1, ...rescale(1, 0), ...window(2048, 4096) });
    expect([tableOf(image).rounded[0], tableOf(image).rounded[4095]]).toEqual([255, 0]);
    expect(tableOf(image, undefined, true).rounded[0]).toBe(0);
  });

  test("clinical 1.2: inversion comes after the window: a level and its inverse add up to white", () => {
    const [upright, inverted] = [frame(window(40, 400)), frame({ ...monochrome1, ...window(40, 400) })].map((each) =>
      tableOf(each),
    );
    const sums = upright?.exact.map((level, index) => level + (inverted?.exact[index] ?? 0)) ?? [];
    expect(new Set(sums.map((sum) => Math.round(sum * 1000)))).toEqual(new Set([255_000]));
  });

  test("clinical 1.37: a contradicting Presentation LUT Shape is said and the photometric interpretation followed", () => {
    const image = frame({ ...window(40, 400), [Tags.PresentationLUTShape]: element("CS", "INVERSE") });
    expect([image.inverted, image.conflict]).toEqual([false, true]);
  });
});

describe("padding", () => {
  const range: Dataset = {
    ...SIGNED_16,
    ...rescale(1, 0),
    ...window(0, 2000),
    [Tags.PhotometricInterpretation]: element("CS", "MONOCHROME1"),
    [Tags.PixelPaddingValue]: element("SS", -1000),
    [Tags.PixelPaddingRangeLimit]: element("SS", -2000),
  };

  test("clinical 1.14 and 1.16: both ends of the range, in whichever order, are black although the image is inverted", () => {
    const table = tableOf(frame(range));
    const at = (stored: number): number | undefined => table.rounded[stored - table.low];
    expect([at(-2001), at(-2000), at(-1500), at(-1000), at(-999)]).toEqual([255, 0, 0, 0, 255]);
  });

  test("float pixels have their own pair of ends, double pixels theirs", () => {
    const floats = {
      [Tags.BitsAllocated]: element("US", 32),
      [Tags.FloatPixelData]: { vr: "OF" },
      "00280122": element("FL", -1000),
      "00280124": element("FL", -900.1),
    };
    expect(frame(floats).padding).toEqual({ low: -1000, high: Math.fround(-900.1) });
    const doubles = {
      [Tags.BitsAllocated]: element("US", 64),
      [Tags.DoubleFloatPixelData]: { vr: "OD" },
      "00280123": element("FD", -900.1),
      "00280125": element("FD", -1000),
    };
    expect(frame(doubles).padding).toEqual({ low: -1000, high: -900.1 });
    expect(frame({ ...floats, ...doubles, "00280123": element("FD") }).padding).toBeNull();
  });

  test("the ends are read in the sign of the pixels, also where they lie beyond the stored bits", () => {
    const ends = { "00280120": element("US", 63_536), "00280121": element("US", 32_768) };
    const signed12: Dataset = { [Tags.PixelRepresentation]: element("US", 1) };
    expect(frame({ ...signed12, ...ends }).padding).toEqual({ low: -32_768, high: -2000 });
  });

  test("clinical 1.11: what is no finite number is no picture", () => {
    expect([Number.NaN, Infinity, -Infinity, 0].map((stored) => isPadding(null, stored))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  test("clinical 1.17: for interpolation a padding value keeps its own grey: its neighbours are not darkened", () => {
    const table = tableOf(frame(range));
    expect(table.exact[-1000 - table.low]).toBe(255);
  });

  test("clinical 1.9: a value read with the wrong sign is taken as its 16-bit twin", () => {
    expect(frame({ ...SIGNED_16, [Tags.PixelPaddingValue]: element("US", 63_536) }).padding).toEqual({
      low: -2000,
      high: -2000,
    });
  });
});

describe("lookup tables", () => {
  const entries = Uint16Array.of(0, 100, 50, 200, 255);
  const lut = (first: number, vr = "SS"): Dataset => ({
    [Tags.LUTDescriptor]: element(vr, entries.length, first, 8),
    [Tags.LUTData]: { vr: "OW", InlineBinary: base64(new Uint8Array(entries.buffer)) },
  });

  test("a VOI LUT with a negative first value shows its entries, its ends beyond them", () => {
    const image = frame({ [Tags.VOILUTSequence]: element("SQ", lut(-2)) });
    const table = tableOf(image);
    const grey = (hounsfield: number): number | undefined => table.rounded[hounsfield + 1024];
    expect([-9, -2, -1, 0, 1, 2, 9].map(grey)).toEqual([0, 0, 100, 50, 200, 255, 255]);
  });

  test("a first value that was read without its sign gets it back", () => {
    const read = (first: number): unknown => frame({ [Tags.VOILUTSequence]: element("SQ", lut(first, "US")) }).voi;
    expect(read(65_534)).toEqual(read(-2));
  });

  test("clinical 1.30: radiographs open with their LUT, others with their window", () => {
    const both = { ...window(40, 400), [Tags.VOILUTSequence]: element("SQ", lut(0)) };
    expect(frame(both).voi[0]?.voi.kind).toBe("window");
    expect(frame({ ...both, [Tags.Modality]: element("CS", "DX") }).voi[0]?.voi.kind).toBe("lut");
  });

  test("clinical 1.22: a modality LUT excludes rescale and the contradiction is said", () => {
    const image = frame({ ...window(100, 200), [Tags.ModalityLUTSequence]: element("SQ", lut(10, "US")) });
    expect(image.transform.kind).toBe("lut");
    expect(image.conflict).toBe(true);
    const pipeline = { transform: image.transform, padding: null, voi: image.voi[0]?.voi as Voi, inverted: false };
    expect(greyOf(pipeline, 11)).toBeCloseTo(reference(100, 100, 200, "LINEAR"), 9);
    expect(greyOf(pipeline, 3)).toBe(0);
  });
});

test("clinical 1.10: a frame whose code stream is signed under an unsigned header is drawn and read as signed, and says so", () => {
  const image = asSigned(
    frame({
      ...UNSIGNED_16,
      ...rescale(1, 0),
      ...window(0, 4000),
      [Tags.PixelPaddingValue]: element("US", 63_536),
    }),
  );
  const table = tableOf(image);
  const at = (stored: number): number | undefined => table.rounded[stored - table.low];
  expect([at(-2000), at(-1999), at(0), at(2000)]).toEqual([0, 0, 128, 255]);
  expect(image.padding).toEqual({ low: -2000, high: -2000 });
  expect(image.conflict).toBe(true);
});

test("clinical 1.21: slope 0 is read as 1 and said as a conflict", () => {
  const image = frame({ ...rescale(0, 5), ...window(40, 400) });
  expect(image.transform).toEqual({ kind: "rescale", slope: 1, intercept: 5 });
  expect(image.conflict).toBe(true);
});

test("clinical 1.29: pairs of centre and width go as far as the shorter list, with their names; a width of 0 is left out", () => {
  const image = frame({
    [Tags.WindowCenter]: element("DS", 40, -600, 7),
    [Tags.WindowWidth]: element("DS", 400, 0),
    [Tags.WindowExplanation]: element("LO", "WEICH", "LUNGE"),
  });
  expect(image.voi.map(({ name }) => name)).toEqual(["WEICH"]);
});
