// Overlay Data that is too long for the header part of a bundle, and objects that hold overlays and no picture.
import { type Frame, overlaysLeftOut } from "../../display";
import type { Picture } from "../decode/picture";
import type { FrameOrigin } from "./frame-source";

const OPAQUE = 255;

/** The picture with the planes that its header names but does not hold. */
export async function withOverlayData(
  picture: Picture,
  frame: Frame,
  origin: FrameOrigin,
  signal: AbortSignal,
): Promise<Picture> {
  const left = overlaysLeftOut(frame.instance.dataset);
  if (left.length === 0 || (picture.kind === "colour" && picture.fromServer !== null)) return picture;
  const brought = await Promise.all(
    left.map(async ({ group, tag }) => [group, new Uint8Array(await origin.bulk(frame, tag, signal))] as const),
  );
  return { ...picture, overlayBytes: { ...picture.overlayBytes, ...Object.fromEntries(brought) } };
}

/** What overlays lie on where there are no pixels (clinical rule 48). */
export function blackPicture({ layout: { rows, columns } }: Frame): Picture {
  const rgba = new Uint8Array(4 * rows * columns);
  for (let i = 3; i < rgba.length; i += 4) rgba[i] = OPAQUE;
  return { kind: "colour", rows, columns, rgba, fromServer: null };
}
