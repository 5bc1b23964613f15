// The only rounding of the pipelines, for grey and for colour.

/**
 * What is left of an exact half after decimals of the header (slope 0.1, centre 0.6) went through binary fractions: a
 * half stays a half. Far below what a level differs by.
 */
const HALF_SLACK = 1e-9;

/** Half up. */
export function roundGrey(grey: number): number {
  return Math.floor(grey + 0.5 + HALF_SLACK);
}
