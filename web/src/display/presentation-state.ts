// Presentation states (PS3.3 A.33.1 to A.33.3): which frames one acts on, and what it makes of each. Pure: whoever draws takes it from here.
// A state acts only on what it references, and where a part of it cannot be shown, that is said (clinical rule 8.9).
import { type Dataset, itemsOf, numbersOf, personNameOf, textOf } from "./dataset";
import type { Frame, Instance } from "./frame";
import { type Lookup, readLookup } from "./lookup";
import { type ModalityTransform, readModality, toModality } from "./modality";
import { ObjectTags } from "./object-tags";
import { storedRange } from "./pixels";
import { type DisplayedArea, readArea, readFlips, wholeArea } from "./presentation-area";
import { type Graphic, readGraphics } from "./presentation-graphics";
import { readStateOverlays, type StateOverlays } from "./presentation-overlays";
import { StateTags } from "./presentation-tags";
import { readShutter, type Shutter, shutterShapes } from "./shutters";
import { Tags } from "./tags";
import { type Flips, UPRIGHT } from "./view";
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

/** What a state asks for and Kontor does not show. */
export type MissingPart =
  | "modalityLut"
  | "voiLut"
  | "presentationLut"
  | "palette"
  | "colourProfile"
  | "mask"
  | "rotation"
  | "trueSize"
  | "overlay"
  | "curve"
  | "shutter"
  | "shutterColour"
  | "compoundGraphic"
  | "graphic"
  | "style";

export interface AppliedState {
  /** Replaces the image's own; a state without one says that values are used as stored (PS3.3 C.11.1). */
  readonly modality: ModalityTransform;
  /** Without one in the state the identity over all modality values; `null` where these have no ends. */
  readonly voi: Voi | null;
  /** Whether the smallest value is white; the image's photometric interpretation has no say (PS3.4 N.2.1.3). */
  readonly inverted: boolean;
  readonly presentationLut: Lookup | null;
  readonly flips: Flips;
  readonly area: DisplayedArea;
  readonly shutter: Shutter | null;
  readonly overlays: StateOverlays;
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
    references: merged(images),
    seriesOf: new Map(images.map(({ sop, series: uid }) => [sop, uid])),
  };
}

/** An image may be named several times; once without frames, all are meant. */
function merged(images: readonly { readonly sop: string; readonly frames: readonly number[] }[]) {
  const references = new Map<string, readonly number[]>();
  for (const { sop, frames } of images) {
    const known = references.get(sop);
    const all = known?.length === 0 || frames.length === 0;
    references.set(sop, all ? [] : [...(known ?? []), ...frames]);
  }
  return references;
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
  const modality = readModality({ top: dataset, shared: {}, own: {} }, frame.layout.signed).transform;
  const softcopy = itemsOf(dataset, StateTags.SoftcopyVoiLutSequence).find(holds);
  const voi = softcopy === undefined ? null : softcopyVoi(softcopy, modality, frame);
  const [presentation] = itemsOf(dataset, StateTags.PresentationLutSequence);
  const presentationLut = presentation === undefined ? null : readLookup(presentation, false);
  const selected = itemsOf(dataset, StateTags.DisplayedAreaSelectionSequence).find(holds);
  const area = (selected === undefined ? null : readArea(selected)) ?? wholeArea(frame.layout);
  const flips = readFlips(dataset);
  const overlays = readStateOverlays(dataset, frame);
  const shutter = readShutter({ top: dataset, shared: {}, own: {} }, area.aspect ?? frame.aspect, overlays.bitmap);
  const drawn = readGraphics(dataset, itemsOf(dataset, StateTags.GraphicAnnotationSequence).filter(holds));
  const missing: Partial<Record<MissingPart, boolean>> = {
    modalityLut: itemsOf(dataset, Tags.ModalityLUTSequence).length > 0 && modality.kind !== "lut",
    voiLut: softcopy !== undefined && voi === null,
    presentationLut: presentation !== undefined && presentationLut === null,
    rotation: flips === null,
    trueSize: area.mode === "trueSize",
    overlay: !overlays.complete,
    shutter: shutterShapes(dataset).size > (shutter?.openings.length ?? 0) + (shutter?.bitmaps.length ?? 0),
    shutterColour: shutter !== null && isColoured(dataset),
    ...notRead(dataset),
  };
  return {
    modality,
    voi: voi ?? identity(modality, frame),
    inverted: textOf(dataset, Tags.PresentationLUTShape) === "INVERSE",
    presentationLut,
    flips: flips ?? UPRIGHT,
    area,
    shutter,
    overlays,
    graphics: drawn.graphics,
    missing: [...named(missing), ...drawn.missing],
  };
}

/** The frame with the state's values in the place of the image's, so that it is drawn as any other one. */
export function presentedFrame(
  frame: Frame,
  state: PresentationState,
  { modality, voi, inverted, area }: AppliedState,
): Frame {
  return {
    ...frame,
    transform: modality,
    voi: voi === null ? frame.voi : [{ voi, name: state.label === "" ? null : state.label }],
    inverted,
    aspect: area.aspect ?? frame.aspect,
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

/** All modality values from black to white (PS3.4 N.2.1.2): for n unsigned bits as a window of 2^n (clinical rule 1.28). */
function identity(modality: ModalityTransform, { layout }: Frame): Voi | null {
  const range = storedRange(layout);
  if (range === null) return null;
  const ends =
    modality.kind === "lut"
      ? [0, 2 ** modality.lut.bits - 1]
      : [toModality(modality, range.low), toModality(modality, range.high)];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  return { kind: "window", window: { centre: (low + high) / 2, width: high - low || 1, shape: "LINEAR_EXACT" } };
}

/** A state for displays with colours names the shutter's in CIELab alone. */
function isColoured(dataset: Dataset): boolean {
  return StateTags.ShutterPresentationColorCielab in dataset && !(Tags.ShutterPresentationValue in dataset);
}

/** Parts that stand in the state and are not read here at all. */
function notRead(dataset: Dataset): Partial<Record<MissingPart, boolean>> {
  const curves = Object.keys(dataset).filter((tag) => /^50[0-9A-F]{2}1001$/.test(tag));
  return {
    palette: Tags.RedPaletteDescriptor in dataset,
    colourProfile: StateTags.IccProfile in dataset,
    mask: itemsOf(dataset, StateTags.MaskSubtractionSequence).length > 0,
    curve: curves.some((tag) => textOf(dataset, tag) !== null),
  };
}

function named(missing: Partial<Record<MissingPart, boolean>>): readonly MissingPart[] {
  const parts = Object.keys(missing) as readonly MissingPart[]; // as declared
  return parts.filter((part) => missing[part] === true);
}
