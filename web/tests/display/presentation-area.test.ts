// The displayed area of a presentation state, and the view that shows it (clinical rules 8.10 and 8.11).
import { describe, expect, test } from "vitest";
import {
  areaToPicture,
  areaView,
  type Dataset,
  type DisplayedArea,
  FITTED,
  type Flips,
  resolveView,
  StateTags,
  toCanvas,
  UPRIGHT,
} from "../../src/display";
import { element } from "./fixtures";
import { apply } from "./presentation.fixtures";

describe("the displayed area", () => {
  const area = (left: number, top: number, right: number, bottom: number): Dataset => ({
    [StateTags.DisplayedAreaSelectionSequence]: element("SQ", {
      [StateTags.DisplayedAreaTopLeftHandCorner]: element("SL", left, top),
      [StateTags.DisplayedAreaBottomRightHandCorner]: element("SL", right, bottom),
      [StateTags.PresentationSizeMode]: element("CS", "TRUE SIZE"),
    }),
  });

  test("clinical 8.10: counts pixels from 1 and holds both its corners, whichever is named first", () => {
    const whole = { left: 0, top: 0, right: 10, bottom: 8, mode: "trueSize" };
    expect(apply(area(1, 1, 10, 8)).area).toMatchObject(whole);
    expect(apply(area(10, 1, 1, 8)).area).toMatchObject(whole);
    expect(apply(area(3, 4, 3, 4)).area).toMatchObject({ left: 2, top: 3, right: 3, bottom: 4 });
  });

  test("clinical 5.15: true size needs a measured monitor, which is said", () => {
    expect(apply(area(1, 1, 10, 8)).missing).toEqual(["trueSize"]);
  });

  test("its own units go from the corner seen at the top left", () => {
    const whole = apply(area(1, 1, 10, 8)).area;
    const turned = (quarterTurns: number, horizontal = false): Flips => ({ horizontal, vertical: false, quarterTurns });
    expect(areaToPicture([0.5, 0.25], whole, UPRIGHT)).toEqual([5, 2]);
    // Turned by 90° clockwise the lower left pixel is seen at the top left; to the right goes up in the picture.
    expect(areaToPicture([0, 0], whole, turned(1))).toEqual([0, 8]);
    expect(areaToPicture([1, 0], whole, turned(1))).toEqual([0, 0]);
    expect(areaToPicture([0, 1], whole, turned(1))).toEqual([10, 8]);
    expect(areaToPicture([0, 0], whole, turned(0, true))).toEqual([10, 0]);
  });
});

describe("the view of a displayed area", () => {
  const picture = { columns: 10, rows: 8, aspect: 2 };
  const header = { columns: 10, rows: 8 };
  const canvas = { width: 100, height: 60 };
  const part: DisplayedArea = { ...apply().area, left: 6, top: 1, right: 9, bottom: 3 };
  const SIX: readonly (readonly [number, boolean])[] = [
    [0, false],
    [1, false],
    [2, false],
    [3, false],
    [0, true],
    [1, true],
  ];

  test("of the whole picture is the fitted one, so that a new size fits it again", () => {
    expect(areaView(apply().area, UPRIGHT, header, picture, canvas)).toEqual(FITTED);
  });

  test.each(SIX)(
    "turned %d times, flipped %s: its middle lies in the middle, its ends on the canvas",
    (turns, flip) => {
      const flips = { horizontal: flip, vertical: false, quarterTurns: turns };
      const view = areaView(part, flips, header, picture, canvas);
      const { toPicture } = resolveView(view, picture, canvas);
      const at = (column: number, row: number) => toCanvas(toPicture, column, row);
      const middle = at(7.5, 2);
      expect(middle?.[0]).toBeCloseTo(50, 9);
      expect(middle?.[1]).toBeCloseTo(30, 9);
      const [a, b] = [at(6, 1), at(9, 3)];
      const spans = [Math.abs((a?.[0] ?? 0) - (b?.[0] ?? 0)), Math.abs((a?.[1] ?? 0) - (b?.[1] ?? 0))];
      // 3 columns and 2 rows of twice their height: 3 × 4, lying 4 × 3.
      const [x, y] = turns % 2 === 1 ? [80, 60] : [45, 60];
      expect(spans[0]).toBeCloseTo(x, 9);
      expect(spans[1]).toBeCloseTo(y, 9);
    },
  );

  test("MAGNIFY draws as many device pixels for each column as it says", () => {
    expect(areaView({ ...part, mode: "magnify", magnification: 2.5 }, UPRIGHT, header, picture, canvas)).toEqual({
      zoom: 2.5,
      pan: [-6.25, 10],
      flips: UPRIGHT,
    });
  });

  test("counts in the header's pixels where the server has drawn a smaller picture", () => {
    const half = { columns: 5, rows: 4, aspect: 2 };
    const [large, small] = [picture, half].map((one) => areaView(part, UPRIGHT, header, one, canvas));
    expect(small).toEqual({ ...large, zoom: 2 * Number(large?.zoom) });
  });

  test("has the pixels as high as the state says", () => {
    const item = { [StateTags.DisplayedAreaTopLeftHandCorner]: element("SL", 1, 1) };
    const spaced = (tag: string, ...values: readonly number[]): DisplayedArea =>
      apply({
        [StateTags.DisplayedAreaSelectionSequence]: element("SQ", {
          ...item,
          [StateTags.DisplayedAreaBottomRightHandCorner]: element("SL", 10, 8),
          [tag]: element("DS", ...values),
        }),
      }).area;
    expect(spaced(StateTags.PresentationPixelSpacing, 3, 2).aspect).toBe(1.5);
    expect(spaced(StateTags.PresentationPixelAspectRatio, 4, 1).aspect).toBe(4);
  });
});
