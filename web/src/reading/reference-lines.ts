// The lines in which the leading pane's plane cuts this one, as SVG above the picture: the current image solid, first and last of its stack thin.
import { type PaneReport, planeArea, type ReferenceLine, referenceLine } from "../viewport";
import type { MountLayer } from "./pane-layer";

const SVG = "http://www.w3.org/2000/svg";
const KINDS = ["current", "first", "last"] as const;

export const mountReferenceLines: MountLayer = (host, { desk, place }) => {
  const layer = host.appendChild(document.createElementNS(SVG, "svg"));
  layer.setAttribute("class", "ref-lines");
  layer.setAttribute("aria-hidden", "true");
  const lines = KINDS.map((kind) => {
    const line = layer.appendChild(document.createElementNS(SVG, "line"));
    line.setAttribute("class", `ref-line ref-line--${kind}`);
    return { kind, line };
  });
  return {
    show(report) {
      const leading = desk.snapshot().localiser ? desk.focus() : null;
      const on = leading === null || leading.place === place || report.frame === null ? null : planeArea(report.frame);
      let shown = 0;
      for (const { kind, line } of lines) {
        const cut = leading === null || on === null ? null : referenceLine(leading.focus[kind], on);
        if (putLine(line, cut, report)) shown += 1;
      }
      host.dataset["lines"] = String(shown);
    },
    dispose: () => layer.remove(),
  };
};

function putLine(line: SVGLineElement, cut: ReferenceLine | null, { geometry }: PaneReport): boolean {
  const visible = cut !== null && geometry !== null;
  line.toggleAttribute("hidden", !visible);
  if (!visible) return false;
  const [from, to] = cut.map((at) => geometry.toCanvas(at).map((device) => device / geometry.ratio));
  for (const [name, value] of [
    ["x1", from?.[0]],
    ["y1", from?.[1]],
    ["x2", to?.[0]],
    ["y2", to?.[1]],
  ] as const)
    line.setAttribute(name, (value ?? 0).toFixed(2));
  return true;
}
