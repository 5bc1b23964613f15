// Colour pixels to RGBA for the canvas (PS3.3 C.7.6.3.1.2): planar order, YBR, palette. Converted exactly once, before any interpolation.
import { type Dataset, numberOf } from "./dataset";
import { type Lookup, largestEntry, lookUp, readTable } from "./lookup";
import type { PixelLayout, StoredValues } from "./pixels";
import { Tags } from "./tags";

/** What the samples mean as they leave the decoder; a codec that undoes YBR itself returns "rgb". */
export type ColourSpace = "rgb" | "ybr-full" | "ybr-422";

export interface Palette {
  readonly red: Lookup;
  readonly green: Lookup;
  readonly blue: Lookup;
}

const OPAQUE = 255;

/** Uncompressed and RLE data stay in the stored space (clinical rule 45). */
export function storedColourSpace(photometric: string, encapsulated: boolean): ColourSpace {
  if (photometric === "YBR_FULL") return "ybr-full";
  if (photometric === "YBR_FULL_422") return encapsulated ? "ybr-full" : "ybr-422";
  return "rgb";
}

/** `null` when a table is missing, cannot be read, or was left out of the header. */
export function readPalette(dataset: Dataset): Palette | null {
  const signed = numberOf(dataset, Tags.PixelRepresentation) === 1;
  const table = (descriptor: string, data: string, segments: string): Lookup | null =>
    readTable(dataset, descriptor, data, signed, segments);
  const red = table(Tags.RedPaletteDescriptor, Tags.RedPaletteData, Tags.SegmentedRedPaletteData);
  const green = table(Tags.GreenPaletteDescriptor, Tags.GreenPaletteData, Tags.SegmentedGreenPaletteData);
  const blue = table(Tags.BluePaletteDescriptor, Tags.BluePaletteData, Tags.SegmentedBluePaletteData);
  return red === null || green === null || blue === null ? null : { red, green, blue };
}

/**
 * Index → colour; entries of 16 bits give their high byte. No rescale, no window. Tables of 16 bits that hold bytes
 * occur: only the entries of all three together tell (clinical rule 41).
 */
export function paletteToRgba(indices: StoredValues, palette: Palette): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(indices.length);
  const word = paletteWord(palette);
  for (let i = 0; i < indices.length; i++) words[i] = word(indices[i] ?? 0);
  return new Uint8Array(words.buffer);
}

/** An index as a canvas word: opaque, red in the lowest byte. */
export function paletteWord({ red, green, blue }: Palette): (index: number) => number {
  const shift = [red, green, blue].some(({ entries }) => largestEntry(entries) > 255) ? 8 : 0;
  const level = (lut: Lookup, index: number): number => lookUp(lut, index) >> shift;
  return (index) =>
    ((OPAQUE << 24) | (level(blue, index) << 16) | (level(green, index) << 8) | level(red, index)) >>> 0;
}

/** Samples by pixel or by plane → RGBA: the upper eight of the stored bits; narrower ones are stretched. */
export function samplesToRgba(
  samples: StoredValues,
  layout: PixelLayout,
  planar: boolean,
  space: ColourSpace,
): Uint8Array<ArrayBuffer> {
  const pixels = layout.rows * layout.columns;
  const rgba = new Uint8Array(4 * pixels);
  const next = planar ? pixels : 1;
  const step = planar ? 1 : layout.samples;
  const level = sampleLevel(layout);
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let channel = 0; channel < 3; channel++)
      rgba[4 * pixel + channel] = level(samples[pixel * step + channel * next] ?? 0);
    rgba[4 * pixel + 3] = OPAQUE;
  }
  if (space === "ybr-full") ybrToRgb(rgba);
  return rgba;
}

/** Colour is unsigned, whatever the header or a codec declares (clinical rule 10). */
function sampleLevel({ bitsStored, highBit }: PixelLayout): (word: number) => number {
  const low = highBit - bitsStored + 1;
  const largest = 2 ** bitsStored - 1;
  if (bitsStored < 8) return (word) => Math.floor((((word >>> low) & largest) * 255) / largest);
  const upper = highBit - 7;
  return (word) => (word >>> upper) & 255;
}

/** Native YBR_FULL_422: two pixels in four bytes Y1 Y2 Cb Cr (PS3.3 C.7.6.3.1.2). */
export function ybr422ToRgba(samples: StoredValues, layout: PixelLayout): Uint8Array<ArrayBuffer> {
  const pixels = layout.rows * layout.columns;
  const rgba = new Uint8Array(4 * pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const pair = 4 * (pixel >> 1);
    rgba[4 * pixel] = samples[pair + (pixel & 1)] ?? 0;
    rgba[4 * pixel + 1] = samples[pair + 2] ?? 0;
    rgba[4 * pixel + 2] = samples[pair + 3] ?? 0;
    rgba[4 * pixel + 3] = OPAQUE;
  }
  ybrToRgb(rgba);
  return rgba;
}

/** PS3.3 C.7.6.3.1.2, YBR_FULL, in place. */
function ybrToRgb(rgba: Uint8Array): void {
  for (let i = 0; i < rgba.length; i += 4) {
    const luma = rgba[i] ?? 0;
    const blue = (rgba[i + 1] ?? 0) - 128;
    const red = (rgba[i + 2] ?? 0) - 128;
    rgba[i] = toByte(luma + 1.402 * red);
    rgba[i + 1] = toByte(luma - 0.344136 * blue - 0.714136 * red);
    rgba[i + 2] = toByte(luma + 1.772 * blue);
  }
}

function toByte(value: number): number {
  return Math.min(Math.max(Math.round(value), 0), 255);
}
