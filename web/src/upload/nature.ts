// What a file is by its first bytes, so that a medium's viewers, texts and pictures are not sent at all.

export type Nature = "dicom" | "zip" | "dicomdir" | "empty" | "other";

const PREAMBLE = 128; // PS3.10 7.1
const LOCAL_HEADER = "PK\u0003\u0004"; // PKWARE APPNOTE 4.3.7
const EMPTY_ARCHIVE = "PK\u0005\u0006";

/** Reads 132 bytes. Throws what the disk says, as a DOMException. */
export async function natureOf(file: Blob, path: string): Promise<Nature> {
  if (file.size === 0) return "empty";
  const head = new Uint8Array(await file.slice(0, PREAMBLE + 4).arrayBuffer());
  const hasPrefix = textAt(head, PREAMBLE) === "DICM";
  if (/(^|[/!])DICOMDIR$/i.test(path)) return hasPrefix ? "dicomdir" : "other";
  if (hasPrefix) return "dicom";
  const magic = textAt(head, 0);
  if (magic === LOCAL_HEADER || magic === EMPTY_ARCHIVE) return "zip";
  return beginsAsDataSet(head) ? "dicom" : "other";
}

const textAt = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));

/** Files of old devices have no preamble: they begin with an element of group 2 or 8. The archive decides. */
function beginsAsDataSet([first, second]: Uint8Array): boolean {
  const little = second === 0 && (first === 2 || first === 8);
  return little || (first === 0 && (second === 2 || second === 8));
}
