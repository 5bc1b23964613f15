// Measuring without a mouse: a crosshair that arrow keys move and whose Enter is a click of the tool in hand.
import { canvasPoint } from "../display";
import type { PaneGeometry, PointerSample } from "../viewport";
import type { DrawingTool } from "./drawing-tool";
import type { CssPoint } from "./outline";
import type { Slate } from "./slate";

export interface KeyboardPlace {
  readonly host: HTMLElement;
  readonly geometry: () => PaneGeometry | null;
  readonly tool: DrawingTool;
}

export class KeyboardPointer {
  private place: KeyboardPlace | null = null;

  constructor(private readonly slate: Slate) {}

  get isActive(): boolean {
    return this.place !== null;
  }

  /** Puts the crosshair in the middle of a pane. */
  start(place: KeyboardPlace): void {
    this.end();
    this.place = place;
    this.slate.aim({ host: place.host, css: [place.host.clientWidth / 2, place.host.clientHeight / 2] });
  }

  /** In CSS pixels; the crosshair stays in the pane. */
  move(dx: number, dy: number): void {
    const { crosshair } = this.slate;
    if (this.place === null || crosshair === null) return;
    const { clientWidth, clientHeight } = this.place.host;
    const [x, y] = crosshair.css;
    this.slate.aim({
      ...crosshair,
      css: [Math.min(Math.max(x + dx, 0), clientWidth), Math.min(Math.max(y + dy, 0), clientHeight)],
    });
    const { tool } = this.place;
    const at = this.sample();
    if (at === null) return;
    if (tool.isEditing) tool.move(at);
    else tool.hover(at);
  }

  /** Sets a point; on a handle takes it, and lets go of it the next time. */
  set(): void {
    const at = this.sample();
    if (this.place === null || at === null) return;
    const { tool } = this.place;
    if (tool.isEditing) tool.up(at);
    else if (tool.down(at) && !tool.isEditing) tool.up(at);
  }

  end(): void {
    this.place?.tool.cancel();
    this.place = null;
    if (this.slate.crosshair !== null) this.slate.aim(null);
  }

  private sample(): PointerSample | null {
    const { crosshair } = this.slate;
    const geometry = this.place?.geometry() ?? null;
    return crosshair === null || geometry === null ? null : sampleAt(crosshair.css, geometry);
  }
}

function sampleAt(css: CssPoint, geometry: PaneGeometry): PointerSample {
  const canvas = canvasPoint(css[0] * geometry.ratio, css[1] * geometry.ratio);
  const picture = geometry.toPicture(canvas);
  return { geometry, picture, canvas, css, button: "left", shift: false, ctrl: false, clicks: 1 };
}
