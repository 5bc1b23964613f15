// The Image Pixel module of one frame (PS3.3 C.7.6.3) and the extraction of stored values from its bytes.
import { type Dataset, numberOf, textOf } from "./dataset";
import { Tags } from "./tags";

export type StoredValues =
  | Uint8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

export interface PixelLayout {
  readonly rows: number;
  readonly columns: number;
  readonly samples: 1 | 3 | 4;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly highBit: number;
  readonly signed: boolean;
  readonly planar: boolean;
  readonly photometric: string;
  readonly number: "integer" | "float32" | "float64";
}

/** The layout, or `null` where the object has no picture that we understand. */
export function readPixelLayout(dataset: Dataset): PixelLayout | null {
  const rows = numberOf(dataset, Tags.Rows);
  const columns = numberOf(dataset, Tags.Columns);
  const bitsAllocated = numberOf(dataset, Tags.BitsAllocated);
  if (rows === null || columns === null || bitsAllocated === null || rows < 1 || columns < 1) return null;
  const samples = numberOf(dataset, Tags.SamplesPerPixel) ?? 1;
  if (samples !== 1 && samples !== 3 && samples !== 4) return null;
  const bitsStored = Math.min(numberOf(dataset, Tags.BitsStored) ?? bitsAllocated, bitsAllocated);
  return {
    rows,
    columns,
    samples,
    bitsAllocated,
    bitsStored,
    highBit: readHighBit(dataset, bitsStored, bitsAllocated),
    signed: samples === 1 && numberOf(dataset, Tags.PixelRepresentation) === 1,
    planar: numberOf(dataset, Tags.PlanarConfiguration) === 1,
    photometric: textOf(dataset, Tags.PhotometricInterpretation) ?? (samples === 1 ? "MONOCHROME2" : "RGB"),
    number: numberKind(dataset, bitsAllocated),
  };
}

function readHighBit(dataset: Dataset, bitsStored: number, bitsAllocated: number): number {
  const highBit = numberOf(dataset, Tags.HighBit);
  return highBit === null || highBit < bitsStored - 1 || highBit >= bitsAllocated ? bitsStored - 1 : highBit;
}

function numberKind(dataset: Dataset, bitsAllocated: number): PixelLayout["number"] {
  if (Tags.DoubleFloatPixelData in dataset || bitsAllocated === 64) return "float64";
  return Tags.FloatPixelData in dataset ? "float32" : "integer";
}

export function isColour(layout: PixelLayout): boolean {
  return layout.samples > 1;
}

/** Smallest and largest value that the layout can hold; `null` for float and for more than 16 bits. */
export function storedRange(layout: PixelLayout): { readonly low: number; readonly high: number } | null {
  if (layout.number !== "integer" || layout.bitsStored > 16) return null;
  const size = 2 ** layout.bitsStored;
  return layout.signed ? { low: -size / 2, high: size / 2 - 1 } : { low: 0, high: size - 1 };
}

/** Bytes that one frame takes uncompressed. One-bit frames follow each other without a gap (PS3.5 8.1.1). */
export function frameBytes(layout: PixelLayout): number {
  return Math.ceil((layout.rows * layout.columns * layout.samples * layout.bitsAllocated) / 8);
}

/** Bytes that one decoded frame takes in memory: stored values, or RGBA for colour. */
export function decodedBytes(layout: PixelLayout): number {
  const pixels = layout.rows * layout.columns;
  if (isColour(layout) || layout.photometric === "PALETTE COLOR") return 4 * pixels;
  if (layout.number === "float64") return 8 * pixels;
  if (layout.number === "float32" || layout.bitsStored > 16) return 4 * pixels;
  return layout.signed || layout.bitsStored > 8 ? 2 * pixels : pixels;
}

/**
 * Words as read → stored values: shift to the low bit, mask, extend the sign (clinical rules 5 and 6).
 * Bits outside the stored field are rubbish, also in unsigned data.
 */
export function extractStoredValues(words: Uint8Array | Uint16Array | Uint32Array, layout: PixelLayout): StoredValues {
  const shift = layout.highBit - layout.bitsStored + 1;
  const sign = 32 - layout.bitsStored;
  const values = emptyValues(words.length, layout);
  if (layout.signed) for (let i = 0; i < words.length; i++) values[i] = (((words[i] ?? 0) >>> shift) << sign) >> sign;
  else for (let i = 0; i < words.length; i++) values[i] = (((words[i] ?? 0) >>> shift) << sign) >>> sign;
  return values;
}

function emptyValues(
  length: number,
  layout: PixelLayout,
): Uint8Array | Uint16Array | Int16Array | Uint32Array | Int32Array {
  if (layout.bitsStored > 16) return layout.signed ? new Int32Array(length) : new Uint32Array(length);
  if (layout.signed) return new Int16Array(length);
  return layout.bitsStored <= 8 ? new Uint8Array(length) : new Uint16Array(length);
}

/** One-bit pixels, least significant bit first; `startBit` is where the frame begins in the bytes. */
export function unpackBits(bytes: Uint8Array, count: number, startBit: number): Uint8Array {
  const values = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const bit = startBit + i;
    values[i] = ((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1;
  }
  return values;
}
