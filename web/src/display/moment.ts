// Dates and times of a header as seconds of one local scale (PS3.5 6.2: DA, TM, DT); offsets are left out, as both ends have the same.

const DAY_S = 86_400;

/** Seconds since 1970 of a DA and a TM, `null` when either cannot be read. */
export function momentOf(date: string | null, time: string | null): number | null {
  const day = dayOf(date);
  const clock = clockOf(time);
  return day === null || clock === null ? null : day + clock;
}

/** Of a DT; one without a time of day is not exact enough to be a moment. */
export function momentOfDateTime(text: string | null): number | null {
  const plain = text?.replace(/[+-]\d{4}$/, "") ?? "";
  return plain.length < 12 ? null : momentOf(plain.slice(0, 8), plain.slice(8));
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
