// One frame of one instance with everything that showing it needs, resolved once from the header.
import { type Dataset, itemsOf, numberOf, numbersOf, textOf, textsOf } from "./dataset";
import { type FunctionalGroups, functionalGroups, macroOf } from "./functional-groups";
import { type ModalityTransform, readModality } from "./modality";
import { isOverlayOnly, overlayExtent } from "./overlay-planes";
import { type PaddingRange, readPadding } from "./padding";
import { type PixelLayout, readPixelLayout } from "./pixels";
import { type ImagePlane, readDirections, readPlane, readSpacing, type Vector } from "./plane";
import { Tags } from "./tags";
import { type NamedVoi, readVoi } from "./voi-header";

/** One instance as the series bundle tells it. */
export interface Instance {
  readonly sopInstanceUid: string;
  /** Names the object's bytes: another object may come to stand under the same UID. */
  readonly digest: string;
  readonly sopClassUid: string;
  readonly transferSyntax: string;
  readonly dataset: Dataset;
  readonly frameCount: number;
  /** `null`: not lossy. A ratio of 0: lossy, ratio unknown. */
  readonly lossyRatio: number | null;
}

export interface Frame {
  /** Identity in caches and answers: instance, frame number, and the bytes that its header is of. */
  readonly key: string;
  readonly instance: Instance;
  /** From 1, as DICOMweb counts. */
  readonly number: number;
  readonly groups: FunctionalGroups;
  readonly modality: string | null;
  readonly layout: PixelLayout;
  readonly imageType: readonly string[];
  readonly padding: PaddingRange | null;
  readonly transform: ModalityTransform;
  readonly voi: readonly NamedVoi[];
  /** MONOCHROME1: the smallest value is white (clinical rule 36). */
  readonly inverted: boolean;
  readonly plane: ImagePlane | null;
  readonly directions: { readonly row: Vector; readonly column: Vector } | null;
  /** Height of a pixel over its width. */
  readonly aspect: number;
  /** The header contradicts itself; the picture is one reading of it. */
  readonly conflict: boolean;
}

/** All frames of an instance; empty where it holds no picture. */
export function framesOf(instance: Instance): readonly Frame[] {
  const layout = readPixelLayout(instance.dataset) ?? overlayLayout(instance.dataset);
  if (layout === null) return [];
  return Array.from({ length: Math.max(instance.frameCount, isOverlayOnly(instance.dataset) ? 1 : 0) }, (_, index) =>
    frameOf(instance, layout, index),
  );
}

/** The black on which overlays lie that come without an Image Pixel module (clinical rule 48). */
function overlayLayout(dataset: Dataset): PixelLayout | null {
  const extent = isOverlayOnly(dataset) ? overlayExtent(dataset) : null;
  if (extent === null) return null;
  const bits = { bitsAllocated: 8, bitsStored: 8, highBit: 7, signed: false, number: "integer" } as const;
  return { ...extent, ...bits, samples: 1, planar: false, photometric: "MONOCHROME2" };
}

function frameOf(instance: Instance, layout: PixelLayout, index: number): Frame {
  const { dataset } = instance;
  const groups = functionalGroups(dataset, index);
  const modality = textOf(dataset, Tags.Modality);
  const { transform, conflict } = readModality(groups, layout.signed);
  const plane = readPlane(groups);
  return {
    key: `${instance.sopInstanceUid}:${index + 1}:${instance.digest}`,
    instance,
    number: index + 1,
    groups,
    modality,
    layout,
    imageType: readImageType(groups),
    padding: layout.samples === 1 ? readPadding(dataset, layout) : null,
    transform,
    voi: readVoi(groups, modality, transform, layout.signed),
    inverted: layout.photometric === "MONOCHROME1",
    plane,
    directions: readDirections(groups) ?? detectorDirections(dataset, modality),
    aspect: readAspect(groups, plane),
    conflict: conflict || contradictsShape(dataset, layout),
  };
}

/** The frame as its code stream has it where that contradicts the header: signed, of up to 16 bits (clinical rule 10). */
export function asSigned({ instance, layout, number }: Frame): Frame {
  const followed = { ...layout, bitsAllocated: 16, bitsStored: 16, highBit: 15, signed: true };
  return { ...frameOf(instance, followed, number - 1), conflict: true };
}

