// Presentation states (PS3.3 A.33.1 to A.33.3): which frames one acts on, and what it makes of each. Pure: whoever draws takes it from here.
// A state acts only on what it references, and where a part of it cannot be shown, that is said (clinical rule 8.9).
import { type Dataset, itemsOf, numberOf, numbersOf, personNameOf, textOf } from "./dataset";
import type { Frame, Instance } from "./frame";
import { type Lookup, readLookup } from "./lookup";
import { type ModalityTransform, readModality } from "./modality";
import { ObjectTags } from "./object-tags";
import { type Graphic, readGraphics } from "./presentation-graphics";
import { readShutters, type Shutter } from "./presentation-shutter";
import { StateTags } from "./presentation-tags";
import { Tags } from "./tags";
import type { Flips } from "./view";
import type { Voi } from "./voi";
import { readVoi } from "./voi-header";

export interface PresentationState {
  readonly instance: Instance;
  readonly label: string;
  readonly description: string;
  readonly creator: string;
  readonly date: string;
  readonly time: string;
  /** Frames by SOP instance; an empty list: all of them. */
  readonly references: ReadonlyMap<string, readonly number[]>;
  /** Series of each referenced instance. */
  readonly seriesOf: ReadonlyMap<string, string>;
}

/** Part of the picture to be shown, corners in picture coordinates as they lie after turning and flipping. */
export interface DisplayedArea {
  readonly topLeft: readonly [column: number, row: number];
  readonly bottomRight: readonly [column: number, row: number];
  readonly mode: "fit" | "trueSize" | "magnify";
  /** Millimetres between rows and columns on the screen at true size. */
  readonly spacing: readonly [row: number, column: number] | null;
  /** Screen pixels a picture pixel, for `magnify`. */
  readonly magnification: number | null;
}

/** What a state asks for and Kontor does not draw. */
export type MissingPart =
  | "voiLut"
  | "presentationLut"
  | "palette"
  | "colourProfile"
  | "mask"
  | "overlay"
  | "bitmapShutter"
  | "compoundGraphic"
  | "graphic";

export interface AppliedState {
  /** Replaces the image's own; a state without one says that values are used as stored (PS3.3 C.11.1). */
  readonly modality: ModalityTransform;
  /** `null`: the identity over all modality values. */
  readonly voi: Voi | null;
  /** Whether the smallest value is white; the image's photometric interpretation has no say (PS3.4 N.2.1.3). */
  readonly inverted: boolean;
  readonly presentationLut: Lookup | null;
  readonly flips: Flips;
  readonly area: DisplayedArea | null;
  readonly shutters: readonly Shutter[];
  /** P-value outside of the shutters, 0 (black) to 65535. */
  readonly shutterValue: number;
  readonly graphics: readonly Graphic[];
  readonly missing: readonly MissingPart[];
}

export function readPresentationState(instance: Instance): PresentationState {
  const { dataset } = instance;
  const series = itemsOf(dataset, ObjectTags.ReferencedSeriesSequence);
  const images = series.flatMap((item) =>
    itemsOf(item, ObjectTags.ReferencedImageSequence).map((image) => ({
      sop: textOf(image, ObjectTags.ReferencedSopInstanceUid) ?? "",
      frames: numbersOf(image, ObjectTags.ReferencedFrameNumber),
      series: textOf(item, ObjectTags.SeriesInstanceUid) ?? "",
    })),
  );
  return {
    instance,
    label: textOf(dataset, StateTags.ContentLabel) ?? "",
    description: textOf(dataset, StateTags.ContentDescription) ?? "",
    creator: personNameOf(dataset, StateTags.ContentCreatorName)?.alphabetic ?? "",
    date: textOf(dataset, StateTags.PresentationCreationDate) ?? "",
    time: textOf(dataset, StateTags.PresentationCreationTime) ?? "",
    references: new Map(images.map(({ sop, frames }) => [sop, frames])),
    seriesOf: new Map(images.map(({ sop, series: uid }) => [sop, uid])),
  };
}

export function actsOn({ references }: PresentationState, frame: Frame): boolean {
  const frames = references.get(frame.instance.sopInstanceUid);
  return frames !== undefined && (frames.length === 0 || frames.includes(frame.number));
}

