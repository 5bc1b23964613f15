// What the keeping of marks asks of the server, in the words of this room; the page puts the API's client behind it.
import type { Mark } from "./mark";

/** A mark as the server has it, with the version that the next change follows; `null`: it is removed. */
export interface KeptMark {
  readonly mark: Mark | null;
  readonly version: number;
}

/** Every call throws `KeeperAway` where nothing is known and the same may succeed later. */
export interface MarkKeeper {
  /** The reader's own marks of the study, without removed ones. */
  load(signal: AbortSignal): Promise<readonly KeptMark[]>;
  /**
   * Keeps a mark that follows a version, 0 for a new one. Throws `MarkChanged` where another version came between and
   * `MarkRefused` where asking again brings nothing.
   */
  save(mark: Mark, follows: number, signal: AbortSignal): Promise<KeptMark>;
  /** Removes a mark that follows a version; one that is not there is removed. Throws as `save` does. */
  remove(id: string, follows: number, signal: AbortSignal): Promise<KeptMark>;
}

/** Another version came between. */
export class MarkChanged extends Error {
  override readonly name = "MarkChanged";
  constructor(readonly current: KeptMark) {
    super("the mark was changed elsewhere");
  }
}

/** The server will not keep it, for the reason that the message tells the reader. */
export class MarkRefused extends Error {
  override readonly name = "MarkRefused";
}

/** The line failed, or the server cannot answer anybody just now. */
export class KeeperAway extends Error {
  override readonly name = "KeeperAway";
}
