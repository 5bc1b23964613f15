// RLE Lossless (PS3.5 annex G): byte planes, most significant first, each packed by itself.
import type { PixelLayout } from "../../display";
import { Undecodable } from "./picture";

const HEADER_BYTES = 64;
const MOST_SEGMENTS = 15;

type Words = Uint8Array | Uint16Array | Uint32Array;

/** The cells as in an uncompressed frame, but plane after plane, as RLE stores them. */
export function decodeRle(bytes: ArrayBuffer, layout: PixelLayout): Words {
  const pixels = layout.rows * layout.columns;
  const bytesPerSample = layout.bitsAllocated / 8;
  const segments = readSegments(bytes, bytesPerSample * layout.samples);
  const words = emptyWords(pixels * layout.samples, layout.bitsAllocated);
  segments.forEach((segment, index) => {
    const plane = unpack(segment, pixels);
    const shift = 8 * (bytesPerSample - 1 - (index % bytesPerSample));
    const start = Math.floor(index / bytesPerSample) * pixels;
    for (let i = 0; i < pixels; i++) words[start + i] = (words[start + i] ?? 0) | ((plane[i] ?? 0) << shift);
  });
  return words;
}

function emptyWords(length: number, bitsAllocated: number): Words {
  if (bitsAllocated === 8) return new Uint8Array(length);
  if (bitsAllocated === 16) return new Uint16Array(length);
  if (bitsAllocated === 32) return new Uint32Array(length);
  throw new Undecodable("unsupported-layout", `RLE with ${bitsAllocated} bits allocated`);
}

/** PS3.5 G.5: number of segments, then their offsets from the beginning of the header. */
function readSegments(bytes: ArrayBuffer, expected: number): readonly Int8Array[] {
  if (bytes.byteLength < HEADER_BYTES) throw new Undecodable("truncated", "no RLE header");
  const view = new DataView(bytes);
  const count = view.getUint32(0, true);
  if (count !== expected || count > MOST_SEGMENTS)
    throw new Undecodable("corrupt", `${count} RLE segments, expected ${expected}`);
  const starts = Array.from({ length: count }, (_, index) => view.getUint32(4 + 4 * index, true));
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? bytes.byteLength;
    if (start < HEADER_BYTES || end < start || end > bytes.byteLength)
      throw new Undecodable("corrupt", "RLE offsets out of order");
    return new Int8Array(bytes, start, end - start);
  });
}

/** PS3.5 G.3.2: n ≥ 0 copies n + 1 bytes, n < 0 repeats one byte 1 − n times, −128 is nothing. */
function unpack(packed: Int8Array, length: number): Uint8Array {
  const plane = new Uint8Array(length);
  let from = 0;
  let to = 0;
  while (to < length) {
    if (from + 1 >= packed.length)
      throw new Undecodable("truncated", `RLE segment ends after ${to} of ${length} bytes`);
    const control = packed[from] ?? 0;
    from += 1;
    if (control >= 0) {
      const count = Math.min(control + 1, length - to, packed.length - from);
      plane.set(packed.subarray(from, from + count), to);
      from += control + 1;
      to += count;
    } else if (control > -128) {
      const end = Math.min(to + 1 - control, length);
      plane.fill(packed[from] ?? 0, to, end);
      from += 1;
      to = end;
    }
  }
  return plane;
}
