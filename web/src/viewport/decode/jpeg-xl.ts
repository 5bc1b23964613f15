// JPEG XL (libjxl). The codec returns colour as RGB.

import wasm from "@cornerstonejs/codec-libjxl/decodewasm?url";
import factory from "@cornerstonejs/codec-libjxl/decodewasmjs";
import type { PixelLayout } from "../../display";
import { codecOnDemand, decodeWith } from "./emscripten";
import type { DecodedSamples } from "./picture";

const codec = codecOnDemand(factory, wasm);

export async function decode(bytes: ArrayBuffer, layout: PixelLayout): Promise<DecodedSamples> {
  return { ...decodeWith(await codec(), "JpegXLDecoder", new Uint8Array(bytes), layout), isRgb: true };
}
