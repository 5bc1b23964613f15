// Mouse and pen on a pane: a small machine of two states, idle and in hand. What is done is the tool's affair; each button has one.
import { type CanvasPoint, canvasPoint, type PicturePoint } from "../../display";
import type { PaneGeometry } from "../geometry";
import { WheelSteps } from "./wheel";

export type MouseButton = "left" | "middle" | "right";
const BUTTONS: readonly MouseButton[] = ["left", "middle", "right"];

/** One place of the pointer, in every coordinate that a tool may need. */
export interface PointerSample {
  /** `null` while no picture is painted: then there is nothing to measure. */
  readonly geometry: PaneGeometry | null;
  readonly picture: PicturePoint | null;
  readonly canvas: CanvasPoint;
  /** From the pane's upper left corner, in CSS pixels: distances for the hand, not for the picture. */
  readonly css: readonly [x: number, y: number];
  readonly button: MouseButton;
  readonly shift: boolean;
  readonly ctrl: boolean;
  /** Clicks in quick succession at this place: 2 for a double click. */
  readonly clicks: number;
}

/** What a button does while it is held; tools that need several clicks keep their own state between them. */
export interface PointerTool {
  /** `false`: the press is none of the tool's, for instance because there is nothing to measure. */
  down(at: PointerSample): boolean;
  move(at: PointerSample): void;
  up(at: PointerSample): void;
  /** The pointer moves and no button is held. */
  hover?(at: PointerSample): void;
  /** The press was taken away: nothing of it counts. */
  cancel?(): void;
}

export interface PointerDeps {
  /** The tool that a button has now. */
  readonly toolOf: (button: MouseButton) => PointerTool | null;
  readonly geometry: () => PaneGeometry | null;
  /** Device pixels per CSS pixel. */
  readonly ratio: () => number;
  /** Any press in the pane, before its tool. */
  readonly onPress: () => void;
  /** The wheel in whole steps, down is positive. */
  readonly onWheel: (steps: number, at: PointerSample) => void;
}

interface Held {
  readonly tool: PointerTool;
  readonly pointer: number;
  readonly button: MouseButton;
  readonly clicks: number;
}

/** Returns the function that lets go of the element. */
export function attachPointer(element: HTMLElement, deps: PointerDeps): () => void {
  const ending = new AbortController();
  let held: Held | null = null;
  const wheel = new WheelSteps();

  const sample = (event: MouseEvent, button: MouseButton, clicks: number): PointerSample => {
    const { left, top } = element.getBoundingClientRect();
    const css: readonly [number, number] = [event.clientX - left, event.clientY - top];
    const canvas = canvasPoint(css[0] * deps.ratio(), css[1] * deps.ratio());
    const geometry = deps.geometry();
    const picture = geometry?.toPicture(canvas) ?? null;
    return {
      geometry,
      picture,
      canvas,
      css,
      button,
      shift: event.shiftKey,
      ctrl: event.ctrlKey || event.metaKey,
      clicks,
    };
  };
  const letGo = (event: PointerEvent, taken: boolean): void => {
    if (held === null || event.pointerId !== held.pointer) return;
    const { tool, button, clicks } = held;
    held = null;
    if (taken) tool.cancel?.();
    else tool.up(sample(event, button, clicks));
  };
  const listen = <K extends keyof HTMLElementEventMap>(
    name: K,
    act: (event: HTMLElementEventMap[K]) => void,
    passive = true,
  ): void => element.addEventListener(name, act, { signal: ending.signal, passive });

  listen(
    "pointerdown",
    (event) => {
      if (event.target instanceof Element && event.target.closest("button, a, [role=slider]") !== null) return;
      const button = BUTTONS[event.button];
      if (button === undefined || held !== null) return;
      event.preventDefault();
      deps.onPress();
      const tool = deps.toolOf(button);
      // `detail` of pointer events is 0: double clicks are counted by `clicksAt`.
      const clicks = clicksAt(event);
      if (tool === null || !tool.down(sample(event, button, clicks))) return;
      element.setPointerCapture(event.pointerId);
      held = { tool, pointer: event.pointerId, button, clicks };
    },
    false,
  );
  listen("pointermove", (event) => {
    if (held === null) deps.toolOf("left")?.hover?.(sample(event, "left", 0));
    else if (event.pointerId === held.pointer) held.tool.move(sample(event, held.button, held.clicks));
  });
  listen("pointerup", (event) => letGo(event, false));
  listen("pointercancel", (event) => letGo(event, true));
  listen("lostpointercapture", (event) => letGo(event, true));
  listen("contextmenu", (event) => event.preventDefault(), false);
  listen(
    "wheel",
    (event) => {
      event.preventDefault();
      const steps = wheel.of(event);
      if (steps !== 0) deps.onWheel(steps, sample(event, "middle", 0));
    },
    false,
  );
  const clicksAt = clickCounter();
  return () => ending.abort();
}

const DOUBLE_WITHIN_MS = 400;
const DOUBLE_WITHIN_PX = 5;

/** Counts presses of one button in quick succession at one place. */
function clickCounter(): (event: PointerEvent) => number {
  let last = { time: Number.NEGATIVE_INFINITY, x: 0, y: 0, button: -1, clicks: 0 };
  return ({ timeStamp: time, clientX: x, clientY: y, button }) => {
    const again =
      button === last.button &&
      time - last.time <= DOUBLE_WITHIN_MS &&
      Math.hypot(x - last.x, y - last.y) <= DOUBLE_WITHIN_PX;
    last = { time, x, y, button, clicks: again ? last.clicks + 1 : 1 };
    return last.clicks;
  };
}
