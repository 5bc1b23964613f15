// The second window on a second screen: opened once, kept by its name, and told apart from the first by it.
import { newId, type StudyName } from "../api";
import { addressOf, type Place } from "../shell";
import { isSameStudy } from "./companions";

const NAME = "kontor-second";
/** Of this page load: another one after a reload, another one in a duplicate of the tab. */
const OWN_ID = newId();
let leader: string | null = null;
let holdsLock = false;

/** Opens it, or brings the one that is open to the front; false where the browser prevents it. */
export function openSecondWindow(view: Window, place: Place): boolean {
  const address = addressOf(place);
  const query = new URLSearchParams({ window: "2", of: OWN_ID }).toString();
  const opened = view.open(`${address}${address.includes("?") ? "&" : "?"}${query}`, NAME, "popup");
  opened?.focus();
  return opened !== null;
}

/** Whether this is the second window; its name stays when it goes to another study or is loaded again. */
export function isSecondWindow(view: Window): boolean {
  const search = new URLSearchParams(view.location.search);
  if (search.get("window") === "2") view.name = NAME;
  leader ??= search.get("of");
  return view.name === NAME;
}

interface Known {
  readonly id: string;
  readonly second: boolean;
  readonly study: string;
  readonly studyKey: string;
}

/** The window that the second one goes along with: the one that opened it, or after that one's reload the one with the same study. */
export function leadingWindow<T extends Known>(
  others: readonly T[],
  open: Pick<Known, "study" | "studyKey">,
): T | null {
  const first = others.find(({ id, second }) => !second && id === leader);
  const heir = first ?? others.find((other) => !other.second && isSameStudy(other, open));
  leader = heir?.id ?? leader;
  return heir ?? null;
}

/** Whether this window shows what another one opens. */
export const goesAlong = (view: Window, others: readonly Known[], { uid, key }: StudyName): boolean =>
  isSecondWindow(view) && leadingWindow(others, { study: uid, studyKey: key }) !== null;

/** Absent on plain HTTP from another machine. */
const locksOf = (view: Window): LockManager | null => view.navigator.locks ?? null;
const lockName = (id: string): string => `kontor.window.${id}`;

/** This window's name among the others. Its lock is held as long as it lives: they see by it that it is gone, however it went. */
export function windowId(view: Window): string {
  const locks = locksOf(view);
  if (!holdsLock && locks !== null) {
    holdsLock = true;
    void locks.request(lockName(OWN_ID), () => new Promise(() => undefined));
  }
  return OWN_ID;
}

/** Resolves when the other window is gone. Without locks only its farewell tells: one that crashed is taken to be there. */
export async function untilWindowGone(view: Window, id: string, signal: AbortSignal): Promise<void> {
  const locks = locksOf(view);
  if (locks === null) return await new Promise(() => undefined);
  await locks.request(lockName(id), { signal, mode: "shared" }, () => undefined);
}
