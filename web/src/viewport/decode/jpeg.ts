// JPEG baseline and 8-bit extended (libjpeg-turbo). The codec turns YBR into RGB.

import wasm from "@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm?url";
import factory from "@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs";
import type { PixelLayout } from "../../display";
import { codecOnDemand, decodeWith } from "./emscripten";
import { readJpegHeader, withAdobeRgbMarker } from "./jpeg-header";
import { type DecodedSamples, Undecodable } from "./picture";

const codec = codecOnDemand(factory, wasm);

export async function decode(bytes: ArrayBuffer, layout: PixelLayout): Promise<DecodedSamples> {
  const stream = new Uint8Array(bytes);
  const header = readJpegHeader(stream);
  if (header === null) throw new Undecodable("corrupt", "no JPEG frame header");
  if (header.precision !== 8) throw new Undecodable("twelve-bit-jpeg", `JPEG with ${header.precision} bit`);
  // Labelled RGB and no marker that says otherwise: the samples are RGB, which the codec would not guess (clinical rule 44).
  const plainRgb = layout.samples === 3 && layout.photometric === "RGB" && !header.marksColour;
  const decoded = decodeWith(await codec(), "JPEGDecoder", plainRgb ? withAdobeRgbMarker(stream) : stream, layout);
  return { ...decoded, isRgb: layout.samples === 3 };
}
