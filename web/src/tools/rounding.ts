// How many digits a measure may have (clinical 3.5: 35): full precision is kept, and what is shown is never finer than half a pixel.

/** Half away from zero, of the number as it is written in decimals: 0.15 is 0.2, −2.5 is −3. */
export function rounded(value: number, decimals: number): number {
  if (!Number.isFinite(value)) return value;
  const result = shifted(Math.floor(shifted(Math.abs(value), decimals) + 0.5), -decimals);
  return value < 0 && result !== 0 ? -result : result;
}

/** Moves the decimal point in the shortest writing of a number, where a multiplication would add its own error. */
function shifted(value: number, by: number): number {
  const [digits = "0", exponent = "0"] = String(value).split("e");
  return Number(`${digits}e${Number(exponent) + by}`);
}

/** Tenths of a millimetre, or whole ones where half a pixel is as large as what a tenth would pretend. */
export function lengthDecimals(pixelSize: number): number {
  return pixelSize / 2 < 0.5 ? 1 : 0;
}

export interface Area {
  readonly value: number;
  readonly unit: "mm²" | "cm²";
  readonly decimals: number;
}

/** Whole square millimetres below 100, then tenths of a square centimetre; coarser where half a pixel is. */
export function shownArea(squareMillimetres: number, pixelArea: number): Area {
  const half = pixelArea / 2;
  if (half < 5 && rounded(squareMillimetres, 0) < 100) return { value: squareMillimetres, unit: "mm²", decimals: 0 };
  return { value: squareMillimetres / 100, unit: "cm²", decimals: half < 50 ? 1 : 0 };
}
