// Files and archives made for tests of uploading.
import { deflateRawSync } from "node:zlib";
import type { ImportedFile } from "../../src/api";

/** A file that looks like DICOM to the client; its text tells it apart. */
export const dicom = (name: string, text = name, bytes = 0): File =>
  new File([new Uint8Array(128), "DICM", text, new Uint8Array(bytes)], name);

export const answer = (outcome: ImportedFile["outcome"], code = ""): ImportedFile => ({
  outcome,
  code,
  study_instance_uid: outcome === "refused" ? "" : "1.2.3",
});

export interface Member {
  readonly name: string;
  readonly data: Uint8Array;
  readonly deflated?: boolean;
  /** What the directory says of its length, where it lies. */
  readonly says?: number;
  readonly flags?: number;
  readonly method?: number;
}

const number = (bytes: number, value: number): Uint8Array<ArrayBuffer> => {
  const made = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += 1) made[at] = Math.floor(value / 256 ** at) % 256;
  return made;
};

/** An archive as PKWARE APPNOTE 4.3 says, without checksums: nobody here reads them. */
export function zip(members: readonly Member[], name = "disc.zip"): File {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let at = 0;
  const text = new TextEncoder();
  for (const one of members) {
    const label = new Uint8Array(text.encode(one.name));
    const data = new Uint8Array(one.deflated === true ? deflateRawSync(one.data) : one.data);
    const method = one.method ?? (one.deflated === true ? 8 : 0);
    const facts = [
      number(2, (one.flags ?? 0) | 0x0800),
      number(2, method),
      number(8, 0),
      number(4, data.length),
      number(4, one.says ?? one.data.length),
      number(2, label.length),
      number(2, 0),
    ];
    const local = [number(4, 0x04034b50), number(2, 20), ...facts, label, data];
    directory.push(number(4, 0x02014b50), number(2, 20), number(2, 20), ...facts, number(10, 0), number(4, at), label);
    parts.push(...local);
    at += local.reduce((sum, part) => sum + part.length, 0);
  }
  const length = directory.reduce((sum, part) => sum + part.length, 0);
  const end = [number(4, 0x06054b50), number(4, 0), number(2, members.length), number(2, members.length)];
  return new File([...parts, ...directory, ...end, number(4, length), number(4, at), number(2, 0)], name);
}

export const bytesOf = async (blob: Blob): Promise<Uint8Array> => new Uint8Array(await blob.arrayBuffer());
