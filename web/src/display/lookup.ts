// Lookup tables of Modality LUT, VOI LUT and palettes (PS3.3 C.11.1.1): descriptor, first mapped value, unsigned entries.
import { bytesOf, type Dataset, numbersOf } from "./dataset";
import { expandSegments } from "./segments";
import { Tags } from "./tags";

export interface Lookup {
  readonly firstMapped: number;
  readonly bits: number;
  readonly entries: Uint16Array;
}

/**
 * PS3.3 C.11.1.1.1: input below the first mapped value takes the first entry, above the last takes the last. A table has
 * entries for whole inputs only: a fraction takes the nearest, half up; nothing is made up between two entries.
 */
export function lookUp(lut: Lookup, value: number): number {
  const last = lut.entries.length - 1;
  const index = Math.min(Math.max(Math.floor(value + 0.5) - lut.firstMapped, 0), last);
  return lut.entries[index] ?? 0;
}

/**
 * Reads a LUT item. `signed` says how the first mapped value is written (clinical rule 9: US or SS by the pixel
 * representation, also where the reader chose the other one). `null` when entries are missing or were left out.
 */
export function readLookup(item: Dataset, signed: boolean): Lookup | null {
  return readTable(item, Tags.LUTDescriptor, Tags.LUTData, signed);
}

/** A table may be written in segments (PS3.3 C.7.9.2); `segmentsTag` names them. */
export function readTable(
  item: Dataset,
  descriptorTag: string,
  dataTag: string,
  signed: boolean,
  segmentsTag: string | null = null,
): Lookup | null {
  const [count, first, bits] = numbersOf(item, descriptorTag);
  if (count === undefined || first === undefined || bits === undefined) return null;
  const length = count === 0 ? 65536 : count < 0 ? count + 65536 : count;
  const entries = readEntries(item, dataTag, length) ?? readSegments(item, segmentsTag, bits, length);
  if (entries === null || entries.length === 0) return null;
  return { firstMapped: asSign(first, signed), bits: entryBits(bits, entries), entries };
}

/** A 16-bit value of the header as it was meant, also where the reader chose the other sign. */
export function asSign(value: number, signed: boolean): number {
  if (signed) return value > 32767 ? value - 65536 : value;
  return value < 0 ? value + 65536 : value;
}

/** Bits that the entries contradict are not believed: 8 declared and 16 written occur. Then they are 8 or 16. */
function entryBits(declared: number, entries: Uint16Array): number {
  const largest = largestEntry(entries);
  if (declared >= 1 && declared <= 16 && largest < 2 ** declared) return declared;
  return largest < 256 ? 8 : 16;
}

export function largestEntry(entries: Uint16Array): number {
  return entries.reduce((most, entry) => Math.max(most, entry), 0);
}

function readSegments(item: Dataset, tag: string | null, bits: number, length: number): Uint16Array | null {
  const bytes = tag === null ? null : bytesOf(item, tag);
  return bytes === null ? null : expandSegments(bytes, bits, length);
}

function readEntries(item: Dataset, tag: string, length: number): Uint16Array | null {
  const bytes = bytesOf(item, tag);
  if (bytes === null) {
    const values = numbersOf(item, tag);
    return values.length === 0 ? null : Uint16Array.from(values.slice(0, length), (value) => value & 0xffff);
  }
  if (bytes.length < 2 * length) return Uint16Array.from(bytes.slice(0, length));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint16Array.from({ length }, (_, index) => view.getUint16(2 * index, true));
}
