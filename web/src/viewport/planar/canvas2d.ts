// The Canvas 2D renderer: right everywhere, and the fastest without a graphics card.
import { nearestColour, smoothColour } from "./colour-pixels";
import { paintCover, ReducedCovers } from "./cover-pixels";
import type { Drawing, PlanarRenderer } from "./drawing";
import { nearestGrey, smoothGrey } from "./grey-pixels";
import { greySource, isInterpolated, ReducedCopies } from "./grey-source";
import { viewOnReduced } from "./reduced";
import { type Sampling, samplingOf } from "./sampling";

/** Copies that a renderer keeps between drawings. */
export class Copies {
  readonly pictures = new ReducedCopies();
  readonly covers = new ReducedCovers();
}

/** Throws when the browser gives no 2D context, which leaves nothing to draw with. */
export function canvas2dRenderer(canvas: HTMLCanvasElement): PlanarRenderer {
  const context = canvas.getContext("2d", { alpha: false, colorSpace: "srgb" });
  if (context === null) throw new Error("no 2D context");
  const copies = new Copies();
  let image: ImageData | null = null;
  return {
    kind: "2d",
    canvas,
    ready: () => true,
    draw(drawing) {
      const { width, height } = canvas;
      if (width === 0 || height === 0) return;
      if (image === null || image.width !== width || image.height !== height) image = new ImageData(width, height);
      paint(new Uint32Array(image.data.buffer), drawing, { width, height }, copies);
      context.putImageData(image, 0, 0);
    },
    restore() {},
    dispose() {
      image = null;
    },
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Fills the words of an image of this size; exported for tests, which need no canvas. */
export function paint(out: Uint32Array, drawing: Drawing, size: Size, copies: Copies): void {
  const { cover } = drawing;
  const { sampling, steps } = paintPicture(out, drawing, size, copies.pictures);
  if (cover !== null) paintCover(out, copies.covers.of(cover, steps), sampling);
}

function paintPicture(
  out: Uint32Array,
  drawing: Drawing,
  { width, height }: Size,
  copies: ReducedCopies,
): { readonly sampling: Sampling; readonly steps: number } {
  const { picture, shading, view } = drawing;
  const interpolate = isInterpolated(drawing);
  if (picture.kind === "colour" || shading === null) {
    const sampling = samplingOf(view.toPicture, picture.rows, picture.columns, width, height);
    if (picture.kind === "colour") (interpolate ? smoothColour : nearestColour)(out, picture.rgba, sampling);
    return { sampling, steps: 0 };
  }
  const source = greySource(drawing, picture, shading, copies);
  const { toPicture } = viewOnReduced(view, source.steps);
  const sampling = samplingOf(toPicture, source.rows, source.columns, width, height);
  (interpolate ? smoothGrey : nearestGrey)(out, source, sampling);
  return { sampling, steps: source.steps };
}
