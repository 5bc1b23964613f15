// Order inside a stack (clinical rules 2.2): by position where there is one, never by instance number alone.
import { numberOf, numbersOf, textOf } from "./dataset";
import { type Frame, gradientOf } from "./frame";
import { depthOf, dot, type ImagePlane, type Vector } from "./plane";
import { Tags } from "./tags";

export type StackOrder = "position" | "number";

/** Nearer than this, two slices are at one position, in millimetres (clinical rule 2.13). */
const SAME_PLACE = 0.01;
/** The same, as a part of the usual distance. */
const SAME_PLACE_SHARE = 0.01;

/**
 * Millimetres in the direction of scrolling: axial head → feet, sagittal right → left, coronal front → back, also where
 * the series was acquired the other way round.
 */
export function scrollDepth(plane: ImagePlane): number {
  return depthOf(plane) * scrollSign(plane.normal);
}

/** Of each frame along one and the same normal: a direction that wobbles in its last digits moves no slice. */
export function stackDepths(frames: readonly Frame[]): readonly number[] {
  const normal = frames[0]?.plane?.normal;
  if (normal === undefined) return frames.map(() => 0);
  const sign = scrollSign(normal);
  return frames.map(({ plane }) => (plane === null ? 0 : sign * dot(plane.position, normal)));
}

function scrollSign([x, y, z]: Vector): number {
  const [alongX, alongY, alongZ] = [Math.abs(x), Math.abs(y), Math.abs(z)];
  if (alongZ >= alongX && alongZ >= alongY) return z > 0 ? -1 : 1;
  const leading = alongX >= alongY ? x : y;
  return leading > 0 ? 1 : -1;
}

/** The place of each depth, counted from 0 in the direction of scrolling; depths too near to be two slices share one. */
export function placesOf(depths: readonly number[]): readonly number[] {
  const order = depths.map((_, index) => index).sort((a, b) => (depths[a] ?? 0) - (depths[b] ?? 0));
  const steps = order.slice(1).map((at, index) => (depths[at] ?? 0) - (depths[order[index] ?? 0] ?? 0));
  const apart = steps.filter((step) => step >= SAME_PLACE).sort((a, b) => a - b);
  const usual = apart[Math.floor(apart.length / 2)] ?? 0;
  const least = Math.max(SAME_PLACE, SAME_PLACE_SHARE * usual);
  const places = new Array<number>(depths.length).fill(0);
  order.forEach((at, index) => {
    if (index === 0) return;
    places[at] = (places[order[index - 1] ?? 0] ?? 0) + ((steps[index - 1] ?? 0) >= least ? 1 : 0);
  });
  return places;
}

export function inStackOrder(frames: readonly Frame[]): {
  readonly ordered: readonly Frame[];
  readonly order: StackOrder;
} {
  if (frames.length > 1 && frames.every((frame) => frame.plane !== null)) {
    const places = placesOf(stackDepths(frames));
    if (places.some((place) => place > 0)) {
      const placed = frames.map((frame, index) => ({ frame, place: places[index] ?? 0 }));
      placed.sort((a, b) => a.place - b.place || byGradient(a.frame, b.frame) || byNumber(a.frame, b.frame));
      return { ordered: placed.map(({ frame }) => frame), order: "position" };
    }
  }
  return { ordered: [...frames].sort(byNumber), order: "number" };
}

/** Gradient directions of one b-value stay together (clinical rule 2.2), each in its turn. */
function byGradient(a: Frame, b: Frame): number {
  const [first, second] = [gradientOf(a), gradientOf(b)];
  return first === null || second === null || first === second ? 0 : first < second ? -1 : 1;
}

/** Vectors of an NM object in the order in which its frames run (PS3.3 C.8.4.8, clinical rule 2.12). */
const VECTORS = [
  Tags.EnergyWindowVector,
  Tags.DetectorVector,
  Tags.PhaseVector,
  Tags.RotationVector,
  Tags.RRIntervalVector,
  Tags.TimeSlotVector,
  Tags.AngularViewVector,
  Tags.SliceVector,
  Tags.TimeSliceVector,
];

/** Frame number within an object, else acquisition time, instance number, content time; numbers as numbers, not as text (rule 2.11). */
export function byNumber(a: Frame, b: Frame): number {
  if (a.instance === b.instance) return byVectors(a, b) || a.number - b.number;
  return (
    byValue(a, b, Tags.InConcatenationNumber) ||
    compared(acquiredAt(a), acquiredAt(b)) ||
    byValue(a, b, Tags.InstanceNumber) ||
    compared(textOf(a.groups.top, Tags.ContentTime), textOf(b.groups.top, Tags.ContentTime)) ||
    a.number - b.number ||
    a.key.localeCompare(b.key)
  );
}

function byVectors(a: Frame, b: Frame): number {
  if (a.modality !== "NM") return 0;
  for (const tag of VECTORS) {
    const vector = numbersOf(a.instance.dataset, tag);
    const difference = (vector[a.number - 1] ?? 0) - (vector[b.number - 1] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Acquisition Date-Time, else date and time together. */
export function acquiredAt({ groups: { top } }: Frame): string | null {
  const date = textOf(top, Tags.AcquisitionDate);
  const time = textOf(top, Tags.AcquisitionTime);
  return textOf(top, Tags.AcquisitionDateTime) ?? (date === null || time === null ? null : date + time);
}

function compared(first: string | null, second: string | null): number {
  if (first === null || second === null || first === second) return 0;
  return first < second ? -1 : 1;
}

function byValue(a: Frame, b: Frame, tag: string): number {
  const [first, second] = [numberOf(a.groups.top, tag), numberOf(b.groups.top, tag)];
  return first === null || second === null ? 0 : first - second;
}
