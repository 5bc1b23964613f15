// Claims: who reads a study. A lease of fifteen minutes, renewed by taking it again.
import type { Caller } from "./caller";
import { type Claim, parseClaim } from "./generated";
import { Problem } from "./problem";
import { keyQuery, type StudyName } from "./uids";

export class ClaimClient {
  private readonly turns = new Map<string, number>();
  /** Releases under way: whoever takes the study again waits, so that the server hears both in this order. */
  private readonly releasing = new Map<string, Promise<void>>();

  constructor(private readonly caller: Caller) {}

  /** How often the study was asked for so far. Later than one's own turn, it is somebody else's of this program to give up. */
  turn(study: StudyName): number {
    return this.turns.get(keyOf(study)) ?? 0;
  }

  /** Who holds the study; null when nobody does. */
  async current(study: StudyName, signal: AbortSignal): Promise<Claim | null> {
    return (await this.caller.call("GET /api/v1/studies/{study}/claim", named(study), signal)).claim;
  }

  /**
   * Holds the study from now on, or renews one's own lease. With `takeOver` from whoever holds it; without, throws a
   * `Problem` of which `holderOf` gives the claim of somebody else.
   */
  async take(study: StudyName, takeOver: boolean, signal: AbortSignal): Promise<Claim> {
    this.turns.set(keyOf(study), this.turn(study) + 1);
    await this.releasing.get(keyOf(study));
    const given = { ...named(study), body: { take_over: takeOver } };
    return await this.caller.call("PUT /api/v1/studies/{study}/claim", given, signal);
  }

  /** Gives up one's own claim; somebody else's stays. */
  async release(study: StudyName, signal: AbortSignal): Promise<void> {
    const key = keyOf(study);
    const call = this.caller.call("DELETE /api/v1/studies/{study}/claim", named(study), signal).then(() => undefined);
    const settled = call.catch(() => undefined);
    this.releasing.set(key, settled);
    await call.finally(() => {
      if (this.releasing.get(key) === settled) this.releasing.delete(key);
    });
  }
}

/** The claim that stood in the way; null for every other failure. */
export function holderOf(error: unknown): Claim | null {
  return error instanceof Problem && error.code === "claimed" ? parseClaim(error.present, "present") : null;
}

const keyOf = ({ uid, key }: StudyName): string => `${uid} ${key}`;
const named = (study: StudyName) => ({ path: { study: study.uid }, query: keyQuery(study) });
