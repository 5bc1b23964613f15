// Which millimetre: the one function that every length, area and ruler asks (clinical 3.1). First hit of the table wins; no hit is px and says why.
import { numberOf } from "./dataset";
import type { Frame } from "./frame";
import { macroOf } from "./functional-groups";
import { readSpacing } from "./plane";
import { type ProjectionBasis, projectionSpacing, type Spacing, type SpacingConflict } from "./projection-spacing";
import { Tags } from "./tags";
import { type CommonRegion, commonRegion, isMetric, type RegionAxis, readRegions } from "./ultrasound-regions";
import type { PicturePoint } from "./view";

/** An object of known length that a reader has drawn on this one frame (clinical 3.1: 9). */
export interface UserCalibration {
  readonly from: PicturePoint;
  readonly to: PicturePoint;
  readonly millimetres: number;
  readonly by: string;
  /** When, ISO 8601: what was measured before is marked. */
  readonly at: string;
}

export type Basis = ProjectionBasis | "image" | "user" | "film" | "ultrasound" | "slide";

export type NoMillimetre =
  | "unstated"
  | "implausible"
  | "capture"
  | "outsideRegions"
  | "crossesRegions"
  | "regionNotMetric"
  | "widthDisagrees";

export type Scale =
  | {
      readonly kind: "millimetre";
      readonly spacing: Spacing;
      readonly basis: Basis;
      readonly conflict: SpacingConflict | null;
      /** Who calibrated, for basis `user`. */
      readonly by: string | null;
    }
  /** M-mode and spectral Doppler: each axis has a unit of its own and there is no diagonal (clinical 3.2: 14). */
  | { readonly kind: "axes"; readonly x: RegionAxis | null; readonly y: RegionAxis | null }
  | { readonly kind: "pixel"; readonly aspect: number; readonly reason: NoMillimetre };

/** Volumes by modality, and volumes of modalities that otherwise project (tomosynthesis, X-ray 3D, ultrasound, OCT). */
const VOLUME_MODALITIES: ReadonlySet<string> = new Set(["CT", "MR", "PT", "NM", "RTDOSE"]);
const VOLUME_CLASSES: ReadonlySet<string> = new Set([
  "1.2.840.10008.5.1.4.1.1.6.2",
  "1.2.840.10008.5.1.4.1.1.13.1.1",
  "1.2.840.10008.5.1.4.1.1.13.1.2",
  "1.2.840.10008.5.1.4.1.1.13.1.3",
  "1.2.840.10008.5.1.4.1.1.77.1.5.4",
]);
const PROJECTIONS: ReadonlySet<string> = new Set(["CR", "DX", "MG", "RF", "XA", "PX", "IO", "RG"]);
const SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7";
const WHOLE_SLIDE = "1.2.840.10008.5.1.4.1.1.77.1.6";
const SLIDE_WIDTH_WITHIN = 0.01;
const MM_PER_CM = 10;

/** The scale that holds for these points of this frame, and whence it is. */
export function scaleOf(frame: Frame, points: readonly PicturePoint[], user: UserCalibration | null): Scale {
  const regions = isVolume(frame) ? [] : readRegions(frame.instance.dataset);
  if (user !== null && holdsFor(user, points, regions)) return byUser(frame, user);
  if (isCapture(frame)) return filmScale(frame) ?? inPixels(frame, "capture");
  if (isVolume(frame)) return measuredPlane(frame);
  if (regions.length > 0) return regionScale(frame, commonRegion(regions, points));
  if (frame.modality !== null && PROJECTIONS.has(frame.modality)) return projection(frame);
  if (frame.instance.sopClassUid === WHOLE_SLIDE) return slideScale(frame);
  return filmScale(frame) ?? inPixels(frame, statesUnity(frame) ? "implausible" : "unstated");
}

/** Length of a calibration line in columns, with the pixels' true proportions. */
export function calibrationColumns({ from, to }: Pick<UserCalibration, "from" | "to">, aspect: number): number {
  return Math.hypot(to[0] - from[0], (to[1] - from[1]) * aspect);
}

/** A line too short to calibrate by: an error of a pixel would be more than 5 % of it (clinical 3.1: 9). */
export const SHORTEST_CALIBRATION = 20;
/** How much nearer than the detector anatomy can be (k). */
const LARGEST_MAGNIFICATION = 1.6;