/** What the state makes of a frame; `null` where it does not act on it. */
export function applied(state: PresentationState, frame: Frame): AppliedState | null {
  if (!actsOn(state, frame)) return null;
  const { dataset } = state.instance;
  const holds = (item: Dataset): boolean => itemActsOn(item, frame);
  const groups = { top: dataset, shared: {}, own: {} };
  const modality = readModality(groups, frame.layout.signed).transform;
  const softcopy = itemsOf(dataset, StateTags.SoftcopyVoiLutSequence).find(holds);
  const voi = softcopy === undefined ? null : softcopyVoi(softcopy, modality, frame);
  const [presentation] = itemsOf(dataset, StateTags.PresentationLutSequence);
  const area = itemsOf(dataset, StateTags.DisplayedAreaSelectionSequence).find(holds);
  const annotations = itemsOf(dataset, StateTags.GraphicAnnotationSequence).filter(holds);
  const drawn = readGraphics(dataset, annotations);
  const shutters = readShutters(dataset);
  return {
    modality,
    voi,
    inverted: textOf(dataset, Tags.PresentationLUTShape) === "INVERSE",
    presentationLut: presentation === undefined ? null : readLookup(presentation, false),
    flips: readFlips(dataset),
    area: area === undefined ? null : readArea(area),
    shutters: shutters.shapes,
    shutterValue: numberOf(dataset, StateTags.ShutterPresentationValue) ?? 0,
    graphics: drawn.graphics,
    missing: [
      ...(softcopy !== undefined && voi === null ? (["voiLut"] as const) : []),
      ...(presentation !== undefined && readLookup(presentation, false) === null ? (["presentationLut"] as const) : []),
      ...(shutters.complete ? [] : (["bitmapShutter"] as const)),
      ...drawn.missing,
      ...missingParts(dataset),
    ],
  };
}

/** An item without references is for all images of the state; with them for those alone. */
function itemActsOn(item: Dataset, { instance, number }: Frame): boolean {
  const images = itemsOf(item, ObjectTags.ReferencedImageSequence);
  if (images.length === 0) return true;
  return images.some((image) => {
    const frames = numbersOf(image, ObjectTags.ReferencedFrameNumber);
    const same = textOf(image, ObjectTags.ReferencedSopInstanceUid) === instance.sopInstanceUid;
    return same && (frames.length === 0 || frames.includes(number));
  });
}

function softcopyVoi(item: Dataset, modality: ModalityTransform, frame: Frame): Voi | null {
  return readVoi({ top: item, shared: {}, own: {} }, null, modality, frame.layout.signed)[0]?.voi ?? null;
}

/** The state turns first and then flips (PS3.3 C.10.6); a view flips first: the turn goes the other way round. */
function readFlips(dataset: Dataset): Flips {
  const turns = ((((numberOf(dataset, StateTags.ImageRotation) ?? 0) / 90) % 4) + 4) % 4;
  const horizontal = textOf(dataset, StateTags.ImageHorizontalFlip) === "Y";
  return { horizontal, vertical: false, quarterTurns: horizontal ? (4 - turns) % 4 : turns };
}

const MODES = { "SCALE TO FIT": "fit", "TRUE SIZE": "trueSize", MAGNIFY: "magnify" } as const;

/**
 * Corners name pixels, counted from 1, and both belong to the area (clinical rule 8.10): as outer corners the smaller of
 * two ends lies before its pixel, the larger behind it.
 */
function readArea(item: Dataset): DisplayedArea | null {
  const [left, top] = numbersOf(item, StateTags.DisplayedAreaTopLeftHandCorner);
  const [right, bottom] = numbersOf(item, StateTags.DisplayedAreaBottomRightHandCorner);
  if (left === undefined || top === undefined || right === undefined || bottom === undefined) return null;
  const [x0, x1] = ends(left, right);
  const [y0, y1] = ends(top, bottom);
  const mode = textOf(item, StateTags.PresentationSizeMode) ?? "";
  const [row, column] = numbersOf(item, StateTags.PresentationPixelSpacing);
  return {
    topLeft: [x0, y0],
    bottomRight: [x1, y1],
    mode: mode in MODES ? MODES[mode as keyof typeof MODES] : "fit",
    spacing: row === undefined || column === undefined ? null : [row, column],
    magnification: numberOf(item, StateTags.PresentationPixelMagnificationRatio),
  };
}

function ends(first: number, last: number): readonly [number, number] {
  return first <= last ? [first - 1, last] : [first, last - 1];
}

/** Parts that stand in the state and are not read here at all. */
function missingParts(dataset: Dataset): readonly MissingPart[] {
  const overlay = Object.keys(dataset).some((tag) => /^60[0-9A-F]{2}(1001|3000)$/.test(tag));
  return [
    ...(Tags.RedPaletteDescriptor in dataset ? (["palette"] as const) : []),
    ...(StateTags.IccProfile in dataset ? (["colourProfile"] as const) : []),
    ...(itemsOf(dataset, StateTags.MaskSubtractionSequence).length > 0 ? (["mask"] as const) : []),
    ...(overlay ? (["overlay"] as const) : []),
  ];
}
