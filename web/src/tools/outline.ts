// How a mark lies on the pane in CSS pixels: its lines, its handles, and where its value stands. Drawing and hit testing see the same.
import { type PicturePoint, picturePoint } from "../display";
import type { PaneGeometry } from "../viewport";
import { ellipseOf } from "./ellipse";
import type { Mark } from "./mark";

export type CssPoint = readonly [x: number, y: number];

export interface Outline {
  readonly lines: readonly (readonly CssPoint[])[];
  /** One for each point of the mark, in its order. */
  readonly handles: readonly CssPoint[];
}

type ToCss = (at: PicturePoint) => CssPoint;

const ELLIPSE_CORNERS = 72;
const TICK = 5;
const ARROW_HEAD = 11;
const ARROW_OPENING = Math.PI / 7;
const PROBE_ARM = 7;
const PROBE_GAP = 2;

export function toCss({ toCanvas, ratio }: PaneGeometry): ToCss {
  return (at) => {
    const [x, y] = toCanvas(at);
    return [x / ratio, y / ratio];
  };
}

export function outlineOf(mark: Mark, css: ToCss): Outline {
  const handles = mark.points.map(css);
  return { handles, lines: linesOf(mark, handles, css) };
}

function linesOf(mark: Mark, handles: readonly CssPoint[], css: ToCss): Outline["lines"] {
  const [a, b] = handles;
  if (a === undefined) return [];
  if (mark.kind === "probe") return cross(a);
  if (mark.kind === "ellipse") return [contour(mark, css)];
  if (b === undefined) return [];
  if (mark.kind === "arrow") return [[a, b], head(a, b)];
  return mark.kind === "angle" ? [handles] : [[a, b], tick(a, b), tick(b, a)];
}

function contour({ points }: Mark, css: ToCss): readonly CssPoint[] {
  const ellipse = ellipseOf(points);
  if (ellipse === null) return points.map(css);
  const { centre, u, v } = ellipse;
  return Array.from({ length: ELLIPSE_CORNERS + 1 }, (_, index) => {
    const turn = (2 * Math.PI * index) / ELLIPSE_CORNERS;
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    return css(picturePoint(centre[0] + u[0] * cos + v[0] * sin, centre[1] + u[1] * cos + v[1] * sin));
  });
}

/** A short stroke across the end of a line. */
function tick([x, y]: CssPoint, [toX, toY]: CssPoint): readonly CssPoint[] {
  const size = Math.hypot(toX - x, toY - y) || 1;
  const [dx, dy] = [(-(toY - y) / size) * TICK, ((toX - x) / size) * TICK];
  return [
    [x - dx, y - dy],
    [x + dx, y + dy],
  ];
}

function head([x, y]: CssPoint, [tailX, tailY]: CssPoint): readonly CssPoint[] {
  const direction = Math.atan2(tailY - y, tailX - x);
  const wing = (by: number): CssPoint => [
    x + ARROW_HEAD * Math.cos(direction + by),
    y + ARROW_HEAD * Math.sin(direction + by),
  ];
  return [wing(ARROW_OPENING), [x, y], wing(-ARROW_OPENING)];
}

/** Four arms with a hole in the middle, so that the pixel itself is seen. */
function cross([x, y]: CssPoint): Outline["lines"] {
  return [
    [
      [x - PROBE_ARM, y],
      [x - PROBE_GAP, y],
    ],
    [
      [x + PROBE_GAP, y],
      [x + PROBE_ARM, y],
    ],
    [
      [x, y - PROBE_ARM],
      [x, y - PROBE_GAP],
    ],
    [
      [x, y + PROBE_GAP],
      [x, y + PROBE_ARM],
    ],
  ];
}
