// The distances inside a stack (clinical rules 2.3): spacing is a difference of positions, never the slice thickness.
import { numberOf } from "./dataset";
import type { DisplaySet } from "./display-sets";
import type { Frame } from "./frame";
import { dot, scaled, type Vector } from "./plane";
import { placesOf, stackDepths } from "./stack-order";
import { Tags } from "./tags";

export interface StackGap {
  /** From 1: the image after which something is missing. */
  readonly afterImage: number;
  readonly millimetres: number;
}

export interface StackSpacing {
  readonly median: number;
  /** Within 1 % or 0.05 mm of the median: a volume may be made of it. */
  readonly uniform: boolean;
  /** Not uniform, but within 10 %: a volume may be made of it, and that has to be said (clinical rule 2.15). */
  readonly varies: boolean;
  readonly gaps: readonly StackGap[];
}

const GAP_FACTOR = 1.5;
const UNIFORM_ABSOLUTE = 0.05;
const UNIFORM_RELATIVE = 0.01;
const VARIES_RELATIVE = 0.1;
/** A slice moves sideways by more than this part of its way along the normal: the gantry was tilted (clinical rule 2.16). */
const LEAST_SHEAR = Math.tan((0.5 * Math.PI) / 180);

/** `null` where the order does not come from positions or there are fewer than two of them. */
export function stackSpacing(set: DisplaySet): StackSpacing | null {
  if (set.order !== "position") return null;
  const steps = stepsOf(set.frames);
  const median = [...steps].sort((a, b) => a.millimetres - b.millimetres)[Math.floor(steps.length / 2)]?.millimetres;
  if (median === undefined || median <= 0) return null;
  const within = (tolerance: number): boolean =>
    steps.every(({ millimetres }) => Math.abs(millimetres - median) <= tolerance);
  const uniform = within(Math.max(UNIFORM_ABSOLUTE, UNIFORM_RELATIVE * median));
  return {
    median,
    uniform,
    varies: !uniform && within(VARIES_RELATIVE * median),
    gaps: steps.filter(({ millimetres }) => millimetres >= GAP_FACTOR * median),
  };
}

/** Ways between places; images at one place (directions of a gradient) are none. */
function stepsOf(frames: readonly Frame[]): readonly StackGap[] {
  const depths = stackDepths(frames);
  const places = placesOf(depths);
  return depths
    .slice(1)
    .flatMap((depth, index) =>
      places[index + 1] === places[index] ? [] : [{ afterImage: index + 1, millimetres: depth - (depths[index] ?? 0) }],
    );
}

/**
 * Degrees between the stack's axis and its images' normal, `null` where they agree: found from positions, else told by
 * Gantry/Detector Tilt (0018,1120). A tilted stack is no box: whoever makes a volume of it has to correct or refuse.
 */
export function gantryTilt(set: DisplaySet): number | null {
  const shears = set.order === "position" ? shearsOf(set.frames) : [];
  if (shears.length > 0 && shears.every((shear) => shear > LEAST_SHEAR)) {
    const mean = shears.reduce((sum, shear) => sum + shear, 0) / shears.length;
    return (Math.atan(mean) * 180) / Math.PI;
  }
  const told = set.frames[0] === undefined ? null : numberOf(set.frames[0].groups.top, Tags.GantryDetectorTilt);
  return told === null || told === 0 ? null : Math.abs(told);
}

/** Way sideways over way along the normal, from each slice to the next. */
function shearsOf(frames: readonly Frame[]): readonly number[] {
  const normal = frames[0]?.plane?.normal;
  if (normal === undefined) return [];
  return frames.slice(1).flatMap((frame, index) => {
    const [here, before] = [frame.plane?.position, frames[index]?.plane?.position];
    if (here === undefined || before === undefined) return [];
    const way: Vector = [here[0] - before[0], here[1] - before[1], here[2] - before[2]];
    const along = dot(way, normal);
    const part = scaled(normal, along);
    const sideways: Vector = [way[0] - part[0], way[1] - part[1], way[2] - part[2]];
    return Math.abs(along) < 1e-3 ? [] : [Math.sqrt(dot(sideways, sideways)) / Math.abs(along)];
  });
}

/** Both state a frame of reference, and the same one. Absent is unknown, not the same (clinical rule 2.2). */
export function sameFrameOfReference(a: Frame | null, b: Frame | null): boolean {
  const first = a?.plane?.frameOfReference ?? null;
  return first !== null && first === (b?.plane?.frameOfReference ?? null);
}
