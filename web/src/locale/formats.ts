// Dates, numbers and names as the reader's language writes them (look 8). DICOM texts come as they were sent.
import type { Language } from "./words";

const THIN_SPACE = "\u202f";
const MINUS = "\u2212";

export interface Formats {
  /** 1 284; thin space for thousands, real minus. */
  numeral(value: number, digits?: number): string;
  /** 321,5 of the decimal text `321.5` (DICOM VR DS): its digits as they were sent, the mark as the reader writes it. */
  decimal(text: string): string;
  /** 1,2 GB of a count of bytes. */
  bytes(value: number): string;
  /** 24.11.2026 of `20261124`; what is no date comes back as it was. */
  date(da: string): string;
  /** 24.11.2026, November 2026 or 2026 of `20261124`, `202611` or `2026`; what is none of them comes back as it was. */
  span(da: string): string;
  /** 08:12 of `081205.123`. */
  time(tm: string): string;
  /** Date of an instant in ISO 8601, in the reader's zone. */
  day(iso: string): string;
  /** 08:12 of an instant, in the reader's zone. */
  clock(iso: string): string;
  clockWithSeconds(iso: string): string;
  /** Time alone where it was today; day and month with it in the same year; else the whole date. */
  moment(iso: string, now: Date): string;
  /** 65 J. (under two years: 14 Mon.) of a birth date on a day, both as DICOM writes them; empty where unknown. */
  age(birth: string, on: string): string;
  /** 65 (under two years: 14 Mon.) for a column headed as age. */
  ageInColumn(birth: string, on: string): string;
  /** m, w, d of a DICOM sex; empty where unknown. */
  sex(code: string): string;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const SEX: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  de: { M: "m", F: "w", O: "d" },
  en: { M: "m", F: "f", O: "o" },
};

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** A DICOM date (PS3.5 6.2, also the old form with dots), or null where the text is none. */
export function dayOf(da: string): Day | null {
  const match = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(da.trim());
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const real = new Date(Date.UTC(year, month - 1, day));
  return real.getUTCMonth() === month - 1 && real.getUTCDate() === day ? { year, month, day } : null;
}

export function dicomDate(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`;
}

/** `20261124` of what a person writes: 24.11.2026, 24 Nov 2026, 24.11.26, 2026-11-24, 24112026; null where that day does not exist. */
export function dateFromInput(text: string): string | null {
  const trimmed = text.trim();
  const iso = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(trimmed);
  const named = /^(\d{1,2}) ([a-z]{3})[a-z]* (\d{4})$/i.exec(trimmed);
  if (named !== null) {
    const month = MONTHS.findIndex((name) => name.toLowerCase() === named[2]?.toLowerCase()) + 1;
    return dateFromInput(`${named[1]}.${month}.${named[3]}`);
  }
  const local = /^(\d{1,2})[. ](\d{1,2})[. ](\d{2}|\d{4})$/.exec(trimmed);
  const parts = local === null ? [iso?.[1], iso?.[2], iso?.[3]] : [century(local[3] ?? ""), local[2], local[1]];
  const da = parts.map((part) => (part ?? "").padStart(2, "0")).join("");
  return dayOf(da) === null ? null : da;
}

const century = (year: string): string => (year.length === 2 ? `20${year}` : year);

/** Nobody got older than this: an older birth date is a placeholder, and a missing age is safer than a wrong one. */
const YEARS_MAX = 130;

function ageOf(birth: Day, on: Day): { readonly years: number; readonly months: number } {
  const months = (on.year - birth.year) * 12 + on.month - birth.month - (on.day < birth.day ? 1 : 0);
  return { years: Math.floor(months / 12), months };
}

const writeDay = (language: Language, { year, month, day }: Day): string =>
  language === "de"
    ? `${String(day).padStart(2, "0")}.${String(month).padStart(2, "0")}.${year}`
    : `${day} ${MONTHS[month - 1]} ${year}`;

/** A month is written out: beside days it must not be read as one. */
function writeMonth(language: Language, month: string): string {
  const at = dayOf(`${month}01`);
  if (at === null) return month;
  const date = new Date(Date.UTC(at.year, at.month - 1, 1));
  return new Intl.DateTimeFormat(language, { month: "long", year: "numeric", timeZone: "UTC" }).format(date);
}

const localDay = (date: Date): Day => ({ year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate() });

const DECIMAL = /^[+-]?\d*\.\d+([eE][+-]?\d+)?$/;
const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];

const NUMERALS = new Map<string, Intl.NumberFormat>();

/** Making a format costs a hundred times what using it does, and a list writes hundreds of numbers at once. */
function numeralsOf(language: Language, digits: number): Intl.NumberFormat {
  const key = `${language} ${digits}`;
  const kept =
    NUMERALS.get(key) ??
    new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  NUMERALS.set(key, kept);
  return kept;
}

function writeNumeral(language: Language, value: number, digits: number): string {
  return numeralsOf(language, digits)
    .formatToParts(value)
    .map(({ type, value: part }) => (type === "group" ? THIN_SPACE : type === "minusSign" ? MINUS : part))
    .join("");
}

function writeBytes(language: Language, value: number): string {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
  const scaled = value / 1000 ** power;
  return `${writeNumeral(language, scaled, power > 0 && scaled < 10 ? 1 : 0)} ${UNITS[power]}`;
}

function writeAge(language: Language, birth: string, on: string): string {
  const [from, until] = [dayOf(birth), dayOf(on)];
  if (from === null || until === null) return "";
  const { years, months } = ageOf(from, until);
  if (months < 0 || years > YEARS_MAX) return "";
  if (years < 2) return language === "de" ? `${months} Mon.` : `${months} mo`;
  return language === "de" ? `${years} J.` : `${years} y`;
}

const timeOfDay = (date: Date, seconds: boolean): string =>
  [date.getHours(), date.getMinutes(), ...(seconds ? [date.getSeconds()] : [])]
    .map((part) => String(part).padStart(2, "0"))
    .join(":");

function writeMoment(language: Language, at: Date, now: Date): string {
  const time = timeOfDay(at, false);
  if (dicomDate(at) === dicomDate(now)) return time;
  const day = writeDay(language, localDay(at));
  return `${at.getFullYear() === now.getFullYear() ? day.replace(/ ?\d{4}$/, "") : day} ${time}`;
}

export function formatsOf(language: Language): Formats {
  const day = (iso: string): string => writeDay(language, localDay(new Date(iso)));
  const clock = (iso: string): string => timeOfDay(new Date(iso), false);
  const date = (da: string): string => {
    const parsed = dayOf(da);
    return parsed === null ? da : writeDay(language, parsed);
  };
  return {
    numeral: (value, digits = 0) => writeNumeral(language, value, digits),
    decimal: (text) => (language === "de" && DECIMAL.test(text) ? text.replace(".", ",") : text),
    bytes: (value) => writeBytes(language, value),
    date,
    span: (da) => (/^\d{6}$/.test(da) ? writeMonth(language, da) : date(da)),
    time: (tm) => /^(\d{2}):?(\d{2})/.exec(tm.trim())?.slice(1, 3).join(":") ?? tm,
    day,
    clock,
    clockWithSeconds: (iso) => timeOfDay(new Date(iso), true),
    moment: (iso, now) => writeMoment(language, new Date(iso), now),
    ageInColumn: (birth, on) => writeAge(language, birth, on).replace(/ (J\.|y)$/, ""),
    age: (birth, on) => writeAge(language, birth, on),
    sex: (code) => SEX[language][code.trim().toUpperCase()] ?? "",
  };
}
