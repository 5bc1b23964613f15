// What lies above a frame: as its header says, or as the presentation state that is applied says in its place (PS3.4 N.2).
import type { Frame } from "./frame";
import { type OverlayBytes, type OverlayPlane, overlayPlane, overlayPlanes } from "./overlay-planes";
import type { AppliedState } from "./presentation-state";
import { readShutter, type Shutter } from "./shutters";

/** `brought`: bytes of the image's planes that are not in its header. */
export function planesOn(
  { instance, number, layout }: Frame,
  applied: AppliedState | null,
  brought: OverlayBytes = {},
): readonly OverlayPlane[] {
  if (applied === null) return overlayPlanes(instance.dataset, number - 1, layout, brought);
  const { shown, own } = applied.overlays;
  return shown
    .map((group) => own.get(group) ?? overlayPlane(instance.dataset, group, number - 1, layout, brought))
    .filter((plane) => plane !== null);
}

export function shutterOn(frame: Frame, applied: AppliedState | null): Shutter | null {
  return applied === null ? readShutter(frame.groups, frame.aspect) : applied.shutter;
}
