// Display sets: what of a series is honestly one stack (clinical rules 2.1). No instance is ever dropped.
import { textOf } from "./dataset";
import { type Frame, framesOf, type Instance } from "./frame";
import { macroOf } from "./functional-groups";
import { isVideo } from "./object-kinds";
import { splitRepeated } from "./repeated-positions";
import { familyOf } from "./sop-classes";
import { inStackOrder, type StackOrder } from "./stack-order";
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
const DIRECTION_TOLERANCE = 1e-3;
const SPACING_TOLERANCE = 1e-3;

export function displaySets(instances: readonly Instance[]): SeriesContents {
  const attachments: Instance[] = [];
  const groups: Frame[][] = [];
  for (const instance of instances) {
    const stacked = familyOf(instance.sopClassUid) === "image" && !isVideo(instance.transferSyntax);
    const frames = stacked ? framesOf(instance) : [];
    if (frames.length === 0) attachments.push(instance);
    for (const frame of frames) place(frame, groups);
  }
  const sets = groups.flatMap(splitRepeated).map(({ frames, ambiguous }) => asSet(frames, ambiguous));
  return { sets: inListOrder(sets), attachments };
}

function place(frame: Frame, groups: Frame[][]): void {
  const group = groups.find(([first]) => first !== undefined && belongTogether(first, frame));
  if (group === undefined) groups.push([frame]);
  else group.push(frame);
}

/** The keys that always split, in the order of clinical rule 2.1.2. */
function belongTogether(first: Frame, frame: Frame): boolean {
  return (
    sameObject(first, frame) &&
    // ORIGINAL or DERIVED, LOCALIZER, and what the modality tells apart there (M, P, ADC, in phase …)
    first.imageType.slice(0, 4).join("\\") === frame.imageType.slice(0, 4).join("\\") &&
    sameMatrix(first, frame) &&
    sameSpacing(first, frame) &&
    textOf(first.groups.top, Tags.FrameOfReferenceUID) === textOf(frame.groups.top, Tags.FrameOfReferenceUID) &&
    sameDirections(first, frame) &&
    textOf(macroOf(first.groups, Tags.FrameContentSequence), Tags.StackID) ===
      textOf(macroOf(frame.groups, Tags.FrameContentSequence), Tags.StackID)
  );
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

function sameSpacing({ plane: a }: Frame, { plane: b }: Frame): boolean {
  if (a === null || b === null) return (a === null) === (b === null);
  const close = (x: number, y: number): boolean => Math.abs(x - y) <= SPACING_TOLERANCE * Math.max(x, y);
  return close(a.pixelSpacing[0], b.pixelSpacing[0]) && close(a.pixelSpacing[1], b.pixelSpacing[1]);
}

function sameDirections({ directions: a }: Frame, { directions: b }: Frame): boolean {
  if (a === null || b === null) return (a === null) === (b === null);
  return [...a.row, ...a.column].every((cosine, index) => {
    const other = [...b.row, ...b.column][index] ?? 0;
    return Math.abs(cosine - other) <= DIRECTION_TOLERANCE;
  });
}

function asSet(frames: readonly Frame[], ambiguous: boolean): DisplaySet {
  const { ordered, order } = inStackOrder(frames);
  const first = ordered[0];
  return {
    id: first === undefined ? "" : first.key,
    frames: ordered,
    localizer: first !== undefined && isLocalizer(first),
    order,
    ambiguous,
  };
}

/** Localizers first, then as they were made. */
function inListOrder(sets: readonly DisplaySet[]): readonly DisplaySet[] {
  const rank = (set: DisplaySet): number => (set.localizer ? 0 : 1);
  return [...sets].sort((a, b) => rank(a) - rank(b));
}
