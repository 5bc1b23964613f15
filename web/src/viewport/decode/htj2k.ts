// High-throughput JPEG 2000 (OpenJPH). The codec undoes RCT and ICT.

import wasm from "@cornerstonejs/codec-openjph/wasm?url";
import factory from "@cornerstonejs/codec-openjph/wasmjs";
import type { PixelLayout } from "../../display";
import { codecOnDemand, decodeWith } from "./emscripten";
import type { DecodedSamples } from "./picture";

const codec = codecOnDemand(factory, wasm);

export async function decode(bytes: ArrayBuffer, layout: PixelLayout): Promise<DecodedSamples> {
  return decodeWith(await codec(), "HTJ2KDecoder", new Uint8Array(bytes), layout);
}
