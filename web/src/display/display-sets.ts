// Display sets: what of a series is honestly one stack (clinical rules 2.1). No instance is ever dropped.
import { textOf } from "./dataset";
import { type Frame, framesOf, type Instance, pixelSpacingOf } from "./frame";
import { macroOf } from "./functional-groups";
import { isVideo } from "./object-kinds";
import { splitRepeated } from "./repeated-positions";
import { familyOf } from "./sop-classes";
import { byNumber, inStackOrder, type StackOrder } from "./stack-order";
import { Tags } from "./tags";

export interface DisplaySet {
  /** Stable as long as the same instances arrived. */
  readonly id: string;
  readonly frames: readonly Frame[];
  readonly localizer: boolean;
  readonly order: StackOrder;
  /** Positions repeat and nothing in the header tells the passes apart. */
  readonly ambiguous: boolean;
}

export interface SeriesContents {
  readonly sets: readonly DisplaySet[];
  /** Reports, states, segmentations, videos and what has no picture that we understand; listed, not stacked. */
  readonly attachments: readonly Instance[];
}

/** One image is one display set: no scroll order is forced on projections (clinical rule 2.1.4). */
const PROJECTIONS: ReadonlySet<string> = new Set(["CR", "DX", "MG", "IO", "PX"]);
const BY_CLOCK: ReadonlySet<string> = new Set(["US", "XA", "RF", "IVUS"]);
/** A survey has one image in each of three planes, and is no turning stack. */
const LEAST_RADIAL = 4;
const DIRECTION_TOLERANCE = 1e-3;
const SPACING_TOLERANCE = 1e-3;

export function displaySets(instances: readonly Instance[]): SeriesContents {
  const attachments: Instance[] = [];
  const frames: Frame[] = [];
  for (const instance of instances) {
    const stacked = familyOf(instance.sopClassUid) === "image" && !isVideo(instance.transferSyntax);
    const own = stacked ? framesOf(instance) : [];
    if (own.length === 0) attachments.push(instance);
    frames.push(...own);
  }
  const runs = stillRuns(frames);
  const groups: Frame[][] = [];
  for (const frame of frames) place(frame, groups, runs);
  const sets = withoutRadialSplit(groups, runs)
    .flatMap(splitRepeated)
    .map(({ frames, ambiguous }) => asSet(frames, ambiguous));
  return { sets: inListOrder(sets), attachments };
}

function place(frame: Frame, groups: Frame[][], runs: Runs): void {
  const group = groups.find(([first]) => first !== undefined && belongTogether(first, frame, runs));
  if (group === undefined) groups.push([frame]);
  else group.push(frame);
}

/** The keys that always split, in the order of clinical rule 2.1.2. */
function belongTogether(first: Frame, frame: Frame, runs: Runs): boolean {
  return sameButDirections(first, frame, runs) && sameDirections(first, frame);
}

function sameButDirections(first: Frame, frame: Frame, runs: Runs): boolean {
  return (
    sameObject(first, frame) &&
    runs.get(first.instance) === runs.get(frame.instance) &&
    // ORIGINAL or DERIVED, LOCALIZER, and what the modality tells apart there (M, P, ADC, in phase …)
    first.imageType.join("\\") === frame.imageType.join("\\") &&
    sameMatrix(first, frame) &&
    sameSpacing(first, frame) &&
    textOf(first.groups.top, Tags.FrameOfReferenceUID) === textOf(frame.groups.top, Tags.FrameOfReferenceUID) &&
    textOf(macroOf(first.groups, Tags.FrameContentSequence), Tags.StackID) ===
      textOf(macroOf(frame.groups, Tags.FrameContentSequence), Tags.StackID)
  );
}

type Runs = ReadonlyMap<Instance, number>;

/** Ultrasound: stills between two clips are one run (clinical rule 2.1.4). */
function stillRuns(frames: readonly Frame[]): Runs {
  const runs = new Map<Instance, number>();
  let run = 0;
  for (const { instance } of frames
    .filter(({ modality, number }) => modality === "US" && number === 1)
    .sort(byNumber)) {
    if (instance.frameCount > 1) run += 1;
    runs.set(instance, run);
  }
  return runs;
}

