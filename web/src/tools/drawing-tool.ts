// Draws new marks: by one drag, or by clicks with the pointer free between them. A press on the chosen mark of its kind changes that.
import type { PicturePoint } from "../display";
import type { PointerSample, PointerTool } from "../viewport";
import { Editing, underPointer } from "./editing";
import { inBox, longerFirst } from "./ellipse";
import { isOn, type Mark, type MarkKind, newMark } from "./mark";
import type { Slate } from "./slate";

/** Points that a reader sets; an ellipse is set by two corners of its box. */
const POINTS: Readonly<Record<MarkKind, number>> = {
  length: 2,
  angle: 3,
  ellipse: 2,
  probe: 1,
  arrow: 2,
  calibration: 2,
};
/** A press that moves less is a click, in CSS pixels. */
const CLICK_WITHIN = 3;

interface Drawing {
  readonly mark: Mark;
  readonly set: readonly PicturePoint[];
  /** Where the button went down, in CSS pixels; `null` while it is up. */
  readonly pressed: readonly [x: number, y: number] | null;
  readonly first: boolean;
}

export interface DrawingDeps {
  readonly slate: Slate;
  /** Takes a finished mark in place of keeping it, for instance to ask for a true length first. */
  readonly finish?: (mark: Mark, at: PointerSample) => void;
}

export class DrawingTool implements PointerTool {
  private drawing: Drawing | null = null;
  private readonly editing: Editing;

  constructor(
    private readonly kind: MarkKind,
    private readonly deps: DrawingDeps,
  ) {
    this.editing = new Editing(deps.slate);
  }

  /** Whether a handle or a line is held, not a new mark drawn. */
  get isEditing(): boolean {
    return this.editing.isHolding;
  }

  down(at: PointerSample): boolean {
    const { slate } = this.deps;
    if (at.geometry === null || at.picture === null) return false;
    if (this.drawing !== null && !isOn(this.drawing.mark, at.geometry.frame)) this.cancel();
    if (this.drawing !== null) {
      this.drawing = { ...this.drawing, pressed: at.css, first: false };
      this.stretch(at);
      return true;
    }
    if (this.editing.take(at, this.kind)) return true;
    const mark = newMark(this.kind, at.geometry.frame, [], slate.stamp);
    this.drawing = { mark, set: [at.picture], pressed: at.css, first: true };
    this.stretch(at);
    return true;
  }

  move(at: PointerSample): void {
    if (this.editing.isHolding) this.editing.move(at);
    else this.stretch(at);
  }

  hover(at: PointerSample): void {
    const { slate } = this.deps;
    if (this.drawing === null) slate.hover(underPointer(slate, at)?.mark.id ?? null);
    else this.stretch(at);
  }

  up(at: PointerSample): void {
    if (this.editing.isHolding) {
      this.editing.letGo(at);
      return;
    }
    const { drawing } = this;
    if (drawing === null || drawing.pressed === null) return;
    if (at.geometry === null || !isOn(drawing.mark, at.geometry.frame)) {
      this.cancel();
      return;
    }
    const clicked = Math.hypot(at.css[0] - drawing.pressed[0], at.css[1] - drawing.pressed[1]) < CLICK_WITHIN;
    this.drawing = { ...drawing, pressed: null };
    if (POINTS[this.kind] > 1 && drawing.first && clicked) this.clicked(at);
    else this.fix(at);
  }

  cancel(): void {
    this.editing.cancel();
    if (this.drawing === null) return;
    this.drawing = null;
    this.deps.slate.hold(null);
  }

  /** The first click on a mark chooses it; elsewhere it sets the first point, and the pointer is free until the next. */
  private clicked(at: PointerSample): void {
    const { slate } = this.deps;
    slate.hold(null);
    const hit = underPointer(slate, at);
    if (hit === null) this.stretch(at);
    else {
      this.drawing = null;
      slate.select(hit.mark.id);
    }
  }

  private stretch({ geometry, picture }: PointerSample): void {
    const { drawing } = this;
    if (drawing === null || geometry === null || picture === null || !isOn(drawing.mark, geometry.frame)) return;
    this.deps.slate.hold({ ...drawing.mark, points: this.pointsOf(drawing.set, picture) });
  }

  /** Sets the next point; one at the place of the last is no point. */
  private fix(at: PointerSample): void {
    const { drawing } = this;
    if (drawing === null || at.picture === null || at.geometry === null) return;
    this.stretch(at);
    const one = POINTS[this.kind] === 1;
    const [column, row] = drawing.set.at(-1) ?? at.picture;
    if (!one && Math.hypot(at.picture[0] - column, at.picture[1] - row) * at.geometry.zoom < 1) return;
    const set = one ? [at.picture] : [...drawing.set, at.picture];
    if (set.length < POINTS[this.kind]) this.drawing = { ...drawing, set };
    else this.finish(drawing.mark, this.pointsOf(set.slice(0, -1), at.picture), at);
  }

  private finish(mark: Mark, points: readonly PicturePoint[], at: PointerSample): void {
    const { slate, finish = (done: Mark) => slate.keep(done) } = this.deps;
    this.drawing = null;
    finish({ ...mark, points: this.kind === "ellipse" ? longerFirst(points) : points }, at);
    slate.select(mark.id);
  }

  private pointsOf(set: readonly PicturePoint[], at: PicturePoint): readonly PicturePoint[] {
    const [first] = set;
    if (this.kind === "probe" || first === undefined) return [at];
    return this.kind === "ellipse" ? inBox(first, at) : [...set, at];
  }
}
