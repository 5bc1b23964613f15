// The members of a ZIP archive (PKWARE APPNOTE 4.3, 4.4) as files, read from the disk one by one while they are sent.
// No name of an archive becomes a path of anything; what inflates to more than its directory says is given up.
import { type Candidate, Refused, refused } from "./candidates";

const END = 0x0605_4b50;
const END64_LOCATOR = 0x0706_4b50;
const END64 = 0x0606_4b50;
const ENTRY = 0x0201_4b50;
const COMMENT_MAX = 0xffff;
const MAX32 = 0xffff_ffff;
const ENCRYPTED = 0x0041;
const UTF8 = 0x0800;

/** As the archive's own import: what a medium of a hospital stays below. */
export const LIMITS = { members: 200_000, directory: 64 << 20, ratio: 250, grace: 64 << 20, member: 2 ** 31 };

interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
}

/** Files within an archive. Throws `Refused` with `broken-archive` or `archive-too-large`. */
export async function membersOf(archive: Blob, path: string, nesting: number): Promise<readonly Candidate[]> {
  const { count, offset, length } = await directoryPlace(archive);
  if (count > LIMITS.members || length > LIMITS.directory) throw new Refused("archive-too-large");
  const directory = new DataView(await archive.slice(offset, offset + length).arrayBuffer());
  const entries = entriesOf(directory, count);
  refuseOverlaps(entries, offset);
  return entries.filter((entry) => !entry.name.endsWith("/")).map((entry) => member(archive, entry, path, nesting));
}

function member(archive: Blob, entry: Entry, path: string, nesting: number): Candidate {
  const name = `${path}!${entry.name}`;
  const fault = faultOf(entry);
  return fault === null
    ? { path: name, nesting: nesting + 1, open: () => contentOf(archive, entry) }
    : refused(name, fault, nesting + 1);
}

function faultOf({ flags, method, packed, size }: Entry): string | null {
  if ((flags & ENCRYPTED) !== 0) return "encrypted";
  if (method !== 0 && method !== 8) return "unknown-compression";
  if (size > LIMITS.member) return "too-large";
  return size > LIMITS.grace && size > LIMITS.ratio * Math.max(1, packed) ? "inflates-too-much" : null;
}

async function directoryPlace(archive: Blob): Promise<{ count: number; offset: number; length: number }> {
  const start = Math.max(0, archive.size - 22 - COMMENT_MAX);
  const tail = new DataView(await archive.slice(start).arrayBuffer());
  for (let at = tail.byteLength - 22; at >= 0; at -= 1) {
    if (tail.getUint32(at, true) !== END) continue;
    const wide = at >= 20 && tail.getUint32(at - 20, true) === END64_LOCATOR ? tail.getBigUint64(at - 12, true) : null;
    if (wide !== null) return await widePlace(archive, Number(wide));
    return checked(
      archive,
      tail.getUint16(at + 10, true),
      tail.getUint32(at + 16, true),
      tail.getUint32(at + 12, true),
    );
  }
  throw new Refused("broken-archive");
}

async function widePlace(archive: Blob, at: number): Promise<{ count: number; offset: number; length: number }> {
  const record = new DataView(await archive.slice(at, at + 56).arrayBuffer());
  if (record.byteLength < 56 || record.getUint32(0, true) !== END64) throw new Refused("broken-archive");
  const wide = (place: number): number => Number(record.getBigUint64(place, true));
  return checked(archive, wide(32), wide(48), wide(40));
}

function checked(archive: Blob, count: number, offset: number, length: number) {
  if (offset + length > archive.size) throw new Refused("broken-archive");
  return { count, offset, length };
}

function entriesOf(directory: DataView, count: number): readonly Entry[] {
  const entries: Entry[] = [];
  let at = 0;
  for (let number = 0; number < count; number += 1) {
    if (at + 46 > directory.byteLength || directory.getUint32(at, true) !== ENTRY) throw new Refused("broken-archive");
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((place) => directory.getUint16(at + place, true));
    const next = at + 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0);
    if (next > directory.byteLength) throw new Refused("broken-archive");
    entries.push(entryAt(directory, at, nameLength ?? 0, extraLength ?? 0));
    at = next;
  }
  return entries;
}

function entryAt(directory: DataView, at: number, nameLength: number, extraLength: number): Entry {
  const flags = directory.getUint16(at + 8, true);
  const wide = wideFields(directory, at + 46 + nameLength, extraLength);
  const field = (place: number): number => {
    const value = directory.getUint32(at + place, true);
    return value === MAX32 ? (wide.shift() ?? value) : value;
  };
  const [size, packed, offset] = [field(24), field(20), field(42)]; // the order of the 64 bit extra field, 4.5.3
  const name = new Uint8Array(directory.buffer, directory.byteOffset + at + 46, nameLength);
  return {
    name: new TextDecoder((flags & UTF8) !== 0 ? "utf-8" : "windows-1252").decode(name),
    flags,
    method: directory.getUint16(at + 10, true),
    packed: packed ?? 0,
    size: size ?? 0,
    at: offset ?? 0,
  };
}

/** Values of the 64 bit extra field (4.5.3), empty without one. */
function wideFields(directory: DataView, start: number, length: number): number[] {
  for (let at = start; at + 4 <= start + length; ) {
    const size = directory.getUint16(at + 2, true);
    if (directory.getUint16(at, true) === 1 && at + 4 + size <= start + length) {
      return Array.from({ length: Math.floor(size / 8) }, (_, n) =>
        Number(directory.getBigUint64(at + 4 + n * 8, true)),
      );
    }
    at += 4 + size;
  }
  return [];
}

/** Members that share compressed bytes let a small archive inflate without end. */
function refuseOverlaps(entries: readonly Entry[], directoryAt: number): void {
  let end = 0;
  for (const { at, packed } of entries.toSorted((a, b) => a.at - b.at)) {
    if (at < end || at + 30 + packed > directoryAt) throw new Refused("broken-archive");
    end = at + 30 + packed;
  }
}

async function contentOf(archive: Blob, entry: Entry): Promise<Blob> {
  const local = new DataView(await archive.slice(entry.at, entry.at + 30).arrayBuffer());
  if (local.byteLength < 30) throw new Refused("broken-archive");
  const start = entry.at + 30 + local.getUint16(26, true) + local.getUint16(28, true);
  const packed = archive.slice(start, start + entry.packed);
  return entry.method === 0 ? packed : await inflated(packed, entry.size);
}

/** One member; the browser keeps it, on its disk where it is large, until it has left. */
async function inflated(packed: Blob, size: number): Promise<Blob> {
  let length = 0;
  const counted = new TransformStream<BufferSource, BufferSource>({
    transform(chunk, controller) {
      length += chunk.byteLength;
      if (length > size) controller.terminate();
      else controller.enqueue(chunk);
    },
  });
  try {
    const stream = packed.stream().pipeThrough(new DecompressionStream("deflate-raw")).pipeThrough(counted);
    const whole = await new Response(stream).blob();
    if (whole.size === size) return whole;
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof DOMException)) throw error; // what the inflater says of damage
  }
  throw new Refused(length > size ? "inflates-too-much" : "broken-archive");
}
