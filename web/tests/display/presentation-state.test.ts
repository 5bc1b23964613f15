// Presentation states by their rules (clinical rules 8.9 to 8.11).
import { describe, expect, test } from "vitest";
import {
  actsOn,
  applied,
  type Dataset,
  framesOf,
  greyOf,
  ObjectTags,
  outline,
  presentedFrame,
  StateTags,
  Tags,
  UPRIGHT,
} from "../../src/display";
import { element, instance } from "./fixtures";
import { apply, IMAGE, image, images, state } from "./presentation.fixtures";

const [first, second, third] = framesOf(IMAGE);
if (first === undefined || second === undefined || third === undefined) throw new Error("no frames");

test("a state acts on the frames that it references and on no others", () => {
  expect([first, second].map((frame) => actsOn(state(), frame))).toEqual([true, true]);
  expect([first, second, third].map((frame) => actsOn(state({}, 2, 3), frame))).toEqual([false, true, true]);
  const [other] = framesOf(instance());
  expect(other === undefined ? null : applied(state(), other)).toBeNull();
  const twice = state({
    [ObjectTags.ReferencedSeriesSequence]: element(
      "SQ",
      images(image(IMAGE.sopInstanceUid, 1), image(IMAGE.sopInstanceUid, 3)),
    ),
  });
  expect([first, second, third].map((frame) => actsOn(twice, frame))).toEqual([true, false, true]);
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
  // 12 unsigned bits without rescale: as the window of 2^11 and 2^12 that clinical rule 1.28 has for the identity.
  expect(applied(two, third)?.voi).toEqual({
    kind: "window",
    window: { centre: 2047.5, width: 4095, shape: "LINEAR_EXACT" },
  });
  expect(apply({ [StateTags.SoftcopyVoiLutSequence]: element("SQ", window(5, 6)) }).voi).not.toBeNull();
});

test("the state's rescale and polarity hold, not the image's", () => {
  expect(apply().modality).toMatchObject({ slope: 1, intercept: 0 });
  expect(
    apply({ [Tags.RescaleSlope]: element("DS", 2), [Tags.RescaleIntercept]: element("DS", -5) }).modality,
  ).toMatchObject({ slope: 2, intercept: -5 });
  const same = { [Tags.RescaleSlope]: element("DS", 1), [Tags.RescaleIntercept]: element("DS", -1024) };
  expect(apply(same).modality).toMatchObject({ slope: 1, intercept: -1024 });
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

test("a turn that is no quarter of one is not guessed", () => {
  const odd = apply({ [StateTags.ImageRotation]: element("US", 45) });
  expect([odd.flips, odd.missing]).toEqual([UPRIGHT, ["rotation"]]);
});

describe("clinical 1.38: the state's presentation LUT is the only inversion", () => {
  const white = framesOf(instance({ [Tags.PhotometricInterpretation]: element("CS", "MONOCHROME1") }));
  const inverted = (shape: string): readonly boolean[] =>
    [first, white[0]].map((one) => {
      if (one === undefined) throw new Error("no frame");
      const made = state({
        [Tags.PresentationLUTShape]: element("CS", shape),
        [ObjectTags.ReferencedSeriesSequence]: element("SQ", images(image(one.instance.sopInstanceUid))),
      });
      const found = applied(made, one);
      return found === null ? false : presentedFrame(one, made, found).inverted;
    });

  test("IDENTITY shows both kinds alike, INVERSE turns both", () => {
    expect(inverted("IDENTITY")).toEqual([false, false]);
    expect(inverted("INVERSE")).toEqual([true, true]);
  });

  test("a table takes what the window made, from its first to its last entry", () => {
    const table = {
      [Tags.LUTDescriptor]: element("US", 4, 0, 8),
      [Tags.LUTData]: element("US", 255, 200, 50, 0),
    };
    const { presentationLut, voi, modality } = apply({ [StateTags.PresentationLutSequence]: element("SQ", table) });
    if (voi === null) throw new Error("no window");
    const pipeline = { transform: modality, padding: null, voi, presentation: presentationLut, inverted: false };
    expect([0, 1365, 2730, 4095].map((stored) => greyOf(pipeline, stored))).toEqual([255, 200, 50, 0]);
    expect(greyOf({ ...pipeline, inverted: true }, 0)).toBe(0);
  });
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

  test("clinical-more 8.11: a layer has its recommended colour, CIELab before grey", () => {
    const layer = (name: string, ...more: readonly (readonly [string, Dataset[string]])[]): Dataset => ({
      [StateTags.GraphicLayer]: element("CS", name),
      ...Object.fromEntries(more),
    });
    const grey = [StateTags.GraphicLayerRecommendedDisplayGrayscaleValue, element("US", 32768)] as const;
    // L 53.24, a 80.09, b 67.20 is red; in 16 bits of L / 100 and (a + 128) / 255.
    const red = [StateTags.GraphicLayerRecommendedDisplayCielab, element("US", 35561, 53714, 50858)] as const;
    const { graphics } = apply({
      [StateTags.GraphicLayerSequence]: element("SQ", layer("A", grey), layer("B", grey, red), layer("C")),
      [StateTags.GraphicAnnotationSequence]: element(
        "SQ",
        ...["A", "B", "C"].map((name) => annotate(name, shape("POINT", "PIXEL", 1, 1))),
      ),
    });
    const [a, b, c] = graphics.map(({ layer: { colour } }) => colour);
    expect([a, c]).toEqual([[128, 128, 128], null]);
    expect(b?.[0]).toBeGreaterThan(245);
    expect(Math.max(b?.[1] ?? 255, b?.[2] ?? 255)).toBeLessThan(30);
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

  test("clinical 8.9: what is not drawn is said: unknown shapes, compound graphics, curves, masks, bitmaps, profiles", () => {
    const { graphics, missing } = apply({
      [StateTags.GraphicAnnotationSequence]: element(
        "SQ",
        annotate("A", shape("STAR", "PIXEL", 0, 0), shape("CIRCLE", "PIXEL", 1, 1), shape("POINT", "MATRIX", 1, 1)),
        { [StateTags.CompoundGraphicSequence]: element("SQ", {}) },
      ),
      [Tags.ShutterShape]: element("CS", "BITMAP"),
      [StateTags.MaskSubtractionSequence]: element("SQ", {}),
      "50001001": element("CS", "A"),
      [StateTags.IccProfile]: { vr: "OB", InlineBinary: "AAAA" },
      [StateTags.SoftcopyVoiLutSequence]: element("SQ", {}),
    });
    expect(graphics).toEqual([]);
    const parts = ["voiLut", "shutter", "graphic", "compoundGraphic", "colourProfile", "mask", "curve"];
    expect([...missing].sort()).toEqual(parts.sort());
  });
});
