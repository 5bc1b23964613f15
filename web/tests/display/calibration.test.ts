// Which millimetre: one test a row of the table of clinical 3.1, one a rule of 3.1 and 3.2, with pixels of 0.3 by 0.6 mm throughout.
import { describe, expect, test } from "vitest";
import {
  type Basis,
  calibrationDoubt,
  type Dataset,
  type Frame,
  framesOf,
  picturePoint,
  type Scale,
  scaleOf,
  Tags,
  type UserCalibration,
} from "../../src/display";
import { element, instance } from "./fixtures";

const CAPTURE = "1.2.840.10008.5.1.4.1.1.7";
const SLIDE = "1.2.840.10008.5.1.4.1.1.77.1.6";
const TOMOSYNTHESIS = "1.2.840.10008.5.1.4.1.1.13.1.3";
const NO_PLANE: Dataset = {
  [Tags.PixelSpacing]: { vr: "DS" },
  [Tags.ImageOrientationPatient]: { vr: "DS" },
  [Tags.ImagePositionPatient]: { vr: "DS" },
};
const of = (modality: string): Dataset => ({ ...NO_PLANE, [Tags.Modality]: element("CS", modality) });
const spacing = (tag: string, ...values: readonly number[]): Dataset => ({ [tag]: element("DS", ...values) });
const pixel = spacing(Tags.PixelSpacing, 0.3, 0.6);
const imager = spacing(Tags.ImagerPixelSpacing, 0.3, 0.6);
const item = (dataset: Dataset) => element("SQ", dataset);

function frameOf(changes: Dataset, sopClass = "1.2.3.4", at = 0, frames = 1): Frame {
  const found = framesOf(instance(changes, frames, sopClass))[at];
  if (found === undefined) throw new Error("the fixture holds no picture");
  return found;
}

const POINTS = [picturePoint(2, 1), picturePoint(6, 5)];
const scale = (frame: Frame, user: UserCalibration | null = null, points = POINTS): Scale =>
  scaleOf(frame, points, user);
const millimetres = (basis: Basis, rows = 0.3, columns = 0.6) => ({
  kind: "millimetre",
  basis,
  spacing: [expect.closeTo(rows, 9), expect.closeTo(columns, 9)],
});

