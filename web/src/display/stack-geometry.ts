// The distances inside a stack (clinical rules 2.3): spacing is a difference of positions, never the slice thickness.
import type { DisplaySet } from "./display-sets";
import { scrollDepth } from "./stack-order";

export interface StackGap {
  /** From 1: the image after which something is missing. */
  readonly afterImage: number;
  readonly millimetres: number;
}

export interface StackSpacing {
  readonly median: number;
  readonly uniform: boolean;
  readonly gaps: readonly StackGap[];
}

const GAP_FACTOR = 1.5;
const UNIFORM_ABSOLUTE = 0.05;
const UNIFORM_RELATIVE = 0.01;

/** `null` where the order does not come from positions or there are fewer than two of them. */
export function stackSpacing(set: DisplaySet): StackSpacing | null {
  if (set.order !== "position") return null;
  const depths = set.frames.map((frame) => (frame.plane === null ? 0 : scrollDepth(frame.plane)));
  const steps = depths.slice(1).map((depth, index) => depth - (depths[index] ?? 0));
  const median = [...steps].sort((a, b) => a - b)[Math.floor(steps.length / 2)];
  if (median === undefined || median <= 0) return null;
  const tolerance = Math.max(UNIFORM_ABSOLUTE, UNIFORM_RELATIVE * median);
  return {
    median,
    uniform: steps.every((step) => Math.abs(step - median) <= tolerance),
    gaps: steps.flatMap((step, index) =>
      step >= GAP_FACTOR * median ? [{ afterImage: index + 1, millimetres: step }] : [],
    ),
  };
}
