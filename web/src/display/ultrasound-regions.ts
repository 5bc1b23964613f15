// Regions of an ultrasound image, each with its own scale (PS3.3 C.8.5.5; clinical 3.2). They differ per instance: read at every use.
import { type Dataset, itemsOf, numberOf } from "./dataset";
import { Tags } from "./tags";
import type { PicturePoint } from "./view";

export interface UltrasoundRegion {
  /** In pixels, both ends included. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly format: "2d" | "mMode" | "spectral" | "other";
  readonly x: RegionAxis | null;
  readonly y: RegionAxis | null;
  /** Flags bit 0 is 0: shown above a region that it overlaps (clinical 3.2: 13). */
  readonly highPriority: boolean;
}

/** What one pixel along an axis is, always positive: a negative delta only tells the direction (clinical 3.2: 15). */
export interface RegionAxis {
  readonly perPixel: number;
  readonly unit: string;
}

const FORMATS: Readonly<Record<number, UltrasoundRegion["format"]>> = { 1: "2d", 2: "mMode", 3: "spectral" };
/** Physical Units X and Y Direction; 0 is none. */
const UNITS: Readonly<Record<number, string>> = {
  1: "%",
  2: "dB",
  3: "cm",
  4: "s",
  5: "Hz",
  6: "dB/s",
  7: "cm/s",
  8: "cm²",
  9: "cm²/s",
  10: "cm³",
  11: "cm³/s",
  12: "°",
};
const LOW_PRIORITY = 1;
/** Bit 2: the Doppler scale is a frequency, whatever the unit says. */
const FREQUENCY = 4;
const SAME_SCALE = 1e-6;

export function readRegions(dataset: Dataset): readonly UltrasoundRegion[] {
  return itemsOf(dataset, Tags.SequenceOfUltrasoundRegions).flatMap((item) => readRegion(item) ?? []);
}

function readRegion(item: Dataset): UltrasoundRegion | null {
  const left = numberOf(item, Tags.RegionLocationMinX0);
  const top = numberOf(item, Tags.RegionLocationMinY0);
  const right = numberOf(item, Tags.RegionLocationMaxX1);
  const bottom = numberOf(item, Tags.RegionLocationMaxY1);
  if (left === null || top === null || right === null || bottom === null || right < left || bottom < top) return null;
  const flags = numberOf(item, Tags.RegionFlags) ?? 0;
  const y = readAxis(item, Tags.PhysicalUnitsYDirection, Tags.PhysicalDeltaY);
  return {
    left,
    top,
    right,
    bottom,
    format: FORMATS[numberOf(item, Tags.RegionSpatialFormat) ?? 0] ?? "other",
    x: readAxis(item, Tags.PhysicalUnitsXDirection, Tags.PhysicalDeltaX),
    y: y?.unit === "cm/s" && (flags & FREQUENCY) !== 0 ? null : y,
    highPriority: (flags & LOW_PRIORITY) === 0,
  };
}

function readAxis(item: Dataset, unitTag: string, deltaTag: string): RegionAxis | null {
  const unit = UNITS[numberOf(item, unitTag) ?? 0];
  const delta = numberOf(item, deltaTag);
  return unit === undefined || delta === null || delta === 0 ? null : { perPixel: Math.abs(delta), unit };
}

/** A 2D region with centimetres on both axes: the only kind that a length can be drawn in (clinical 3.2: 14). */
export function isMetric({ format, x, y }: UltrasoundRegion): boolean {
  return format === "2d" && x?.unit === "cm" && y?.unit === "cm";
}

/** The region that a point lies in: of several, the one of high priority, then the smallest (clinical 3.2: 13). */
export function regionAt(regions: readonly UltrasoundRegion[], at: PicturePoint): UltrasoundRegion | null {
  const [best] = regions
    .filter((region) => contains(region, at))
    .sort((a, b) => Number(b.highPriority) - Number(a.highPriority) || areaOf(a) - areaOf(b));
  return best ?? null;
}

export type CommonRegion = UltrasoundRegion | "outsideRegions" | "crossesRegions";

/**
 * The one region of all points. A colour box over a tissue region of the same scale is one region with it; a region with
 * a scale of its own is not, nor are two regions beside each other, whatever their scales are.
 */
export function commonRegion(regions: readonly UltrasoundRegion[], points: readonly PicturePoint[]): CommonRegion {
  const each = points.map((point) => regionAt(regions, point));
  const [first] = each;
  if (first == null || each.includes(null)) return "outsideRegions";
  if (each.every((region) => region === first)) return first;
  const around = regions.find(
    (region) =>
      points.every((point) => contains(region, point)) && each.every((one) => one !== null && sameScale(one, region)),
  );
  return around ?? "crossesRegions";
}

function contains({ left, top, right, bottom }: UltrasoundRegion, [column, row]: PicturePoint): boolean {
  return column >= left && column <= right + 1 && row >= top && row <= bottom + 1;
}

function areaOf({ left, top, right, bottom }: UltrasoundRegion): number {
  return (right - left + 1) * (bottom - top + 1);
}

function sameScale(a: UltrasoundRegion, b: UltrasoundRegion): boolean {
  return a.format === b.format && sameAxis(a.x, b.x) && sameAxis(a.y, b.y);
}

function sameAxis(a: RegionAxis | null, b: RegionAxis | null): boolean {
  if (a === null || b === null) return a === b;
  return a.unit === b.unit && Math.abs(a.perPixel - b.perPixel) <= SAME_SCALE * b.perPixel;
}
