// What marks measure, against phantoms whose truth is known: pixels of 0.3 by 0.6 mm, values that were written by hand.
import { describe, expect, test } from "vitest";
import { type Dataset, picturePoint, Tags } from "../../src/display";
import { type Ground, type Mark, type Measurement, measure } from "../../src/tools";
import { element } from "../display/fixtures";
import { frameWith, mark } from "./pane";

const SPACING: Dataset = { [Tags.PixelSpacing]: element("DS", 0.3, 0.6) };
const LARGE: Dataset = { ...SPACING, [Tags.Rows]: element("US", 200), [Tags.Columns]: element("US", 100) };
const values = Uint16Array.from({ length: 80 }, (_, index) => 1024 + index);

function on(changes: Dataset, part: Partial<Ground> = {}): Ground {
  return { frame: frameWith(changes), values: null, calibration: null, ...part };
}

const measured = (made: Mark, ground: Ground): Measurement => measure(made, ground);
const figure = ({ figures }: Measurement, name: string) => figures.find((one) => one.name === name);

describe("clinical 3.1: 1, length", () => {
  const length = (ground: Ground, from: readonly [number, number], to: readonly [number, number]) =>
    measured(mark("length", ground.frame, from, to), ground);

  test("each axis has its own spacing", () => {
    const ground = on(SPACING);
    expect(figure(length(ground, [0, 0], [10, 0]), "length")?.value).toBeCloseTo(6, 9);
    expect(figure(length(ground, [0, 0], [0, 8]), "length")?.value).toBeCloseTo(2.4, 9);
    expect(figure(length(ground, [1, 1], [6, 5]), "length")?.value).toBeCloseTo(Math.hypot(3, 1.2), 9);
  });

  test("a circle of 20 mm measures 20 mm in every direction", () => {
    const ground = on(LARGE);
    for (const degrees of [0, 37, 90, 143]) {
      const turn = (degrees * Math.PI) / 180;
      const to = [50 + (20 * Math.cos(turn)) / 0.6, 100 + (20 * Math.sin(turn)) / 0.3] as const;
      expect(figure(length(ground, [50, 100], to), "length")).toMatchObject({ unit: "mm", decimals: 1 });
      expect(figure(length(ground, [50, 100], to), "length")?.value).toBeCloseTo(20, 9);
    }
  });

  test("without a millimetre it is in pixels of their true proportions, and says why", () => {
    const capture = { ...on(SPACING), frame: frameWith(SPACING, "1.2.840.10008.5.1.4.1.1.7") };
    const found = length(capture, [0, 0], [3, 8]);
    expect(figure(found, "length")).toEqual({ name: "length", value: 5, decimals: 0, unit: "px" });
    expect(found.refusals).toEqual(["capture"]);
  });

  test("clinical 3.1: 9, a calibration holds for what was measured before, which is marked", () => {
    const at = "2026-11-24T09:00:00Z";
    const calibration = { from: picturePoint(0, 0), to: picturePoint(10, 0), millimetres: 5, by: "Dr. B", at };
    const ground = on(SPACING, { calibration });
    expect(length(ground, [0, 0], [4, 0])).toMatchObject({
      figures: [{ value: 2 }],
      basis: "user",
      by: "Dr. B",
      recalibrated: true,
    });
    const later = { ...mark("length", ground.frame, [0, 0], [4, 0]), changedAt: "2026-11-24T10:00:00Z" };
    expect(measured(later, ground).recalibrated).toBe(false);
  });

  test("clinical 3.2: 14, in M-mode time and depth stand apart", () => {
    const region: Dataset = {
      [Tags.RegionSpatialFormat]: element("US", 2),
      [Tags.RegionLocationMinX0]: element("UL", 0),
      [Tags.RegionLocationMinY0]: element("UL", 0),
      [Tags.RegionLocationMaxX1]: element("UL", 9),
      [Tags.RegionLocationMaxY1]: element("UL", 7),
      [Tags.PhysicalUnitsXDirection]: element("US", 4),
      [Tags.PhysicalUnitsYDirection]: element("US", 3),
      [Tags.PhysicalDeltaX]: element("FD", 0.005),
      [Tags.PhysicalDeltaY]: element("FD", -0.02),
    };
    const ground = on({
      [Tags.Modality]: element("CS", "US"),
      [Tags.SequenceOfUltrasoundRegions]: element("SQ", region),
    });
    expect(length(ground, [8, 6], [2, 1]).figures).toEqual([
      { name: "deltaX", value: expect.closeTo(0.03, 9), decimals: 3, unit: "s" },
      { name: "deltaY", value: expect.closeTo(0.1, 9), decimals: 2, unit: "cm" },
    ]);
    expect(measured(mark("angle", ground.frame, [1, 1], [2, 2], [3, 1]), ground).refusals).toEqual(["axesDiffer"]);
  });
});

