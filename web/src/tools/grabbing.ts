// Lets a tool that changes the view also change marks: a click on one chooses it, a press on the chosen one takes it.
import type { PointerTool } from "../viewport";
import { Editing, underPointer } from "./editing";
import type { Slate } from "./slate";

const CLICK_WITHIN = 3;

export function grabbing(tool: PointerTool, slate: Slate): PointerTool {
  const editing = new Editing(slate);
  let pressed: readonly [x: number, y: number] | null = null;
  return {
    down(at) {
      if (at.button !== "left") return tool.down(at);
      pressed = at.css;
      return editing.take(at) || tool.down(at);
    },
    move(at) {
      if (editing.isHolding) editing.move(at);
      else tool.move(at);
    },
    up(at) {
      if (editing.isHolding) return editing.letGo(at);
      tool.up(at);
      if (pressed !== null && Math.hypot(at.css[0] - pressed[0], at.css[1] - pressed[1]) < CLICK_WITHIN)
        slate.select(underPointer(slate, at)?.mark.id ?? null);
      pressed = null;
    },
    hover(at) {
      slate.hover(underPointer(slate, at)?.mark.id ?? null);
      tool.hover?.(at);
    },
    cancel() {
      editing.cancel();
      tool.cancel?.();
    },
  };
}
