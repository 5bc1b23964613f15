// What arrived since the list was taken: counted in one line, taken over when the reader says so.
import { useEffect, useRef } from "react";
import { studyName } from "../api";
import { type EventFeed, type Mark, useSurroundings } from "../shell";
import { RowRenewal } from "./row-renewal";
import { type StudyList, useRowPatch } from "./study-pages";

export interface News {
  readonly uids: ReadonlySet<string>;
  /** When the list was taken. */
  readonly since: Date;
  /** Whether the line was lost since then, so that something may be missing from the count. */
  readonly lineWasLost: boolean;
  /** How far events have been counted. */
  readonly mark: Mark;
}

/** Begins to count. To be called before the list is asked for: what arrives during the answer is counted, not lost. */
export function newsFromNow(events: EventFeed): News {
  return { uids: new Set(), since: new Date(), lineWasLost: false, mark: events.mark() };
}

/** The news with what happened up to now; what is shown already is no news. */
function counted(news: News, events: EventFeed, shown: ReadonlySet<string>): News {
  const { events: happened, complete } = events.since(news.mark);
  const arrived = happened.filter(({ kind, study }) => kind === "study_arrived" && !shown.has(study));
  return {
    ...news,
    uids: new Set([...news.uids, ...arrived.map(({ study }) => study)]),
    lineWasLost: news.lineWasLost || !complete,
    mark: events.mark(),
  };
}

export interface NewsPlace {
  readonly list: StudyList;
  readonly edition: number;
  readonly news: News;
  /** The same function over renderings. */
  readonly change: (act: (news: News) => News) => void;
}

/** Counts arrivals and renews changed rows in place, beginning with what happened while the list was not there. */
export function useNews({ list, edition, news, change }: NewsPlace): void {
  const { client, events } = useSurroundings();
  const latest = useRef({ list, mark: news.mark, patch: useRowPatch() });
  latest.current.list = list;
  latest.current.mark = news.mark;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another edition begins at its own mark
  useEffect(() => {
    const renewal = new RowRenewal(client, latest.current.patch);
    let seen = latest.current.mark;
    const catchUp = (): void => {
      const rows = latest.current.list.loaded;
      const changed = new Set(events.since(seen).events.map(({ study }) => study));
      for (const row of rows) if (changed.has(row.study_instance_uid)) renewal.renew(studyName(row));
      seen = events.mark();
      const shown = new Set(rows.map((row) => row.study_instance_uid));
      change((before) => counted(before, events, shown));
    };
    catchUp();
    const unsubscribe = [events.onEvent(catchUp), events.onState(catchUp)];
    return () => {
      for (const end of unsubscribe) end();
      renewal.dispose();
    };
  }, [client, events, change, edition]);
}
