// Graphics and texts of the presentation state over one pane, as SVG above its pixels and below the reader's own marks (PS3.3 C.10.5).
import { type AppliedState, areaToPicture, type Graphic, outline, picturePoint, type TextBox } from "../../display";
import { pathOf, svg } from "../../tools";
import type { PaneGeometry } from "../../viewport";
import type { MountLayer } from "../pane-layer";

type Css = readonly [x: number, y: number];
type ToCss = (units: TextBox["units"], at: Css) => Css;
type Shape = Extract<Graphic, { kind: "shape" }>;
type Text = Extract<Graphic, { kind: "text" }>;

const POINT_ARM = 5;
const FONT_SIZE = 13;
const LINE_HEIGHT = 16;
/** Of a text that has an anchor and no box: beside its anchor, so that this stays seen. */
const BESIDE = 14;
/** A line darker than this has a light edge instead of a dark one. */
const DARK = 64;

export const mountGraphics: MountLayer = (host) => {
  const layer = svg("svg", { class: "state-graphics", "aria-hidden": "true" });
  host.append(layer);
  let drawn: readonly unknown[] = [];
  return {
    show({ presented, geometry, overlays }) {
      const applied = overlays ? (presented?.applied ?? null) : null;
      const next = [applied, geometry];
      if (next.every((part, index) => part === drawn[index])) return;
      drawn = next;
      layer.replaceChildren(...(applied === null || geometry === null ? [] : drawAll(applied, geometry)));
    },
    dispose: () => layer.remove(),
  };
};

function drawAll({ graphics, area, flips }: AppliedState, { toCanvas, ratio }: PaneGeometry): readonly SVGElement[] {
  const css: ToCss = (units, at) => {
    const [column, row] = units === "area" ? areaToPicture(at, area, flips) : at;
    const [x, y] = toCanvas(picturePoint(column, row));
    return [x / ratio, y / ratio];
  };
  return graphics.map((graphic) => (graphic.kind === "shape" ? drawShape(graphic, css) : drawText(graphic, css)));
}

function group({ layer }: Graphic, kind: string, ...children: readonly SVGElement[]): SVGElement {
  const made = svg("g", { class: "state-graphic", "data-kind": kind, "data-layer": layer.name }, ...children);
  if (layer.colour === null) return made;
  made.style.setProperty("--state-colour", `rgb(${layer.colour.join(" ")})`);
  if (Math.max(...layer.colour) < DARK) made.classList.add("is-dark");
  return made;
}

function drawShape(graphic: Shape, css: ToCss): SVGElement {
  const points = graphic.points.map((at) => css(graphic.units, at));
  const path = pathOf(graphic.shape === "point" ? cross(points) : [outline({ ...graphic, points })]);
  const line = svg("path", { class: "state-line", d: path });
  if (graphic.filled && graphic.shape !== "point") line.classList.add("is-filled");
  return group(graphic, graphic.shape, svg("path", { class: "state-halo", d: path }), line);
}

function cross([at]: readonly Css[]): readonly (readonly Css[])[] {
  if (at === undefined) return [];
  const [x, y] = at;
  return [
    [
      [x - POINT_ARM, y],
      [x + POINT_ARM, y],
    ],
    [
      [x, y - POINT_ARM],
      [x, y + POINT_ARM],
    ],
  ];
}

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "middle" | "end";
}

const ANCHORS = { left: "start", centre: "middle", right: "end" } as const;

function drawText(graphic: Text, css: ToCss): SVGElement {
  const { box, anchor } = graphic;
  const at = anchor === null ? null : css(anchor.units, anchor.at);
  const placed = box === null ? beside(at ?? [0, 0]) : inBox(box, css);
  const text = svg("text", { class: "state-text", x: placed.x, y: placed.y, "text-anchor": placed.anchor });
  graphic.text.split(/\r\n|\r|\n/).forEach((line, index) => {
    const part = svg("tspan", { x: placed.x, dy: index === 0 ? 0 : LINE_HEIGHT });
    part.textContent = line;
    text.append(part);
  });
  if (at === null || anchor?.line !== true) return group(graphic, "text", text);
  const path = pathOf([[at, box === null ? [placed.x - 2, placed.y - FONT_SIZE / 2] : edgeTowards(box, css, at)]]);
  const lines = [svg("path", { class: "state-halo", d: path }), svg("path", { class: "state-line", d: path })];
  return group(graphic, "text", ...lines, text);
}

function beside([x, y]: Css): Placed {
  return { x: x + BESIDE, y: y - BESIDE / 2, anchor: "start" };
}

/** The box as it is seen: a view that was turned since swaps its corners. */
function seen({ units, topLeft, bottomRight }: TextBox, css: ToCss) {
  const [a, b] = [css(units, topLeft), css(units, bottomRight)];
  const [left, right] = [Math.min(a[0], b[0]), Math.max(a[0], b[0])];
  return { left, right, top: Math.min(a[1], b[1]), bottom: Math.max(a[1], b[1]) };
}

function inBox(box: TextBox, css: ToCss): Placed {
  const { left, right, top } = seen(box, css);
  const x = { left, centre: (left + right) / 2, right }[box.align];
  return { x, y: top + FONT_SIZE, anchor: ANCHORS[box.align] };
}

/** The point of the box that is nearest to its anchor. */
function edgeTowards(box: TextBox, css: ToCss, [x, y]: Css): Css {
  const { left, right, top, bottom } = seen(box, css);
  return [Math.min(Math.max(x, left), right), Math.min(Math.max(y, top), bottom)];
}
