// JPEG-LS, lossless and near-lossless (CharLS).

import wasm from "@cornerstonejs/codec-charls/decodewasm?url";
import factory from "@cornerstonejs/codec-charls/decodewasmjs";
import type { PixelLayout } from "../../display";
import { codecOnDemand, decodeWith } from "./emscripten";
import type { DecodedSamples } from "./picture";

const codec = codecOnDemand(factory, wasm);

export async function decode(bytes: ArrayBuffer, layout: PixelLayout): Promise<DecodedSamples> {
  return decodeWith(await codec(), "JpegLSDecoder", new Uint8Array(bytes), layout);
}
