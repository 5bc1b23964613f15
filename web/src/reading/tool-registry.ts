// The tools that a button of the mouse can have on images: name, key, icon, cursor, and how one is made for a pane.
import type { WordKey } from "../locale";
import type { IconName } from "../ui";
import { lensTool, type Pane, type PointerTool, panTool, stackTool, windowTool, zoomTool } from "../viewport";

export interface ToolContext {
  readonly pane: Pane;
  /** The element that the pane fills. */
  readonly host: HTMLElement;
  /** Which place of the desk this is, from 0. */
  readonly place: number;
}

export interface ReadingTool {
  /** Stable name: it stands in the reader's profile. */
  readonly id: string;
  readonly label: WordKey;
  readonly key: string;
  readonly icon: IconName;
  /** CSS cursor while it is in hand. */
  readonly cursor: string;
  /** Tools of one group stand together in the bar. */
  readonly group: "view" | "mark";
  /** Called once for each pane in which the tool is used; what it made lives until the pane is taken down. */
  readonly create: (context: ToolContext) => PointerTool;
  /** Told after its key took it in hand; `again`: it was in hand already. */
  readonly held?: (again: boolean) => void;
}

export const VIEW_TOOLS: readonly ReadingTool[] = [
  view("window", "w", "window", "default", ({ pane }) => windowTool(pane)),
  view("pan", "b", "pan", "move", ({ pane }) => panTool(pane)),
  view("zoom", "z", "zoom", "zoom-in", ({ pane }) => zoomTool(pane)),
  view("stack", "s", "scroll", "ns-resize", ({ pane, host }) => stackTool(pane, () => host.clientHeight)),
  view("lens", "u", "lens", "none", ({ pane }) => lensTool(pane)),
];

type ViewToolId = "window" | "pan" | "zoom" | "stack" | "lens";

function view(id: ViewToolId, key: string, icon: IconName, cursor: string, create: ReadingTool["create"]): ReadingTool {
  return { id, label: `reading.tool.${id}`, key, icon, cursor, group: "view", create };
}
