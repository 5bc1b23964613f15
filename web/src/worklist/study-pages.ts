// Pages of the list, fetched by key as far as the reader has scrolled. Only pages near the window stay in memory.
import { type QueryClient, useQueries, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { KontorClient, StudyPage, StudyQuery, StudyRow } from "../api";

export const PAGE_ROWS = 100;
const KEEP_MS = 5 * 60_000;

export interface StudyList {
  /** How many rows can be scrolled to: loaded pages and the one that comes next. */
  readonly count: number;
  readonly total: StudyPage["total"] | null;
  readonly filteredOut: StudyPage["filtered_out"] | null;
  /** The row at a place, or null while its page is under way. */
  rowAt(index: number): StudyRow | null;
  readonly loaded: readonly StudyRow[];
  readonly error: unknown;
  readonly pending: boolean;
  retry(): void;
}

/** Rows from `first` to `last` are on the screen. `edition` counts how often the reader has taken over new studies. */
export function useStudyPages(
  client: KontorClient,
  query: StudyQuery,
  edition: number,
  window: { readonly first: number; readonly last: number },
): StudyList {
  const listKey = JSON.stringify([query, edition]);
  const [chain, setChain] = useState<Chain>({ listKey, cursors: [""] });
  const cursors = chain.listKey === listKey ? chain.cursors : [""];
  const from = Math.max(0, Math.floor(window.first / PAGE_ROWS));
  const until = Math.min(cursors.length - 1, Math.floor((window.last + PAGE_ROWS / 2) / PAGE_ROWS));
  const places = cursors
    .map((cursor, page) => ({ cursor, page }))
    .filter(({ page }) => page === 0 || (page >= from && page <= until));
  const results = useQueries({
    queries: places.map(({ cursor }) => ({ ...pageQuery(client, query, edition, cursor), gcTime: KEEP_MS })),
  });

  const pages = new Map(places.map(({ page }, at) => [page, results[at]?.data]));
  const lastPage = pages.get(cursors.length - 1);
  const next = lastPage?.next ?? null;
  useEffect(() => {
    if (next !== null) setChain({ listKey, cursors: [...cursors, next] });
  }, [next, listKey, cursors]);

  const first = pages.get(0);
  const failed = results.find((result) => result.error !== null);
  const ended = lastPage !== undefined && lastPage.next === null;
  return {
    count: (cursors.length - 1) * PAGE_ROWS + (ended ? lastPage.items.length : first === undefined ? 0 : PAGE_ROWS),
    total: first?.total ?? null,
    filteredOut: first?.filtered_out ?? null,
    rowAt: (index) => pages.get(Math.floor(index / PAGE_ROWS))?.items[index % PAGE_ROWS] ?? null,
    loaded: [...pages.values()].flatMap((page) => page?.items ?? []),
    error: failed?.error ?? null,
    pending: first === undefined && failed === undefined,
    retry: () => {
      for (const result of results) if (result.error !== null) void result.refetch();
    },
  };
}

interface Chain {
  readonly listKey: string;
  /** Keys of the pages known so far; the first page has none. */
  readonly cursors: readonly string[];
}

const pageKey = (query: StudyQuery, edition: number, cursor: string) => ["studies", query, edition, cursor] as const;

const pageQuery = (client: KontorClient, query: StudyQuery, edition: number, cursor: string) => ({
  queryKey: pageKey(query, edition, cursor),
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    client.studies.page({ ...query, limit: PAGE_ROWS, after: cursor === "" ? undefined : cursor }, signal),
});

/** Fetches the first page of the next edition, so that the old list stands until the new one can be shown. */
export async function fetchEdition(
  queries: QueryClient,
  client: KontorClient,
  query: StudyQuery,
  edition: number,
): Promise<StudyPage> {
  return await queries.fetchQuery(pageQuery(client, query, edition, ""));
}

/** Replaces a row where it stands; nothing moves. */
export function useRowPatch(): (row: StudyRow) => void {
  const queries = useQueryClient();
  return (row) => {
    queries.setQueriesData<StudyPage>({ queryKey: ["studies"] }, (page) => {
      if (page?.items.some((item) => item.study_instance_uid === row.study_instance_uid) !== true) return page;
      const items = page.items.map((item) => (item.study_instance_uid === row.study_instance_uid ? row : item));
      return { ...page, items };
    });
  };
}
