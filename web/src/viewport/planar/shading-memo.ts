// The table of the last drawing, kept while nothing that made it has changed: scrolling a stack of one slope builds none.
import { type GreyPipeline, type PixelLayout, type Shading, shadingOf, type Voi } from "../../display";

export class ShadingMemo {
  private last: { readonly pipeline: GreyPipeline; readonly layout: PixelLayout; readonly shading: Shading } | null =
    null;

  of(pipeline: GreyPipeline, layout: PixelLayout): Shading {
    if (this.last !== null && samePipeline(this.last.pipeline, pipeline) && sameRange(this.last.layout, layout))
      return this.last.shading;
    const shading = shadingOf(pipeline, layout);
    this.last = { pipeline, layout, shading };
    return shading;
  }
}

function samePipeline(a: GreyPipeline, b: GreyPipeline): boolean {
  return (
    a.inverted === b.inverted &&
    (a.presentation ?? null) === (b.presentation ?? null) &&
    sameTransform(a.transform, b.transform) &&
    sameVoi(a.voi, b.voi) &&
    a.padding?.low === b.padding?.low &&
    a.padding?.high === b.padding?.high
  );
}

function sameTransform(a: GreyPipeline["transform"], b: GreyPipeline["transform"]): boolean {
  if (a === b) return true;
  return a.kind === "rescale" && b.kind === "rescale" && a.slope === b.slope && a.intercept === b.intercept;
}

function sameVoi(a: Voi, b: Voi): boolean {
  if (a === b) return true;
  if (a.kind !== "window" || b.kind !== "window") return false;
  return a.window.centre === b.window.centre && a.window.width === b.window.width && a.window.shape === b.window.shape;
}

function sameRange(a: PixelLayout, b: PixelLayout): boolean {
  return a.bitsStored === b.bitsStored && a.signed === b.signed && a.number === b.number;
}