/** Why a calibration is asked about again (clinical 3.1: 9); `null` where nothing speaks against it. */
export function calibrationDoubt(frame: Frame, user: UserCalibration): "largerThanDetector" | "tooSmall" | null {
  const imager =
    readSpacing(macroOf(frame.groups, Tags.FramePixelDataPropertiesSequence), Tags.ImagerPixelSpacing) ??
    readSpacing(frame.groups.top, Tags.ImagerPixelSpacing);
  if (imager === null) return null;
  const column = user.millimetres / calibrationColumns(user, frame.aspect);
  if (column > imager[1] * 1.001) return "largerThanDetector";
  return column < imager[1] / LARGEST_MAGNIFICATION ? "tooSmall" : null;
}

/** In an image of several regions a calibration holds in the region where it was drawn. */
function holdsFor(
  { from, to }: UserCalibration,
  points: readonly PicturePoint[],
  regions: Parameters<typeof commonRegion>[0],
): boolean {
  return regions.length === 0 || typeof commonRegion(regions, [from, to, ...points]) !== "string";
}

function byUser(frame: Frame, user: UserCalibration): Scale {
  const column = user.millimetres / calibrationColumns(user, frame.aspect);
  return millimetres([column * frame.aspect, column], "user", user.by);
}

const isCapture = ({ instance: { sopClassUid } }: Frame): boolean =>
  sopClassUid === SECONDARY_CAPTURE || sopClassUid.startsWith(`${SECONDARY_CAPTURE}.`);

const isVolume = (frame: Frame): boolean =>
  !isCapture(frame) &&
  ((frame.modality !== null && VOLUME_MODALITIES.has(frame.modality)) ||
    VOLUME_CLASSES.has(frame.instance.sopClassUid));

/** Pixel Measures of this frame, never of another one (clinical 3.1: 6). */
function measuredPlane(frame: Frame): Scale {
  const spacing = pixelSpacing(frame);
  return spacing === null ? inPixels(frame, "unstated") : millimetres(spacing, "image");
}

const pixelSpacing = (frame: Frame): Spacing | null =>
  readSpacing(macroOf(frame.groups, Tags.PixelMeasuresSequence), Tags.PixelSpacing);

function projection(frame: Frame): Scale {
  const found = projectionSpacing(frame);
  if (found !== null) return { kind: "millimetre", by: null, ...found };
  return filmScale(frame) ?? inPixels(frame, statesUnity(frame) ? "implausible" : "unstated");
}

/** 1\1 where nothing has pixels of a millimetre (clinical 3.1: 5). */
function statesUnity(frame: Frame): boolean {
  const spacing = pixelSpacing(frame) ?? readSpacing(frame.groups.top, Tags.ImagerPixelSpacing);
  return spacing !== null && spacing[0] === 1 && spacing[1] === 1;
}

function filmScale(frame: Frame): Scale | null {
  const spacing = readSpacing(frame.groups.top, Tags.NominalScannedPixelSpacing);
  return spacing === null || (spacing[0] === 1 && spacing[1] === 1) ? null : millimetres(spacing, "film");
}

function regionScale(frame: Frame, region: CommonRegion): Scale {
  if (typeof region === "string") return inPixels(frame, region);
  if (isMetric(region) && region.x !== null && region.y !== null)
    return millimetres([region.y.perPixel * MM_PER_CM, region.x.perPixel * MM_PER_CM], "ultrasound");
  if (region.format === "mMode" || region.format === "spectral") return { kind: "axes", x: region.x, y: region.y };
  return inPixels(frame, "regionNotMetric");
}

/** A level of a slide is believed where its width is the width of what was imaged (clinical 3.1: 7). */
function slideScale(frame: Frame): Scale {
  const spacing = pixelSpacing(frame);
  if (spacing === null) return inPixels(frame, "unstated");
  const width = numberOf(frame.groups.top, Tags.ImagedVolumeWidth);
  const columns = numberOf(frame.groups.top, Tags.TotalPixelMatrixColumns);
  const agrees =
    width !== null && columns !== null && Math.abs(spacing[1] * columns - width) <= SLIDE_WIDTH_WITHIN * width;
  return agrees ? millimetres(spacing, "slide") : inPixels(frame, "widthDisagrees");
}

function millimetres(spacing: Spacing, basis: Basis, by: string | null = null): Scale {
  return { kind: "millimetre", spacing, basis, conflict: null, by };
}

function inPixels({ aspect }: Frame, reason: NoMillimetre): Scale {
  return { kind: "pixel", aspect, reason };
}
