// Draws the ruler at the left edge of a pane, above the texts of the corner.
import type { PaneReport } from "../viewport";
import { type Ruler, type RulerArm, rulerOf } from "./ruler";
import type { Slate } from "./slate";
import { pathOf, svg, textPlate } from "./svg";

/** What stands at a ruler: its length with unit and basis. */
export type DescribeRuler = (arm: RulerArm, ruler: Ruler) => string;

const LEFT = 14;
const ABOVE_CORNER = 58;
const TICK = 5;
const END_TICK = 9;

export function mountRuler(
  host: HTMLElement,
  slate: Slate,
  describe: DescribeRuler,
): { show(report: PaneReport): void; dispose(): void } {
  const layer = svg("svg", { class: "ruler", "aria-hidden": "true" });
  const plate = textPlate();
  host.append(layer);
  let last: PaneReport | null = null;
  let wanted = "";
  const write = (): void => {
    const geometry = last?.geometry ?? null;
    const ruler = geometry === null ? null : rulerOf(geometry, slate.calibrationOf(geometry.frame));
    const arms = ruler === null ? [] : ruler.arms.map((arm) => ({ arm, text: describe(arm, ruler) }));
    const height = geometry === null ? 0 : geometry.size.height / geometry.ratio; // asking the host would lay out the page
    const now = JSON.stringify([arms, height]);
    if (now === wanted) return;
    wanted = now;
    const drawn = arms.flatMap(({ arm, text }) => drawArm(arm, text, height - ABOVE_CORNER, plate.filter));
    layer.replaceChildren(plate.definition, ...drawn);
  };
  const unsubscribe = slate.subscribe(write);
  return {
    show(report) {
      const moved = report.geometry !== last?.geometry;
      last = report;
      if (moved) write();
    },
    dispose() {
      unsubscribe();
      layer.remove();
    },
  };
}

function drawArm(
  { axis, length, parts }: RulerArm,
  text: string,
  bottom: number,
  filter: string,
): readonly SVGElement[] {
  const steps = Array.from({ length: parts + 1 }, (_, index) => (index / parts) * length);
  const size = (index: number): number => (index === 0 || index === parts ? END_TICK : TICK);
  const standing = axis === "vertical";
  const path = standing
    ? pathOf([
        [
          [LEFT, bottom],
          [LEFT, bottom - length],
        ],
        ...steps.map((at, index) => [[LEFT, bottom - at] as const, [LEFT + size(index), bottom - at] as const]),
      ])
    : pathOf([
        [
          [LEFT, bottom],
          [LEFT + length, bottom],
        ],
        ...steps.map((at, index) => [[LEFT + at, bottom] as const, [LEFT + at, bottom - size(index)] as const]),
      ]);
  const label = standing
    ? svg("text", { class: "ruler-text", filter, x: LEFT, y: bottom - length - 6 })
    : svg("text", { class: "ruler-text", filter, x: LEFT + length + 6, y: bottom });
  label.textContent = text;
  return [svg("path", { class: "ruler-halo", d: path }), svg("path", { class: "ruler-line", d: path }), label];
}
