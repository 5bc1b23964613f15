// Graphics of a presentation state as they lie on the pane (PS3.3 C.10.5, clinical rules 8.9 and 8.10).
import { beforeEach, describe, expect, test } from "vitest";
import {
  type AppliedState,
  applied,
  areaView,
  type Dataset,
  type Frame,
  framesOf,
  ObjectTags,
  readPresentationState,
  resolveView,
  StateTags,
} from "../../../src/display";
import { wordsOf } from "../../../src/locale";
import type { Desk } from "../../../src/reading/desk";
import { mountGraphics } from "../../../src/reading/presenting/graphics-layer";
import { paneGeometry } from "../../../src/viewport";
import { element, instance } from "../../display/fixtures";
import { hung, shown } from "../reports";

/** 10 columns and 8 rows, a pixel twice as high as wide: 100 × 160 device pixels, two for each of CSS. */
const SIZE = { width: 100, height: 160 };
const IMAGE = instance();
const SET = hung([IMAGE]);

const shape = (type: string, data: readonly number[], units = "PIXEL", filled = "N"): Dataset => ({
  [StateTags.GraphicType]: element("CS", type),
  [StateTags.GraphicAnnotationUnits]: element("CS", units),
  [StateTags.GraphicData]: element("FL", ...data),
  [StateTags.GraphicFilled]: element("CS", filled),
});
const text = (words: string, changes: Dataset): Dataset => ({
  [StateTags.UnformattedTextValue]: element("ST", words),
  ...changes,
});
const box = (left: number, top: number, right: number, bottom: number, align = "LEFT"): Dataset => ({
  [StateTags.BoundingBoxAnnotationUnits]: element("CS", "PIXEL"),
  [StateTags.BoundingBoxTopLeftHandCorner]: element("FL", left, top),
  [StateTags.BoundingBoxBottomRightHandCorner]: element("FL", right, bottom),
  [StateTags.BoundingBoxTextHorizontalJustification]: element("CS", align),
});
const anchor = (x: number, y: number, line: string): Dataset => ({
  [StateTags.AnchorPointAnnotationUnits]: element("CS", "PIXEL"),
  [StateTags.AnchorPoint]: element("FL", x, y),
  [StateTags.AnchorPointVisibility]: element("CS", line),
});

let host: HTMLElement;
beforeEach(() => {
  host = document.createElement("figure");
});

/** The layer's groups when these lie on the image under a state. */
function drawn(
  { shapes = [], texts = [] }: { readonly shapes?: readonly Dataset[]; readonly texts?: readonly Dataset[] },
  changes: Dataset = {},
  overlays = true,
): readonly Element[] {
  const annotation = {
    [StateTags.GraphicLayer]: element("CS", "A"),
    [StateTags.GraphicObjectSequence]: element("SQ", ...shapes),
    [StateTags.TextObjectSequence]: element("SQ", ...texts),
  };
  const image = { [ObjectTags.ReferencedSopInstanceUid]: element("UI", IMAGE.sopInstanceUid) };
  const dataset = {
    [ObjectTags.ReferencedSeriesSequence]: element("SQ", {
      [ObjectTags.ReferencedImageSequence]: element("SQ", image),
    }),
    [StateTags.GraphicAnnotationSequence]: element("SQ", annotation),
    ...changes,
  };
  const state = readPresentationState({ ...instance({}, 0), dataset });
  const [frame] = framesOf(IMAGE);
  const made = frame === undefined ? null : applied(state, frame);
  if (frame === undefined || made === null) throw new Error("the state does not act");
  const layer = mountGraphics(host, { desk: {} as Desk, place: 0, words: wordsOf("de") });
  layer.show(shown(SET, { geometry: geometryOf(frame, made), presented: { state, applied: made }, overlays }));
  return [...host.querySelectorAll(".state-graphic")];
}

function geometryOf(frame: Frame, { area, flips }: AppliedState) {
  const picture = { ...frame.layout, aspect: frame.aspect };
  const view = resolveView(areaView(area, flips, frame.layout, picture, SIZE), picture, SIZE);
  return paneGeometry({ frame, values: null }, view, { size: SIZE, ratio: 2 });
}

/** The points of a graphic's line in CSS pixels. */
function line(group: Element | undefined): readonly (readonly number[])[] {
  const path = group?.querySelector(".state-line")?.getAttribute("d") ?? "";
  return path
    .split(/[ML]/)
    .filter((part) => part !== "")
    .map((part) => part.trim().split(" ").map(Number));
}

