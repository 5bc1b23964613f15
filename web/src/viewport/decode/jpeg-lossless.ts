// JPEG lossless, all predictors (processes 14 and 14 SV1).
import { Decoder } from "jpeg-lossless-decoder-js";
import type { PixelLayout } from "../../display";
import { type DecodedSamples, Undecodable } from "./picture";

export async function decode(bytes: ArrayBuffer, layout: PixelLayout): Promise<DecodedSamples> {
  const decoder = new Decoder();
  const decoded = decompress(decoder, bytes);
  const count = layout.rows * layout.columns * layout.samples;
  const size = decoder.numBytes;
  if (decoded.byteLength !== count * size)
    throw new Undecodable("size-differs", `${decoded.byteLength / size} samples, header says ${count}`);
  const words = size === 1 ? new Uint8Array(decoded) : new Uint16Array(decoded);
  return { words, samples: layout.samples, planar: false, isSigned: null, isRgb: false };
}

function decompress(decoder: Decoder, bytes: ArrayBuffer): ArrayBuffer {
  try {
    return decoder.decompress(bytes, 0, bytes.byteLength);
  } catch (error) {
    // The decoder throws plain errors and range errors of its own buffers; each means that the stream is bad.
    throw new Undecodable("corrupt", error instanceof Error ? error.message : "the codec refused the stream");
  }
}
