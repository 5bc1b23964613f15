// Mouse and pen on a pane: a small machine of two states, idle and dragging. The left button follows the chosen tool.
import type { Pane } from "./pane";

export type ToolId = "window" | "pan" | "zoom" | "stack";

/** Left as chosen, middle moves, right zooms: as on the workstations readers come from. */
function toolOf(button: number, chosen: ToolId): ToolId | null {
  if (button === 0) return chosen;
  if (button === 1) return "pan";
  return button === 2 ? "zoom" : null;
}

interface Drag {
  readonly tool: ToolId;
  readonly pointer: number;
  x: number;
  y: number;
  /** Part of an image that the stack tool has moved and not yet shown. */
  rest: number;
  readonly startX: number;
  readonly startY: number;
}

/** CSS pixels that double the zoom. */
const ZOOM_DOUBLES_AFTER = 160;
/** CSS pixels over which a window drag moves by one window width. */
const WINDOW_SPAN = 320;
const WHEEL_STEP = 80;

/** Returns the function that lets go of the element. */
export function attachPointer(element: HTMLElement, pane: Pane, chosenTool: () => ToolId): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  let drag: Drag | null = null;
  let wheelRest = 0;

  element.addEventListener(
    "pointerdown",
    (event) => {
      const tool = drag === null ? toolOf(event.button, chosenTool()) : null;
      if (tool === null || (event.target instanceof Element && event.target.closest("button, a") !== null)) return;
      event.preventDefault();
      element.setPointerCapture(event.pointerId);
      const { left, top } = element.getBoundingClientRect();
      const [startX, startY] = [event.clientX - left, event.clientY - top];
      drag = { tool, pointer: event.pointerId, x: event.clientX, y: event.clientY, rest: 0, startX, startY };
    },
    { signal },
  );
  element.addEventListener(
    "pointermove",
    (event) => {
      if (drag === null || event.pointerId !== drag.pointer) return;
      const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
      drag.x = event.clientX;
      drag.y = event.clientY;
      act(pane, drag, dx, dy, element.clientHeight);
    },
    { signal },
  );
  for (const name of ["pointerup", "pointercancel", "lostpointercapture"] as const)
    element.addEventListener(
      name,
      (event) => {
        if (event.pointerId === drag?.pointer) drag = null;
      },
      { signal },
    );
  element.addEventListener("contextmenu", (event) => event.preventDefault(), { signal });
  element.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      wheelRest += event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * (WHEEL_STEP / 3) : event.deltaY;
      const images = Math.trunc(wheelRest / WHEEL_STEP);
      wheelRest -= images * WHEEL_STEP;
      if (images !== 0) pane.moveBy(event.shiftKey ? images * 10 : images);
    },
    { signal, passive: false },
  );
  return () => ending.abort();
}

function act(pane: Pane, drag: Drag, dx: number, dy: number, height: number): void {
  if (drag.tool === "pan") pane.panBy(dx * pane.ratio, dy * pane.ratio);
  else if (drag.tool === "window") dragWindow(pane, dx, dy);
  else if (drag.tool === "stack") dragStack(pane, drag, dy, height);
  else pane.zoomBy(2 ** (-dy / ZOOM_DOUBLES_AFTER), drag.startX * pane.ratio, drag.startY * pane.ratio);
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

/** The height of the pane goes through the whole stack, but an image needs at least 3 and at most 16 CSS pixels. */
function dragStack(pane: Pane, drag: Drag, dy: number, height: number): void {
  const perImage = Math.min(Math.max(height / Math.max(pane.imageCount, 1), 3), 16);
  const moved = drag.rest + dy / perImage;
  const images = Math.trunc(moved);
  drag.rest = moved - images;
  if (images !== 0) pane.moveBy(images);
}
