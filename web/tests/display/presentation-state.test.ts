// Presentation states by their rules (clinical rules 8.9 to 8.11).
import { describe, expect, test } from "vitest";
import {
  type AppliedState,
  actsOn,
  applied,
  areaToPicture,
  type Dataset,
  framesOf,
  ObjectTags,
  outline,
  readPresentationState,
  StateTags,
  Tags,
} from "../../src/display";
import { element, instance } from "./fixtures";

const IMAGE = instance({}, 3);
const [first, second, third] = framesOf(IMAGE);
if (first === undefined || second === undefined || third === undefined) throw new Error("no frames");

const image = (sop: string, ...frames: readonly number[]): Dataset => ({
  [ObjectTags.ReferencedSopInstanceUid]: element("UI", sop),
  ...(frames.length === 0 ? {} : { [ObjectTags.ReferencedFrameNumber]: element("IS", ...frames) }),
});
const images = (...items: readonly Dataset[]): Dataset => ({
  [ObjectTags.ReferencedImageSequence]: element("SQ", ...items),
});

function state(changes: Dataset = {}, ...frames: readonly number[]) {
  const dataset = {
    [ObjectTags.ReferencedSeriesSequence]: element("SQ", {
      [ObjectTags.SeriesInstanceUid]: element("UI", "1.9"),
      ...images(image(IMAGE.sopInstanceUid, ...frames)),
    }),
    ...changes,
  };
  return readPresentationState({ ...instance({}, 0, "1.2.840.10008.5.1.4.1.1.11.1"), dataset });
}

function apply(changes: Dataset = {}): AppliedState {
  const found = first === undefined ? null : applied(state(changes), first);
  if (found === null) throw new Error("the state does not act");
  return found;
}

test("a state acts on the frames that it references and on no others", () => {
  expect([first, second].map((frame) => actsOn(state(), frame))).toEqual([true, true]);
  expect([first, second, third].map((frame) => actsOn(state({}, 2, 3), frame))).toEqual([false, true, true]);
  const [other] = framesOf(instance());
  expect(other === undefined ? null : applied(state(), other)).toBeNull();
  expect(state().seriesOf.get(IMAGE.sopInstanceUid)).toBe("1.9");
});

test("a window of its own for some frames, of all where it names none; without one the identity", () => {
  const window = (centre: number, width: number, ...of: readonly Dataset[]): Dataset => ({
    [Tags.WindowCenter]: element("DS", centre),
    [Tags.WindowWidth]: element("DS", width),
    ...(of.length === 0 ? {} : images(...of)),
  });
  const two = state({
    [StateTags.SoftcopyVoiLutSequence]: element(
      "SQ",
      window(1, 10, image(IMAGE.sopInstanceUid, 2)),
      window(40, 400, image(IMAGE.sopInstanceUid, 1)),
    ),
  });
  expect(applied(two, first)?.voi).toMatchObject({ window: { centre: 40, width: 400 } });
  expect(applied(two, second)?.voi).toMatchObject({ window: { centre: 1, width: 10 } });
  expect(applied(two, third)?.voi).toBeNull();
  expect(apply({ [StateTags.SoftcopyVoiLutSequence]: element("SQ", window(5, 6)) }).voi).not.toBeNull();
});

test("the state's rescale and polarity hold, not the image's", () => {
  expect(apply().modality).toMatchObject({ slope: 1, intercept: 0 });
  expect(
    apply({ [Tags.RescaleSlope]: element("DS", 2), [Tags.RescaleIntercept]: element("DS", -5) }).modality,
  ).toMatchObject({ slope: 2, intercept: -5 });
  expect(apply().inverted).toBe(false);
  expect(apply({ [Tags.PresentationLUTShape]: element("CS", "INVERSE") }).inverted).toBe(true);
});

test.each([
  [0, "N", false, 0],
  [90, "N", false, 1],
  [270, "N", false, 3],
  [0, "Y", true, 0],
  [90, "Y", true, 3],
  [270, "Y", true, 1],
])("turned by %d, then flipped %s: in a view that flips first", (rotation, flip, horizontal, quarterTurns) => {
  const changes = {
    [StateTags.ImageRotation]: element("US", rotation),
    [StateTags.ImageHorizontalFlip]: element("CS", flip),
  };
  expect(apply(changes).flips).toEqual({ horizontal, vertical: false, quarterTurns });
});

describe("the displayed area", () => {
  const area = (left: number, top: number, right: number, bottom: number): Dataset => ({
    [StateTags.DisplayedAreaSelectionSequence]: element("SQ", {
      [StateTags.DisplayedAreaTopLeftHandCorner]: element("SL", left, top),
      [StateTags.DisplayedAreaBottomRightHandCorner]: element("SL", right, bottom),
      [StateTags.PresentationSizeMode]: element("CS", "TRUE SIZE"),
    }),
  });

  test("counts pixels from 1 and holds both its corners, also where a turn or flip swaps them", () => {
    expect(apply(area(1, 1, 10, 8)).area).toMatchObject({ topLeft: [0, 0], bottomRight: [10, 8], mode: "trueSize" });
    expect(apply(area(10, 1, 1, 8)).area).toMatchObject({ topLeft: [10, 0], bottomRight: [0, 8] });
  });

  test("its own units go from the corner seen at the top left", () => {
    const upright = { topLeft: [0, 0], bottomRight: [10, 8] } as const;
    expect(areaToPicture([0.5, 0.25], upright, false)).toEqual([5, 2]);
    // Turned by 90° clockwise the lower left pixel is seen at the top left; to the right goes up in the picture.
    const turned = { topLeft: [0, 8], bottomRight: [10, 0] } as const;
    expect(areaToPicture([1, 0], turned, true)).toEqual([0, 0]);
    expect(areaToPicture([0, 1], turned, true)).toEqual([10, 8]);
  });
});

