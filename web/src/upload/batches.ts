// The next files of a queue that are worth sending, opened; archives in it give way to their members.
import { type Candidate, Refused } from "./candidates";
import { natureOf } from "./nature";
import type { Queue } from "./queue";
import { membersOf } from "./zip";

export interface Opened {
  readonly path: string;
  readonly blob: Blob;
}

export interface Gathered {
  readonly files: readonly Opened[];
  readonly notTaken: readonly { readonly path: string; readonly code: string }[];
  /** How many files more there are than was known, because an archive turned out to hold them. */
  readonly more: number;
}

/** So that progress is told often, and a lost line costs little to repeat. */
export const BATCH_FILES = 32;
export const BATCH_BYTES = 16 << 20;
const LOOKED_AT = 400;
/** Archives inside archives: one level is what mail and download portals make. */
const NESTING_MAX = 1;

/** Takes from the queue until a batch is full. A file that would make it too long stays for the next one. */
export async function gather(queue: Queue<Candidate>): Promise<Gathered> {
  const files: Opened[] = [];
  const notTaken: { path: string; code: string }[] = [];
  let [bytes, more] = [0, 0];
  for (let looked = 0; looked < LOOKED_AT && files.length < BATCH_FILES; looked += 1) {
    const candidate = queue.take();
    if (candidate === undefined) break;
    const seen = await lookAt(candidate);
    if (seen.kind === "refused") notTaken.push({ path: candidate.path, code: seen.code });
    else if (seen.kind === "members") {
      queue.putFirst(seen.members);
      more += seen.members.length - 1;
    } else if (bytes > 0 && bytes + seen.blob.size > BATCH_BYTES) {
      queue.putFirst([{ ...candidate, open: () => Promise.resolve(seen.blob) }]);
      break;
    } else {
      files.push({ path: candidate.path, blob: seen.blob });
      bytes += seen.blob.size;
    }
  }
  return { files, notTaken, more };
}

type Seen =
  | { readonly kind: "file"; readonly blob: Blob }
  | { readonly kind: "members"; readonly members: readonly Candidate[] }
  | { readonly kind: "refused"; readonly code: string };

async function lookAt(candidate: Candidate): Promise<Seen> {
  try {
    const blob = await candidate.open();
    const nature = await natureOf(blob, candidate.path);
    if (nature === "dicom") return { kind: "file", blob };
    if (nature !== "zip") return { kind: "refused", code: nature === "other" ? "not-dicom" : nature };
    if (candidate.nesting > NESTING_MAX) return { kind: "refused", code: "too-deep" };
    return { kind: "members", members: await membersOf(blob, candidate.path, candidate.nesting) };
  } catch (error) {
    if (error instanceof Refused) return { kind: "refused", code: error.code };
    if (error instanceof DOMException) return { kind: "refused", code: "unreadable" };
    throw error;
  }
}
