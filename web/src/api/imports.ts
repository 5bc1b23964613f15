// Files from this machine to the archive, several in one request; each has its own answer.
import type { Caller } from "./caller";
import type { ImportedFile } from "./generated";
import { newId } from "./new-id";
import { Unexpected } from "./parse";

export class ImportClient {
  constructor(private readonly caller: Caller) {}

  /**
   * Sends files and tells what became of each, in their order. The browser reads them from the disk while they leave:
   * nothing is held whole. `onSent` is told how many bytes have left; they are not kept for that. Whatever is thrown,
   * nothing of it may be taken for kept.
   */
  async send(
    files: readonly Blob[],
    signal: AbortSignal,
    onSent: (bytes: number) => void,
  ): Promise<readonly ImportedFile[]> {
    const boundary = `kontor-${newId()}`;
    const head = `--${boundary}\r\ncontent-type: application/dicom\r\n\r\n`;
    const body = new Blob([...files.flatMap((file) => [head, file, "\r\n"]), `--${boundary}--\r\n`]);
    const type = `multipart/related; type="application/dicom"; boundary=${boundary}`;
    const answer = await this.caller.upload("POST /api/v1/imports", { body, onSent }, type, signal);
    if (answer.files.length !== files.length) throw new Unexpected("POST /api/v1/imports", "one answer a file");
    return answer.files;
  }
}
