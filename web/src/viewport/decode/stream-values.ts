// Stored values of a grey code stream: it knows its own sign, and a lossy one oscillates beyond the stored bits.
import { extractStoredValues, type PixelLayout, type StoredValues, storedRange } from "../../display";
import type { DecodedSamples } from "./picture";

export interface StreamValues {
  readonly values: StoredValues;
  /** The stream's sign contradicts Pixel Representation, or its values do not fit into Bits Stored (clinical rule 10). */
  readonly headerConflict: boolean;
  /** The header was followed against the stream. */
  readonly byHeader: boolean;
}

/** `layout`: with the high bit of the stream, whose samples lie in the low bits. */
export function streamValues({ words, isSigned }: DecodedSamples, layout: PixelLayout, lossy: boolean): StreamValues {
  if (isSigned === true) return signedValues(words, layout, lossy);
  const ended = lossy && !layout.signed ? withoutOvershoot(words, layout) : words;
  const headerConflict = isSigned === false && layout.signed && beginsAgainBelowZero(words, layout);
  return { values: extractStoredValues(ended, layout), headerConflict, byHeader: headerConflict };
}

/** Whether unsigned samples reach what the header's sign makes negative. */
function beginsAgainBelowZero(words: DecodedSamples["words"], { bitsStored }: PixelLayout): boolean {
  const half = 2 ** (bitsStored - 1);
  return words.some((word) => word >= half);
}

/** Values above the stored bits are overshoot, not foreign bits: masked, they would begin again at 0. */
export function withoutOvershoot(words: DecodedSamples["words"], layout: PixelLayout): DecodedSamples["words"] {
  if (layout.bitsStored >= 8 * words.BYTES_PER_ELEMENT) return words;
  const largest = 2 ** layout.bitsStored - 1;
  const ended = words.slice();
  for (let i = 0; i < ended.length; i++) if ((ended[i] ?? 0) > largest) ended[i] = largest;
  return ended;
}

/** The code stream is followed; where the header agrees on the sign, overshoot ends at the header's range. */
function signedValues(words: DecodedSamples["words"], layout: PixelLayout, lossy: boolean): StreamValues {
  const samples = words instanceof Uint8Array ? new Int8Array(words.buffer) : new Int16Array(words.buffer);
  const values = new Int16Array(words.length);
  const { low, high } = storedRange({ ...layout, signed: true }) ?? { low: -32768, high: 32767 };
  const ends = lossy && layout.signed;
  let outside = false;
  for (let i = 0; i < values.length; i++) {
    const value = samples[i] ?? 0;
    const inside = Math.min(Math.max(value, low), high);
    outside ||= value !== inside;
    values[i] = ends ? inside : value;
  }
  return { values, headerConflict: !layout.signed || (outside && !ends), byHeader: false };
}
