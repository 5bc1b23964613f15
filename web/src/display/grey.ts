// The grey-scale pipeline as one table over stored values (PS3.4 N.2): padding → modality → VOI → presentation LUT, inversion → 8 bit, rounded once.
import { type Lookup, largestEntry, lookUp } from "./lookup";
import { type ModalityTransform, toModality } from "./modality";
import { isPadding, type PaddingRange } from "./padding";
import { type PixelLayout, storedRange } from "./pixels";
import { roundGrey } from "./rounding";
import { BLACK, lutGrey, type Voi, voiGrey, WHITE } from "./voi";

/** All that turns a stored value into a grey; belongs to one frame, because slopes differ from frame to frame. */
export interface GreyPipeline {
  readonly transform: ModalityTransform;
  readonly padding: PaddingRange | null;
  readonly voi: Voi;
  /** Of a presentation state: what becomes of the VOI's output (PS3.3 C.11.6). */
  readonly presentation?: Lookup | null;
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
  readonly mapped: Mapped | null;
}

/**
 * Where the modality transform is a table, what lies between two stored values is not between their modality values:
 * neighbours are mapped first, then interpolated, then shaded.
 */
export interface Mapped {
  readonly lut: Lookup;
  readonly toModality: (stored: number) => number;
  /** Of modality values; padding was left out before. */
  readonly shading: GreyTable;
}

/** For values that cannot be listed: more than 16 bits, float. */
export interface GreyFunction {
  readonly kind: "function";
  readonly grey: (stored: number) => number;
  readonly padding: PaddingRange | null;
  readonly mapped: Mapped | null;
}

export type Shading = GreyTable | GreyFunction;

/** Unrounded grey of one stored value that is no padding. Inversion comes after VOI (clinical rules 2 and 36). */
export function greyOf(pipeline: GreyPipeline, stored: number): number {
  const value = voiGrey(pipeline.voi, toModality(pipeline.transform, stored));
  const grey = pipeline.presentation == null ? value : presented(pipeline.presentation, value);
  return pipeline.inverted ? BLACK + WHITE - grey : grey;
}

/** The whole of the VOI's output is the whole of the table's input, whatever number of bits it was declared with. */
function presented(lut: Lookup, grey: number): number {
  return lutGrey(lut, lut.firstMapped + (grey / WHITE) * (lut.entries.length - 1));
}

export function shadingOf(pipeline: GreyPipeline, layout: PixelLayout): Shading {
  const { transform, padding } = pipeline;
  const mapped = transform.kind === "lut" ? mappedBy(transform.lut, pipeline) : null;
  const range = storedRange(layout);
  if (range === null) return { kind: "function", grey: (stored) => greyOf(pipeline, stored), padding, mapped };
  return { ...tableOf(pipeline, range.low, range.high), mapped };
}

function tableOf(pipeline: GreyPipeline, low: number, high: number): GreyTable {
  const { padding } = pipeline;
  const count = high - low + 1;
  const exact = new Float32Array(count);
  const rounded = new Uint8Array(count);
  for (let index = 0; index < count; index++) {
    const stored = low + index;
    const grey = greyOf(pipeline, stored);
    exact[index] = grey;
    rounded[index] = isPadding(padding, stored) ? BLACK : roundGrey(grey);
  }
  return { kind: "table", low, rounded, exact, padding, mapped: null };
}

function mappedBy(lut: Lookup, pipeline: GreyPipeline): Mapped {
  const transform: ModalityTransform = { kind: "rescale", slope: 1, intercept: 0 };
  return {
    lut,
    toModality: (stored) => lookUp(lut, stored),
    shading: tableOf({ ...pipeline, transform, padding: null }, 0, largestEntry(lut.entries)),
  };
}
