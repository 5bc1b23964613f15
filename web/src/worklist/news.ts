// What arrived since the list was taken: counted in one line, taken over when the reader says so.
import { useEffect, useRef, useState } from "react";
import { useConnected, useSurroundings } from "../shell";
import { RowRenewal } from "./row-renewal";
import { type StudyList, useRowPatch } from "./study-pages";

export interface News {
  readonly uids: ReadonlySet<string>;
  /** When the list was taken. */
  readonly since: Date;
  /** Whether the line was lost since then, so that something may be missing from the count. */
  readonly lineWasLost: boolean;
}

const freshNews = (): News => ({ uids: new Set(), since: new Date(), lineWasLost: false });

/** Counts arrivals and renews changed rows in place. The second value begins anew. */
export function useNews(list: StudyList): readonly [News, () => void] {
  const { client, events } = useSurroundings();
  const [news, setNews] = useState(freshNews);
  const connected = useConnected();
  const latest = useRef({ list, patch: useRowPatch() });
  latest.current.list = list;
  useEffect(() => {
    if (connected === false) setNews((before) => ({ ...before, lineWasLost: true }));
  }, [connected]);
  useEffect(() => {
    const renewal = new RowRenewal(client, latest.current.patch);
    const unsubscribe = events.onEvent(({ kind, study }) => {
      const isShown = latest.current.list.loaded.some((row) => row.study_instance_uid === study);
      if (isShown) renewal.renew(study);
      else if (kind === "study_arrived") setNews((before) => ({ ...before, uids: new Set([...before.uids, study]) }));
    });
    return () => {
      unsubscribe();
      renewal.dispose();
    };
  }, [client, events]);
  return [news, () => setNews(freshNews())];
}
