// JPEG 2000 part 1 (OpenJPEG). The codec undoes RCT and ICT.

import wasm from "@cornerstonejs/codec-openjpeg/decodewasm?url";
import factory from "@cornerstonejs/codec-openjpeg/decodewasmjs";
import type { PixelLayout } from "../../display";
import { codecOnDemand, decodeWith } from "./emscripten";
import type { DecodedSamples } from "./picture";

const codec = codecOnDemand(factory, wasm);

export async function decode(bytes: ArrayBuffer, layout: PixelLayout): Promise<DecodedSamples> {
  return decodeWith(await codec(), "J2KDecoder", new Uint8Array(bytes), layout);
}
