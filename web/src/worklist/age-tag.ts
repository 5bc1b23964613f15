// How far another study lies from the one being read, as its tag says it (look 5): days, weeks, months, years. Pure.
import type { WordKey } from "../locale";

export interface Distance {
  readonly word: WordKey;
  readonly n: number;
}

const DAY_MS = 86_400_000;
const dayNumber = (da: string): number | null => {
  const parts = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(da.trim());
  return parts === null ? null : Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])) / DAY_MS;
};

/** Between two dates as DICOM writes them; null where one of them is none. */
export function distanceOf(study: string, current: string): Distance | null {
  const [from, until] = [dayNumber(study), dayNumber(current)];
  if (from === null || until === null) return null;
  const days = Math.abs(until - from);
  const when = until >= from ? "before" : "after";
  if (days === 0) return { word: "timeline.sameDay", n: 0 };
  if (days < 14) return { word: `timeline.${when}.days`, n: days };
  if (days < 9 * 7) return { word: `timeline.${when}.weeks`, n: Math.floor(days / 7) };
  const months = wholeMonths(...(until >= from ? ([study, current] as const) : ([current, study] as const)));
  if (months < 24) return { word: `timeline.${when}.months`, n: Math.max(1, months) };
  return { word: `timeline.${when}.years`, n: Math.floor(months / 12) };
}

function wholeMonths(first: string, last: string): number {
  const [a, b] = [first, last].map((da) => da.replaceAll(".", "").trim());
  if (a === undefined || b === undefined) return 0;
  const months = (Number(b.slice(0, 4)) - Number(a.slice(0, 4))) * 12 + Number(b.slice(4, 6)) - Number(a.slice(4, 6));
  return months - (Number(b.slice(6, 8)) < Number(a.slice(6, 8)) ? 1 : 0);
}
