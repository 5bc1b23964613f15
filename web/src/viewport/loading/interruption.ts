// Which failures say nothing about the image: the line or the server was away, and the same request may succeed later; or
// the session has ended.
import { Problem, Unreachable } from "../../api";

/** Nobody is answered just now: asking for the next image would only fail as well. */
export function isInterruption(error: unknown): boolean {
  return error instanceof Unreachable || (error instanceof Problem && error.isMomentary);
}

/** Nobody is signed in any more: asking for another image would only be refused as well. */
export function endsSession(error: unknown): boolean {
  return error instanceof Problem && error.endsSession;
}

/** Seconds that the server asked to wait, 0 where it said nothing. */
export function askedPause(error: Error): number {
  return error instanceof Problem ? (error.retryAfterSeconds ?? 0) : 0;
}

/** Whether this one image may come when it is asked for again. */
export function mayPass(error: Error): boolean {
  return isInterruption(error) || (error instanceof Problem && error.repeatable);
}
