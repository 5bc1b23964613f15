// Modality LUT or rescale (PS3.3 C.11.1): stored values to modality values, per frame.
import { type Dataset, itemsOf, numberOf, textOf } from "./dataset";
import { type FunctionalGroups, macroOf } from "./functional-groups";
import { type Lookup, lookUp, readLookup } from "./lookup";
import { Tags } from "./tags";

export type ModalityTransform =
  | { readonly kind: "rescale"; readonly slope: number; readonly intercept: number; readonly unit: string | null }
  | { readonly kind: "lut"; readonly lut: Lookup; readonly unit: string | null };

export interface ModalityReading {
  readonly transform: ModalityTransform;
  /** Header says two different things (slope 0; LUT and rescale together). */
  readonly conflict: boolean;
}

/** Per-frame group, else shared, else top level (clinical rule 23); a LUT excludes rescale (rule 22). */
export function readModality(groups: FunctionalGroups, signed: boolean, modality: string | null): ModalityReading {
  const item = itemsOf(groups.top, Tags.ModalityLUTSequence)[0];
  const lut = item === undefined ? null : readLookup(item, signed);
  const rescale = macroOf(groups, Tags.PixelValueTransformationSequence);
  if (item !== undefined && lut !== null) {
    const unit = unitOf(textOf(item, Tags.ModalityLUTType), null);
    return { transform: { kind: "lut", lut, unit }, conflict: numberOf(rescale, Tags.RescaleSlope) !== null };
  }
  return readRescale(rescale, modality);
}

function readRescale(item: Dataset, modality: string | null): ModalityReading {
  const slope = numberOf(item, Tags.RescaleSlope);
  const intercept = numberOf(item, Tags.RescaleIntercept);
  // A slope of 0 would flatten the picture: it is read as 1, said as a conflict, and no unit is claimed (clinical rule 21).
  if (slope === 0)
    return { transform: { kind: "rescale", slope: 1, intercept: intercept ?? 0, unit: null }, conflict: true };
  const declared = slope === null && intercept === null ? null : unitOf(textOf(item, Tags.RescaleType), modality);
  return {
    transform: { kind: "rescale", slope: slope ?? 1, intercept: intercept ?? 0, unit: declared },
    conflict: false,
  };
}

/** Rescale Type says the unit; a CT that rescales without saying it is in Hounsfield units (PS3.3 C.8.2.1.1.2). */
function unitOf(type: string | null, modality: string | null): string | null {
  if (type === null) return modality === "CT" ? "HU" : null;
  return type === "US" ? null : type;
}

export function toModality(transform: ModalityTransform, stored: number): number {
  if (transform.kind === "lut") return lookUp(transform.lut, stored);
  return transform.slope * stored + transform.intercept;
}
