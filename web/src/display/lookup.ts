// Lookup tables of Modality LUT, VOI LUT and palettes (PS3.3 C.11.1.1): descriptor, first mapped value, unsigned entries.
import { bytesOf, type Dataset, numbersOf } from "./dataset";
import { Tags } from "./tags";

export interface Lookup {
  readonly firstMapped: number;
  readonly bits: number;
  readonly entries: Uint16Array;
}

/** PS3.3 C.11.1.1.1: input below the first mapped value takes the first entry, above the last takes the last. */
export function lookUp(lut: Lookup, value: number): number {
  const last = lut.entries.length - 1;
  const index = Math.min(Math.max(Math.round(value) - lut.firstMapped, 0), last);
  return lut.entries[index] ?? 0;
}

/** As `lookUp`, but between two entries the value is interpolated: for fractional modality values. */
export function lookUpBetween(lut: Lookup, value: number): number {
  const last = lut.entries.length - 1;
  const position = Math.min(Math.max(value - lut.firstMapped, 0), last);
  const below = Math.floor(position);
  const low = lut.entries[below] ?? 0;
  const high = lut.entries[Math.min(below + 1, last)] ?? low;
  return low + (high - low) * (position - below);
}

/**
 * Reads a LUT item. `signed` says how the first mapped value is written (clinical rule 9: US or SS by the pixel
 * representation, also where the reader chose the other one). `null` when entries are missing or were left out.
 */
export function readLookup(item: Dataset, signed: boolean): Lookup | null {
  return readTable(item, Tags.LUTDescriptor, Tags.LUTData, signed);
}

export function readTable(item: Dataset, descriptorTag: string, dataTag: string, signed: boolean): Lookup | null {
  const [count, first, bits] = numbersOf(item, descriptorTag);
  if (count === undefined || first === undefined || bits === undefined) return null;
  const length = count === 0 ? 65536 : count < 0 ? count + 65536 : count;
  const entries = readEntries(item, dataTag, length);
  if (entries === null || entries.length === 0) return null;
  return { firstMapped: asSign(first, signed), bits: entryBits(bits, entries), entries };
}

/** A 16-bit value of the header as it was meant, also where the reader chose the other sign. */
export function asSign(value: number, signed: boolean): number {
  if (signed) return value > 32767 ? value - 65536 : value;
  return value < 0 ? value + 65536 : value;
}

/** Entries that need more bits than the descriptor says occur in the field: 8 declared, 16 written. */
function entryBits(declared: number, entries: Uint16Array): number {
  const largest = entries.reduce((most, entry) => Math.max(most, entry), 0);
  const usable = declared >= 1 && declared <= 16 ? declared : 16;
  return largest >= 2 ** usable ? 16 : usable;
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
