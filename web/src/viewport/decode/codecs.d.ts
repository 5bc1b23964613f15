// The codecs' packages bring no types. All of them are Emscripten modules of one shape.
declare module "@cornerstonejs/*wasmjs" {
  import type { CodecFactory } from "./emscripten";

  const factory: CodecFactory;
  export default factory;
}
declare module "@cornerstonejs/*wasm?url" {
  const url: string;
  export default url;
}
declare module "jpeg-lossless-decoder-js" {
  export class Decoder {
    constructor(buffer?: ArrayBuffer | null, numBytes?: number);
    decompress(buffer: ArrayBuffer, offset: number, length: number): ArrayBuffer;
    readonly numComp: number;
    readonly numBytes: number;
  }
}
