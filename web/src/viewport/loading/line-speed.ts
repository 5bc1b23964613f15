// How fast frames come over the line: whether it is worth to have them compressed on their way.

/** Below this a compressed frame arrives earlier, its decoding included; in bytes a millisecond (100 Mbit/s). */
const SLOW_BELOW = 12_500;
/** Below this what nobody waits for yet would be felt by everybody (10 Mbit/s). */
const CRAWLS_BELOW = 1_250;
/** Shorter frames tell of the way there and back, not of the line; compressing them would gain nothing. */
const TELLING_BYTES = 100_000;
/** What came longer ago says nothing of the line as it is now. */
const REMEMBERED_MS = 5_000;

/** Counts bytes over the time in which any transfer was under way: several at once share the line. */
export class LineSpeed {
  private underWay = 0;
  private since = 0;
  private bytes = 0;
  private busy = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Counts a transfer while it lasts; `bytes` tells its length once it is there. */
  async during<T>(transfer: Promise<T>, bytes: (arrived: T) => number): Promise<T> {
    if (this.underWay === 0) this.since = this.now();
    this.underWay += 1;
    try {
      const arrived = await transfer;
      this.count(bytes(arrived));
      return arrived;
    } finally {
      this.underWay -= 1;
    }
  }

  /** Unknown is not slow: the first frame comes as it is stored. */
  get slow(): boolean {
    return this.isBelow(SLOW_BELOW);
  }

  /** Whether nothing should come over it that is not needed now. */
  get crawls(): boolean {
    return this.isBelow(CRAWLS_BELOW);
  }

  private isBelow(rate: number): boolean {
    return this.busy > 0 && this.bytes / this.busy < rate;
  }

  private count(bytes: number): void {
    const now = this.now();
    if (bytes >= TELLING_BYTES) {
      this.bytes += bytes;
      this.busy += now - this.since;
    }
    this.since = now;
    if (this.busy <= REMEMBERED_MS) return;
    this.bytes /= 2;
    this.busy /= 2;
  }
}
