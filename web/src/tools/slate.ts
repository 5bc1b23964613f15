// What is drawn on a study just now: its marks, the one that is being drawn or changed, the one that is chosen, and how to take it back.
import type { Frame, UserCalibration } from "../display";
import { isOn, type Mark, type MarkStamp, sameContent } from "./mark";

/** Where marks are kept. Removing what is not there, and putting what is there already, does nothing. */
export interface MarkStore {
  marks(): readonly Mark[];
  put(mark: Mark): void;
  remove(id: string): void;
  subscribe(listener: () => void): () => void;
}

interface Change {
  readonly before: Mark | null;
  readonly after: Mark | null;
}

/** A point of a pane that the keyboard moves, in CSS pixels from the pane's upper left corner. */
export interface Crosshair {
  readonly host: HTMLElement;
  readonly css: readonly [x: number, y: number];
}

const STEPS_KEPT = 200;

export class Slate {
  draft: Mark | null = null;
  selected: string | null = null;
  hovered: string | null = null;
  crosshair: Crosshair | null = null;
  private done: readonly (readonly Change[])[] = [];
  private undone: readonly (readonly Change[])[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly calibrations = new WeakMap<Mark, UserCalibration>();

  constructor(
    private readonly store: MarkStore,
    readonly stamp: MarkStamp,
    /** Whose marks these are: named where a length stands on a calibration. */
    private readonly author: string,
  ) {
    store.subscribe(() => this.tell());
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** All marks of the study as they are kept, without what is in hand. */
  marks(): readonly Mark[] {
    return this.store.marks();
  }

  /** The marks of one frame, the one in hand as it is now. */
  on(frame: Frame): readonly Mark[] {
    const { draft } = this;
    const kept = this.store.marks().filter((mark) => isOn(mark, frame) && mark.id !== draft?.id);
    return draft !== null && isOn(draft, frame) ? [...kept, draft] : kept;
  }

  find(id: string | null): Mark | null {
    return this.store.marks().find((mark) => mark.id === id) ?? null;
  }

  /** The reader's calibration of exactly this frame, the latest if there are several (clinical 3.1: 9). */
  calibrationOf(frame: Frame): UserCalibration | null {
    const mark = this.calibrationMark(frame);
    if (mark === null) return null;
    const known = this.calibrations.get(mark) ?? asCalibration(mark, this.author);
    if (known !== null) this.calibrations.set(mark, known);
    return known;
  }

  calibrationMark(frame: Frame): Mark | null {
    const lines = this.on(frame).filter(({ kind, millimetres }) => kind === "calibration" && millimetres !== null);
    return lines.reduce<Mark | null>(
      (last, mark) => (last !== null && last.changedAt > mark.changedAt ? last : mark),
      null,
    );
  }

  hold(draft: Mark | null): void {
    if (this.draft === draft) return;
    this.draft = draft;
    this.tell();
  }

  select(id: string | null): void {
    if (this.selected === id) return;
    this.selected = id;
    this.tell();
  }

  hover(id: string | null): void {
    if (this.hovered === id) return;
    this.hovered = id;
    this.tell();
  }

  aim(crosshair: Crosshair | null): void {
    this.crosshair = crosshair;
    this.tell();
  }

  /** Keeps a mark, new or changed; a calibration takes the place of the frame's earlier one. */
  keep(mark: Mark): void {
    const before = this.find(mark.id);
    this.draft = null;
    if (before !== null && sameContent(before, mark)) {
      this.tell();
      return;
    }
    const after = { ...mark, changedAt: this.stamp.now() };
    this.apply([...this.replacedBy(after).map((old) => ({ before: old, after: null })), { before, after }]);
  }

  remove(id: string): void {
    const before = this.find(id);
    if (before !== null) this.apply([{ before, after: null }]);
  }

  get canUndo(): boolean {
    return this.done.length > 0;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  undo(): void {
    const last = this.done.at(-1);
    if (last === undefined) return;
    this.done = this.done.slice(0, -1);
    this.undone = [...this.undone, last];
    this.write(last.toReversed().map(({ before, after }) => ({ before: after, after: before })));
  }

  redo(): void {
    const next = this.undone.at(-1);
    if (next === undefined) return;
    this.undone = this.undone.slice(0, -1);
    this.done = [...this.done, next];
    this.write(next);
  }

  private apply(changes: readonly Change[]): void {
    this.done = [...this.done, changes].slice(-STEPS_KEPT);
    this.undone = [];
    this.write(changes);
  }

  private write(changes: readonly Change[]): void {
    for (const { before, after } of changes) {
      if (after !== null) this.store.put({ ...after, changedAt: this.stamp.now() });
      else if (before !== null) this.store.remove(before.id);
      if (after === null && this.selected === before?.id) this.selected = null;
    }
    this.tell();
  }

  private replacedBy(mark: Mark): readonly Mark[] {
    if (mark.kind !== "calibration") return [];
    return this.store
      .marks()
      .filter(
        ({ kind, id, sopInstanceUid, frame }) =>
          kind === "calibration" && id !== mark.id && sopInstanceUid === mark.sopInstanceUid && frame === mark.frame,
      );
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

function asCalibration({ points: [from, to], millimetres, changedAt: at }: Mark, by: string): UserCalibration | null {
  return from === undefined || to === undefined || millimetres === null ? null : { from, to, millimetres, by, at };
}