describe("clinical 3.1: 2, the table, first hit", () => {
  const user: UserCalibration = {
    from: picturePoint(0, 0),
    to: picturePoint(30, 0),
    millimetres: 15,
    by: "Dr. B",
    at: "2026-11-24T08:00:00Z",
  };

  test("a reader's own calibration comes before everything, with its author and the pixels' proportions", () => {
    const frame = frameOf({ ...of("DX"), ...pixel, ...imager });
    expect(scale(frame, user)).toMatchObject({ ...millimetres("user", 0.25, 0.5), by: "Dr. B" });
  });

  test.each(["CT", "MR", "PT", "NM"])("%s: Pixel Spacing", (modality) => {
    expect(scale(frameOf({ ...of(modality), ...pixel }))).toMatchObject(millimetres("image"));
  });

  test("a tomosynthesis plane is a volume, though its modality projects", () => {
    const measures = { [Tags.PixelMeasuresSequence]: item(pixel) };
    const shared = { [Tags.SharedFunctionalGroups]: item(measures) };
    expect(scale(frameOf({ ...of("MG"), ...shared }, TOMOSYNTHESIS))).toMatchObject(millimetres("image"));
  });

  test.each([
    ["FIDUCIAL", "fiducial"],
    ["GEOMETRY", "geometry"],
  ] as const)("X-ray calibrated by %s", (type, basis) => {
    const changes = { ...of("DX"), ...pixel, ...spacing(Tags.ImagerPixelSpacing, 0.4, 0.8) };
    const calibrated = { ...changes, [Tags.PixelSpacingCalibrationType]: element("CS", type) };
    expect(scale(frameOf(calibrated))).toMatchObject(millimetres(basis));
  });

  test("X-ray whose Pixel Spacing differs from the detector's: calibrated, kind unknown", () => {
    const changes = { ...of("CR"), ...pixel, ...spacing(Tags.ImagerPixelSpacing, 0.33, 0.66) };
    expect(scale(frameOf(changes))).toMatchObject(millimetres("calibratedUnknown"));
  });

  test.each([
    ["only the detector's", imager],
    ["both equal", { ...pixel, ...imager }],
  ])("X-ray, %s, magnified: the detector's over the factor", (_, spacings) => {
    const factor = { [Tags.EstimatedRadiographicMagnificationFactor]: element("DS", 1.5) };
    expect(scale(frameOf({ ...of("MG"), ...spacings, ...factor }))).toMatchObject(
      millimetres("magnification", 0.2, 0.4),
    );
  });

  test.each([
    ["only the detector's", imager],
    ["both equal", { ...pixel, ...imager }],
  ])("X-ray, %s, no factor: at the detector", (_, spacings) => {
    expect(scale(frameOf({ ...of("DX"), ...spacings }))).toMatchObject({ ...millimetres("detector"), conflict: null });
  });

  test("X-ray with Pixel Spacing alone: basis unknown", () => {
    expect(scale(frameOf({ ...of("RF"), ...pixel }))).toMatchObject(millimetres("unknown"));
  });

  test("scanned film", () => {
    const film = spacing(Tags.NominalScannedPixelSpacing, 0.3, 0.6);
    expect(scale(frameOf({ ...of("DX"), ...film }))).toMatchObject(millimetres("film"));
    expect(scale(frameOf({ ...of("OT"), ...film }, CAPTURE))).toMatchObject(millimetres("film"));
  });

  test("a level of a slide whose width agrees", () => {
    const measures = { [Tags.SharedFunctionalGroups]: item({ [Tags.PixelMeasuresSequence]: item(pixel) }) };
    const wide = { [Tags.TotalPixelMatrixColumns]: element("UL", 1000), [Tags.ImagedVolumeWidth]: element("FL", 600) };
    expect(scale(frameOf({ ...of("SM"), ...measures, ...wide }, SLIDE))).toMatchObject(millimetres("slide"));
    const other = { ...wide, [Tags.ImagedVolumeWidth]: element("FL", 610) };
    expect(scale(frameOf({ ...of("SM"), ...measures, ...other }, SLIDE))).toMatchObject({
      kind: "pixel",
      reason: "widthDisagrees",
    });
  });

  test("a screen capture has none, whatever its header copied", () => {
    expect(scale(frameOf({ ...of("CT"), ...pixel }, CAPTURE))).toEqual({
      kind: "pixel",
      aspect: 0.5,
      reason: "capture",
    });
  });

  test.each(["ES", "XC", "OT", "US"])("%s without regions has none", (modality) => {
    expect(scale(frameOf({ ...of(modality), ...pixel }))).toMatchObject({ kind: "pixel", reason: "unstated" });
  });
});

