// The marks over one pane, as SVG above its pixels: written after each drawing in the same frame of the display, without React.
import type { PaneGeometry, PaneReport } from "../viewport";
import { LabelPlaces, LINE_HEIGHT } from "./label-place";
import type { Mark } from "./mark";
import type { Measurement } from "./measuring";
import { type CssPoint, outlineOf, toCss } from "./outline";
import type { Readings } from "./readings";
import type { Slate } from "./slate";
import { pathOf, svg, textPlate } from "./svg";

export interface MarkLayer {
  show(report: PaneReport): void;
  dispose(): void;
}

export interface LabelLine {
  readonly text: string;
  readonly tone: "value" | "note" | "warn";
}

/** The lines of text beside a mark: value with unit, basis, refusals; in the reader's words. */
export type Describe = (mark: Mark, measured: Measurement) => readonly LabelLine[];

/** Of the interface's font at 12 px: wide enough for figures. */
const LETTER_WIDTH = 6.6;
const HANDLE_RADIUS = 4;
const CROSSHAIR_ARM = 14;
const CROSSHAIR_GAP = 3;

export function mountMarks(host: HTMLElement, slate: Slate, readings: Readings, describe: Describe): MarkLayer {
  const layer = svg("svg", { class: "marks", "aria-hidden": "true" });
  const plate = textPlate();
  host.append(layer);
  let last: PaneReport | null = null;

  const write = (): void => {
    const geometry = last?.geometry ?? null;
    const drawn = geometry === null ? [] : drawAll(geometry, slate, readings, describe, plate.filter);
    const aim = slate.crosshair?.host === host ? [drawCrosshair(slate.crosshair.css)] : [];
    layer.replaceChildren(plate.definition, ...drawn, ...aim);
    host.dataset["marks"] = String(drawn.length);
  };
  const unsubscribe = slate.subscribe(write);
  return {
    show(report) {
      last = report;
      write();
    },
    dispose() {
      unsubscribe();
      layer.remove();
    },
  };
}

function drawAll(
  geometry: PaneGeometry,
  slate: Slate,
  readings: Readings,
  describe: Describe,
  filter: string,
): readonly SVGElement[] {
  const { size, ratio } = geometry;
  const places = new LabelPlaces({ width: size.width / ratio, height: size.height / ratio });
  return slate.on(geometry.frame).map((mark) => {
    const { group, points } = drawMark(mark, geometry, slate);
    const lines = describe(mark, readings.of(mark, geometry));
    if (lines.length > 0) group.append(drawLabel(lines, points, places, filter));
    return group;
  });
}

function drawMark(mark: Mark, geometry: PaneGeometry, slate: Slate) {
  const { lines, handles } = outlineOf(mark, toCss(geometry));
  const path = pathOf(lines);
  const chosen = mark.id === slate.selected || mark.id === slate.draft?.id;
  const group = svg(
    "g",
    { class: chosen ? "mark is-chosen" : "mark", "data-mark": mark.id, "data-kind": mark.kind },
    svg("path", { class: "mark-halo", d: path }),
    svg("path", { class: "mark-line", d: path }),
  );
  if ((chosen || mark.id === slate.hovered) && mark.kind !== "probe") group.append(...handles.map(drawHandle));
  return { group, points: lines.flat() };
}

function drawHandle([cx, cy]: CssPoint): SVGElement {
  return svg("circle", { class: "mark-handle", cx, cy, r: HANDLE_RADIUS });
}

function drawLabel(
  lines: readonly LabelLine[],
  points: readonly CssPoint[],
  places: LabelPlaces,
  filter: string,
): SVGElement {
  const width = Math.max(...lines.map(({ text }) => text.length)) * LETTER_WIDTH;
  const { x, y } = places.put(points, { width, lines: lines.length });
  const label = svg("text", { class: "mark-text", x, y, filter });
  lines.forEach((line, index) => {
    const part = svg("tspan", { x, dy: index === 0 ? 0 : LINE_HEIGHT, class: `mark-${line.tone}` });
    part.textContent = line.text;
    label.append(part);
  });
  return label;
}

function drawCrosshair([x, y]: CssPoint): SVGElement {
  const arm = (dx: number, dy: number): readonly CssPoint[] => [
    [x + dx * CROSSHAIR_GAP, y + dy * CROSSHAIR_GAP],
    [x + dx * CROSSHAIR_ARM, y + dy * CROSSHAIR_ARM],
  ];
  const path = pathOf([arm(1, 0), arm(-1, 0), arm(0, 1), arm(0, -1)]);
  return svg(
    "g",
    { class: "crosshair" },
    svg("path", { class: "mark-halo", d: path }),
    svg("path", { class: "mark-line", d: path }),
  );
}