describe("clinical 8.10: shapes", () => {
  test("in PIXEL count from the corner of the first pixel, in DISPLAY from that of the displayed area", () => {
    const [pixel, display] = drawn({
      shapes: [shape("POLYLINE", [0, 0, 10, 8]), shape("POLYLINE", [0, 0, 0.5, 0.25], "DISPLAY")],
    });
    const ends = [
      [0, 0],
      [50, 80],
    ];
    expect(line(pixel)).toEqual(ends);
    expect(line(display)).toEqual([
      [0, 0],
      [25, 20],
    ]);
  });

  test("in DISPLAY stay at their place of the screen when the state turns and flips, in PIXEL they go along", () => {
    const turned = {
      [StateTags.ImageRotation]: element("US", 180),
      [StateTags.ImageHorizontalFlip]: element("CS", "Y"),
    };
    const shapes = [shape("POLYLINE", [1, 1, 2, 1]), shape("POLYLINE", [0.1, 0.1, 0.2, 0.1], "DISPLAY")];
    const [pixel, display] = drawn({ shapes }, turned);
    // Half a turn and a flip of left and right: above and below are swapped.
    expect(line(pixel)).toEqual([
      [5, 70],
      [10, 70],
    ]);
    expect(line(display)).toEqual([
      [5, 8],
      [10, 8],
    ]);
  });

  test("a circle is round on the screen, whatever the pixels are", () => {
    const [circle] = drawn({ shapes: [shape("CIRCLE", [5, 4, 7, 4])] });
    for (const [x, y] of line(circle)) expect(Math.hypot((x ?? 0) - 25, (y ?? 0) - 40)).toBeCloseTo(10, 1);
  });

  test("an ellipse goes through the ends of its axes, a point is a cross, what is filled says so", () => {
    const [ellipse, point] = drawn({
      shapes: [shape("ELLIPSE", [1, 4, 9, 4, 5, 2, 5, 6], "PIXEL", "Y"), shape("POINT", [5, 4])],
    });
    expect(line(ellipse)).toEqual(
      expect.arrayContaining([
        [45, 40],
        [5, 40],
        [25, 60],
        [25, 20],
      ]),
    );
    expect(ellipse?.querySelector(".is-filled")).not.toBeNull();
    expect(line(point)).toEqual([
      [20, 40],
      [30, 40],
      [25, 35],
      [25, 45],
    ]);
  });
});

describe("texts", () => {
  const at = (group: Element | undefined): readonly unknown[] => {
    const found = group?.querySelector(".state-text");
    const number = (name: string): number => Math.round(100 * Number(found?.getAttribute(name))) / 100;
    return [number("x"), number("y"), found?.getAttribute("text-anchor")];
  };

  test("stand in their box as they are aligned, line by line, never as markup", () => {
    const [left, right] = drawn({
      texts: [text("<b>1</b>\r\nzwei", box(2, 2, 6, 4)), text("x", box(2, 2, 6, 4, "RIGHT"))],
    });
    expect(at(left)).toEqual([10, 33, "start"]);
    expect([...(left?.querySelectorAll("tspan") ?? [])].map((part) => part.textContent)).toEqual(["<b>1</b>", "zwei"]);
    expect(at(right)).toEqual([30, 33, "end"]);
  });

  test("are joined to their anchor where it is to be seen", () => {
    const [joined, hidden, alone] = drawn({
      texts: [
        text("a", { ...box(4, 2, 6, 4), ...anchor(1, 3, "Y") }),
        text("b", { ...box(4, 2, 6, 4), ...anchor(1, 3, "N") }),
        text("c", anchor(1, 3, "N")),
      ],
    });
    expect(line(joined)).toEqual([
      [5, 30],
      [20, 30],
    ]);
    expect(line(hidden)).toEqual([]);
    expect(at(alone)).toEqual([19, 23, "start"]);
  });
});

test("clinical-more 8.11: a layer has its recommended colour, and a dark one a light edge", () => {
  const layer = (value: number): Dataset => ({
    [StateTags.GraphicLayerSequence]: element("SQ", {
      [StateTags.GraphicLayer]: element("CS", "A"),
      [StateTags.GraphicLayerRecommendedDisplayGrayscaleValue]: element("US", value),
    }),
  });
  const [bright] = drawn({ shapes: [shape("POINT", [1, 1])] }, layer(65535));
  expect((bright as SVGElement).style.getPropertyValue("--state-colour")).toBe("rgb(255 255 255)");
  expect(bright?.classList.contains("is-dark")).toBe(false);
  host.replaceChildren();
  const [dark] = drawn({ shapes: [shape("POINT", [1, 1])] }, layer(0));
  expect(dark?.classList.contains("is-dark")).toBe(true);
});

test("put off with the overlays, nothing is drawn", () => {
  expect(drawn({ shapes: [shape("POINT", [1, 1])] }, {}, false)).toEqual([]);
});