describe("clinical 3.1", () => {
  const factor = (value: number): Dataset => ({
    [Tags.EstimatedRadiographicMagnificationFactor]: element("DS", value),
  });

  test("3: Pixel Spacing above the detector's is no basis, and it is said, calibrated or not", () => {
    const changes = { ...of("DX"), ...pixel, ...spacing(Tags.ImagerPixelSpacing, 0.2, 0.4) };
    const expected = { ...millimetres("unknown"), conflict: "largerThanDetector" };
    expect(scale(frameOf(changes))).toMatchObject(expected);
    const typed = { ...changes, [Tags.PixelSpacingCalibrationType]: element("CS", "FIDUCIAL") };
    expect(scale(frameOf(typed))).toMatchObject(expected);
  });

  test("4: the factor is not applied to what is calibrated already", () => {
    const changes = { ...of("DX"), ...pixel, ...spacing(Tags.ImagerPixelSpacing, 0.33, 0.66), ...factor(1.5) };
    expect(scale(frameOf(changes))).toMatchObject(millimetres("calibratedUnknown"));
  });

  test.each([0.9, 3.1])("4: a factor of %s is ignored, and it is said", (value) => {
    expect(scale(frameOf({ ...of("DX"), ...imager, ...factor(value) }))).toMatchObject({
      ...millimetres("detector"),
      conflict: "factorImplausible",
    });
  });

  test("4: a factor that the distances contradict is ignored, and it is said", () => {
    const distances = {
      [Tags.DistanceSourceToDetector]: element("DS", 1000),
      [Tags.DistanceSourceToPatient]: element("DS", 800),
    };
    const at = (value: number): Scale => scale(frameOf({ ...of("DX"), ...imager, ...factor(value), ...distances }));
    expect(at(1.25)).toMatchObject({ basis: "magnification", conflict: null });
    expect(at(1.3)).toMatchObject({ ...millimetres("detector"), conflict: "factorDisagrees" });
  });

  test.each([
    ["zero", "0", "0.6"],
    ["negative", "-0.3", "0.6"],
    ["no number", "x", "0.6"],
  ])("5: a spacing that is %s is unknown", (_, rows, columns) => {
    const changes = { ...of("CT"), [Tags.PixelSpacing]: element("DS", rows, columns) };
    expect(scale(frameOf(changes))).toMatchObject({ kind: "pixel", reason: "unstated" });
  });

  test("5: a single value is unknown", () => {
    expect(scale(frameOf({ ...of("MR"), ...spacing(Tags.PixelSpacing, 0.3) }))).toMatchObject({ kind: "pixel" });
  });

  test.each(["CR", "US"])("5: 1\\1 on %s is unknown", (modality) => {
    const one = spacing(Tags.PixelSpacing, 1, 1);
    expect(scale(frameOf({ ...of(modality), ...one }))).toMatchObject({ kind: "pixel", reason: "implausible" });
  });

  test("5: 1\\1 on a CT is a millimetre", () => {
    expect(scale(frameOf({ ...of("CT"), ...spacing(Tags.PixelSpacing, 1, 1) }))).toMatchObject(
      millimetres("image", 1, 1),
    );
  });

  test("6: each frame has its own Pixel Measures, and none has the first one's", () => {
    const measures = (...values: readonly number[]): Dataset => ({
      [Tags.PixelMeasuresSequence]: item(spacing(Tags.PixelSpacing, ...values)),
    });
    const groups = element("SQ", measures(0.3, 0.6), measures(0.5, 0.5), {});
    const changes = { ...of("CT"), [Tags.PerFrameFunctionalGroups]: groups };
    const at = (index: number): Scale => scale(frameOf(changes, "1.2.840.10008.5.1.4.1.1.2.1", index, 3));
    expect(at(0)).toMatchObject(millimetres("image"));
    expect(at(1)).toMatchObject(millimetres("image", 0.5, 0.5));
    expect(at(2)).toMatchObject({ kind: "pixel", reason: "unstated" });
  });

  test("6: enhanced XA, object spacing holds in the plane of the beam's centre only", () => {
    const object = spacing(Tags.ObjectPixelSpacingInCenterOfBeam, 0.3, 0.6);
    const properties = { [Tags.FramePixelDataPropertiesSequence]: item({ ...object, ...imager }) };
    const changes = { ...of("XA"), [Tags.SharedFunctionalGroups]: item(properties) };
    expect(scale(frameOf(changes, "1.2.840.10008.5.1.4.1.1.12.1.1"))).toMatchObject(millimetres("beamCentre"));
  });

  test("9: a calibration that makes the object larger than the detector, or far from it, is asked about again", () => {
    const frame = frameOf({ ...of("DX"), ...spacing(Tags.ImagerPixelSpacing, 0.2, 0.2) });
    const doubt = (length: number) =>
      calibrationDoubt(frame, {
        from: picturePoint(0, 0),
        to: picturePoint(100, 0),
        millimetres: length,
        by: "",
        at: "",
      });
    expect([doubt(21), doubt(20), doubt(13), doubt(12)]).toEqual(["largerThanDetector", null, null, "tooSmall"]);
  });

  test("a tilted CT has the spacing of its plane", () => {
    const tilt = { [Tags.ImageOrientationPatient]: element("DS", 1, 0, 0, 0, 0.94, -0.342) };
    expect(scale(frameOf({ ...of("CT"), ...pixel, ...tilt }))).toMatchObject(millimetres("image"));
  });
});

