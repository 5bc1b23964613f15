// How one list stands: its edition, the chosen study, the rows on the screen, the news, what failed. Kept for each address
// outside of the page, so that Back finds the list as it was left; forgotten with everything else when the session ends.
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { type Dispatch, type SetStateAction, useEffect, useState } from "react";
import { rowName } from "../api";
import { type EventFeed, keptCaseList, useSurroundings } from "../shell";
import { type News, newsFromNow } from "./news";
import { type Edition, KEEP_LEFT_MS, type StudyList } from "./study-pages";

/** A chosen row: its study (`rowName`) where that is known, and where it stood. */
export interface Choice {
  readonly index: number;
  readonly study: string | null;
}

export interface ShownRows {
  readonly first: number;
  readonly last: number;
  /** The first row that is really seen; `first` to `last` includes some beyond the edges. */
  readonly top: number;
}

export interface ListState {
  readonly address: string;
  readonly edition: Edition;
  /** `null`: no row is chosen. */
  readonly choice: Choice | null;
  readonly window: ShownRows;
  readonly news: News;
  /** Why the last taking over of this list failed, `null` after one that did not. */
  readonly refusal: unknown;
}

export const FIRST_ROW: Choice = { index: 0, study: null };

function newState(address: string, events: EventFeed): ListState {
  const edition = { number: Date.now(), cursors: [""] };
  const window = { first: 0, last: 0, top: 0 };
  return { address, edition, choice: FIRST_ROW, window, news: newsFromNow(events), refusal: null };
}

const LEFT = "worklist-left";

/** The list as it was left, with the case chosen that was read last. */
function left(queries: QueryClient, address: string): ListState | undefined {
  const state = queries.getQueryData<ListState>([LEFT, address]);
  const last = keptCaseList();
  if (state === undefined || last === null || last.filter !== address) return state;
  const { index, study } = last;
  const isSeen = index >= state.window.top && index <= state.window.last;
  const window = isSeen ? state.window : { first: index, last: index, top: Math.max(0, index - ROWS_ABOVE) };
  return { ...state, choice: { index, study }, window };
}

/** So many rows are seen above a case to which the list had to be scrolled. */
const ROWS_ABOVE = 5;

/** The state of the address: as it was left where the reader came Back to it, else anew. */
export function useListState(address: string): readonly [ListState, Dispatch<SetStateAction<ListState>>] {
  const { navigator, events } = useSurroundings();
  const queries = useQueryClient();
  const begin = (): ListState =>
    (navigator.hasReturned ? left(queries, address) : undefined) ?? newState(address, events);
  const [kept, setState] = useState(begin);
  const state = kept.address === address ? kept : begin();
  if (state !== kept) setState(state);
  useEffect(() => {
    queries.setQueryDefaults([LEFT], { gcTime: KEEP_LEFT_MS });
    queries.setQueryData([LEFT, state.address], state);
  }, [queries, state]);
  return [state, setState];
}

/** Where the chosen study stands in the list; never another study, whatever stands at its place now. */
export function selectedIn(list: StudyList, choice: Choice | null): number | null {
  if (choice === null || list.count === 0) return null;
  if (choice.study === null) return Math.min(choice.index, list.count - 1);
  const row = choice.index < list.count ? list.rowAt(choice.index) : null;
  if (row !== null && rowName(row) === choice.study) return choice.index;
  return list.placeOf(choice.study) ?? (row === null && choice.index < list.count ? choice.index : null);
}
