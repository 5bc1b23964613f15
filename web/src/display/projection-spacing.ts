// Which millimetre an X-ray projection tells (clinical 3.1: 2 to 6): the detector's, or one nearer to the anatomy, never surer than the header.
import { numberOf, textOf } from "./dataset";
import type { Frame } from "./frame";
import { macroOf } from "./functional-groups";
import { readSpacing } from "./plane";
import { Tags } from "./tags";

export type Spacing = readonly [betweenRows: number, betweenColumns: number];

export type ProjectionBasis =
  | "fiducial"
  | "geometry"
  | "calibratedUnknown"
  | "magnification"
  | "detector"
  | "unknown"
  | "beamCentre";

/** What of the header contradicts itself; said beside the value. */
export type SpacingConflict = "largerThanDetector" | "factorImplausible" | "factorDisagrees";

export interface ProjectionSpacing {
  readonly spacing: Spacing;
  readonly basis: ProjectionBasis;
  readonly conflict: SpacingConflict | null;
}

/** Rounded decimals of the same spacing. */
const EQUAL_WITHIN = 0.001;
const LARGEST_FACTOR = 3;
const DISTANCES_WITHIN = 0.02;

/** `null`: the header says nothing that holds. */
export function projectionSpacing(frame: Frame): ProjectionSpacing | null {
  const pixel = plausible(frame, readSpacing(macroOf(frame.groups, Tags.PixelMeasuresSequence), Tags.PixelSpacing));
  const properties = macroOf(frame.groups, Tags.FramePixelDataPropertiesSequence);
  const object = readSpacing(properties, Tags.ObjectPixelSpacingInCenterOfBeam);
  const imager =
    readSpacing(properties, Tags.ImagerPixelSpacing) ?? readSpacing(frame.groups.top, Tags.ImagerPixelSpacing);
  if (pixel !== null) {
    const told = calibrated(frame, pixel, plausible(frame, imager));
    if (told !== null) return told;
  }
  if (object !== null) return { spacing: object, basis: "beamCentre", conflict: null };
  const detector = plausible(frame, imager);
  if (detector !== null) return atDetector(frame, detector);
  return pixel === null ? null : { spacing: pixel, basis: "unknown", conflict: null };
}

/** 1\1 on a CR is what a program wrote that knew nothing (clinical 3.1: 5). */
function plausible(frame: Frame, spacing: Spacing | null): Spacing | null {
  return spacing !== null && frame.modality === "CR" && spacing[0] === 1 && spacing[1] === 1 ? null : spacing;
}

/** A Pixel Spacing that says more than the detector's; `null` where it does not. */
function calibrated(frame: Frame, spacing: Spacing, imager: Spacing | null): ProjectionSpacing | null {
  if (imager !== null && (exceeds(spacing[0], imager[0]) || exceeds(spacing[1], imager[1])))
    return { spacing, basis: "unknown", conflict: "largerThanDetector" };
  const type = textOf(frame.groups.top, Tags.PixelSpacingCalibrationType);
  if (type === "FIDUCIAL") return { spacing, basis: "fiducial", conflict: null };
  if (type === "GEOMETRY") return { spacing, basis: "geometry", conflict: null };
  if (imager === null) return null;
  return equal(spacing[0], imager[0]) && equal(spacing[1], imager[1])
    ? null
    : { spacing, basis: "calibratedUnknown", conflict: null };
}

/** Anatomy lies nearer to the source than the detector: nothing is larger than it is there (clinical 3.1: 3). */
const exceeds = (pixel: number, imager: number): boolean => pixel > (1 + EQUAL_WITHIN) * imager;
const equal = (pixel: number, imager: number): boolean => Math.abs(pixel - imager) <= EQUAL_WITHIN * imager;

/** The detector's spacing, over the magnification factor where that can be true (clinical 3.1: 4). */
function atDetector({ groups: { top } }: Frame, imager: Spacing): ProjectionSpacing {
  const factor = numberOf(top, Tags.EstimatedRadiographicMagnificationFactor);
  const bare = { spacing: imager, basis: "detector" } as const;
  if (factor === null || factor === 1) return { ...bare, conflict: null };
  if (factor < 1 || factor > LARGEST_FACTOR) return { ...bare, conflict: "factorImplausible" };
  const toDetector = numberOf(top, Tags.DistanceSourceToDetector);
  const toPatient = numberOf(top, Tags.DistanceSourceToPatient);
  const known = toDetector !== null && toPatient !== null && toDetector > 0 && toPatient > 0;
  if (known && Math.abs(factor / (toDetector / toPatient) - 1) > DISTANCES_WITHIN)
    return { ...bare, conflict: "factorDisagrees" };
  return { spacing: [imager[0] / factor, imager[1] / factor], basis: "magnification", conflict: null };
}
