// Which codec a transfer syntax needs (PS3.5 annex A, PS3.6 annex A), and which of them the browser has.

export type CodecName =
  | "raw"
  | "raw-big-endian"
  | "deflated-frame"
  | "rle"
  | "jpeg"
  | "jpeg-lossless"
  | "jpeg-ls"
  | "jpeg2000"
  | "htj2k"
  | "jpeg-xl";

const CODECS: Readonly<Record<string, CodecName>> = {
  "1.2.840.10008.1.2": "raw",
  "1.2.840.10008.1.2.1": "raw",
  "1.2.840.10008.1.2.1.98": "raw",
  // The data set was deflated as a whole; its frames are handed out inflated.
  "1.2.840.10008.1.2.1.99": "raw",
  "1.2.840.113619.5.2": "raw-big-endian",
  "1.2.840.10008.1.2.2": "raw-big-endian",
  "1.2.840.10008.1.2.8.1": "deflated-frame",
  "1.2.840.10008.1.2.5": "rle",
  "1.2.840.10008.1.2.4.50": "jpeg",
  // Extended: 8 bit as baseline; 12 bit is found in the stream and left to the server.
  "1.2.840.10008.1.2.4.51": "jpeg",
  "1.2.840.10008.1.2.4.57": "jpeg-lossless",
  "1.2.840.10008.1.2.4.70": "jpeg-lossless",
  "1.2.840.10008.1.2.4.80": "jpeg-ls",
  "1.2.840.10008.1.2.4.81": "jpeg-ls",
  "1.2.840.10008.1.2.4.90": "jpeg2000",
  "1.2.840.10008.1.2.4.91": "jpeg2000",
  "1.2.840.10008.1.2.4.201": "htj2k",
  "1.2.840.10008.1.2.4.202": "htj2k",
  "1.2.840.10008.1.2.4.203": "htj2k",
  "1.2.840.10008.1.2.4.110": "jpeg-xl",
  "1.2.840.10008.1.2.4.111": "jpeg-xl",
  "1.2.840.10008.1.2.4.112": "jpeg-xl",
};

/** Streams that may have lost information: their values may lie beyond those that went in. */
const LOSSY: ReadonlySet<string> = new Set(
  ["50", "51", "81", "91", "203", "111", "112"].map((end) => `1.2.840.10008.1.2.4.${end}`),
);

export function isLossy(transferSyntax: string): boolean {
  return LOSSY.has(transferSyntax);
}

/** `null`: not in the browser (video, JPIP, JPEG spectral selection and other retired forms). */
export function codecOf(transferSyntax: string): CodecName | null {
  return CODECS[transferSyntax] ?? null;
}