/**
 * Images that turn about an axis differ in direction one by one: they are one stack, ordered by number, of which no
 * volume is made (clinical rule 2.17). Four or more single images that differ in nothing else.
 */
function withoutRadialSplit(groups: readonly (readonly Frame[])[], runs: Runs): readonly (readonly Frame[])[] {
  const radial: Frame[][] = [];
  const rest: (readonly Frame[])[] = [];
  for (const group of groups) {
    const [only, ...more] = group;
    if (only === undefined || more.length > 0 || only.directions === null || isLocalizer(only)) {
      rest.push(group);
      continue;
    }
    const alike = radial.find(([first]) => first !== undefined && sameButDirections(first, only, runs));
    if (alike === undefined) radial.push([only]);
    else alike.push(only);
  }
  return [
    ...rest,
    ...radial.flatMap((frames) => (frames.length >= LEAST_RADIAL ? [frames] : frames.map((one) => [one]))),
  ];
}

/** A multi-frame instance stands alone, unless it is a part of one concatenation; a projection always does. */
function sameObject(first: Frame, frame: Frame): boolean {
  if (first.instance === frame.instance) return true;
  if (first.modality !== null && PROJECTIONS.has(first.modality)) return false;
  if (first.instance.frameCount === 1 && frame.instance.frameCount === 1) return true;
  const joined = textOf(first.groups.top, Tags.ConcatenationUID);
  return joined !== null && joined === textOf(frame.groups.top, Tags.ConcatenationUID);
}

export function isLocalizer(frame: Frame): boolean {
  return frame.imageType[2] === "LOCALIZER";
}

function sameMatrix({ layout: a }: Frame, { layout: b }: Frame): boolean {
  return a.rows === b.rows && a.columns === b.columns && a.samples === b.samples && a.photometric === b.photometric;
}

function sameSpacing(first: Frame, frame: Frame): boolean {
  if ((first.plane === null) !== (frame.plane === null)) return false;
  const [a, b] = [pixelSpacingOf(first), pixelSpacingOf(frame)];
  if (a === null || b === null) return a === b;
  const close = (x: number, y: number): boolean => Math.abs(x - y) <= SPACING_TOLERANCE * Math.max(x, y);
  return close(a[0], b[0]) && close(a[1], b[1]);
}

function sameDirections({ directions: a }: Frame, { directions: b }: Frame): boolean {
  if (a === null || b === null) return (a === null) === (b === null);
  return [...a.row, ...a.column].every((cosine, index) => {
    const other = [...b.row, ...b.column][index] ?? 0;
    return Math.abs(cosine - other) <= DIRECTION_TOLERANCE;
  });
}

function asSet(frames: readonly Frame[], ambiguous: boolean): DisplaySet {
  const [some] = frames;
  const parallel = some !== undefined && frames.every((frame) => sameDirections(some, frame));
  const { ordered, order } = parallel
    ? inStackOrder(frames)
    : { ordered: [...frames].sort(byNumber), order: "number" as const };
  const first = ordered[0];
  return {
    id: first === undefined ? "" : first.key,
    frames: ordered,
    localizer: first !== undefined && isLocalizer(first),
    order,
    ambiguous,
  };
}

/** Localizers first, then as they were made; ultrasound and angiography by the clock (clinical rule 2.11). */
function inListOrder(sets: readonly DisplaySet[]): readonly DisplaySet[] {
  const rank = (set: DisplaySet): number => (set.localizer ? 0 : 1);
  const clocked = (a: Frame | undefined, b: Frame | undefined): number =>
    a !== undefined && b !== undefined && BY_CLOCK.has(a.modality ?? "") ? byNumber(a, b) : 0;
  return [...sets].sort((a, b) => rank(a) - rank(b) || clocked(a.frames[0], b.frames[0]));
}
