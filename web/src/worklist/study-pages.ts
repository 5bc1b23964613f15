// Pages of the list, fetched by key as far as the reader has scrolled. All pages of an edition are kept equally long: one
// that was asked for again beside older ones could end before the next one begins, and a study would stand on neither.
import { type QueryClient, useQueries, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import {
  type KontorClient,
  rowName,
  type StudyPage,
  type StudyQuery,
  type StudyRow,
  sameStudy,
  studyName,
} from "../api";
import { CASE_PAGE_ROWS } from "../shell";

export const PAGE_ROWS = CASE_PAGE_ROWS;
/** A shift: for so long a list that was left stands as it was left. */
export const KEEP_LEFT_MS = 12 * 3_600_000;

/** One taking of the list. */
export interface Edition {
  readonly number: number;
  /** Keys of the pages known so far; the first page has none. */
  readonly cursors: readonly string[];
}

export interface StudyList {
  /** How many rows can be scrolled to: loaded pages and the one that comes next. */
  readonly count: number;
  readonly total: StudyPage["total"] | null;
  readonly filteredOut: StudyPage["filtered_out"] | null;
  /** The row at a place, or null while its page is under way. */
  rowAt(index: number): StudyRow | null;
  /** Where a study stands within the loaded pages, or null. */
  placeOf(study: string): number | null;
  readonly loaded: readonly StudyRow[];
  /** The loaded rows by the number of their page. */
  readonly pages: ReadonlyMap<number, readonly StudyRow[]>;
  /** Whether no page follows the known ones. */
  readonly ended: boolean;
  readonly error: unknown;
  readonly pending: boolean;
  retry(): void;
}

export interface Excerpt {
  readonly edition: Edition;
  /** Rows from `first` to `last` are on the screen. */
  readonly window: { readonly first: number; readonly last: number };
  /** Told when other pages of the edition are known; the same function over renderings. */
  readonly extend: (edition: number, cursors: readonly string[]) => void;
}

export function useStudyPages(client: KontorClient, query: StudyQuery, excerpt: Excerpt): StudyList {
  const { edition, window, extend } = excerpt;
  const { number, cursors } = edition;
  const from = Math.max(0, Math.floor(window.first / PAGE_ROWS));
  const until = Math.min(cursors.length - 1, Math.floor((window.last + PAGE_ROWS / 2) / PAGE_ROWS));
  const places = cursors
    .map((cursor, page) => ({ cursor, page }))
    .filter(({ page }) => page === 0 || (page >= from && page <= until));
  const results = useQueries({
    queries: places.map(({ cursor }) => pageQuery(client, query, number, cursor)),
  });

  const pages = new Map(places.map(({ page }, at) => [page, results[at]?.data]));
  const lastPage = pages.get(cursors.length - 1);
  const joint = openJoint(cursors, pages);
  const next = joint === null ? null : (pages.get(joint)?.next ?? null);
  useEffect(() => {
    if (joint !== null) extend(number, [...cursors.slice(0, joint + 1), ...(next === null ? [] : [next])]);
  }, [joint, next, extend, number, cursors]);

  const first = pages.get(0);
  const failed = results.find((result) => result.error !== null);
  const ended = lastPage !== undefined && lastPage.next === null;
  return {
    count: (cursors.length - 1) * PAGE_ROWS + (ended ? lastPage.items.length : first === undefined ? 0 : PAGE_ROWS),
    total: first?.total ?? null,
    filteredOut: first?.filtered_out ?? null,
    rowAt: (index) => pages.get(Math.floor(index / PAGE_ROWS))?.items[index % PAGE_ROWS] ?? null,
    placeOf: (study) => placeIn(pages, study),
    loaded: [...pages.values()].flatMap((page) => page?.items ?? []),
    pages: new Map([...pages].flatMap(([number, page]) => (page === undefined ? [] : [[number, page.items] as const]))),
    ended,
    error: failed?.error ?? null,
    pending: first === undefined && failed === undefined,
    retry: () => {
      for (const result of results) if (result.error !== null) void result.refetch();
    },
  };
}

/** The first page that names another next page than is known: the last one, or one that came otherwise than before. */
function openJoint(cursors: readonly string[], pages: ReadonlyMap<number, StudyPage | undefined>): number | null {
  const at = cursors.findIndex((_, page) => {
    const content = pages.get(page);
    return content !== undefined && content.next !== (cursors[page + 1] ?? null);
  });
  return at < 0 ? null : at;
}

function placeIn(pages: ReadonlyMap<number, StudyPage | undefined>, study: string): number | null {
  for (const [page, content] of pages) {
    const at = content?.items.findIndex((row) => rowName(row) === study) ?? -1;
    if (at >= 0) return page * PAGE_ROWS + at;
  }
  return null;
}

const pageKey = (query: StudyQuery, edition: number, cursor: string) => ["studies", query, edition, cursor] as const;

const pageQuery = (client: KontorClient, query: StudyQuery, edition: number, cursor: string) => ({
  queryKey: pageKey(query, edition, cursor),
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    client.studies.page({ ...query, limit: PAGE_ROWS, after: cursor === "" ? undefined : cursor }, signal),
  gcTime: KEEP_LEFT_MS,
});

export interface Wanted {
  readonly number: number;
  /** The study to be found again, and in how many pages it is looked for. */
  readonly study: string | null;
  readonly pages: number;
}

/**
 * Fetches the next edition, so that the old list stands until the new one can be shown: as far as the page that holds the
 * wanted study. `index` is its row, null where it was not found; then only the first page counts.
 */
export async function fetchEdition(
  queries: QueryClient,
  client: KontorClient,
  query: StudyQuery,
  { number, study, pages }: Wanted,
): Promise<{ readonly cursors: readonly string[]; readonly index: number | null }> {
  const cursors = [""];
  for (const cursor of cursors) {
    const page = await queries.fetchQuery(pageQuery(client, query, number, cursor));
    if (study === null) break;
    const at = page.items.findIndex((row) => rowName(row) === study);
    if (at >= 0) return { cursors, index: (cursors.length - 1) * PAGE_ROWS + at };
    if (page.next !== null && cursors.length < pages) cursors.push(page.next);
  }
  return { cursors: [""], index: null };
}

/** Earlier takings of the same list are not gone back to. */
export function forgetOtherEditions(queries: QueryClient, query: StudyQuery, number: number): void {
  queries.removeQueries({
    queryKey: ["studies", query],
    type: "inactive",
    predicate: ({ queryKey }) => queryKey[2] !== number,
  });
}

/** Replaces a row where it stands; nothing moves. */
export function useRowPatch(): (row: StudyRow) => void {
  const queries = useQueryClient();
  return (row) => {
    const isIt = (item: StudyRow): boolean => sameStudy(studyName(item), studyName(row));
    queries.setQueriesData<StudyPage>({ queryKey: ["studies"] }, (page) => {
      if (page?.items.some(isIt) !== true) return page;
      const items = page.items.map((item) => (isIt(item) ? row : item));
      return { ...page, items };
    });
  };
}
