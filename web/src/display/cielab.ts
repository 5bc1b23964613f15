// Recommended colours of graphics (PS3.3 C.10.7.1.1): PCS values of CIELab at D50, in 16 bits each, as sRGB.

export type Rgb = readonly [red: number, green: number, blue: number];

/** White of the profile connection space (ICC.1, 7.2.16). */
const D50 = [0.9642, 1, 0.8249] as const;
/** D50 to linear sRGB, adapted by Bradford. */
const TO_SRGB = [
  [3.1338561, -1.6168667, -0.4906146],
  [-0.9787684, 1.9161415, 0.033454],
  [0.0719453, -0.2289914, 1.4052427],
] as const;
const LARGEST = 65535;

/** `null` for what is no triple. */
export function rgbOfCielab(values: readonly number[]): Rgb | null {
  const [l, a, b] = values;
  if (l === undefined || a === undefined || b === undefined) return null;
  const y = ((100 * l) / LARGEST + 16) / 116;
  const x = y + ((255 * a) / LARGEST - 128) / 500;
  const z = y - ((255 * b) / LARGEST - 128) / 200;
  const xyz = [x, y, z].map((part, index) => (D50[index] ?? 1) * inverse(part));
  const [red, green, blue] = TO_SRGB.map((row) =>
    companded(row.reduce((sum, factor, index) => sum + factor * (xyz[index] ?? 0), 0)),
  );
  return [red ?? 0, green ?? 0, blue ?? 0];
}

function inverse(part: number): number {
  return part > 6 / 29 ? part ** 3 : 3 * (6 / 29) ** 2 * (part - 4 / 29);
}

/** IEC 61966-2-1, to 0…255. */
function companded(linear: number): number {
  const within = Math.min(Math.max(linear, 0), 1);
  return Math.round(255 * (within <= 0.0031308 ? 12.92 * within : 1.055 * within ** (1 / 2.4) - 0.055));
}
