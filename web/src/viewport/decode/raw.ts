// Uncompressed frames: all sizes, both byte orders (PS3.5 8.1, 8.2).
import { frameBytes, type PixelLayout, type StoredValues, unpackBits } from "../../display";
import { Undecodable } from "./picture";

const HOST_IS_LITTLE = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Words of the frame as integers; floats and bits have their own functions below. */
export function readWords(
  bytes: ArrayBuffer,
  layout: PixelLayout,
  bigEndian: boolean,
  pixelVr: string | null,
): Uint8Array | Uint16Array | Uint32Array {
  const count = sampleCount(layout);
  requireBytes(bytes, wordBytes(layout, count));
  if (layout.bitsAllocated === 8) return readBytes(bytes, count, bigEndian && pixelVr === "OW");
  const swap = bigEndian === HOST_IS_LITTLE;
  if (layout.bitsAllocated === 16) return swap ? swapped16(bytes, count) : new Uint16Array(bytes, 0, count);
  if (layout.bitsAllocated === 32) return swap ? swapped32(bytes, count) : new Uint32Array(bytes, 0, count);
  throw new Undecodable("unsupported-layout", `${layout.bitsAllocated} bits allocated`);
}

/** YBR_FULL_422 has two samples a pixel on average, whatever Samples per Pixel says. */
function sampleCount(layout: PixelLayout): number {
  const pixels = layout.rows * layout.columns;
  return layout.photometric === "YBR_FULL_422" ? 2 * pixels : pixels * layout.samples;
}

function wordBytes(layout: PixelLayout, count: number): number {
  return (count * layout.bitsAllocated) / 8;
}

/** Big-endian OW keeps 8-bit pixels in 16-bit words: their bytes are swapped (PS3.5 8.1.2). */
function readBytes(bytes: ArrayBuffer, count: number, inWords: boolean): Uint8Array {
  const source = new Uint8Array(bytes);
  return inWords ? Uint8Array.from({ length: count }, (_, index) => source[index ^ 1] ?? 0) : source.subarray(0, count);
}

function swapped16(bytes: ArrayBuffer, count: number): Uint16Array {
  const view = new DataView(bytes);
  return Uint16Array.from({ length: count }, (_, index) => view.getUint16(2 * index, !HOST_IS_LITTLE));
}

function swapped32(bytes: ArrayBuffer, count: number): Uint32Array {
  const view = new DataView(bytes);
  return Uint32Array.from({ length: count }, (_, index) => view.getUint32(4 * index, !HOST_IS_LITTLE));
}

/** Float Pixel Data and Double Float Pixel Data (PS3.3 C.7.6.24, C.7.6.25). */
export function readFloats(bytes: ArrayBuffer, layout: PixelLayout, bigEndian: boolean): StoredValues {
  const count = layout.rows * layout.columns;
  const size = layout.number === "float64" ? 8 : 4;
  requireBytes(bytes, count * size);
  const view = new DataView(bytes);
  if (size === 8) return Float64Array.from({ length: count }, (_, index) => view.getFloat64(8 * index, !bigEndian));
  return Float32Array.from({ length: count }, (_, index) => view.getFloat32(4 * index, !bigEndian));
}

/** One-bit pixels; where the frame was cut at a byte border, its first bits belong to the frame before (PS3.5 8.1.1). */
export function readBits(bytes: ArrayBuffer, layout: PixelLayout, frameNumber: number): Uint8Array {
  const pixels = layout.rows * layout.columns;
  requireBytes(bytes, frameBytes(layout));
  const shared = ((frameNumber - 1) * pixels) % 8;
  const startBit = bytes.byteLength * 8 >= shared + pixels ? shared : 0;
  return unpackBits(new Uint8Array(bytes), pixels, startBit);
}

function requireBytes(bytes: ArrayBuffer, needed: number): void {
  if (bytes.byteLength < needed) throw new Undecodable("truncated", `${bytes.byteLength} of ${needed} bytes`);
}
