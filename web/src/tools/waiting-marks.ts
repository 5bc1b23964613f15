// Changes that the server has not confirmed yet, in the browser's own store: they outlive a killed tab, and go as soon as they are kept.
import { picturePoint } from "../display";
import { MARK_KINDS, type Mark, type MarkKind } from "./mark";

export interface WaitingMark {
  readonly id: string;
  /** What is to be kept; `null`: it is to be removed. */
  readonly wanted: Mark | null;
  readonly follows: number;
}

export interface WaitingMarks {
  all(): readonly WaitingMark[];
  /** `false`: there is no room, and the change lives in this window only. */
  keep(waiting: WaitingMark): boolean;
  forget(id: string): void;
}

/** Whose changes, and of which study: another account never sees them. */
export interface WaitingOf {
  readonly organisation: string;
  readonly account: string;
  readonly study: string;
  readonly studyKey: string;
}

const PREFIX = "kontor.mark";
/** Of all studies together; who waits for more has another trouble. */
const MOST = 500;

export function waitingMarks(store: Storage, { organisation, account, study, studyKey }: WaitingOf): WaitingMarks {
  const prefix = `${[PREFIX, organisation, account, study, studyKey].map(encodeURIComponent).join("/")}/`;
  return {
    all: () =>
      keysOf(store)
        .filter((key) => key.startsWith(prefix))
        .flatMap((key) => parsed(store.getItem(key), key.slice(prefix.length)) ?? []),
    keep(waiting) {
      const key = prefix + waiting.id;
      if (store.getItem(key) === null && keysOf(store).filter((one) => one.startsWith(PREFIX)).length >= MOST)
        return false;
      try {
        store.setItem(key, JSON.stringify(waiting));
        return true;
      } catch (error) {
        if (error instanceof DOMException) return false; // the browser's store is full, or closed to this page
        throw error;
      }
    },
    forget: (id) => store.removeItem(prefix + id),
  };
}

function keysOf(store: Storage): readonly string[] {
  return Array.from({ length: store.length }, (_, index) => store.key(index) ?? "");
}

/** What a page wrote earlier, perhaps an older one; what is no change any more is left where it is. */
function parsed(text: string | null, id: string): WaitingMark | null {
  const value = jsonOf(text);
  if (!isRecord(value) || typeof value["follows"] !== "number") return null;
  if (value["wanted"] === null) return { id, wanted: null, follows: value["follows"] };
  const wanted = markOf(value["wanted"]);
  return wanted === null || wanted.id !== id ? null : { id, wanted, follows: value["follows"] };
}

function jsonOf(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const isKind = (value: unknown): value is MarkKind => MARK_KINDS.some((kind) => kind === value);

function markOf(value: unknown): Mark | null {
  if (!isRecord(value)) return null;
  const { id, seriesUid, sopInstanceUid, frame, kind, text, millimetres, changedAt } = value;
  const points = Array.isArray(value["points"]) ? value["points"].map(pointOf) : [];
  if (typeof id !== "string" || typeof sopInstanceUid !== "string" || typeof frame !== "number") return null;
  if (typeof seriesUid !== "string" || typeof text !== "string" || typeof changedAt !== "string") return null;
  if (!isKind(kind) || points.length === 0 || !points.every((point) => point !== null)) return null;
  const length = typeof millimetres === "number" ? millimetres : null;
  return { id, seriesUid, sopInstanceUid, frame, kind, points, text, millimetres: length, changedAt };
}

function pointOf(value: unknown): ReturnType<typeof picturePoint> | null {
  if (!Array.isArray(value)) return null;
  const [column, row]: readonly unknown[] = value;
  return typeof column === "number" && typeof row === "number" ? picturePoint(column, row) : null;
}
