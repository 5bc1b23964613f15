// A mark: what a reader drew on one frame of one instance, in that picture's own coordinates (decision 0007).
import { type Frame, type PicturePoint, picturePoint, Tags, textOf } from "../display";

export const MARK_KINDS = ["length", "angle", "ellipse", "probe", "arrow", "calibration"] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

export interface Mark {
  /** 32 hexadecimal digits, made by the client: saving twice is saving once. */
  readonly id: string;
  /** Where its image is looked for; empty where the header did not say. */
  readonly seriesUid: string;
  readonly sopInstanceUid: string;
  /** From 1. */
  readonly frame: number;
  readonly kind: MarkKind;
  /**
   * Column, row from the outer corner of the first pixel. Length, calibration: both ends. Angle: end, vertex, end.
   * Ellipse: both ends of one axis, then of the other, the longer first (SCOORD, PS3.3 C.18.6.1.2). Probe: the point.
   * Arrow: tip, tail.
   */
  readonly points: readonly PicturePoint[];
  /** What the reader called it, or empty. */
  readonly text: string;
  /** The true length of the object, only of a calibration. */
  readonly millimetres: number | null;
  /** When it was last changed, ISO 8601. */
  readonly changedAt: string;
}

export interface MarkStamp {
  /** 32 hexadecimal digits. */
  readonly id: () => string;
  readonly now: () => string;
}

/** A new mark on a frame; its points come while it is drawn. */
export function newMark(kind: MarkKind, frame: Frame, points: readonly PicturePoint[], stamp: MarkStamp): Mark {
  return {
    id: stamp.id(),
    seriesUid: textOf(frame.instance.dataset, Tags.SeriesInstanceUID) ?? "",
    sopInstanceUid: frame.instance.sopInstanceUid,
    frame: frame.number,
    kind,
    points,
    text: "",
    millimetres: null,
    changedAt: stamp.now(),
  };
}

/** A mark shows on its own instance and frame and on no other image, whatever their order is (clinical 3.4: 34). */
export function isOn(mark: Mark, frame: Frame): boolean {
  return mark.sopInstanceUid === frame.instance.sopInstanceUid && mark.frame === frame.number;
}

/** The same in everything that a reader made, whenever it was made. */
export function sameContent(a: Mark, b: Mark): boolean {
  return (
    a.id === b.id &&
    a.kind === b.kind &&
    a.text === b.text &&
    a.millimetres === b.millimetres &&
    a.sopInstanceUid === b.sopInstanceUid &&
    a.frame === b.frame &&
    a.points.length === b.points.length &&
    a.points.every((point, index) => point[0] === b.points[index]?.[0] && point[1] === b.points[index]?.[1])
  );
}

export function movedBy(points: readonly PicturePoint[], columns: number, rows: number): readonly PicturePoint[] {
  return points.map(([column, row]) => picturePoint(column + columns, row + rows));
}