/** The frame as its header has it, which its code stream contradicts. */
export function withConflict(frame: Frame): Frame {
  return { ...frame, conflict: true };
}

/** Nuclear medicine keeps the orientation with the detector (PS3.3 C.8.4.11, clinical rule 5.9). */
function detectorDirections(dataset: Dataset, modality: string | null): Frame["directions"] {
  const detector = modality === "NM" ? itemsOf(dataset, Tags.DetectorInformationSequence)[0] : undefined;
  return detector === undefined ? null : readDirections({ top: detector, shared: {}, own: {} });
}

function readImageType(groups: FunctionalGroups): readonly string[] {
  for (const sequence of [Tags.MRImageFrameTypeSequence, Tags.CTImageFrameTypeSequence]) {
    const own = textsOf(macroOf(groups, sequence), Tags.FrameType);
    if (own.length > 0) return own;
  }
  return textsOf(groups.top, Tags.ImageType);
}

/** Pixel Spacing, also of an image without a place in the patient. */
export function pixelSpacingOf({
  plane,
  groups,
}: Frame): readonly [betweenRows: number, betweenColumns: number] | null {
  return plane?.pixelSpacing ?? readSpacing(macroOf(groups, Tags.PixelMeasuresSequence), Tags.PixelSpacing);
}

/** True proportions: any spacing, else Pixel Aspect Ratio (vertical\horizontal), else square (clinical rule 50). */
function readAspect(groups: FunctionalGroups, plane: ImagePlane | null): number {
  const spacing =
    plane?.pixelSpacing ??
    readSpacing(macroOf(groups, Tags.PixelMeasuresSequence), Tags.PixelSpacing) ??
    readSpacing(groups.top, Tags.ImagerPixelSpacing) ??
    readSpacing(groups.top, Tags.NominalScannedPixelSpacing) ??
    readSpacing(groups.top, Tags.PixelAspectRatio);
  return spacing === null ? 1 : spacing[0] / spacing[1];
}

/** MONOCHROME2 with INVERSE, MONOCHROME1 with IDENTITY: the photometric interpretation is followed and it is said (rule 37). */
function contradictsShape(dataset: Dataset, layout: PixelLayout): boolean {
  const shape = textOf(dataset, Tags.PresentationLUTShape);
  return (
    (layout.photometric === "MONOCHROME2" && shape === "INVERSE") ||
    (layout.photometric === "MONOCHROME1" && shape === "IDENTITY")
  );
}

/** A number that a classic object has at the top and an enhanced one in a macro. */
export function frameNumber(frame: Frame, sequence: string, ...tags: readonly string[]): number | null {
  const item = macroOf(frame.groups, sequence);
  for (const tag of tags) {
    const value = numberOf(item, tag) ?? numberOf(frame.groups.top, tag);
    if (value !== null) return value;
  }
  return null;
}

/** Diffusion b-value of the frame, in s/mm² (PS3.3 C.8.13.5.9). */
export function bValueOf(frame: Frame): number | null {
  return frameNumber(frame, Tags.MRDiffusionSequence, Tags.DiffusionBValue);
}

/** Direction of the diffusion gradient as text to compare and to sort by; `null` where the frame states none. */
export function gradientOf(frame: Frame): string | null {
  const diffusion = macroOf(frame.groups, Tags.MRDiffusionSequence);
  const item = itemsOf(diffusion, Tags.DiffusionGradientDirectionSequence)[0] ?? diffusion;
  const cosines = numbersOf(item, Tags.DiffusionGradientOrientation);
  return cosines.length === 3 ? cosines.map((cosine) => cosine.toFixed(4)).join("\\") : null;
}

/** Ratio of the last lossy step; the header lists one per step (PS3.3 C.7.6.1.1.5). */
export function lossyRatioOf(dataset: Dataset, lossy: boolean): number | null {
  if (!lossy && textOf(dataset, Tags.LossyImageCompression) !== "01") return null;
  return numbersOf(dataset, Tags.LossyImageCompressionRatio).at(-1) ?? 0;
}
