// What lies under the pointer, in CSS pixels: distances for the hand are the same at every zoom.
import type { PaneGeometry } from "../viewport";
import type { Mark } from "./mark";
import { type CssPoint, outlineOf, toCss } from "./outline";

export interface Hit {
  readonly mark: Mark;
  /** Index of the point, or `null` for the line. */
  readonly handle: number | null;
}

const HANDLE_WITHIN = 8;
const LINE_WITHIN = 6;

/** Handles before lines, the chosen mark before others, later marks before earlier ones; `null` where nothing is. */
export function hitAt(
  marks: readonly Mark[],
  geometry: PaneGeometry,
  at: CssPoint,
  selected: string | null,
): Hit | null {
  const inOrder = [...marks.toReversed()].sort((a, b) => Number(b.id === selected) - Number(a.id === selected));
  const outlines = inOrder.map((mark) => ({ mark, ...outlineOf(mark, toCss(geometry)) }));
  for (const { mark, handles } of outlines) {
    const handle = nearest(handles, at);
    if (handle !== null) return { mark, handle };
  }
  const line = outlines.find(({ lines }) => lines.some((points) => distanceToLine(points, at) <= LINE_WITHIN));
  return line === undefined ? null : { mark: line.mark, handle: null };
}

function nearest(handles: readonly CssPoint[], [x, y]: CssPoint): number | null {
  const distances = handles.map(([hx, hy]) => Math.hypot(hx - x, hy - y));
  const least = Math.min(...distances);
  return least <= HANDLE_WITHIN ? distances.indexOf(least) : null;
}

function distanceToLine(points: readonly CssPoint[], at: CssPoint): number {
  const parts = points.slice(1).map((end, index) => distanceToPart(points[index] ?? end, end, at));
  return Math.min(...parts);
}

function distanceToPart([ax, ay]: CssPoint, [bx, by]: CssPoint, [x, y]: CssPoint): number {
  const [dx, dy] = [bx - ax, by - ay];
  const size = dx * dx + dy * dy;
  const along = size === 0 ? 0 : Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / size, 0), 1);
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}
