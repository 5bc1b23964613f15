// The magnifier: a round piece of the picture at twice its size under the pointer, drawn from the stored values like the picture itself.
import { type CanvasPoint, type Matrix, type ResolvedView, toPicture } from "../../display";
import { canvas2dRenderer } from "./canvas2d";
import type { Drawing, PlanarRenderer } from "./drawing";

/** Diameter in CSS pixels. */
const DIAMETER = 220;
const FACTOR = 2;

export class Lens {
  private at: CanvasPoint | null = null;
  private renderer: PlanarRenderer | null = null;

  constructor(private readonly host: HTMLElement) {}

  /** Where its middle lies on the pane's canvas; `null`: there is none. */
  place(at: CanvasPoint | null): void {
    this.at = at;
    if (at === null && this.renderer !== null) this.renderer.canvas.hidden = true;
  }

  /** After each drawing of the pane, with the same drawing. */
  draw(drawing: Drawing | null, ratio: number): void {
    const { at } = this;
    if (at === null || drawing === null) {
      if (this.renderer !== null) this.renderer.canvas.hidden = true;
      return;
    }
    this.renderer ??= canvas2dRenderer(this.mount());
    const { canvas } = this.renderer;
    const size = Math.round(DIAMETER * ratio);
    if (canvas.width !== size) Object.assign(canvas, { width: size, height: size });
    canvas.hidden = false;
    canvas.style.left = `${at[0] / ratio - DIAMETER / 2}px`;
    canvas.style.top = `${at[1] / ratio - DIAMETER / 2}px`;
    this.renderer.draw({ ...drawing, view: magnified(drawing.view, at, size) });
  }

  dispose(): void {
    this.renderer?.dispose();
    this.renderer?.canvas.remove();
    this.renderer = null;
  }

  private mount(): HTMLCanvasElement {
    const canvas = Object.assign(document.createElement("canvas"), { className: "lens" });
    Object.assign(canvas.style, { width: `${DIAMETER}px`, height: `${DIAMETER}px` });
    return this.host.appendChild(canvas);
  }
}

/** The view of a square canvas whose middle shows what lies at `at`, at twice the zoom. */
export function magnified(view: ResolvedView, at: CanvasPoint, size: number): ResolvedView {
  const { a, b, c, d } = view.toPicture;
  const [column, row] = toPicture(view.toPicture, at);
  const half = size / 2 / FACTOR;
  const scaled = { a: a / FACTOR, b: b / FACTOR, c: c / FACTOR, d: d / FACTOR };
  const moved: Matrix = { ...scaled, e: column - (a + c) * half, f: row - (b + d) * half };
  return { toPicture: moved, zoom: view.zoom * FACTOR, exact: false };
}