describe("clinical 3.3: 17, angle", () => {
  const angle = (ground: Ground, ...points: readonly (readonly [number, number])[]) =>
    figure(measured(mark("angle", ground.frame, ...points), ground), "angle");

  test("in millimetres, not in pixels, and the same in both directions", () => {
    const ground = on(SPACING);
    expect(angle(ground, [4, 0], [0, 0], [1, 2])).toMatchObject({ unit: "°", decimals: 1 });
    expect(angle(ground, [4, 0], [0, 0], [1, 2])?.value).toBeCloseTo(45, 9);
    expect(angle(ground, [1, 2], [0, 0], [4, 0])?.value).toBeCloseTo(45, 9);
  });

  test("never more than 180°", () => {
    expect(angle(on(SPACING), [0, 2], [5, 4], [0, 5])?.value).toBeLessThan(90);
  });

  test("needs no spacing: the pixels' proportions are enough", () => {
    const ground = on({
      [Tags.Modality]: element("CS", "US"),
      [Tags.PixelSpacing]: { vr: "DS" },
      [Tags.PixelAspectRatio]: element("IS", 1, 2),
    });
    expect(angle(ground, [4, 0], [0, 0], [1, 2])?.value).toBeCloseTo(45, 9);
  });
});

describe("clinical 3.4: 31 to 33, ellipse", () => {
  const box = (left: number, top: number, right: number, bottom: number) =>
    [
      [left, (top + bottom) / 2],
      [right, (top + bottom) / 2],
      [(left + right) / 2, top],
      [(left + right) / 2, bottom],
    ] as const;
  const roi = (ground: Ground, ...sides: Parameters<typeof box>) =>
    measured(mark("ellipse", ground.frame, ...box(...sides)), ground);

  test("the area is the ellipse's own in both spacings, not a count of pixels", () => {
    const found = figure(roi(on(SPACING, { values }), 1, 1, 5, 7), "area");
    expect(found).toMatchObject({ unit: "mm²", decimals: 0 });
    expect(found?.value).toBeCloseTo(Math.PI * 1.2 * 0.9, 9);
  });

  test("a pixel belongs to it if its centre lies inside or on the contour", () => {
    // Radius 1.5 around the centre of pixel (4, 4): centres at distance 1 and √2 lie inside, those at 2 do not.
    expect(figure(roi(on(SPACING, { values }), 3, 3, 6, 6), "count")?.value).toBe(9);
    // Radius 1: the four neighbours lie on the contour.
    expect(figure(roi(on(SPACING, { values }), 3.5, 3.5, 5.5, 5.5), "count")?.value).toBe(5);
  });

  test("mean, population deviation, extremes and median are exact, in HU", () => {
    const found = roi(on(SPACING, { values }), 3.5, 3.5, 5.5, 5.5);
    // Stored 1024 + 10 · row + column at (4,4) and its four neighbours, less 1024: 44, 43, 45, 34, 54.
    const expected = { mean: 44, sd: Math.sqrt((1 + 1 + 100 + 100) / 5), min: 34, max: 54, median: 44 };
    for (const [name, value] of Object.entries(expected)) {
      expect(figure(found, name)).toMatchObject({ unit: "HU", decimals: 0 });
      expect(figure(found, name)?.value).toBeCloseTo(value, 12);
    }
  });

  test("padding and what is no number are left out and counted", () => {
    const padded = { ...SPACING, [Tags.PixelPaddingValue]: element("US", 1024 + 54) };
    const found = roi(on(padded, { values }), 3.5, 3.5, 5.5, 5.5);
    expect(figure(found, "mean")?.value).toBeCloseTo((44 + 43 + 45 + 34) / 4, 12);
    expect([figure(found, "count")?.value, figure(found, "excluded")?.value]).toEqual([4, 1]);
    const floats = Float32Array.from(values, (value, index) => (index === 44 ? Number.NaN : value));
    expect(figure(roi(on(SPACING, { values: floats }), 3.5, 3.5, 5.5, 5.5), "excluded")?.value).toBe(1);
  });

  test("one that reaches beyond the image has an area and no statistics", () => {
    const found = roi(on(SPACING, { values }), -1, 1, 4, 6);
    expect(found.figures.map(({ name }) => name)).toEqual(["area"]);
    expect(found.refusals).toEqual(["outsideImage"]);
  });

  test("a colour image has no mean; an ellipse between centres has no values", () => {
    expect(roi(on(SPACING), 1, 1, 5, 5).refusals).toEqual(["colour"]);
    expect(roi(on(SPACING, { values }), 1.6, 1.6, 2.4, 2.4).refusals).toEqual(["noPixels"]);
  });
});

describe("probe", () => {
  const probe = (ground: Ground, column: number, row: number) =>
    measured(mark("probe", ground.frame, [column, row]), ground);

  test("tells the stored pixel under it through the rescale of its frame", () => {
    const ground = on({ ...SPACING, [Tags.RescaleSlope]: element("DS", 2) }, { values });
    expect(figure(probe(ground, 4.99, 3.01), "value")).toEqual({
      name: "value",
      value: 2 * (1024 + 34) - 1024,
      decimals: 0,
      unit: "HU",
    });
  });

  test("has no value outside, on padding, and on colour", () => {
    const padded = { ...SPACING, [Tags.PixelPaddingValue]: element("US", 1024) };
    expect(probe(on(SPACING, { values }), 10, 3).refusals).toEqual(["outsideImage"]);
    expect(probe(on(padded, { values }), 0.5, 0.5).refusals).toEqual(["padding"]);
    expect(probe(on(SPACING), 1, 1).refusals).toEqual(["colour"]);
  });
});
