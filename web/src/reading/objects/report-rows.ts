// Which items of a report stand on the page: folded ones hide what lies within them. Pure.
import type { ReportItem } from "../../display";

/** Items that are seen while those of `folded` are closed. */
export function seenItems(items: readonly ReportItem[], folded: ReadonlySet<number>): readonly ReportItem[] {
  const seen: ReportItem[] = [];
  for (let at = 0; at < items.length; ) {
    const item = items[at];
    if (item === undefined) break;
    seen.push(item);
    at = folded.has(at) ? item.end : at + 1;
  }
  return seen;
}

export const hasInside = (item: ReportItem): boolean => item.end > item.index + 1;

/** Long reports begin folded below their second level; short ones are read through. */
const READ_THROUGH = 400;
const OPEN_LEVELS = 2;

export function foldedAtFirst(items: readonly ReportItem[]): ReadonlySet<number> {
  if (items.length <= READ_THROUGH) return new Set();
  return new Set(items.filter((item) => item.depth >= OPEN_LEVELS && hasInside(item)).map(({ index }) => index));
}

export function allFolded(items: readonly ReportItem[]): ReadonlySet<number> {
  return new Set(items.filter((item) => item.depth > 0 && hasInside(item)).map(({ index }) => index));
}

/** The same with every item above `index` open: a link leads to where it can be seen. */
export function unfoldedTo(
  items: readonly ReportItem[],
  folded: ReadonlySet<number>,
  index: number,
): ReadonlySet<number> {
  const open = new Set(folded);
  for (let at = items[index]?.parent ?? -1; at >= 0; at = items[at]?.parent ?? -1) open.delete(at);
  return open;
}

export interface TreeState {
  readonly folded: ReadonlySet<number>;
  /** Index of the item in hand. */
  readonly at: number;
}

/** Keys of a tree (ARIA 1.2, tree view) beside Enter and Space; `null` leaves the key to the page. */
export function afterKey(key: string, items: readonly ReportItem[], state: TreeState): TreeState | null {
  const { folded, at } = state;
  const item = items[at];
  if (item === undefined) return null;
  const open = hasInside(item) && !folded.has(at);
  const by = (steps: number): TreeState => ({ folded, at: neighbour(items, state, steps) });
  switch (key) {
    case "ArrowDown":
      return by(1);
    case "ArrowUp":
      return by(-1);
    case "Home":
      return by(-items.length);
    case "End":
      return by(items.length);
    case "ArrowRight":
      return hasInside(item) && !open ? turned(state, at) : by(1);
    case "ArrowLeft":
      return open ? turned(state, at) : { folded, at: Math.max(0, item.parent) };
    case "+":
      return { folded: new Set(), at };
    case "-":
      return { folded: allFolded(items), at: topmost(items, at) };
    default:
      return null;
  }
}

export function turned({ folded }: TreeState, index: number): TreeState {
  const next = new Set(folded);
  if (!next.delete(index)) next.add(index);
  return { folded: next, at: index };
}

function neighbour(items: readonly ReportItem[], { folded, at }: TreeState, steps: number): number {
  const seen = seenItems(items, folded);
  const here = seen.findIndex(({ index }) => index === at);
  return seen[Math.max(0, Math.min(seen.length - 1, here + steps))]?.index ?? 0;
}

/** The item below the root that holds `at`: it is still seen when all is folded. */
function topmost(items: readonly ReportItem[], at: number): number {
  let here = at;
  for (let item = items[here]; item !== undefined && item.depth > 1; item = items[here]) here = item.parent;
  return here;
}
