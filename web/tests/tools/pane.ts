// A pane without canvas for tests of tools: a picture of 8 rows and 10 columns shown as it is wanted, and a pointer on it.
import {
  canvasPoint,
  type Dataset,
  FITTED,
  type Flips,
  type Frame,
  framesOf,
  picturePoint,
  resolveView,
  type StoredValues,
  UPRIGHT,
} from "../../src/display";
import { type Mark, type MarkKind, type MarkStamp, newMark, Slate } from "../../src/tools";
import { type PaneGeometry, type PointerSample, paneGeometry } from "../../src/viewport";
import { instance } from "../display/fixtures";

export const SIZE = { width: 800, height: 600 };
export const RATIO = 2;

export function frameWith(changes: Dataset = {}, sopClass?: string): Frame {
  const found = framesOf(instance(changes, 1, sopClass))[0];
  if (found === undefined) throw new Error("the fixture holds no picture");
  return found;
}

interface Shown {
  readonly flips?: Flips;
  readonly zoom?: number | "fit";
  readonly values?: StoredValues | null;
}

export function pane(frame: Frame, { flips = UPRIGHT, zoom = "fit", values = null }: Shown = {}): PaneGeometry {
  const { rows, columns } = frame.layout;
  const view = resolveView({ ...FITTED, zoom, flips }, { rows, columns, aspect: frame.aspect }, SIZE);
  return paneGeometry({ frame, values }, view, { size: SIZE, ratio: RATIO });
}

/** The pointer over a place of the picture. */
export function over(geometry: PaneGeometry, column: number, row: number, button = "left" as const): PointerSample {
  const canvas = geometry.toCanvas(picturePoint(column, row));
  const css = [canvas[0] / RATIO, canvas[1] / RATIO] as const;
  return sample(geometry, css, button);
}

export function sample(
  geometry: PaneGeometry,
  css: readonly [number, number],
  button = "left" as const,
): PointerSample {
  const canvas = canvasPoint(css[0] * RATIO, css[1] * RATIO);
  return { geometry, picture: geometry.toPicture(canvas), canvas, css, button, shift: false, ctrl: false, clicks: 1 };
}

/** Marks in memory, named and stamped in order. */
export function slate(): { readonly slate: Slate; readonly kept: Map<string, Mark> } {
  const kept = new Map<string, Mark>();
  const store = {
    marks: () => [...kept.values()],
    put: (mark: Mark) => void kept.set(mark.id, mark),
    remove: (id: string) => void kept.delete(id),
    subscribe: () => () => undefined,
  };
  return { slate: new Slate(store, stamp(), "Dr. B"), kept };
}

export function stamp(): MarkStamp {
  let count = 0;
  return {
    id: () => String(++count).padStart(32, "0"),
    now: () => `2026-11-24T08:00:${String(++count).padStart(2, "0")}Z`,
  };
}

export function mark(kind: MarkKind, frame: Frame, ...points: readonly (readonly [number, number])[]): Mark {
  return newMark(
    kind,
    frame,
    points.map(([column, row]) => picturePoint(column, row)),
    stamp(),
  );
}
