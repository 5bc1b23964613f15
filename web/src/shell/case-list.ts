// The list a reader came from: its question, the place in it, and the way to the next case. Kept for the tab, so that a
// reload keeps it; forgotten when the session ends, because a filter may hold a patient's name.
import {
  holderOf,
  type KontorClient,
  rowName,
  type StudyName,
  type StudyQuery,
  type StudyRow,
  sameStudy,
  studyName,
} from "../api";

export interface CaseList {
  /** The filter of the worklist's address. */
  readonly filter: string;
  readonly query: StudyQuery;
  /** Key of the page in which the case stands, '' for the first. */
  readonly cursor: string;
  /** The case, as `rowName` names it, and its row in the list. */
  readonly study: string;
  readonly index: number;
  /** What was opened from this place: the case, or an earlier study of its patient. */
  readonly opened: StudyName;
}

export interface NextCase {
  readonly row: StudyRow;
  readonly list: CaseList;
  readonly skipped: readonly SkippedCase[];
}

/** A case that was passed over, and why. */
export interface SkippedCase {
  readonly row: StudyRow;
  readonly reason: SkipReason;
}

export const SKIP_REASONS = ["arriving", "incomplete", "claimed"] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** Rows of a page of the list. The worklist asks with the same number, so that its keys fit. */
export const CASE_PAGE_ROWS = 100;
/** Further away nobody looks for a case by one key. */
const PAGES_MAX = 10;
const STORE = "kontor.case-list";

export function keepCaseList(list: CaseList): void {
  window.sessionStorage.setItem(STORE, JSON.stringify(list));
}

export function forgetCaseList(): void {
  window.sessionStorage.removeItem(STORE);
}

/** `null` where this study was not opened from a list: but by an address, or from another program. */
export function caseListOf(study: StudyName): CaseList | null {
  const list = keptCaseList();
  return list !== null && sameStudy(list.opened, study) ? list : null;
}

/** The list that was left last. */
export function keptCaseList(): CaseList | null {
  const text = window.sessionStorage.getItem(STORE);
  if (text === null) return null;
  const kept: unknown = JSON.parse(text);
  return isCaseList(kept) ? kept : null;
}

function isCaseList(kept: unknown): kept is CaseList {
  return (
    typeof kept === "object" &&
    kept !== null &&
    "query" in kept &&
    "study" in kept &&
    "index" in kept &&
    "opened" in kept
  );
}

/** Why a case is passed over, or null (`clinical.md` 10.2.12). */
function skipReason({ state, claim, missing }: StudyRow): SkipReason | null {
  if (state === "arriving") return "arriving";
  if (claim !== null && !claim.own) return "claimed";
  return missing.length > 0 ? "incomplete" : null;
}

/** Whether the case is the reader's now; false where somebody else was faster. Who left meanwhile takes nothing along. */
async function isTaken(client: KontorClient, row: StudyRow, signal: AbortSignal): Promise<boolean> {
  const taking = client.claims.take(studyName(row), false);
  try {
    await taking.answer;
    if (signal.aborted) void taking.giveBack(() => false);
    return true;
  } catch (error) {
    if (holderOf(error) === null) throw error;
    return false;
  }
}

export interface Step {
  readonly by: 1 | -1;
  /** Whether the case is taken for reading, not only to be looked at. */
  readonly taking: boolean;
}

/**
 * The next or previous case of the list that is not passed over, asked of the server anew so that what others do meanwhile
 * counts; null at the end, or where the case itself is no longer in the list.
 */
export async function caseBeside(
  client: KontorClient,
  list: CaseList,
  { by: step, taking }: Step,
  signal: AbortSignal,
): Promise<NextCase | null> {
  let { cursor, index } = list;
  const skipped: SkippedCase[] = [];
  let found = false;
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const after = cursor === "" ? undefined : cursor;
    const page = await client.studies.page({ ...list.query, limit: CASE_PAGE_ROWS, after }, signal);
    const at = found ? (step > 0 ? -1 : page.items.length) : page.items.findIndex((row) => rowName(row) === list.study);
    if (!found && at < 0) return null;
    found = true;
    for (let place = at + step; place >= 0 && place < page.items.length; place += step) {
      const row = page.items[place];
      index += step;
      if (row === undefined) break;
      const reason = skipReason(row);
      if (reason === null && (!taking || (await isTaken(client, row, signal))))
        return { row, skipped, list: { ...list, cursor, study: rowName(row), index, opened: studyName(row) } };
      skipped.push({ row, reason: reason ?? "claimed" });
    }
    const beyond = step > 0 ? page.next : page.previous;
    if (beyond === null) return null;
    cursor = beyond;
  }
  return null;
}
