// Frames that lie at one place: which fact of the header tells them apart (clinical rules 2.1.2, 2.1.3, 2.2.13).
import { itemsOf, numberOf, textOf, textsOf, valuesOf } from "./dataset";
import { bValueOf, type Frame, frameNumber, gradientOf } from "./frame";
import { macroOf } from "./functional-groups";
import { placesOf, stackDepths } from "./stack-order";
import { Tags } from "./tags";

export interface Pass {
  readonly frames: readonly Frame[];
  readonly ambiguous: boolean;
}

type Key = (frame: Frame) => string | null;

const rounded = (value: number | null, step: number): string | null =>
  value === null ? null : String(Math.round(value / step));

/** Facts that split whether or not positions repeat. */
const ALWAYS: readonly Key[] = [
  (frame) => rounded(frameNumber(frame, Tags.MREchoSequence, Tags.EffectiveEchoTime, Tags.EchoTime), 0.01),
  (frame) => rounded(numberOf(frame.groups.top, Tags.EchoNumbers), 1),
  (frame) => rounded(bValueOf(frame), 1),
];

/** Facts that split only because positions repeat, in the order in which they are tried. */
const WHEN_REPEATED: readonly Key[] = [
  (frame) =>
    rounded(
      frameNumber(frame, Tags.FrameContentSequence, Tags.TemporalPositionIndex, Tags.TemporalPositionIdentifier),
      1,
    ),
  dimensionsOf,
  (frame) => rounded(numberOf(frame.groups.top, Tags.TriggerTime), 1),
  (frame) => rounded(numberOf(frame.groups.top, Tags.InversionTime), 0.1),
  (frame) => rounded(numberOf(frame.groups.top, Tags.FlipAngle), 0.1),
  (frame) => textOf(frame.groups.top, Tags.ConvolutionKernel),
  (frame) => rounded(frameNumber(frame, Tags.CTXRayDetailsSequence, Tags.KVP), 1),
  (frame) => rounded(numberOf(frame.groups.top, Tags.AcquisitionNumber), 1),
  (frame) => textOf(macroOf(frame.groups, Tags.FrameContentSequence), Tags.FrameAcquisitionDateTime),
  (frame) => textOf(frame.groups.top, Tags.AcquisitionDateTime) ?? textOf(frame.groups.top, Tags.AcquisitionTime),
];

/** Dimensions that only say where a frame lies, or in which direction its gradient ran. */
const PLACE_DIMENSIONS: ReadonlySet<string> = new Set([
  Tags.ImagePositionPatient,
  Tags.InStackPositionNumber,
  Tags.DiffusionGradientOrientation,
]);

/** Dimension Index Values (0020,9157) of an enhanced object without those of place (clinical rule 2.1.5). */
function dimensionsOf(frame: Frame): string | null {
  const values = valuesOf(macroOf(frame.groups, Tags.FrameContentSequence), Tags.DimensionIndexValues);
  if (values.length === 0) return null;
  const pointers = itemsOf(frame.groups.top, Tags.DimensionIndexSequence).map(
    (item) => textsOf(item, Tags.DimensionIndexPointer)[0]?.toUpperCase() ?? "",
  );
  return values.filter((_, index) => !PLACE_DIMENSIONS.has(pointers[index] ?? "")).join("\\");
}

/** Splits until no two frames of a part lie at one place; what stays repeated becomes passes in order of arrival, marked. */
export function splitRepeated(frames: readonly Frame[]): readonly Pass[] {
  const parts = ALWAYS.reduce<readonly (readonly Frame[])[]>(
    (all, key) => all.flatMap((part) => split(part, key)),
    [frames],
  );
  return parts.flatMap((part) => untilSingle(part, WHEN_REPEATED));
}

function untilSingle(frames: readonly Frame[], keys: readonly Key[]): readonly Pass[] {
  if (!positionsRepeat(frames) || differByGradient(frames)) return [{ frames, ambiguous: false }];
  const [key, ...rest] = keys;
  if (key === undefined) return inPasses(frames);
  return helps(frames, key) ? split(frames, key).flatMap((part) => untilSingle(part, rest)) : untilSingle(frames, rest);
}

/** Directions of one b-value stay together: each image at a place has one of its own. */
function differByGradient(frames: readonly Frame[]): boolean {
  const places = placesOf(stackDepths(frames));
  const seen = new Set(frames.map((frame, index) => `${places[index]} ${gradientOf(frame) ?? "unknown"}`));
  return seen.size === frames.length && frames.every((frame) => gradientOf(frame) !== null);
}

/** A key helps when its parts hold several positions each; one that only numbers the slices would make sets of one image. */
function helps(frames: readonly Frame[], key: Key): boolean {
  const parts = split(frames, key);
  return parts.length > 1 && parts.length <= frames.length / countPlaces(frames) + 0.5;
}

function split(frames: readonly Frame[], key: Key): readonly (readonly Frame[])[] {
  const parts = new Map<string | null, Frame[]>();
  for (const frame of frames) {
    const value = key(frame);
    const part = parts.get(value);
    if (part === undefined) parts.set(value, [frame]);
    else part.push(frame);
  }
  return [...parts.values()];
}

function countPlaces(frames: readonly Frame[]): number {
  return new Set(placesOf(stackDepths(frames))).size;
}

/** All at one place is a series in time (cine, angiography), not a stack with repeats. */
function positionsRepeat(frames: readonly Frame[]): boolean {
  if (frames.some((frame) => frame.plane === null)) return false;
  const different = countPlaces(frames);
  return different > 1 && different < frames.length;
}

function inPasses(frames: readonly Frame[]): readonly Pass[] {
  const places = placesOf(stackDepths(frames));
  const seen = new Map<number, number>();
  const passes: Frame[][] = [];
  frames.forEach((frame, index) => {
    const place = places[index] ?? 0;
    const pass = seen.get(place) ?? 0;
    seen.set(place, pass + 1);
    passes[pass] = [...(passes[pass] ?? []), frame];
  });
  return passes.map((pass) => ({ frames: pass, ambiguous: true }));
}
