// Fetches one encoded frame and has it decoded; what the browser cannot decode, the server draws.
import { overTheLine } from "../../api";
import { type Frame, readPalette, Tags } from "../../display";
import type { Decoder } from "../decode/decoder";
import { type Picture, Undecodable, type UndecodableReason } from "../decode/picture";
import { endsSession, isInterruption } from "./interruption";

/** The bytes of a frame as stored, with the transfer syntax that says how. */
export interface StoredFrame {
  readonly transferSyntax: string;
  readonly length: number | null;
  readonly body: ReadableStream<Uint8Array>;
}

/** Given by the page: the only one that knows where frames come from. */
export interface FrameOrigin {
  stored(frame: Frame, signal: AbortSignal): Promise<StoredFrame>;
  /** A finished picture (PNG) of the frame, drawn by the server. */
  rendered(frame: Frame, signal: AbortSignal): Promise<Blob>;
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

export function frameSource(origin: FrameOrigin, decoder: Decoder): LoadFrame {
  return async (frame, signal) => {
    try {
      return await decodeStored(frame, await origin.stored(frame, signal), decoder, signal);
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

async function decodeStored(
  frame: Frame,
  stored: StoredFrame,
  decoder: Decoder,
  signal: AbortSignal,
): Promise<Picture> {
  const bytes = await overTheLine(new Response(stored.body).arrayBuffer(), signal);
  signal.throwIfAborted();
  if (stored.length !== null && bytes.byteLength < stored.length)
    throw new Undecodable("truncated", `${bytes.byteLength} of ${stored.length} bytes arrived`);
  return decoder.decode({
    transferSyntax: stored.transferSyntax || frame.instance.transferSyntax,
    bytes,
    layout: frame.layout,
    pixelVr: frame.instance.dataset[Tags.PixelData]?.vr ?? null,
    frameNumber: frame.number,
    palette: frame.layout.photometric === "PALETTE COLOR" ? readPalette(frame.instance.dataset) : null,
  });
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
