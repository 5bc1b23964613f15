// The grey-scale pipeline as one table over stored values (PS3.4 N.2): padding → modality → VOI → inversion → 8 bit, rounded once.
import { type ModalityTransform, toModality } from "./modality";
import { isPadding, type PaddingRange } from "./padding";
import { type PixelLayout, storedRange } from "./pixels";
import { BLACK, type Voi, voiGrey, WHITE } from "./voi";

/** All that turns a stored value into a grey; belongs to one frame, because slopes differ from frame to frame. */
export interface GreyPipeline {
  readonly transform: ModalityTransform;
  readonly padding: PaddingRange | null;
  readonly voi: Voi;
  /** MONOCHROME1, the user's inversion, or neither: an inversion of the inversion is none. */
  readonly inverted: boolean;
}

export interface GreyTable {
  readonly kind: "table";
  /** The stored value of the first entry. */
  readonly low: number;
  /** Drawn level of a stored value; padding is black, also when inverted (clinical rule 16). */
  readonly rounded: Uint8Array;
  /** Unrounded grey 0…255 for interpolation; here padding has its own grey, because padded neighbours get no weight. */
  readonly exact: Float32Array;
  readonly padding: PaddingRange | null;
}

/** For values that cannot be listed: more than 16 bits, float. */
export interface GreyFunction {
  readonly kind: "function";
  readonly grey: (stored: number) => number;
  readonly padding: PaddingRange | null;
}

export type Shading = GreyTable | GreyFunction;

/** Unrounded grey of one stored value that is no padding. Inversion comes after VOI (clinical rules 2 and 36). */
export function greyOf(pipeline: GreyPipeline, stored: number): number {
  const grey = voiGrey(pipeline.voi, toModality(pipeline.transform, stored));
  return pipeline.inverted ? BLACK + WHITE - grey : grey;
}

/** The only rounding of the pipeline: half up. */
export function roundGrey(grey: number): number {
  return Math.floor(grey + 0.5);
}

export function shadingOf(pipeline: GreyPipeline, layout: PixelLayout): Shading {
  const range = storedRange(layout);
  if (range === null)
    return { kind: "function", grey: (stored) => greyOf(pipeline, stored), padding: pipeline.padding };
  const count = range.high - range.low + 1;
  const exact = new Float32Array(count);
  const rounded = new Uint8Array(count);
  for (let index = 0; index < count; index++) {
    const stored = range.low + index;
    const grey = greyOf(pipeline, stored);
    exact[index] = grey;
    rounded[index] = isPadding(pipeline.padding, stored) ? BLACK : roundGrey(grey);
  }
  return { kind: "table", low: range.low, rounded, exact, padding: pipeline.padding };
}
