// The ruler of a pane (clinical 5.4: 18): only with a millimetre, in round steps, true at every zoom and turn.
import { describe, expect, test } from "vitest";
import { type Dataset, picturePoint, Tags } from "../../src/display";
import { LabelPlaces } from "../../src/tools/label-place";
import { rulerOf } from "../../src/tools/ruler";
import { element } from "../display/fixtures";
import { frameWith, pane, RATIO } from "./pane";

const SPACING: Dataset = { [Tags.PixelSpacing]: element("DS", 0.3, 0.6) };
const CAPTURE = "1.2.840.10008.5.1.4.1.1.7";

describe("clinical 5.4: 18", () => {
  test.each([0, 1, 2, 3])(
    "is as long as its millimetres are on the picture, after %s quarter turns",
    (quarterTurns) => {
      for (const zoom of [10, 33, 64]) {
        const shown = pane(frameWith(SPACING), { zoom, flips: { horizontal: true, vertical: false, quarterTurns } });
        const [arm] = rulerOf(shown, null)?.arms ?? [];
        if (arm === undefined) throw new Error("no ruler");
        // A column of 0.6 mm is `zoom` device pixels wide, and the picture is shown in its true proportions.
        expect(arm.length).toBeCloseTo(((arm.millimetres / 0.6) * zoom) / RATIO, 6);
        expect([1, 2, 5]).toContain(Number(arm.millimetres.toExponential(6).slice(0, 1)));
      }
    },
  );

  test("has no arm of its own for an axis that is shown in true proportion", () => {
    expect(rulerOf(pane(frameWith(SPACING), { zoom: 33 }), null)?.arms.map(({ axis }) => axis)).toEqual(["vertical"]);
  });

  test("has one for each axis where they differ", () => {
    const region: Dataset = {
      [Tags.RegionSpatialFormat]: element("US", 1),
      [Tags.RegionLocationMinX0]: element("UL", 0),
      [Tags.RegionLocationMinY0]: element("UL", 0),
      [Tags.RegionLocationMaxX1]: element("UL", 9),
      [Tags.RegionLocationMaxY1]: element("UL", 7),
      [Tags.PhysicalUnitsXDirection]: element("US", 3),
      [Tags.PhysicalUnitsYDirection]: element("US", 3),
      [Tags.PhysicalDeltaX]: element("FD", 0.06),
      [Tags.PhysicalDeltaY]: element("FD", 0.03),
    };
    const image = (...regions: readonly Dataset[]) =>
      frameWith({
        [Tags.Modality]: element("CS", "US"),
        [Tags.PixelSpacing]: { vr: "DS" },
        [Tags.SequenceOfUltrasoundRegions]: element("SQ", ...regions),
      });
    expect(rulerOf(pane(image(region), { zoom: 40 }), null)?.arms).toHaveLength(2);
    expect(rulerOf(pane(image(region, region), { zoom: 40 }), null)).toBeNull();
  });

  test("is not there without a millimetre, and names a calibration", () => {
    const capture = pane(frameWith(SPACING, CAPTURE), { zoom: 40 });
    const user = { from: picturePoint(0, 0), to: picturePoint(10, 0), millimetres: 5, by: "Dr. B", at: "" };
    expect(rulerOf(capture, null)).toBeNull();
    expect(rulerOf(capture, user)?.scale).toMatchObject({ basis: "user", by: "Dr. B" });
  });
});

describe("the value of a mark stands", () => {
  const size = { width: 400, height: 300 };

  test("beside its rightmost point, within the pane, and off another value", () => {
    const places = new LabelPlaces(size);
    const first = places.put(
      [
        [100, 100],
        [50, 50],
      ],
      { width: 60, lines: 2 },
    );
    const second = places.put([[100, 100]], { width: 60, lines: 1 });
    expect(first.x).toBeGreaterThan(100);
    expect(second.y - first.y).toBe(32);
  });

  test("on the other side where there is no room", () => {
    const { x } = new LabelPlaces(size).put(
      [
        [390, 100],
        [200, 100],
      ],
      { width: 60, lines: 1 },
    );
    expect(x + 60).toBeLessThan(200);
  });
});
