// Graphics and texts of a presentation state (PS3.3 C.10.5), by layer, lowest first.
import { type Rgb, rgbOfCielab } from "./cielab";
import { type Dataset, itemsOf, numberOf, numbersOf, textOf } from "./dataset";
import { StateTags } from "./presentation-tags";
import { levelOfPValue } from "./rounding";

/**
 * `picture`: column and row from the outer corner of the first pixel, as everywhere here (clinical rule 8.10).
 * `area`: parts of the displayed area, 0 to 1, from its corner at the top left of the screen.
 */
export type Units = "picture" | "area";
export type Point = readonly [x: number, y: number];

export interface Layer {
  readonly name: string;
  readonly order: number;
  /** Recommended for the layer; `null`: whoever draws chooses. */
  readonly colour: Rgb | null;
}

export interface TextBox {
  readonly units: Units;
  readonly topLeft: Point;
  readonly bottomRight: Point;
  /** Where the lines of the text stand in the box, as it is seen. */
  readonly align: "left" | "centre" | "right";
}

export type Graphic =
  | {
      readonly kind: "shape";
      readonly layer: Layer;
      readonly units: Units;
      readonly shape: "point" | "polyline" | "interpolated" | "circle" | "ellipse";
      /** Circle: centre and a point on it. Ellipse: ends of the major axis, then of the minor one. */
      readonly points: readonly Point[];
      readonly filled: boolean;
    }
  | {
      readonly kind: "text";
      readonly layer: Layer;
      readonly text: string;
      readonly box: TextBox | null;
      readonly anchor: { readonly units: Units; readonly at: Point; readonly line: boolean } | null;
    };

const SHAPES = {
  POINT: "point",
  POLYLINE: "polyline",
  INTERPOLATED: "interpolated",
  CIRCLE: "circle",
  ELLIPSE: "ellipse",
} as const;
/** Points that each shape has; 0: two or more. */
const COUNTS: Readonly<Record<string, number>> = { point: 1, polyline: 0, interpolated: 0, circle: 2, ellipse: 4 };

/** Fonts, dashes, shadows and patterns: all is drawn in one plain style. */
const STYLES: readonly string[] = [
  StateTags.TextStyleSequence,
  StateTags.LineStyleSequence,
  StateTags.FillStyleSequence,
];

export interface DrawnGraphics {
  readonly graphics: readonly Graphic[];
  readonly missing: readonly ("graphic" | "compoundGraphic" | "style")[];
}

/** `annotations`: the items that are for the frame. */
export function readGraphics(state: Dataset, annotations: readonly Dataset[]): DrawnGraphics {
  const layers = readLayers(state);
  const found = annotations.flatMap((annotation) => {
    const name = textOf(annotation, StateTags.GraphicLayer) ?? "";
    const layer = layers.get(name) ?? { name, order: 0, colour: null };
    return [
      ...itemsOf(annotation, StateTags.GraphicObjectSequence).map((item) => readShape(item, layer)),
      ...itemsOf(annotation, StateTags.TextObjectSequence).map((item) => readText(item, layer)),
    ];
  });
  const graphics = found.filter((graphic) => graphic !== null).sort((a, b) => a.layer.order - b.layer.order);
  const compound = annotations.some((annotation) => itemsOf(annotation, StateTags.CompoundGraphicSequence).length > 0);
  const styled = annotations.some((annotation) =>
    [StateTags.GraphicObjectSequence, StateTags.TextObjectSequence]
      .flatMap((tag) => itemsOf(annotation, tag))
      .some((item) => STYLES.some((tag) => itemsOf(item, tag).length > 0)),
  );
  return {
    graphics,
    missing: [
      ...(graphics.length < found.length ? (["graphic"] as const) : []),
      ...(compound ? (["compoundGraphic"] as const) : []),
      ...(styled ? (["style"] as const) : []),
    ],
  };
}

function readLayers(state: Dataset): ReadonlyMap<string, Layer> {
  return new Map(
    itemsOf(state, StateTags.GraphicLayerSequence).map((item) => {
      const name = textOf(item, StateTags.GraphicLayer) ?? "";
      return [name, { name, order: numberOf(item, StateTags.GraphicLayerOrder) ?? 0, colour: recommended(item) }];
    }),
  );
}

/** A colour says more than the grey that stands beside it for displays without colours. */
function recommended(item: Dataset): Rgb | null {
  const colour = rgbOfCielab(numbersOf(item, StateTags.GraphicLayerRecommendedDisplayCielab));
  const value = numberOf(item, StateTags.GraphicLayerRecommendedDisplayGrayscaleValue);
  if (colour !== null || value === null) return colour;
  const level = levelOfPValue(value);
  return [level, level, level];
}

/** `MATRIX` is PIXEL of a tiled image as a whole, which is no frame: not drawn. */
function unitsOf(item: Dataset, tag: string): Units | null {
  const name = textOf(item, tag);
  return name === "PIXEL" ? "picture" : name === "DISPLAY" ? "area" : null;
}