describe("clinical 3.2: regions of ultrasound", () => {
  interface Shape {
    readonly box: readonly [left: number, top: number, right: number, bottom: number];
    readonly format?: number;
    readonly units?: readonly [x: number, y: number];
    readonly deltas?: readonly [x: number, y: number];
    readonly flags?: number;
  }
  const region = ({ box, format = 1, units = [3, 3], deltas = [0.06, 0.03], flags = 0 }: Shape): Dataset => ({
    [Tags.RegionSpatialFormat]: element("US", format),
    [Tags.RegionFlags]: element("UL", flags),
    [Tags.RegionLocationMinX0]: element("UL", box[0]),
    [Tags.RegionLocationMinY0]: element("UL", box[1]),
    [Tags.RegionLocationMaxX1]: element("UL", box[2]),
    [Tags.RegionLocationMaxY1]: element("UL", box[3]),
    [Tags.PhysicalUnitsXDirection]: element("US", units[0]),
    [Tags.PhysicalUnitsYDirection]: element("US", units[1]),
    [Tags.PhysicalDeltaX]: element("FD", deltas[0]),
    [Tags.PhysicalDeltaY]: element("FD", deltas[1]),
  });
  const image = (...shapes: readonly Shape[]): Frame =>
    frameOf({ ...of("US"), [Tags.SequenceOfUltrasoundRegions]: element("SQ", ...shapes.map(region)) });
  const left: Shape = { box: [0, 0, 4, 7] };
  const right: Shape = { box: [5, 0, 9, 7], deltas: [0.02, 0.02] };
  const within = (from: number, to: number) => [picturePoint(from, 1), picturePoint(to, 6)];

  test("13: the scale is that of the region in which all handles lie", () => {
    expect(scale(image(left, right), null, within(1, 4))).toMatchObject(millimetres("ultrasound"));
    expect(scale(image(left, right), null, within(6, 9))).toMatchObject(millimetres("ultrasound", 0.2, 0.2));
  });

  test("13: handles in two regions, or in none, have no millimetre", () => {
    expect(scale(image(left, right), null, within(3, 7))).toMatchObject({ kind: "pixel", reason: "crossesRegions" });
    expect(scale(image(left), null, within(3, 7))).toMatchObject({ kind: "pixel", reason: "outsideRegions" });
    expect(scale(image(left, { ...left, box: right.box }), null, within(3, 7))).toMatchObject({
      reason: "crossesRegions",
    });
  });

  test("13: of overlapping regions the one whose priority bit is 0, then the smaller", () => {
    const whole: Shape = { box: [0, 0, 9, 7], deltas: [0.01, 0.01] };
    const low = image({ ...left, flags: 1 }, whole);
    expect(scale(low, null, within(1, 4))).toMatchObject(millimetres("ultrasound", 0.1, 0.1));
    expect(scale(image(whole, left), null, within(1, 4))).toMatchObject(millimetres("ultrasound"));
    expect(scale(image(whole, left), null, within(1, 8))).toMatchObject({ kind: "pixel", reason: "crossesRegions" });
  });

  test("13: a colour box of the same scale over the tissue is one region with it", () => {
    const whole: Shape = { box: [0, 0, 9, 7] };
    expect(scale(image(whole, left), null, within(1, 8))).toMatchObject(millimetres("ultrasound"));
  });

  test("14: equal units that are no centimetres are no length, nor is a region that is not 2D", () => {
    expect(scale(image({ ...left, units: [4, 4] }), null, within(1, 4))).toMatchObject({ reason: "regionNotMetric" });
    expect(scale(image({ ...left, format: 5 }), null, within(1, 4))).toMatchObject({ reason: "regionNotMetric" });
  });

  test("14: M-mode and spectral Doppler have two axes and no diagonal", () => {
    const mMode = image({ ...left, format: 2, units: [4, 3], deltas: [0.01, 0.02] });
    expect(scale(mMode, null, within(1, 4))).toEqual({
      kind: "axes",
      x: { perPixel: 0.01, unit: "s" },
      y: { perPixel: 0.02, unit: "cm" },
    });
  });

  test("15: a negative delta is a direction, not a length; a frequency is no velocity", () => {
    expect(scale(image({ ...left, deltas: [0.06, -0.03] }), null, within(1, 4))).toMatchObject(
      millimetres("ultrasound"),
    );
    const doppler = image({ ...left, format: 3, units: [4, 7], deltas: [0.01, -0.5], flags: 4 });
    expect(scale(doppler, null, within(1, 4))).toMatchObject({ kind: "axes", y: null });
  });

  test("16: regions are read from each instance", () => {
    const zoomed = image({ ...left, deltas: [0.03, 0.015] });
    expect(scale(image(left), null, within(1, 4))).toMatchObject(millimetres("ultrasound"));
    expect(scale(zoomed, null, within(1, 4))).toMatchObject(millimetres("ultrasound", 0.15, 0.3));
  });

  test("a reader's calibration holds in the region where it was drawn", () => {
    const user = { from: picturePoint(0.5, 1), to: picturePoint(4.5, 1), millimetres: 8, by: "B", at: "" };
    expect(scale(image(left, right), user, within(1, 4))).toMatchObject({ basis: "user" });
    expect(scale(image(left, right), user, within(6, 9))).toMatchObject({ basis: "ultrasound" });
  });
});
