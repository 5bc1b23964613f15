// Where the value of a mark stands: beside its rightmost point, inside the pane, off the line.
import type { CssPoint } from "./outline";

export interface LabelPlace {
  readonly x: number;
  /** Of the first line's base. */
  readonly y: number;
}

export const LINE_HEIGHT = 16;
const ASIDE = 10;
const MARGIN = 6;

/** `width` and `lines` are the label's; the pane is `size` large. */
export function placeLabel(
  points: readonly CssPoint[],
  label: { readonly width: number; readonly lines: number },
  size: { readonly width: number; readonly height: number },
): LabelPlace {
  const rightmost = points.reduce((best, point) => (point[0] > best[0] ? point : best), points[0] ?? [0, 0]);
  const leftmost = points.reduce((best, point) => (point[0] < best[0] ? point : best), rightmost);
  const fits = rightmost[0] + ASIDE + label.width + MARGIN <= size.width;
  const wanted = fits ? rightmost[0] + ASIDE : leftmost[0] - ASIDE - label.width;
  const height = label.lines * LINE_HEIGHT;
  return {
    x: clamped(wanted, MARGIN, size.width - label.width - MARGIN),
    y: clamped(rightmost[1] + LINE_HEIGHT, LINE_HEIGHT + MARGIN, size.height - height + LINE_HEIGHT - MARGIN),
  };
}

function clamped(value: number, low: number, high: number): number {
  return Math.max(Math.min(value, high), low);
}
