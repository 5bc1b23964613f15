// What a planar renderer is told to draw; one meaning for Canvas 2D and WebGL.
import type { ResolvedView, Shading } from "../../display";
import type { Picture } from "../decode/picture";

export interface Drawing {
  readonly picture: Picture;
  /** For grey pictures; colour needs none. */
  readonly shading: Shading | null;
  readonly view: ResolvedView;
  /** Interpolate between stored values; at exact 1:1 the nearest pixel is the same picture. */
  readonly smooth: boolean;
}

export type RendererKind = "2d" | "webgl";

export interface PlanarRenderer {
  readonly kind: RendererKind;
  readonly canvas: HTMLCanvasElement;
  /** Whether this drawing can be drawn at all, for instance listed values only. */
  can(drawing: Drawing): boolean;
  /** Draws at once, on the canvas' own size in device pixels. What lies outside the picture is black. */
  draw(drawing: Drawing): void;
  dispose(): void;
}
