// Order inside a stack (clinical rules 2.2): by position where there is one, never by instance number alone.
import { numberOf, textOf } from "./dataset";
import type { Frame } from "./frame";
import { depthOf, type ImagePlane, type Vector } from "./plane";
import { Tags } from "./tags";

export type StackOrder = "position" | "number";

/**
 * Millimetres in the direction of scrolling: axial head → feet, sagittal right → left, coronal front → back, also where
 * the series was acquired the other way round.
 */
export function scrollDepth(plane: ImagePlane): number {
  return depthOf(plane) * scrollSign(plane.normal);
}

function scrollSign([x, y, z]: Vector): number {
  const [alongX, alongY, alongZ] = [Math.abs(x), Math.abs(y), Math.abs(z)];
  if (alongZ >= alongX && alongZ >= alongY) return z > 0 ? -1 : 1;
  const leading = alongX >= alongY ? x : y;
  return leading > 0 ? 1 : -1;
}

export function inStackOrder(frames: readonly Frame[]): {
  readonly ordered: readonly Frame[];
  readonly order: StackOrder;
} {
  if (frames.length > 1 && frames.every((frame) => frame.plane !== null) && !allAtOnePlace(frames))
    return { ordered: [...frames].sort(byPosition), order: "position" };
  return { ordered: [...frames].sort(byNumber), order: "number" };
}

function allAtOnePlace(frames: readonly Frame[]): boolean {
  const depths = frames.map(depth);
  return Math.max(...depths) - Math.min(...depths) < 0.01;
}

function depth(frame: Frame): number {
  return frame.plane === null ? 0 : scrollDepth(frame.plane);
}

function byPosition(a: Frame, b: Frame): number {
  return depth(a) - depth(b) || byNumber(a, b);
}

/** Frame number within an object, else acquisition time, instance number, content time; numbers as numbers, not as text. */
function byNumber(a: Frame, b: Frame): number {
  if (a.instance === b.instance) return a.number - b.number;
  return (
    byText(a, b, Tags.AcquisitionDateTime) ||
    byValue(a, b, Tags.InstanceNumber) ||
    byText(a, b, Tags.ContentTime) ||
    a.number - b.number ||
    a.key.localeCompare(b.key)
  );
}

function byText(a: Frame, b: Frame, tag: string): number {
  const [first, second] = [textOf(a.groups.top, tag), textOf(b.groups.top, tag)];
  if (first === null || second === null || first === second) return 0;
  return first < second ? -1 : 1;
}

function byValue(a: Frame, b: Frame, tag: string): number {
  const [first, second] = [numberOf(a.groups.top, tag), numberOf(b.groups.top, tag)];
  return first === null || second === null ? 0 : first - second;
}
