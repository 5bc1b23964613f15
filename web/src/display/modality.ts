// Modality LUT or rescale (PS3.3 C.11.1): stored values to modality values, per frame.
import { type Dataset, itemsOf, numberOf } from "./dataset";
import { type FunctionalGroups, macroOf } from "./functional-groups";
import { type Lookup, lookUp, readLookup } from "./lookup";
import { Tags } from "./tags";

export type ModalityTransform =
  | { readonly kind: "rescale"; readonly slope: number; readonly intercept: number }
  | { readonly kind: "lut"; readonly lut: Lookup };

export interface ModalityReading {
  readonly transform: ModalityTransform;
  /** Header says two different things (slope 0; LUT and rescale together). */
  readonly conflict: boolean;
}

/** Per-frame group, else shared, else top level (clinical rule 23); a LUT excludes rescale (rule 22). */
export function readModality(groups: FunctionalGroups, signed: boolean): ModalityReading {
  const item = itemsOf(groups.top, Tags.ModalityLUTSequence)[0];
  const lut = item === undefined ? null : readLookup(item, signed);
  const rescale = macroOf(groups, Tags.PixelValueTransformationSequence);
  if (item !== undefined && lut !== null) {
    return { transform: { kind: "lut", lut }, conflict: numberOf(rescale, Tags.RescaleSlope) !== null };
  }
  return readRescale(rescale);
}

function readRescale(item: Dataset): ModalityReading {
  const slope = numberOf(item, Tags.RescaleSlope);
  const intercept = numberOf(item, Tags.RescaleIntercept);
  // A slope of 0 would flatten the picture: it is read as 1, said as a conflict (clinical rule 21).
  if (slope === 0) return { transform: { kind: "rescale", slope: 1, intercept: intercept ?? 0 }, conflict: true };
  return {
    transform: { kind: "rescale", slope: slope ?? 1, intercept: intercept ?? 0 },
    conflict: false,
  };
}

export function toModality(transform: ModalityTransform, stored: number): number {
  if (transform.kind === "lut") return lookUp(transform.lut, stored);
  return transform.slope * stored + transform.intercept;
}

/** A slope of 0 counts as none: the picture is then one reading of a header that contradicts itself. */
export function isRescaled(read: {
  readonly groups: FunctionalGroups;
  readonly transform: ModalityTransform;
}): boolean {
  if (read.transform.kind === "lut") return true;
  const item = macroOf(read.groups, Tags.PixelValueTransformationSequence);
  const slope = numberOf(item, Tags.RescaleSlope);
  return slope !== null && slope !== 0 && numberOf(item, Tags.RescaleIntercept) !== null;
}
