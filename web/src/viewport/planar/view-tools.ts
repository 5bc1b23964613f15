// The tools that change how a picture is shown: window, pan, zoom, stack, lens.
import type { Pane } from "./pane";
import type { PointerSample, PointerTool } from "./pointer";

/** CSS pixels that double the zoom. */
const ZOOM_DOUBLES_AFTER = 160;
/** CSS pixels over which a window drag moves by one window width. */
const WINDOW_SPAN = 320;

/** A tool that follows each step of a drag; `start` is where it began. */
function dragging(act: (dx: number, dy: number, start: PointerSample) => void): PointerTool {
  let start: PointerSample | null = null;
  let last: readonly [number, number] = [0, 0];
  const follow = (at: PointerSample): void => {
    const [dx, dy] = [at.css[0] - last[0], at.css[1] - last[1]];
    last = at.css;
    if (start !== null && (dx !== 0 || dy !== 0)) act(dx, dy, start);
  };
  return {
    down(at) {
      start = at;
      last = at.css;
      return true;
    },
    move: follow,
    up: follow,
  };
}

export function windowTool(pane: Pane): PointerTool {
  return dragging((dx, dy) => dragWindow(pane, dx, dy));
}

export function panTool(pane: Pane): PointerTool {
  return dragging((dx, dy) => pane.panBy(dx * pane.ratio, dy * pane.ratio));
}

/** Up enlarges; what lay under the pointer stays there. */
export function zoomTool(pane: Pane): PointerTool {
  return dragging((_, dy, { canvas }) => pane.zoomBy(2 ** (-dy / ZOOM_DOUBLES_AFTER), canvas[0], canvas[1]));
}

/** The height of the pane goes through the whole stack, but an image needs at least 3 and at most 16 CSS pixels. */
export function stackTool(pane: Pane, height: () => number): PointerTool {
  let rest = 0;
  let of: PointerSample | null = null;
  return dragging((_, dy, start) => {
    if (of !== start) rest = 0;
    of = start;
    const perImage = Math.min(Math.max(height() / Math.max(pane.imageCount, 1), 3), 16);
    const moved = rest + dy / perImage;
    const images = Math.trunc(moved);
    rest = moved - images;
    if (images !== 0) pane.moveBy(images);
  });
}

export function lensTool(pane: Pane): PointerTool {
  const show = ({ canvas }: PointerSample): void => pane.magnify(canvas);
  const hide = (): void => pane.magnify(null);
  return {
    down(at) {
      show(at);
      return true;
    },
    move: show,
    up: hide,
    cancel: hide,
  };
}

/** Right widens, up lowers the centre: the picture gets brighter. The step follows the width, so that narrow windows move finely. */
function dragWindow(pane: Pane, dx: number, dy: number): void {
  const width = pane.windowWidth();
  if (width === null) return;
  const step = Math.max(width, 1e-3) / WINDOW_SPAN;
  const rounded = (value: number): number =>
    width >= WINDOW_SPAN / 4 ? Math.sign(value) * Math.ceil(Math.abs(value)) : value;
  pane.moveWindow(rounded(dy * step), rounded(dx * step));
}
