// Where the value of a mark stands: beside its rightmost point, inside the pane, off the line and off other values.
import type { CssPoint } from "./outline";

export interface LabelPlace {
  readonly x: number;
  /** Of the first line's base. */
  readonly y: number;
}

export interface Label {
  readonly width: number;
  readonly lines: number;
}

export const LINE_HEIGHT = 16;
const ASIDE = 10;
const MARGIN = 6;

/** Keeps the labels of one drawing off each other; the pane is `size` large. */
export class LabelPlaces {
  private readonly taken: { readonly place: LabelPlace; readonly label: Label }[] = [];

  constructor(private readonly size: { readonly width: number; readonly height: number }) {}

  /** Beside the points of a mark, below whatever stands there already. */
  put(points: readonly CssPoint[], label: Label): LabelPlace {
    let place = besideRightmost(points, label, this.size);
    for (const other of this.taken.toSorted((a, b) => a.place.y - b.place.y))
      if (overlap(place, label, other.place, other.label))
        place = { ...place, y: other.place.y + other.label.lines * LINE_HEIGHT };
    this.taken.push({ place, label });
    return place;
  }
}

function overlap(a: LabelPlace, ofA: Label, b: LabelPlace, ofB: Label): boolean {
  return (
    a.x < b.x + ofB.width &&
    b.x < a.x + ofA.width &&
    a.y < b.y + ofB.lines * LINE_HEIGHT &&
    b.y < a.y + ofA.lines * LINE_HEIGHT
  );
}

function besideRightmost(
  points: readonly CssPoint[],
  label: Label,
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
