// Dates and times of a header as seconds of one scale, that of the clock at the scanner (PS3.5 6.2: DA, TM, DT).

const DAY_S = 86_400;

/** Seconds since 1970 of a DA and a TM, `null` when either cannot be read. */
export function momentOf(date: string | null, time: string | null): number | null {
  const day = dayOf(date);
  const clock = clockOf(time);
  return day === null || clock === null ? null : day + clock;
}

/**
 * Of a DT; one without a time of day is not exact enough to be a moment. `zone`: what Timezone Offset From UTC (0008,0201)
 * says of the header's other times, seconds, `null` where it says nothing: then a DT with an offset of its own is on no known
 * scale, and is `null`.
 */
export function momentOfDateTime(text: string | null, zone: number | null): number | null {
  const parts = /^(\d{8})(\d{4}[\d.]*)([+-]\d{4})?$/.exec(text ?? "");
  const moment = parts === null ? null : momentOf(parts[1] ?? null, parts[2] ?? null);
  const offset = parts?.[3];
  if (moment === null || offset === undefined) return moment;
  const from = zoneOf(offset);
  return from === null || zone === null ? null : moment - from + zone;
}

/** Seconds of an offset from UTC such as `-0330`; it has at most 14 hours. */
export function zoneOf(text: string | null): number | null {
  const parts = /^([+-])(\d{2})([0-5]\d)$/.exec(text ?? "");
  if (parts === null) return null;
  const seconds = Number(parts[2]) * 3600 + Number(parts[3]) * 60;
  if (seconds > 14 * 3600) return null;
  return parts[1] === "-" ? -seconds : seconds;
}

/** Seconds of the day of a TM such as `093200.5`; minutes and seconds may be left out. */
export function clockOf(time: string | null): number | null {
  const parts = /^(\d{2})(\d{2})?(\d{2}(?:\.\d{1,6})?)?$/.exec(time ?? "");
  if (parts === null) return null;
  const [hours, minutes, seconds] = [1, 2, 3].map((index) => Number(parts[index] ?? 0)) as [number, number, number];
  return hours < 24 && minutes < 60 && seconds < 61 ? hours * 3600 + minutes * 60 + seconds : null;
}

/** Seconds between two clocks of which only the second has a date: a first one that is later was the day before. */
export function sinceClock(earlier: number, moment: number): number {
  const passed = (((moment % DAY_S) + DAY_S) % DAY_S) - earlier;
  return passed < 0 ? passed + DAY_S : passed;
}

function dayOf(date: string | null): number | null {
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(date ?? "");
  if (parts === null) return null;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const at = Date.UTC(year, month - 1, day);
  return new Date(at).getUTCDate() === day && month <= 12 ? at / 1000 : null;
}
