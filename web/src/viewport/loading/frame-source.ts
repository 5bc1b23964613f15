// Fetches one encoded frame and has it decoded; what the browser cannot decode, the server draws.
import { bytesOf, embeddedPlanes, type Frame, isOverlayOnly, readPalette, Tags } from "../../display";
import type { Profile } from "../decode/colour-profile";
import type { Decoder } from "../decode/decoder";
import { type Picture, Undecodable, type UndecodableReason } from "../decode/picture";
import { endsSession, isInterruption } from "./interruption";
import type { LineSpeed } from "./line-speed";
import { blackPicture, withOverlayData } from "./overlay-data";

/** The bytes of a frame as stored, with the transfer syntax that says how. */
export interface StoredFrame {
  readonly transferSyntax: string;
  /** Length in bytes as announced, or null. */
  readonly length: number | null;
  readonly arriving: Promise<ArrayBuffer>;
}

/** Given by the page: the only one that knows where frames come from. */
export interface FrameOrigin {
  /** `light`: losslessly compressed on its way where it lies uncompressed and that makes it shorter. */
  stored(frame: Frame, light: boolean, signal: AbortSignal): Promise<StoredFrame>;
  /** A finished picture (PNG) of the frame, drawn by the server. */
  rendered(frame: Frame, signal: AbortSignal): Promise<Blob>;
  /** One value of the frame's object that was left out of its header, by tag. */
  bulk(frame: Frame, tag: string, signal: AbortSignal): Promise<ArrayBuffer>;
}

export type LoadFrame = (frame: Frame, signal: AbortSignal) => Promise<Picture>;

/** Bytes that are too few or damaged are no reason to ask the server: it would draw the same damage. */
const SERVER_CAN: ReadonlySet<UndecodableReason> = new Set([
  "not-in-browser",
  "codec-not-loaded",
  "twelve-bit-jpeg",
  "unsupported-layout",
  "palette-missing",
]);

export function frameSource(origin: FrameOrigin, decoder: Decoder, line: LineSpeed): LoadFrame {
  return async (frame, signal) => {
    if (isOverlayOnly(frame.instance.dataset)) return withOverlayData(blackPicture(frame), frame, origin, signal);
    try {
      const picture = await decoded(frame, await arrived(origin, frame, line, signal), decoder);
      return await withOverlayData(picture, frame, origin, signal);
    } catch (error) {
      if (!(error instanceof Undecodable) || !SERVER_CAN.has(error.reason)) throw error;
      return await askServer(frame, origin, error, signal);
    }
  };
}

/** When the server has no picture either, the browser's reason is what the reader is told; a failed line is no such answer. */
async function askServer(frame: Frame, origin: FrameOrigin, why: Undecodable, signal: AbortSignal): Promise<Picture> {
  const png = await origin.rendered(frame, signal).catch((refusal: unknown) => {
    signal.throwIfAborted();
    if (isInterruption(refusal) || endsSession(refusal)) throw refusal;
    throw new Undecodable(
      why.reason,
      `${why.message}; ${refusal instanceof Error ? refusal.message : String(refusal)}`,
    );
  });
  return await serverPicture(png, why.reason);
}

interface Arrived {
  readonly transferSyntax: string;
  readonly bytes: ArrayBuffer;
}

async function arrived(origin: FrameOrigin, frame: Frame, line: LineSpeed, signal: AbortSignal): Promise<Arrived> {
  const { arriving, length, transferSyntax } = await origin.stored(frame, line.slow, signal);
  const bytes = await line.during(arriving, ({ byteLength }) => byteLength);
  signal.throwIfAborted();
  if (length !== null && bytes.byteLength < length)
    throw new Undecodable("truncated", `${bytes.byteLength} of ${length} bytes arrived`);
  return { transferSyntax: transferSyntax || frame.instance.transferSyntax, bytes };
}

async function decoded(frame: Frame, { transferSyntax, bytes }: Arrived, decoder: Decoder): Promise<Picture> {
  const picture = await decoder.decode({
    transferSyntax,
    bytes,
    layout: frame.layout,
    pixelVr: frame.instance.dataset[Tags.PixelData]?.vr ?? null,
    frameNumber: frame.number,
    reading: { transform: frame.transform, padding: frame.padding, needsWindow: frame.voi.length === 0 },
    profile: profileOf(frame),
    embedded: embeddedPlanes(frame.instance.dataset, frame.layout),
    palette: frame.layout.photometric === "PALETTE COLOR" ? readPalette(frame.instance.dataset) : null,
  });
  if (picture.kind !== "grey" || picture.reducedBy == null || frame.transform.kind !== "lut") return picture;
  return { ...picture, reducedBy: frame.transform.lut }; // the worker had a copy of it
}

function profileOf({ layout, instance: { dataset } }: Frame): Profile {
  if (layout.samples === 1 && layout.photometric !== "PALETTE COLOR") return null;
  return bytesOf(dataset, Tags.ICCProfile) ?? (Tags.ICCProfile in dataset ? "left-out" : null);
}

async function serverPicture(png: Blob, reason: UndecodableReason): Promise<Picture> {
  const bitmap = await createImageBitmap(png, { colorSpaceConversion: "none" });
  const { width: columns, height: rows } = bitmap;
  const context = new OffscreenCanvas(columns, rows).getContext("2d");
  if (context === null) throw new Error("no canvas to read the server's picture");
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = context.getImageData(0, 0, columns, rows);
  return { kind: "colour", rows, columns, rgba: new Uint8Array(data.buffer), fromServer: reason };
}
