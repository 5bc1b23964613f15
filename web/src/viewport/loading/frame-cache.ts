// Decoded frames, bounded by bytes. What was used longest ago goes first, but never what the reader is looking at.
import { type Picture, pictureBytes } from "../decode/picture";

/** A stack that reads from the cache: panes beside each other share its bytes evenly. */
export interface CacheReader {
  /** What this stack's reader is looking at: never dropped. */
  readonly keep: () => ReadonlySet<string>;
  /** Another stack came or left, and with it the part of the cache that belongs to this one. */
  readonly onShare: () => void;
}

export class FrameCache {
  private readonly readers = new Set<CacheReader>();
  private readonly pictures = new Map<string, Picture>(); // oldest use first: a Map keeps the order of insertion
  private held = 0;

  constructor(readonly mostBytes: number) {}

  get bytes(): number {
    return this.held;
  }

  /** Bytes for each stack that is hung: what several want to keep fits together. */
  get share(): number {
    return this.mostBytes / Math.max(1, this.readers.size);
  }

  /** Returns the function by which the stack leaves again. */
  join(reader: CacheReader): () => void {
    this.readers.add(reader);
    this.tellOthers(reader);
    return () => {
      if (this.readers.delete(reader)) this.tellOthers(reader);
    };
  }

  has(key: string): boolean {
    return this.pictures.has(key);
  }

  /** Counts as use. */
  get(key: string): Picture | null {
    const picture = this.pictures.get(key);
    if (picture === undefined) return null;
    this.pictures.delete(key);
    this.pictures.set(key, picture);
    return picture;
  }

  /** Makes room by dropping what is neither in `keep` nor kept by a reader; what is kept stays even above the bound. */
  put(key: string, picture: Picture, keep: ReadonlySet<string>): void {
    if (this.pictures.has(key)) return;
    const size = pictureBytes(picture);
    for (const other of [...this.pictures.keys()]) {
      if (this.held + size <= this.mostBytes) break;
      if (!keep.has(other) && !this.isKept(other)) this.drop(other);
    }
    this.pictures.set(key, picture);
    this.held += size;
  }

  clear(): void {
    this.pictures.clear();
    this.held = 0;
  }

  private isKept(key: string): boolean {
    return [...this.readers].some((reader) => reader.keep().has(key));
  }

  private tellOthers(than: CacheReader): void {
    for (const reader of [...this.readers]) if (reader !== than) reader.onShare();
  }

  private drop(key: string): void {
    const picture = this.pictures.get(key);
    if (picture === undefined) return;
    this.pictures.delete(key);
    this.held -= pictureBytes(picture);
  }
}
