// What lies above a picture, pixel for pixel: shutters, and overlays above them, so that a side letter outside stays readable.
import type { OverlayPlane } from "./overlay-planes";
import type { RowSpans } from "./row-spans";
import type { Shutter } from "./shutters";

/** A cell of the cover: the picture is seen, or one of these lies above it. */
export const UNCOVERED = 0;
export const SHUTTERED = 1;
export const OVERLAID = 2;

export interface Cover {
  readonly rows: number;
  readonly columns: number;
  readonly cells: Uint8Array<ArrayBuffer>;
  /** The level of what is shuttered; overlays are white. */
  readonly shutterLevel: number;
}

interface Size {
  readonly rows: number;
  readonly columns: number;
}

/** `null` when nothing lies above the picture. */
export function coverOf(size: Size, planes: readonly OverlayPlane[], shutter: Shutter | null): Cover | null {
  if (planes.length === 0 && shutter === null) return null;
  const cover = { ...size, cells: new Uint8Array(size.rows * size.columns), shutterLevel: shutter?.level ?? 0 };
  for (const opening of shutter?.openings ?? []) close(cover, opening);
  for (const plane of shutter?.bitmaps ?? []) lay(cover, plane, SHUTTERED);
  for (const plane of planes) lay(cover, plane, OVERLAID);
  return cover;
}

/** Covers all outside of the opening. */
function close({ rows, columns, cells }: Cover, opening: RowSpans): void {
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    let at = 0;
    for (const [from, to] of opening(row)) {
      if (to <= at) continue;
      if (from > at) cells.fill(SHUTTERED, start + at, start + Math.min(from, columns));
      at = Math.min(Math.max(at, to), columns);
    }
    cells.fill(SHUTTERED, start + at, start + columns);
  }
}

/** What lies beyond the edges of the picture is cut off. */
function lay(
  { rows, columns, cells }: Cover,
  { top, left, bytes, startBit, ...plane }: OverlayPlane,
  as: number,
): void {
  const lastRow = Math.min(plane.rows, rows - top);
  const lastColumn = Math.min(plane.columns, columns - left);
  for (let row = Math.max(0, -top); row < lastRow; row++) {
    const first = startBit + row * plane.columns;
    const below = (top + row) * columns + left;
    for (let column = Math.max(0, -left); column < lastColumn; column++) {
      const bit = first + column;
      if (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1) cells[below + column] = as;
    }
  }
}
