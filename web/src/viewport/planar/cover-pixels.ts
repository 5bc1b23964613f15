// Shutters and overlays over the drawn pixels in JavaScript: never interpolated, so that an edge stays where the header put it.
import { type Cover, OVERLAID, SHUTTERED } from "../../display";
import type { Sampling } from "./sampling";

const OPAQUE_WHITE = 0xffffffff;

export function paintCover(out: Uint32Array, cover: Pick<Cover, "cells" | "shutterLevel">, { x, y }: Sampling): void {
  const level = cover.shutterLevel;
  const shutter = (0xff000000 | (level << 16) | (level << 8) | level) >>> 0;
  const width = x.nearest.length;
  for (let row = 0; row < y.nearest.length; row++) {
    const offset = y.nearest[row] ?? -1;
    if (offset < 0) continue;
    for (let column = 0; column < width; column++) {
      const along = x.nearest[column] ?? -1;
      const cell = along < 0 ? 0 : (cover.cells[offset + along] ?? 0);
      if (cell === OVERLAID) out[row * width + column] = OPAQUE_WHITE;
      else if (cell === SHUTTERED) out[row * width + column] = shutter;
    }
  }
}

/** The cover of a picture that was halved `steps` times: a line one pixel wide stays seen, a shutter needs the whole cell. */
export function reduceCover(cover: Cover, steps: number): Cover {
  let reduced = cover;
  for (let step = 0; step < steps; step++) reduced = halved(reduced);
  return reduced;
}

function halved({ rows, columns, cells, shutterLevel }: Cover): Cover {
  const [halfRows, halfColumns] = [Math.ceil(rows / 2), Math.ceil(columns / 2)];
  const half = new Uint8Array(halfRows * halfColumns);
  for (let row = 0; row < halfRows; row++) {
    const upper = 2 * row * columns;
    const lower = 2 * row + 1 < rows ? upper + columns : upper;
    for (let column = 0; column < halfColumns; column++) {
      const left = 2 * column;
      const right = left + 1 < columns ? left + 1 : left;
      const [a, b] = [cells[upper + left] ?? 0, cells[upper + right] ?? 0];
      const [c, d] = [cells[lower + left] ?? 0, cells[lower + right] ?? 0];
      const most = Math.max(a, b, c, d);
      half[row * halfColumns + column] = most === OVERLAID ? OVERLAID : Math.min(a, b, c, d);
    }
  }
  return { rows: halfRows, columns: halfColumns, cells: half, shutterLevel };
}

/** Keeps the reduced copy of the cover drawn last. */
export class ReducedCovers {
  private readonly copies = new WeakMap<Cover, { readonly steps: number; readonly copy: Cover }>();

  of(cover: Cover, steps: number): Cover {
    if (steps === 0) return cover;
    const known = this.copies.get(cover);
    if (known?.steps === steps) return known.copy;
    const copy = reduceCover(cover, steps);
    this.copies.set(cover, { steps, copy });
    return copy;
  }
}
