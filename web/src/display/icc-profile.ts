// ICC profiles of colour images (0028,2000): matrix profiles, which cameras and scanners have, to sRGB (ICC.1:2010 annex F.3).

/** RGBA in place; `null`: the profile says sRGB, and nothing is to be done. */
export type ColourConversion = ((rgba: Uint8Array) => void) | null;

type Curve = (value: number) => number;

/** Linear sRGB from the profile connection space: XYZ of D50, adapted by Bradford (IEC 61966-2-1). */
const FROM_XYZ = [3.1338561, -1.6168667, -0.4906146, -0.9787684, 1.9161415, 0.033454, 0.0719453, -0.2289914, 1.4052427];
const WHITE = 255;
/** Colours that are tried to tell whether a profile is sRGB by another name. */
const PROBES = [0, 37, 74, 111, 148, 185, 222, 255];

const srgbDecoded: Curve = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
/** Linear value from which on a level is the next one. */
const NEXT_LEVEL = Float64Array.from({ length: 256 }, (_, level) => srgbDecoded((level + 0.5) / WHITE));
/** Where to begin to look for the level of a linear value. */
const GUESSES = Uint8Array.from({ length: 4097 }, (_, index) => NEXT_LEVEL.findIndex((next) => index / 4096 < next));

/** Throws `RangeError` for what is no matrix profile of RGB, or cannot be read. */
export function colourConversion(profile: Uint8Array): ColourConversion {
  const view = new DataView(profile.buffer, profile.byteOffset, profile.byteLength);
  const tags = tagsOf(view);
  // A table to the connection space takes precedence over the matrix.
  if (textAt(view, 16) !== "RGB " || textAt(view, 20) !== "XYZ " || tags.has("A2B0")) throw new RangeError("no matrix");
  const columns = ["rXYZ", "gXYZ", "bXYZ"].map((name) =>
    [0, 1, 2].map((i) => fixedAt(view, at(tags, name) + 8 + 4 * i)),
  );
  const curves = ["rTRC", "gTRC", "bTRC"].map((name) => {
    const curve = curveAt(view, at(tags, name));
    return Float64Array.from({ length: 256 }, (_, level) => curve(level / WHITE));
  });
  const matrix = [0, 1, 2].flatMap((row) =>
    columns.map((column) => [0, 1, 2].reduce((sum, i) => sum + (FROM_XYZ[3 * row + i] ?? 0) * (column[i] ?? 0), 0)),
  );
  const convert = (rgba: Uint8Array): void => convertAll(rgba, curves, matrix);
  return isUnchanged(convert) ? null : convert;
}

function convertAll(rgba: Uint8Array, [red, green, blue]: readonly Float64Array[], m: readonly number[]): void {
  for (let i = 0; i < rgba.length; i += 4) {
    const r = red?.[rgba[i] ?? 0] ?? 0;
    const g = green?.[rgba[i + 1] ?? 0] ?? 0;
    const b = blue?.[rgba[i + 2] ?? 0] ?? 0;
    for (let channel = 0; channel < 3; channel++)
      rgba[i + channel] = encoded(
        (m[3 * channel] ?? 0) * r + (m[3 * channel + 1] ?? 0) * g + (m[3 * channel + 2] ?? 0) * b,
      );
  }
}

/** The level whose sRGB is nearest. */
function encoded(linear: number): number {
  const inside = Math.min(Math.max(linear, 0), 1);
  let level = GUESSES[Math.floor(inside * 4096)] ?? 0;
  while (level < WHITE && inside >= (NEXT_LEVEL[level] ?? 1)) level += 1;
  return level;
}

function isUnchanged(convert: (rgba: Uint8Array) => void): boolean {
  const probes = Uint8Array.from(PROBES.flatMap((r) => PROBES.flatMap((g) => PROBES.flatMap((b) => [r, g, b, WHITE]))));
  const converted = probes.slice();
  convert(converted);
  return converted.every((level, index) => Math.abs(level - (probes[index] ?? 0)) <= 1);
}

function tagsOf(view: DataView): ReadonlyMap<string, number> {
  const count = view.getUint32(128);
  return new Map(
    Array.from({ length: Math.min(count, 100) }, (_, index) => {
      const entry = 132 + 12 * index;
      return [textAt(view, entry), view.getUint32(entry + 4)] as const;
    }),
  );
}

function at(tags: ReadonlyMap<string, number>, name: string): number {
  const offset = tags.get(name);
  if (offset === undefined) throw new RangeError(`no ${name}`);
  return offset;
}

function textAt(view: DataView, offset: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(offset + i)));
}

function fixedAt(view: DataView, offset: number): number {
  return view.getInt32(offset) / 65536;
}

/** ICC.1:2010 10.5 and 10.15: a gamma, a table, or one of five formulas. */
function curveAt(view: DataView, offset: number): Curve {
  const kind = textAt(view, offset);
  if (kind === "para") return formulaAt(view, offset);
  if (kind !== "curv") throw new RangeError(`curve ${kind}`);
  const count = view.getUint32(offset + 8);
  if (count === 0) return (value) => value;
  if (count === 1) return (value) => value ** (view.getUint16(offset + 12) / 256);
  const entry = (index: number): number => view.getUint16(offset + 12 + 2 * Math.min(index, count - 1)) / 65535;
  return (value) => {
    const place = value * (count - 1);
    const below = Math.floor(place);
    return entry(below) + (entry(below + 1) - entry(below)) * (place - below);
  };
}

const PARAMETERS = [1, 3, 4, 5, 7];

function formulaAt(view: DataView, offset: number): Curve {
  const kind = view.getUint16(offset + 8);
  const count = PARAMETERS[kind];
  if (count === undefined) throw new RangeError(`formula ${kind}`);
  const [g = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = Array.from({ length: count }, (_, i) =>
    fixedAt(view, offset + 12 + 4 * i),
  );
  if (kind === 0) return (x) => x ** g;
  if (kind === 1) return (x) => (x >= -b / a ? (a * x + b) ** g : 0);
  if (kind === 2) return (x) => (x >= -b / a ? (a * x + b) ** g + c : c);
  return (x) => (x >= d ? (a * x + b) ** g + (kind === 4 ? e : 0) : c * x + (kind === 4 ? f : 0));
}