function readShape(item: Dataset, layer: Layer): Graphic | null {
  const units = unitsOf(item, StateTags.GraphicAnnotationUnits);
  const type = textOf(item, StateTags.GraphicType) ?? "";
  const points = pointsOf(item, StateTags.GraphicData);
  if (units === null || !(type in SHAPES)) return null;
  const shape = SHAPES[type as keyof typeof SHAPES]; // checked on the line above
  const wanted = COUNTS[shape] ?? 0;
  if (wanted === 0 ? points.length < 2 : points.length !== wanted) return null;
  return { kind: "shape", layer, units, shape, points, filled: textOf(item, StateTags.GraphicFilled) === "Y" };
}

function readText(item: Dataset, layer: Layer): Graphic | null {
  const text = textOf(item, StateTags.UnformattedTextValue);
  const boxUnits = unitsOf(item, StateTags.BoundingBoxAnnotationUnits);
  const [topLeft] = pointsOf(item, StateTags.BoundingBoxTopLeftHandCorner);
  const [bottomRight] = pointsOf(item, StateTags.BoundingBoxBottomRightHandCorner);
  const anchorUnits = unitsOf(item, StateTags.AnchorPointAnnotationUnits);
  const [at] = pointsOf(item, StateTags.AnchorPoint);
  const box =
    boxUnits === null || topLeft === undefined || bottomRight === undefined
      ? null
      : { units: boxUnits, topLeft, bottomRight, align: alignOf(item) };
  const line = textOf(item, StateTags.AnchorPointVisibility) === "Y";
  const anchor = anchorUnits === null || at === undefined ? null : { units: anchorUnits, at, line };
  if (text === null || (box === null && anchor === null)) return null;
  return { kind: "text", layer, text, box, anchor };
}

const ALIGNED: Readonly<Record<string, TextBox["align"]>> = { LEFT: "left", CENTER: "centre", RIGHT: "right" };

function alignOf(item: Dataset): TextBox["align"] {
  return ALIGNED[textOf(item, StateTags.BoundingBoxTextHorizontalJustification) ?? ""] ?? "left";
}

function pointsOf(item: Dataset, tag: string): readonly Point[] {
  const numbers = numbersOf(item, tag);
  return Array.from({ length: Math.floor(numbers.length / 2) }, (_, at) => [
    numbers[2 * at] ?? 0,
    numbers[2 * at + 1] ?? 0,
  ]);
}

const SEGMENTS = 72;

/**
 * The line of a shape as points, in the units of its own: circles and ellipses by short chords, interpolated ones through
 * their points. A circle is round on the screen: there its points have to be before.
 */
export function outline(graphic: Extract<Graphic, { kind: "shape" }>): readonly Point[] {
  const [a, b, c, d] = graphic.points;
  if (graphic.shape === "circle" && a !== undefined && b !== undefined) {
    const radius = Math.hypot(b[0] - a[0], b[1] - a[1]);
    return around(a, [radius, 0], [0, radius]);
  }
  if (graphic.shape === "ellipse" && a !== undefined && b !== undefined && c !== undefined && d !== undefined) {
    const centre: Point = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
    return around(centre, [(b[0] - a[0]) / 2, (b[1] - a[1]) / 2], [(d[0] - c[0]) / 2, (d[1] - c[1]) / 2]);
  }
  return graphic.shape === "interpolated" ? smooth(graphic.points) : graphic.points;
}

function around(centre: Point, major: Point, minor: Point): readonly Point[] {
  return Array.from({ length: SEGMENTS + 1 }, (_, at) => {
    const angle = (at / SEGMENTS) * 2 * Math.PI;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    return [centre[0] + cos * major[0] + sin * minor[0], centre[1] + cos * major[1] + sin * minor[1]];
  });
}

/** A Catmull-Rom curve: the standard leaves the kind of curve open, as long as it goes through all points. */
function smooth(points: readonly Point[]): readonly Point[] {
  const pick = (at: number): Point => points[Math.max(0, Math.min(points.length - 1, at))] ?? [0, 0];
  const steps = 8;
  const curve: Point[] = [];
  for (let at = 0; at + 1 < points.length; at += 1) {
    const [p0, p1, p2, p3] = [pick(at - 1), pick(at), pick(at + 1), pick(at + 2)];
    for (let step = 0; step < steps; step += 1) curve.push(between(p0, p1, p2, p3, step / steps));
  }
  return [...curve, pick(points.length - 1)];
}

function between(p0: Point, p1: Point, p2: Point, p3: Point, t: number): Point {
  const one = (a: number, b: number, c: number, d: number): number =>
    b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  return [one(p0[0], p1[0], p2[0], p3[0]), one(p0[1], p1[1], p2[1], p3[1])];
}
