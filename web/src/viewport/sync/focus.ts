// Where the leading pane stands in the patient: what other panes and other windows need to go along and to draw its lines.
import {
  type DisplaySet,
  type Frame,
  type ImagePlane,
  type PatientPoint,
  pixelPoint,
  pixelToPatient,
} from "../../display";

/** A plane with its extent. Plain data: it is sent to the second window as it is. */
export interface PlaneArea {
  readonly plane: ImagePlane;
  readonly rows: number;
  readonly columns: number;
}

/** The leading pane's image, with the first and the last of its stack. */
export interface Focus {
  readonly current: PlaneArea;
  readonly first: PlaneArea;
  readonly last: PlaneArea;
}

export function planeArea({ plane, layout }: Frame): PlaneArea | null {
  return plane === null ? null : { plane, rows: layout.rows, columns: layout.columns };
}

/** `null` for images without a place in the patient. */
export function focusOf(set: DisplaySet, index: number): Focus | null {
  const [current, first, last] = [index, 0, set.frames.length - 1].map((at) => {
    const frame = set.frames[at];
    return frame === undefined ? null : planeArea(frame);
  });
  return current && first && last ? { current, first, last } : null;
}

export function centreOf({ plane, rows, columns }: PlaneArea): PatientPoint {
  return pixelToPatient(plane, pixelPoint((columns - 1) / 2, (rows - 1) / 2));
}

/** Equal and named: an empty frame of reference equals none (clinical rule 6.2.12). */
export function shareFrameOfReference(a: ImagePlane, b: ImagePlane): boolean {
  return a.frameOfReference !== null && a.frameOfReference !== "" && a.frameOfReference === b.frameOfReference;
}
