// Supplemental palettes (PS3.3 C.7.6.23, clinical rule 42): grey below the first mapped value, colours from it on.
import { type Palette, paletteWord, readPalette } from "./colour";
import { type Dataset, textOf } from "./dataset";
import type { Shading } from "./grey";
import { isPadding } from "./padding";
import type { StoredValues } from "./pixels";
import { roundGrey } from "./rounding";
import { Tags } from "./tags";

const COLOURED: ReadonlySet<string> = new Set(["COLOR", "MIXED"]);

const known = new WeakMap<Dataset, Palette | null>();

/** `null` where Pixel Presentation asks for no colour, or the tables are missing. Read once for each object. */
export function supplementalPalette(dataset: Dataset): Palette | null {
  if (!COLOURED.has(textOf(dataset, Tags.PixelPresentation)?.toUpperCase() ?? "")) return null;
  const palette = known.get(dataset) ?? readPalette(dataset);
  known.set(dataset, palette);
  return palette;
}

/** Canvas words of a grey picture with its colours; the window moves the grey only. Padding is black. */
export function supplementedRgba(stored: StoredValues, shading: Shading, palette: Palette): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(stored.length);
  const colour = paletteWord(palette);
  const from = palette.red.firstMapped;
  for (let i = 0; i < stored.length; i++) {
    const value = stored[i] ?? 0;
    words[i] = value >= from && !isPadding(shading.padding, value) ? colour(value) : greyWord(levelOf(shading, value));
  }
  return new Uint8Array(words.buffer);
}

function levelOf(shading: Shading, stored: number): number {
  if (shading.kind === "table") return shading.rounded[stored - shading.low] ?? 0;
  return isPadding(shading.padding, stored) ? 0 : roundGrey(shading.grey(stored));
}

function greyWord(level: number): number {
  return (0xff000000 | (level << 16) | (level << 8) | level) >>> 0;
}
