// Overlays of a presentation state (PS3.3 C.11.7): it says which groups are seen, and may bring planes of its own.
import { type Dataset, numberOf, textOf } from "./dataset";
import type { Frame } from "./frame";
import { type OverlayPlane, overlayGroups, overlayPlane } from "./overlay-planes";
import { StateTags } from "./presentation-tags";

export interface StateOverlays {
  /** Groups ("6000") that are seen; a group that names no layer is not. */
  readonly shown: readonly string[];
  /** The state's own planes of these groups, in place of the image's. */
  readonly own: ReadonlyMap<string, OverlayPlane>;
  /** Covers the picture as a shutter (PS3.3 C.7.6.15). */
  readonly bitmap: OverlayPlane | null;
  /** Whether all planes that the state holds and asks for were read. */
  readonly complete: boolean;
}

const ACTIVATION = /^60([01][02468ACE])1001$/;

export function readStateOverlays(dataset: Dataset, { number, layout }: Frame): StateOverlays {
  const shown = Object.keys(dataset).flatMap((tag) => {
    const [, group] = ACTIVATION.exec(tag) ?? [];
    return group === undefined || textOf(dataset, tag) === null ? [] : [`60${group}`];
  });
  const planeOf = (group: string): OverlayPlane | null => overlayPlane(dataset, group, number - 1, layout);
  const held = overlayGroups(dataset).filter((group) => shown.includes(group));
  const own = held.flatMap((group) => {
    const plane = planeOf(group);
    return plane === null ? [] : ([[group, plane]] as const);
  });
  const covering = numberOf(dataset, StateTags.ShutterOverlayGroup);
  return {
    shown: shown.toSorted(),
    own: new Map(own),
    bitmap: covering === null ? null : planeOf(covering.toString(16).toUpperCase()),
    complete: own.length === held.length,
  };
}
