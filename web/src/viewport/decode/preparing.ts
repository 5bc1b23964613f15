// What takes long on a large picture and needs no screen: made in the worker, so that the page never waits for it.
import {
  autoWindow,
  decodedBytes,
  isColour,
  type ModalityTransform,
  type PaddingRange,
  type PixelLayout,
  toModality,
} from "../../display";
import { mappedGrey, type ReducedGrey, reduceGrey } from "../planar/reduced";
import type { Picture } from "./picture";

/** How the values of a frame are read. */
export interface Reading {
  readonly transform: ModalityTransform;
  readonly padding: PaddingRange | null;
  /** The image declares no window: one is computed (clinical rule 33). */
  readonly needsWindow: boolean;
}

/** Below this, the page does it in less time than a frame of the display. */
const LARGE_PIXELS = 1 << 20;
/** Smaller copies than this are made as fast as they are asked for. */
const LEAST_PIXELS = 1 << 17;

/** A picture whose stream was followed against its header is read in another way, which the page finds out. */
export function prepared(picture: Picture, reading: Reading | null): Picture {
  if (picture.kind !== "grey" || reading === null || (picture.headerConflict && picture.byHeader !== true))
    return picture;
  if (picture.values.length < LARGE_PIXELS) return picture;
  const { transform, padding, needsWindow } = reading;
  const window = needsWindow ? autoWindow(picture.values, transform, padding) : null;
  const reducedBy = transform.kind === "lut" ? transform.lut : null;
  return { ...picture, reduced: copiesOf(picture, reading), reducedBy, ...(window === null ? {} : { window }) };
}

/** Bytes of a decoded frame with all that is prepared of it; not more is held of a picture. */
export function preparedBytes(layout: PixelLayout): number {
  const plain = decodedBytes(layout);
  if (isColour(layout) || layout.photometric === "PALETTE COLOR") return plain;
  let [rows, columns] = [layout.rows, layout.columns];
  if (rows * columns < LARGE_PIXELS) return plain;
  let copies = 0;
  for (;;) {
    [rows, columns] = [Math.ceil(rows / 2), Math.ceil(columns / 2)];
    if (rows * columns <= LEAST_PIXELS) return plain + copies;
    copies += Float32Array.BYTES_PER_ELEMENT * rows * columns;
  }
}

type GreyPicture = Extract<Picture, { kind: "grey" }>;

function copiesOf(picture: GreyPicture, { transform, padding }: Reading): readonly ReducedGrey[] {
  const copies: ReducedGrey[] = [];
  const first =
    transform.kind === "lut"
      ? reduceGrey(
          mappedGrey(picture, padding, (stored) => toModality(transform, stored)),
          null,
          1,
        )
      : reduceGrey(picture, padding, 1);
  for (let copy = first; copy.values.length > LEAST_PIXELS; copy = reduceGrey(copy, null, 1)) copies.push(copy);
  return copies;
}
