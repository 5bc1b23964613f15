// What was chosen or dropped, as files with names for people: folders are walked, files are not opened yet.
import type { Dropped } from "../shell";

export interface Candidate {
  /** Name for people, with the folders and archives it lies in; never used for anything else. */
  readonly path: string;
  /** Archives around it. */
  readonly nesting: number;
  /** The bytes, read from the disk when they are sent. Throws `Refused` where they cannot be had. */
  readonly open: () => Promise<Blob>;
}

/** A file that is not sent, and why: a code with words in `upload.reason`. */
export class Refused extends Error {
  override readonly name = "Refused";
  constructor(readonly code: string) {
    super(code);
  }
}

/** Deeper folders are a mistake or an attack; the archive's own import has the same limit. */
export const FOLDERS_MAX = 64;

export function ofFile(file: File): Candidate {
  return { path: file.webkitRelativePath || file.name, nesting: 0, open: () => Promise.resolve(file) };
}

/** Everything below what was dropped, in the order of the file system, while it is being found. */
export async function* walk(dropped: readonly Dropped[]): AsyncGenerator<Candidate> {
  for (const one of dropped) {
    if (one instanceof File) yield ofFile(one);
    else yield* below(one, 0);
  }
}

async function* below(entry: FileSystemEntry, depth: number): AsyncGenerator<Candidate> {
  const path = entry.fullPath.replace(/^\//, "");
  if (isFile(entry)) yield { path, nesting: 0, open: () => fileOf(entry) };
  else if (depth >= FOLDERS_MAX) yield refused(path, "too-deep");
  else if (isFolder(entry)) yield* inside(entry, path, depth);
}

async function* inside(folder: FileSystemDirectoryEntry, path: string, depth: number): AsyncGenerator<Candidate> {
  const reader = folder.createReader();
  try {
    // The reader gives a part at a time (Chromium: 100) and an empty one at the end.
    for (let part = await entriesOf(reader); part.length > 0; part = await entriesOf(reader)) {
      for (const entry of part) yield* below(entry, depth + 1);
    }
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    yield refused(path, "unreadable");
  }
}

export function refused(path: string, code: string, nesting = 0): Candidate {
  return { path, nesting, open: () => Promise.reject(new Refused(code)) };
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

const entriesOf = (reader: FileSystemDirectoryReader): Promise<readonly FileSystemEntry[]> =>
  new Promise((resolve, reject) => reader.readEntries(resolve, reject));

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, () => reject(new Refused("unreadable"))));
