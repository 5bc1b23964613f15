// How curves are drawn: paper speed, gain, and which samples a stretch of paper shows. Lengths are millimetres of paper.
import type { Channel } from "./waveform";

export interface Paper {
  /** Usually 25 mm/s (AHA/ACC/HRS 2007). */
  readonly millimetresPerSecond: number;
  /** Usually 10 mm/mV. */
  readonly millimetresPerMillivolt: number;
}

export const STANDARD_PAPER: Paper = { millimetresPerSecond: 25, millimetresPerMillivolt: 10 };

/** Volts of a unit, UCUM's letters; `null`: no voltage. */
const MILLIVOLTS: Readonly<Record<string, number>> = { uV: 1e-3, μV: 1e-3, µV: 1e-3, mV: 1, V: 1e3, nV: 1e-6 };

export interface Gain {
  /** Millimetres of paper for one of the channel's units. */
  readonly millimetresPerUnit: number;
  /** Whether the gain is the paper's, of 10 mm/mV; else it was chosen so that the curve fits. */
  readonly standard: boolean;
}

/** Room that a curve without a standard gain is fitted into. */
const FITTED_MILLIMETRES = 20;
const STEPS: readonly number[] = [1, 2, 5];

/** The gain of a channel: the paper's where its unit is a voltage, else a round one that fits its values. */
export function gainOf({ unit }: Channel, values: Float32Array, paper: Paper): Gain {
  const millivolts = MILLIVOLTS[unit];
  if (millivolts !== undefined)
    return { millimetresPerUnit: millivolts * paper.millimetresPerMillivolt, standard: true };
  const { least, most } = rangeOf(values);
  const span = most - least;
  if (!(span > 0)) return { millimetresPerUnit: 1, standard: false };
  return { millimetresPerUnit: roundBelow(FITTED_MILLIMETRES / span), standard: false };
}

/** The largest of 1, 2, 5 times a power of ten that is not above `value`. */
function roundBelow(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = STEPS.findLast((candidate) => candidate * power <= value) ?? 1;
  return step * power;
}

export function rangeOf(values: Float32Array): { readonly least: number; readonly most: number } {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return least <= most ? { least, most } : { least: 0, most: 0 };
}

/** Room below and above a curve's zero line, in millimetres, that takes all its values; at least five each. */
export function roomOf(values: Float32Array, gain: Gain): { readonly above: number; readonly below: number } {
  const { least, most } = rangeOf(values);
  const least5 = (millimetres: number): number => Math.min(ROOM_MAX, Math.max(5, Math.ceil(millimetres / 5) * 5));
  return { above: least5(most * gain.millimetresPerUnit), below: least5(-least * gain.millimetresPerUnit) };
}

/** An artefact of a loose electrode must not push the other leads off the paper: it is cut at this height. */
const ROOM_MAX = 60;

export interface Stretch {
  readonly hertz: number;
  readonly delay: number;
  readonly millimetresPerSecond: number;
}

/**
 * Least and most of the values in each column of `width` millimetres from `from` on: `columns` pairs, NaN where there is
 * nothing. A column without a sample of its own is left empty; whoever draws joins its neighbours.
 */
export function columnExtremes(
  values: Float32Array,
  { hertz, delay, millimetresPerSecond }: Stretch,
  from: number,
  width: number,
  columns: number,
): Float32Array {
  const extremes = new Float32Array(columns * 2).fill(Number.NaN);
  const sampleAt = (millimetres: number): number => (millimetres / millimetresPerSecond - delay) * hertz;
  const first = Math.max(0, Math.ceil(sampleAt(from)));
  const last = Math.min(values.length, Math.ceil(sampleAt(from + width * columns)));
  for (let sample = first; sample < last; sample += 1) {
    const value = values[sample] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const at = (sample / hertz + delay) * millimetresPerSecond;
    const column = Math.min(columns - 1, Math.floor((at - from) / width + 1e-9));
    const least = extremes[column * 2] ?? Number.NaN;
    const most = extremes[column * 2 + 1] ?? Number.NaN;
    if (!(least <= value)) extremes[column * 2] = value;
    if (!(most >= value)) extremes[column * 2 + 1] = value;
  }
  return extremes;
}