test("shutters in picture coordinates: edges are seen, centres lie in the middle of their pixel, row comes first", () => {
  const found = apply({
    [StateTags.ShutterShape]: element("CS", "RECTANGULAR", "CIRCULAR", "POLYGONAL"),
    [StateTags.ShutterLeftVerticalEdge]: element("IS", 2),
    [StateTags.ShutterRightVerticalEdge]: element("IS", 9),
    [StateTags.ShutterUpperHorizontalEdge]: element("IS", 3),
    [StateTags.ShutterLowerHorizontalEdge]: element("IS", 7),
    [StateTags.CenterOfCircularShutter]: element("IS", 4, 5),
    [StateTags.RadiusOfCircularShutter]: element("IS", 3),
    [StateTags.VerticesOfThePolygonalShutter]: element("IS", 1, 2, 1, 8, 6, 8),
    [StateTags.ShutterPresentationValue]: element("US", 65535),
  });
  expect(found.shutters).toEqual([
    { kind: "rectangle", left: 1, right: 9, top: 2, bottom: 7 },
    { kind: "circle", column: 4.5, row: 3.5, radius: 3 },
    {
      kind: "polygon",
      points: [
        [1.5, 0.5],
        [7.5, 0.5],
        [7.5, 5.5],
      ],
    },
  ]);
  expect(found).toMatchObject({ shutterValue: 65535, missing: [] });
});

describe("graphics", () => {
  const shape = (type: string, units: string, ...data: readonly number[]): Dataset => ({
    [StateTags.GraphicType]: element("CS", type),
    [StateTags.GraphicAnnotationUnits]: element("CS", units),
    [StateTags.GraphicData]: element("FL", ...data),
  });
  const annotate = (layer: string, ...shapes: readonly Dataset[]): Dataset => ({
    [StateTags.GraphicLayer]: element("CS", layer),
    [StateTags.GraphicObjectSequence]: element("SQ", ...shapes),
  });

  test("stand in the order of their layers, in their own units; texts with box and anchor", () => {
    const { graphics } = apply({
      [StateTags.GraphicLayerSequence]: element(
        "SQ",
        { [StateTags.GraphicLayer]: element("CS", "TOP"), [StateTags.GraphicLayerOrder]: element("IS", 2) },
        { [StateTags.GraphicLayer]: element("CS", "LOW"), [StateTags.GraphicLayerOrder]: element("IS", 1) },
      ),
      [StateTags.GraphicAnnotationSequence]: element(
        "SQ",
        annotate("TOP", shape("POLYLINE", "PIXEL", 0, 0, 5, 5)),
        annotate("LOW", shape("POINT", "DISPLAY", 0.5, 0.5)),
        {
          [StateTags.GraphicLayer]: element("CS", "TOP"),
          [StateTags.TextObjectSequence]: element("SQ", {
            [StateTags.UnformattedTextValue]: element("ST", "<b>L1</b>"),
            [StateTags.AnchorPointAnnotationUnits]: element("CS", "PIXEL"),
            [StateTags.AnchorPoint]: element("FL", 3, 4),
            [StateTags.AnchorPointVisibility]: element("CS", "Y"),
          }),
        },
      ),
    });
    expect(graphics).toMatchObject([
      { shape: "point", units: "area", layer: { name: "LOW" } },
      {
        shape: "polyline",
        units: "picture",
        points: [
          [0, 0],
          [5, 5],
        ],
      },
      { kind: "text", text: "<b>L1</b>", anchor: { at: [3, 4], line: true }, box: null },
    ]);
  });

  test("circles and ellipses go through the points that make them", () => {
    const { graphics } = apply({
      [StateTags.GraphicAnnotationSequence]: element(
        "SQ",
        annotate("A", shape("CIRCLE", "PIXEL", 5, 5, 8, 9), shape("ELLIPSE", "PIXEL", 0, 5, 10, 5, 5, 3, 5, 7)),
      ),
    });
    const lines = graphics.map((graphic) => (graphic.kind === "shape" ? outline(graphic) : []));
    for (const [x, y] of lines[0] ?? []) expect(Math.hypot(x - 5, y - 5)).toBeCloseTo(5, 9);
    for (const [x, y] of lines[1] ?? []) expect(((x - 5) / 5) ** 2 + ((y - 5) / 2) ** 2).toBeCloseTo(1, 9);
  });

  test("what is not drawn is said: unknown shapes, compound graphics, overlays, masks, bitmaps, profiles", () => {
    const { graphics, missing } = apply({
      [StateTags.GraphicAnnotationSequence]: element(
        "SQ",
        annotate("A", shape("STAR", "PIXEL", 0, 0), shape("CIRCLE", "PIXEL", 1, 1), shape("POINT", "MATRIX", 1, 1)),
        { [StateTags.CompoundGraphicSequence]: element("SQ", {}) },
      ),
      [StateTags.ShutterShape]: element("CS", "BITMAP"),
      [StateTags.MaskSubtractionSequence]: element("SQ", {}),
      "60001001": element("CS", "A"),
      [StateTags.IccProfile]: { vr: "OB", InlineBinary: "AAAA" },
      [StateTags.SoftcopyVoiLutSequence]: element("SQ", {}),
    });
    expect(graphics).toEqual([]);
    const parts = ["voiLut", "bitmapShutter", "graphic", "compoundGraphic", "colourProfile", "mask", "overlay"];
    expect([...missing].sort()).toEqual(parts.sort());
  });
});
