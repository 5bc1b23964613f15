// The Canvas 2D renderer: right everywhere, and the fastest without a graphics card.
import { nearestColour, smoothColour } from "./colour-pixels";
import type { Drawing, PlanarRenderer } from "./drawing";
import { nearestGrey, smoothGrey } from "./grey-pixels";
import { type ReducedGrey, reduceGrey, reductionSteps, viewOnReduced } from "./reduced";
import { samplingOf } from "./sampling";

/** Throws when the browser gives no 2D context, which leaves nothing to draw with. */
export function canvas2dRenderer(canvas: HTMLCanvasElement): PlanarRenderer {
  const context = canvas.getContext("2d", { alpha: false, colorSpace: "srgb" });
  if (context === null) throw new Error("no 2D context");
  const reduced = new ReducedCopies();
  let image: ImageData | null = null;
  return {
    kind: "2d",
    canvas,
    can: () => true,
    draw(drawing) {
      const { width, height } = canvas;
      if (width === 0 || height === 0) return;
      if (image === null || image.width !== width || image.height !== height) image = new ImageData(width, height);
      paint(new Uint32Array(image.data.buffer), drawing, width, height, reduced);
      context.putImageData(image, 0, 0);
    },
    dispose() {
      image = null;
    },
  };
}

/** Fills the words of an image of this size; exported for tests, which need no canvas. */
export function paint(out: Uint32Array, drawing: Drawing, width: number, height: number, copies: ReducedCopies): void {
  const { picture, shading, view, smooth } = drawing;
  const interpolate = smooth && !view.exact;
  if (picture.kind === "colour" || shading === null) {
    if (picture.kind !== "colour") return;
    const sampling = samplingOf(view.toPicture, picture.rows, picture.columns, width, height);
    (interpolate ? smoothColour : nearestColour)(out, picture.rgba, sampling);
    return;
  }
  const steps = interpolate ? reductionSteps(view.zoom) : 0;
  const source = steps === 0 ? picture : copies.of(picture, shading.padding, steps);
  const sampling = samplingOf(viewOnReduced(view, steps).toPicture, source.rows, source.columns, width, height);
  (interpolate ? smoothGrey : nearestGrey)(out, { values: source.values, shading, reduced: steps > 0 }, sampling);
}

/** Keeps the reduced copy of a picture as long as the picture lives: windowing redraws it many times. */
export class ReducedCopies {
  private readonly copies = new WeakMap<object, { readonly steps: number; readonly copy: ReducedGrey }>();

  of(picture: Parameters<typeof reduceGrey>[0], padding: Parameters<typeof reduceGrey>[1], steps: number): ReducedGrey {
    const known = this.copies.get(picture);
    if (known?.steps === steps) return known.copy;
    const copy = reduceGrey(picture, padding, steps);
    this.copies.set(picture, { steps, copy });
    return copy;
  }
}
