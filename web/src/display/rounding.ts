// The only rounding of the pipelines, for grey and for colour, and of the levels that headers name.

/**
 * What is left of an exact half after decimals of the header (slope 0.1, centre 0.6) went through binary fractions: a
 * half stays a half. Far below what a level differs by.
 */
const HALF_SLACK = 1e-9;

/** Half up. */
export function roundGrey(grey: number): number {
  return Math.floor(grey + 0.5 + HALF_SLACK);
}

const LARGEST_P_VALUE = 65535;
const WHITE = 255;

/** The level of a P-value of 16 bits, as shutters and graphic layers name it (PS3.3 C.7.6.11, C.10.7); exact in whole numbers. */
export function levelOfPValue(value: number): number {
  const within = Math.min(Math.max(value, 0), LARGEST_P_VALUE);
  return Math.floor((2 * WHITE * within + LARGEST_P_VALUE) / (2 * LARGEST_P_VALUE));
}
