// How many studies each view holds: counted by the server as the list itself is, renewed when something happened.
import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { StudyCount } from "../api";
import { useSurroundings } from "../shell";
import { type Filter, matchOf } from "./filter";

export type Count = StudyCount["total"];
const RENEWED_MS = 15_000;
const KEY = "study-count";

/** In the order of the filters; null while unknown. */
export function useViewCounts(filters: readonly Filter[]): readonly (Count | null)[] {
  const { client, events } = useSurroundings();
  const queries = useQueryClient();
  const results = useQueries({
    queries: filters.map((filter) => {
      const match = matchOf(filter);
      return {
        queryKey: [KEY, match],
        queryFn: ({ signal }: { signal: AbortSignal }) => client.studies.count(match, signal),
        staleTime: RENEWED_MS,
      };
    }),
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const renew = (): void => {
      timer = null;
      void queries.invalidateQueries({ queryKey: [KEY] });
    };
    const unsubscribe = events.onEvent(() => {
      timer ??= setTimeout(renew, RENEWED_MS);
    });
    return () => {
      unsubscribe();
      if (timer !== null) clearTimeout(timer);
    };
  }, [events, queries]);
  return results.map(({ data }) => data ?? null);
}
