// How panes stand beside each other: rows × columns, and which of these a study opens with.
import type { DisplaySet } from "../display";

export const LAYOUTS = ["1x1", "1x2", "2x1", "2x2"] as const;
export type Layout = (typeof LAYOUTS)[number];
/** Places that a desk has; a layout shows the first of them. */
export const MOST_PANES = 4;

export const rowsOf = (layout: Layout): number => Number(layout[0]);
export const columnsOf = (layout: Layout): number => Number(layout[2]);
export const paneCount = (layout: Layout): number => rowsOf(layout) * columnsOf(layout);

export function nextLayout(layout: Layout): Layout {
  return LAYOUTS[(LAYOUTS.indexOf(layout) + 1) % LAYOUTS.length] ?? "1x1";
}

/** Projections, of which one is read beside the other; RF and XA are runs and stay alone. */
const PROJECTIONS: ReadonlySet<string> = new Set(["CR", "DX", "MG", "IO", "PX"]);

export const isProjection = (modality: string): boolean => PROJECTIONS.has(modality);

/** One set needs one pane; projections stand side by side; stacks open one at a time unless the reader chose otherwise last time. */
export function firstLayout(modality: string, sets: number, last: Layout | undefined): Layout {
  if (sets <= 1) return "1x1";
  if (last !== undefined) return last;
  if (!isProjection(modality)) return "1x1";
  return sets === 2 ? "1x2" : "2x2";
}

/** Of such a series nothing is read: it has no pictures, or they show where the others lie. */
export function nothingToRead(sets: readonly DisplaySet[]): boolean {
  return sets.every(({ localizer }) => localizer);
}

/** What is hung first in the panes: sets in their order, localizers only where nothing else is left. */
export function withoutLocalizers(sets: readonly DisplaySet[]): readonly DisplaySet[] {
  const pictures = sets.filter((set) => !set.localizer);
  return pictures.length === 0 ? sets : pictures;
}
