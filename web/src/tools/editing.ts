// Changes a mark that is there: by one of its handles, or as a whole by its line.
import { calibrationColumns, type PicturePoint, SHORTEST_CALIBRATION } from "../display";
import type { PointerSample } from "../viewport";
import { longerFirst, withEnd } from "./ellipse";
import { type Hit, hitAt } from "./hit-testing";
import { isOn, type Mark, type MarkKind, movedBy } from "./mark";
import type { Slate } from "./slate";

interface Grip extends Hit {
  readonly from: PicturePoint;
}

/** What lies under the pointer on the frame that is painted. */
export function underPointer(slate: Slate, { geometry, css }: PointerSample): Hit | null {
  return geometry === null ? null : hitAt(slate.on(geometry.frame), geometry, css, slate.selected);
}

export class Editing {
  private grip: Grip | null = null;

  constructor(private readonly slate: Slate) {}

  get isHolding(): boolean {
    return this.grip !== null;
  }

  /**
   * Takes hold of the chosen mark by a handle or its line: a drag across a mark that nobody chose moves nothing. With
   * `kind`, only of a mark of that kind: another one's end is a place where a new mark may begin.
   */
  take(at: PointerSample, kind?: MarkKind): boolean {
    const hit = underPointer(this.slate, at);
    if (hit === null || at.picture === null || hit.mark.id !== this.slate.selected) return false;
    if (kind !== undefined && hit.mark.kind !== kind) return false;
    this.grip = { ...hit, from: at.picture };
    return true;
  }

  move({ geometry, picture }: PointerSample): void {
    const { grip } = this;
    if (grip === null || picture === null || geometry === null || !isOn(grip.mark, geometry.frame)) return;
    this.slate.hold({ ...grip.mark, points: changed(grip, picture) });
  }

  /** Keeps what was changed; a calibration that has become too short stays as it was. */
  letGo(at: PointerSample): void {
    const { draft } = this.slate;
    const known = this.grip !== null && draft?.id === this.grip.mark.id ? draft : null;
    this.grip = null;
    if (known === null || isTooShort(known, at)) this.slate.hold(null);
    else this.slate.keep(known.kind === "ellipse" ? { ...known, points: longerFirst(known.points) } : known);
  }

  cancel(): void {
    if (this.grip === null) return;
    this.grip = null;
    this.slate.hold(null);
  }
}

function changed({ mark, handle, from }: Grip, to: PicturePoint): readonly PicturePoint[] {
  if (handle === null) return movedBy(mark.points, to[0] - from[0], to[1] - from[1]);
  if (mark.kind === "ellipse") return withEnd(mark.points, handle, to);
  return mark.points.map((point, index) => (index === handle ? to : point));
}

export function isTooShort({ kind, points: [from, to] }: Mark, { geometry }: PointerSample): boolean {
  if (kind !== "calibration" || from === undefined || to === undefined) return false;
  return calibrationColumns({ from, to }, geometry?.frame.aspect ?? 1) < SHORTEST_CALIBRATION;
}
