// Segmented palettes (PS3.3 C.7.9.2): discrete values, lines, and segments that are used again.

const DISCRETE = 0;
const LINEAR = 1;
const INDIRECT = 2;
const OFFSET_BYTES = 4;

/** The numbers of the segments, `width` bytes each. */
interface Segments {
  readonly words: Uint8Array | Uint16Array;
  readonly width: 1 | 2;
}

/** The segments end too early, begin with a line, or lead in circles. */
class Unreadable extends Error {
  override readonly name = "Unreadable";
}

/**
 * The `count` entries that the segments make; `null` when they make fewer or cannot be read. `bits` is the descriptor's
 * third value: with 8 every number is a byte, else a word.
 */
export function expandSegments(bytes: Uint8Array, bits: number, count: number): Uint16Array | null {
  const width = bits <= 8 ? 1 : 2;
  const words = width === 1 ? bytes : wordsOf(bytes);
  try {
    return Uint16Array.from(entriesOf({ words, width }, count).slice(0, count));
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}

function wordsOf(bytes: Uint8Array): Uint16Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint16Array.from({ length: bytes.length >> 1 }, (_, index) => view.getUint16(2 * index, true));
}

function entriesOf(segments: Segments, count: number): number[] {
  const entries: number[] = [];
  let at = 0;
  while (entries.length < count)
    at = wordAt(segments, at) === INDIRECT ? again(segments, at, entries, count) : append(segments, at, entries);
  return entries;
}

function wordAt({ words }: Segments, at: number): number {
  const word = words[at];
  if (word === undefined) throw new Unreadable();
  return word;
}

/** Appends one segment's entries and answers where the next one begins. A line's values are rounded half up. */
function append(segments: Segments, at: number, entries: number[]): number {
  const kind = wordAt(segments, at);
  const length = wordAt(segments, at + 1);
  if (length === 0) throw new Unreadable();
  if (kind === DISCRETE) {
    for (let i = 0; i < length; i++) entries.push(wordAt(segments, at + 2 + i));
    return at + 2 + length;
  }
  const first = entries.at(-1);
  if (kind !== LINEAR || first === undefined) throw new Unreadable();
  const rise = wordAt(segments, at + 2) - first;
  for (let step = 1; step <= length; step++) entries.push(Math.floor(first + (rise * step) / length + 0.5));
  return at + 3;
}

/** Segments from an offset in bytes once more; they are no indirect ones themselves. */
function again(segments: Segments, at: number, entries: number[], count: number): number {
  const { width } = segments;
  const size = OFFSET_BYTES / width;
  let offset = 0;
  for (let place = size - 1; place >= 0; place--) offset = offset * 256 ** width + wordAt(segments, at + 2 + place);
  let there = Math.floor(offset / width);
  const repeats = wordAt(segments, at + 1);
  for (let i = 0; i < repeats && entries.length < count; i++) there = append(segments, there, entries);
  return at + 2 + size;
}
