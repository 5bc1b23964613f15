// Facts of the header as a reader sees them: names, dates, ages, numbers. Missing values are `null` and leave their line out.
import type { PersonName } from "./dataset";

export type Language = "de" | "en";

const MINUS = "−";
const THIN_SPACE = " ";
const ENGLISH_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** Below this age in months, children's ages are given in months. */
const AGE_IN_MONTHS_BELOW = 24;

/** `Muster, Anna`; another script in brackets behind it. Components are family, given, middle, prefix, suffix (PS3.5 6.2.1.1). */
export function nameText(name: PersonName | null): string | null {
  if (name === null) return null;
  const alphabetic = joined(name.alphabetic);
  const ideographic = joined(name.ideographic);
  if (alphabetic === "") return ideographic === "" ? null : ideographic;
  return ideographic === "" ? alphabetic : `${alphabetic} (${ideographic})`;
}

function joined(group: string): string {
  const [family = "", given = "", middle = "", prefix = "", suffix = ""] = group.split("^").map((part) => part.trim());
  const rest = [prefix, given, middle, suffix].filter((part) => part !== "").join(" ");
  return [family, rest].filter((part) => part !== "").join(", ");
}

interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** DA `YYYYMMDD`, also the old `YYYY.MM.DD` (PS3.5 6.2). */
function parseDate(text: string): CalendarDate | null {
  const match = /^(\d{4})[.-]?(\d{2})[.-]?(\d{2})$/.exec(text.trim());
  if (match === null) return null;
  const [year, month, day] = match.slice(1).map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  return month < 1 || month > 12 || day < 1 || day > 31 ? null : { year, month, day };
}

/** `24.11.2026`, `24 Nov 2026`; what is no date is shown as it was written. */
export function dateText(text: string | null, language: Language): string | null {
  if (text === null) return null;
  const date = parseDate(text);
  if (date === null) return text;
  const day = String(date.day).padStart(2, "0");
  if (language === "en") return `${date.day} ${ENGLISH_MONTHS[date.month - 1]} ${date.year}`;
  return `${day}.${String(date.month).padStart(2, "0")}.${date.year}`;
}

/** TM `HHMMSS.FFFFFF` → `08:12`. */
export function timeText(text: string | null): string | null {
  const match = text === null ? null : /^(\d{2}):?(\d{2})/.exec(text.trim());
  return match === null ? text : `${match[1]}:${match[2]}`;
}

/** Age in full months at a day; `null` when a date is missing, unreadable or in the wrong order. */
export function ageInMonths(birth: string | null, at: string | null): number | null {
  const from = birth === null ? null : parseDate(birth);
  const to = at === null ? null : parseDate(at);
  if (from === null || to === null) return null;
  const months = (to.year - from.year) * 12 + to.month - from.month - (to.day < from.day ? 1 : 0);
  return months < 0 ? null : months;
}

/** `65 J.`, `14 Mon.`; English `65 y`, `14 mo`. */
export function ageText(months: number | null, language: Language): string | null {
  if (months === null) return null;
  if (months < AGE_IN_MONTHS_BELOW) return `${months} ${language === "de" ? "Mon." : "mo"}`;
  return `${Math.floor(months / 12)} ${language === "de" ? "J." : "y"}`;
}

/** Real minus, decimal sign of the language, thin space from five digits on. */
export function numberText(value: number, language: Language, decimals = 0): string {
  const [whole = "0", fraction] = Math.abs(value).toFixed(decimals).split(".");
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE) : whole;
  const digits = fraction === undefined ? grouped : `${grouped}${language === "de" ? "," : "."}${fraction}`;
  const negative = value < 0 && Number(Math.abs(value).toFixed(decimals)) !== 0;
  return negative ? MINUS + digits : digits;
}

/** As many decimals as the number needs, up to `most`. */
export function shortNumberText(value: number, language: Language, most: number): string {
  const decimals = [...Array(most).keys()].find((count) => Math.abs(value - Number(value.toFixed(count))) < 1e-9);
  return numberText(value, language, decimals ?? most);
}
