// The few facts of a JPEG stream that decide how it is decoded (ISO/IEC 10918-1 B.2).

export interface JpegHeader {
  readonly precision: number;
  /** A JFIF or Adobe segment says what the components mean. */
  readonly marksColour: boolean;
}

const JFIF = 0xffe0;
const ADOBE = 0xffee;
const START_OF_SCAN = 0xffda;
/** Start-of-frame markers, without DHT, JPG and DAC that lie between them. */
const isFrameStart = (marker: number): boolean =>
  marker >= 0xffc0 && marker <= 0xffcf && marker !== 0xffc4 && marker !== 0xffc8 && marker !== 0xffcc;

/** `null` where no frame header is found before the first scan. */
export function readJpegHeader(stream: Uint8Array): JpegHeader | null {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  let marksColour = false;
  let at = 2;
  while (at + 4 < stream.length) {
    const marker = view.getUint16(at);
    if (marker === 0xffff) {
      at += 1;
      continue;
    }
    if (marker === START_OF_SCAN || marker < 0xff01) return null;
    if (isFrameStart(marker)) return { precision: view.getUint8(at + 4), marksColour };
    if (marker === JFIF || marker === ADOBE) marksColour = true;
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** Adds an Adobe segment with transform 0 behind SOI: the components are RGB as they are. */
export function withAdobeRgbMarker(stream: Uint8Array): Uint8Array {
  const segment = [0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, 0];
  const marked = new Uint8Array(stream.length + segment.length);
  marked.set(stream.subarray(0, 2));
  marked.set(segment, 2);
  marked.set(stream.subarray(2), 2 + segment.length);
  return marked;
}
