// Pieces of the texts over a picture: numbers with their units, and what is missing left out without a trace.
import type { Words } from "../locale";

const SEPARATOR = " · ";

export function joined(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== "").join(SEPARATOR);
}

/** As many decimals as the number needs, `most` at most. */
export function shortNumber(value: number, { formats }: Words, most = 2): string {
  const decimals = [0, 1].find((digits) => Math.abs(value - Number(value.toFixed(digits))) < 1e-6) ?? 2;
  return formats.numeral(value, Math.min(decimals, most));
}

export function measure(value: number | null, unit: string, words: Words, before = ""): string {
  return value === null ? "" : `${before}${shortNumber(value, words)} ${unit}`;
}
