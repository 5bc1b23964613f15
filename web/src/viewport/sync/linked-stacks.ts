// Scrolling stacks together in millimetres (clinical rules 6.2.12, 6.2.14, 6.2.15): which image of a stack lies where another one's does.
import { type DisplaySet, dot, type ImagePlane, scaled, type Vector } from "../../display";
import { centreOf, type Focus, type PlaneArea, planeArea, shareFrameOfReference } from "./focus";

/** Normals may differ by this and the planes still go along (k). */
const PARALLEL_WITHIN = Math.cos((15 * Math.PI) / 180);

export type Refusal = "no-position" | "one-image" | "planes-differ";

export type Coupling =
  | { readonly kind: "absolute" }
  /** Both have positions and parallel planes, but no common frame of reference: only by hand. */
  | { readonly kind: "by-hand" }
  | { readonly kind: "refused"; readonly why: Refusal };

/** How a stack can go along with the leading image. */
export function couplingOf(focus: Focus, set: DisplaySet): Coupling {
  const plane = set.frames[0]?.plane ?? null;
  if (plane === null || set.frames.some((frame) => frame.plane === null))
    return { kind: "refused", why: "no-position" };
  if (set.frames.length < 2) return { kind: "refused", why: "one-image" };
  if (set.order !== "position") return { kind: "refused", why: "no-position" };
  if (Math.abs(dot(plane.normal, focus.current.plane.normal)) < PARALLEL_WITHIN)
    return { kind: "refused", why: "planes-differ" };
  return shareFrameOfReference(plane, focus.current.plane) ? { kind: "absolute" } : { kind: "by-hand" };
}

/** The normal turned towards the patient's left, back or head, so that depths of both directions of acquisition have one sign. */
export function towardsPositive(normal: Vector): Vector {
  const largest = [...normal].sort((a, b) => Math.abs(b) - Math.abs(a))[0] ?? 0;
  return largest < 0 ? scaled(normal, -1) : normal;
}

const depthOn = (plane: ImagePlane, area: PlaneArea): number => dot(centreOf(area), towardsPositive(plane.normal));

/** Millimetres by which an image lies further along (left, back, head) than the leading one. */
export function offsetFrom(focus: Focus, area: PlaneArea, kind: "absolute" | "manual"): number {
  const along = kind === "absolute" ? area.plane : focus.current.plane;
  return depthOn(area.plane, area) - depthOn(along, focus.current);
}

/** The image nearest to the leading one's place, moved by `offset` millimetres; a stack that ends before stays at its end. */
export function alignedIndex(focus: Focus, set: DisplaySet, kind: "absolute" | "manual", offset: number): number {
  let best = { index: 0, distance: Number.POSITIVE_INFINITY };
  set.frames.forEach((frame, index) => {
    const area = planeArea(frame);
    if (area === null) return;
    const distance = Math.abs(offsetFrom(focus, area, kind) - offset);
    if (distance < best.distance - 1e-9) best = { index, distance };
  });
  return best.index;
}
