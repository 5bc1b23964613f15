// What a planar renderer is told to draw; one meaning for Canvas 2D and WebGL.
import type { Cover, ResolvedView, Shading } from "../../display";
import type { Picture } from "../decode/picture";

export interface Drawing {
  readonly picture: Picture;
  /** For grey pictures; colour needs none. */
  readonly shading: Shading | null;
  /** Shutters and overlays above the picture; of the same size. */
  readonly cover: Cover | null;
  readonly view: ResolvedView;
  /** Interpolate between stored values; at exact 1:1 the nearest pixel is the same picture. */
  readonly smooth: boolean;
}

export type RendererKind = "2d" | "webgl";

export interface PlanarRenderer {
  readonly kind: RendererKind;
  readonly canvas: HTMLCanvasElement;
  /** Whether it can draw this now. Another draws what it cannot hold, or what has not arrived on the card yet. */
  ready(drawing: Drawing): boolean;
  /** Draws at once, on the canvas' own size in device pixels. What lies outside the picture is black. */
  draw(drawing: Drawing): void;
  /** The graphics context is back after it was lost. */
  restore(): void;
  dispose(): void;
}

export interface GraphicsRenderer extends PlanarRenderer {
  /** Makes the programs of all kinds of pictures; throws where the driver does not take one. */
  compile(): void;
  /** Its context is gone, and with it everything on the card. */
  readonly lost: boolean;
  /** Lets go of every picture and of the canvas' size; what draws stays. */
  rest(): void;
  /** It is a pane's now. `onReady`: a large picture has arrived on the card and can be drawn now. */
  wake(onReady: () => void): void;
}
