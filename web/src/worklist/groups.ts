// Days, months or years as groups of the list: a line above the first row of each. Pages come in their order and are never asked again within
// an edition, so that a line stands where it was put first: what is loaded later only adds lines below.
import { useRef } from "react";
import type { StudyRow } from "../api";
import { dicomDate } from "../locale";
import type { Filter } from "./filter";
import { PAGE_ROWS } from "./study-pages";

export interface Group {
  /** The first row of the group. */
  readonly row: number;
  /** A day as DICOM writes it, or the beginning of one: a month, a year; '' where a row has none. */
  readonly span: string;
}

export interface Grouping {
  readonly day: (row: StudyRow) => string;
  /** How long the spans may be, in letters of a DICOM date, the finest first: 8 a day, 6 a month, 4 a year. */
  readonly spans: readonly number[];
}

/** How a list is grouped, or null where its order has no days. */
export function groupingOf(filter: Filter): Grouping | null {
  // Studies of many years rarely share a day; what arrives, does.
  if (filter.sort === "study_date") return { day: (row) => row.study_date.replaceAll(".", ""), spans: [8, 6, 4] };
  if (filter.sort === "received") return { day: (row) => dicomDate(new Date(row.first_received_at)), spans: [8] };
  return null;
}

/** Groups of fewer rows on the average are more headings than list. */
const ROWS_MIN = 3;

/** What is known of a list's groups so far. */
export class Groups {
  private readonly seen: boolean[] = [];
  private readonly last: (string | undefined)[] = [];
  private found: readonly Group[] = [];
  /** Chosen with the first page, so that no line changes what it means; 0: no span gives groups of some size. */
  private letters: number | null = null;

  constructor(private readonly grouping: Grouping) {}

  /** In order of rows; the same array until another is known. */
  get all(): readonly Group[] {
    return this.found;
  }

  /** Takes a page once. One that comes after a later page was taken gets no lines: they would push rows down. */
  take(page: number, rows: readonly StudyRow[]): void {
    if (this.seen[page] === true) return;
    const late = this.seen.length > page;
    this.seen[page] = true;
    this.letters ??= this.spanFor(rows);
    if (late || this.letters === 0) return;
    let before = page === 0 ? null : this.last[page - 1];
    const more: Group[] = [];
    for (const [at, row] of rows.entries()) {
      const span = this.grouping.day(row).slice(0, this.letters);
      // Without the page before it is not known whether the span began there.
      if (before !== undefined && span !== before) more.push({ row: page * PAGE_ROWS + at, span });
      before = span;
    }
    this.last[page] = before ?? undefined;
    if (more.length > 0) this.found = [...this.found, ...more];
  }

  /** The finest span that makes groups of some size of these rows; the only one there is, whatever it makes. */
  private spanFor(rows: readonly StudyRow[]): number {
    const { day, spans } = this.grouping;
    const groups = (letters: number): number => new Set(rows.map((row) => day(row).slice(0, letters))).size;
    const fits = (letters: number): boolean => groups(letters) === 1 || rows.length / groups(letters) >= ROWS_MIN;
    return spans.length === 1 ? (spans[0] ?? 0) : (spans.find(fits) ?? 0);
  }
}

const NONE: readonly Group[] = [];

/** Groups of one edition of the list under one filter, from the pages loaded so far. */
export function useGroups(
  filter: Filter,
  edition: number,
  pages: ReadonlyMap<number, readonly StudyRow[]>,
): readonly Group[] {
  const kept = useRef<{ readonly name: string; readonly groups: Groups | null } | null>(null);
  const name = `${filter.sort} ${filter.order} ${edition}`;
  if (kept.current?.name !== name) {
    const grouping = groupingOf(filter);
    kept.current = { name, groups: grouping === null ? null : new Groups(grouping) };
  }
  const { groups } = kept.current;
  if (groups === null) return NONE;
  for (const [page, rows] of [...pages].sort(([a], [b]) => a - b)) groups.take(page, rows);
  return groups.all;
}

/** Lines of a list with its groups: which of them is a row, and where a row stands. */
export class Lines {
  readonly count: number;

  constructor(
    rows: number,
    private readonly groups: readonly Group[],
  ) {
    this.count = rows + groups.length;
  }

  /** How many groups begin at or above a row. */
  private above(row: number): number {
    let [low, high] = [0, this.groups.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.groups[middle]?.row ?? 0) <= row) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  lineOf(row: number): number {
    return row + this.above(row);
  }

  at(line: number): { readonly row: number } | { readonly group: number } {
    let [low, high] = [0, this.groups.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.groups[middle]?.row ?? 0) + middle <= line) low = middle + 1;
      else high = middle;
    }
    const group = low - 1;
    const start = this.groups[group];
    return start !== undefined && start.row + group === line ? { group } : { row: line - low };
  }

  /** The row at a line, or the first below it. */
  rowFrom(line: number): number {
    const found = this.at(line);
    return "row" in found ? found.row : (this.groups[found.group]?.row ?? 0);
  }
}
