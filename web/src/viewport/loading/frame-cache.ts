// Decoded frames, bounded by bytes. What was used longest ago goes first, but never what the reader is looking at.
import { type Picture, pictureBytes } from "../decode/picture";

export class FrameCache {
  private readonly pictures = new Map<string, Picture>(); // oldest use first: a Map keeps the order of insertion
  private held = 0;

  constructor(readonly mostBytes: number) {}

  get bytes(): number {
    return this.held;
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

  /** Makes room by dropping what is not in `keep`; what is kept stays even above the bound. */
  put(key: string, picture: Picture, keep: ReadonlySet<string>): void {
    if (this.pictures.has(key)) return;
    const size = pictureBytes(picture);
    for (const other of [...this.pictures.keys()]) {
      if (this.held + size <= this.mostBytes) break;
      if (!keep.has(other)) this.drop(other);
    }
    this.pictures.set(key, picture);
    this.held += size;
  }

  clear(): void {
    this.pictures.clear();
    this.held = 0;
  }

  private drop(key: string): void {
    const picture = this.pictures.get(key);
    if (picture === undefined) return;
    this.pictures.delete(key);
    this.held -= pictureBytes(picture);
  }
}
