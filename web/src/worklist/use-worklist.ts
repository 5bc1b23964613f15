// The list with its selection and its news. Taking over keeps the chosen study chosen, wherever it stands afterwards.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { rowName, type StudyName, type StudyQuery } from "../api";
import { useWords } from "../locale";
import { keepCaseList, useConnected, useSurroundings } from "../shell";
import { FIRST_ROW, type ListState, type ShownRows, selectedIn, useListState } from "./list-state";
import { type News, newsFromNow, useNews } from "./news";
import { fetchEdition, forgetOtherEditions, PAGE_ROWS, type StudyList, useStudyPages } from "./study-pages";

export interface Worklist {
  readonly list: StudyList;
  /** Number of this taking of the list. */
  readonly edition: number;
  readonly selected: number | null;
  readonly select: (index: number) => void;
  /** Remembers a row as the case that is opened now, for the way to the next one. */
  readonly keepCase: (index: number, opened: StudyName) => void;
  readonly news: News;
  readonly takeOver: () => void;
  /** Why the last taking over failed, `null` after one that did not. */
  readonly refusal: unknown;
  /** The first row seen when the list was left. */
  readonly top: number;
  readonly onWindow: (rows: ShownRows) => void;
}

/** Arrivals push a study down; it is looked for this many pages below where it stood. */
const SEARCHED_BELOW = 5;

export function useWorklist(address: string, query: StudyQuery): Worklist {
  const { client } = useSurroundings();
  const queries = useQueryClient();
  const [state, setState] = useListState(address);
  const { edition, choice, window, news, refusal } = state;
  const { number } = edition;
  const extend = useCallback(
    (of: number, cursors: readonly string[]) =>
      setState((now) => (now.edition.number === of ? { ...now, edition: { number: of, cursors } } : now)),
    [setState],
  );
  const list = useStudyPages(client, query, { edition, window, extend });
  const change = useCallback(
    (act: (news: News) => News) => setState((now) => ({ ...now, news: act(now.news) })),
    [setState],
  );
  useNews({ list, edition: number, news, change });
  useEffect(() => forgetOtherEditions(queries, query, number), [queries, query, number]);
  const selected = selectedIn(list, choice);
  const shownNews = useShownNews(news, list);
  const takeOver = useTakeOver(state, setState, { query, list, selected, arrived: shownNews.uids.size });
  return {
    list,
    edition: number,
    selected,
    select: (index) => setState((now) => ({ ...now, choice: { index, study: nameAt(list, index) } })),
    keepCase: (index, opened) => {
      const study = nameAt(list, index);
      const cursor = edition.cursors[Math.floor(index / PAGE_ROWS)];
      if (study !== null && cursor !== undefined)
        keepCaseList({ filter: address, query, cursor, study, index, opened });
    },
    news: shownNews,
    takeOver,
    refusal,
    top: window.top,
    onWindow: useCallback((rows) => setState((now) => ({ ...now, window: rows })), [setState]),
  };
}

/** What came into the list by its own answer is no news, and without a line nothing can be said to be complete. */
function useShownNews(news: News, list: StudyList): News {
  const connected = useConnected();
  const shown = new Set(list.loaded.map((row) => row.study_instance_uid));
  const uids = new Set([...news.uids].filter((uid) => !shown.has(uid)));
  return { ...news, uids, lineWasLost: news.lineWasLost || connected === false };
}

interface Present {
  readonly query: StudyQuery;
  readonly list: StudyList;
  readonly selected: number | null;
  readonly arrived: number;
}

function useTakeOver(state: ListState, setState: (act: (now: ListState) => ListState) => void, present: Present) {
  const { client, events, toast } = useSurroundings();
  const queries = useQueryClient();
  const { t } = useWords();
  const latest = useRef({ state, ...present });
  latest.current = { state, ...present };
  const takeOver = useMemo(() => {
    const run = async (): Promise<void> => {
      const { state: before, query } = latest.current;
      const news = newsFromNow(events);
      const number = Date.now();
      let chosen = chosenStudy(latest.current);
      let found = await fetchEdition(queries, client, query, { number, ...chosen });
      // The reader may have moved on during the answer: their latest choice counts.
      while (chosenStudy(latest.current).study !== chosen.study) {
        chosen = chosenStudy(latest.current);
        found = await fetchEdition(queries, client, query, { number, ...chosen });
      }
      if (latest.current.state.address !== before.address) return;
      const { study } = chosen;
      const { cursors, index } = found;
      const wasEmpty = latest.current.list.count === 0;
      if (study !== null && index === null) toast({ tone: "warn", text: t("worklist.choiceGone") });
      setState((now) => ({
        ...now,
        edition: { number, cursors },
        choice: index === null ? (wasEmpty ? FIRST_ROW : null) : { index, study },
        window: { first: index ?? 0, last: index ?? 0, top: index ?? 0 },
        news,
        refusal: null,
      }));
    };
    return (): void => {
      const { number } = latest.current.state.edition;
      // Another list that is shown meanwhile was not refused.
      const refuse = (refusal: unknown): void =>
        setState((now) => (now.edition.number === number ? { ...now, refusal } : now));
      void run().catch(refuse);
    };
  }, [queries, client, events, toast, t, setState]);
  const { list, arrived } = present;
  const isEmpty = list.total === 0;
  useEffect(() => {
    // An empty list has no row that could move.
    if (isEmpty && arrived > 0) takeOver();
  }, [isEmpty, arrived, takeOver]);
  return takeOver;
}

function nameAt(list: StudyList, index: number): string | null {
  const row = list.rowAt(index);
  return row === null ? null : rowName(row);
}

/** The chosen study, and how many pages it is looked for in. */
function chosenStudy({ list, selected, state }: Present & { readonly state: ListState }) {
  const study = selected === null ? null : (nameAt(list, selected) ?? state.choice?.study ?? null);
  return { study, pages: Math.floor((selected ?? 0) / PAGE_ROWS) + 1 + SEARCHED_BELOW };
}
