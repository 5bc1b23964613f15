// Claims: who reads a study. A lease of fifteen minutes, renewed by taking it again.
import type { Caller } from "./caller";
import { type Claim, parseClaim } from "./generated";
import { Problem } from "./problem";
import { keyQuery, type StudyName } from "./uids";

export class ClaimClient {
  constructor(private readonly caller: Caller) {}

  /** Who holds the study; null when nobody does. */
  async current(study: StudyName, signal: AbortSignal): Promise<Claim | null> {
    return (await this.caller.call("GET /api/v1/studies/{study}/claim", named(study), signal)).claim;
  }

  /**
   * Holds the study from now on, or renews one's own lease. With `takeOver` from whoever holds it; without, throws a
   * `Problem` of which `holderOf` gives the claim of somebody else.
   */
  async take(study: StudyName, takeOver: boolean, signal: AbortSignal): Promise<Claim> {
    const given = { ...named(study), body: { take_over: takeOver } };
    return await this.caller.call("PUT /api/v1/studies/{study}/claim", given, signal);
  }

  /** Gives up one's own claim; somebody else's stays. */
  async release(study: StudyName, signal: AbortSignal): Promise<void> {
    await this.caller.call("DELETE /api/v1/studies/{study}/claim", named(study), signal);
  }
}

/** The claim that stood in the way; null for every other failure. */
export function holderOf(error: unknown): Claim | null {
  return error instanceof Problem && error.code === "claimed" ? parseClaim(error.present, "present") : null;
}

const named = (study: StudyName) => ({ path: { study: study.uid }, query: keyQuery(study) });
