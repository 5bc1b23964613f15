// Claims: who reads a study. A lease of fifteen minutes, renewed by taking it again.
import type { Caller } from "./caller";
import { type Claim, parseClaim } from "./generated";
import { Problem } from "./problem";
import { keyQuery, type StudyName } from "./uids";

/** From when a call is sent: what waits for another one loses nothing of it. */
const LIMIT_MS = 15_000;

/** A claim that was asked for. */
export interface Taking {
  /** Throws a `Problem` of which `holderOf` gives the claim of somebody else. */
  readonly answer: Promise<Claim>;
  /**
   * Gives up what takings of this program began and nobody used, unless `isRead` says then that the study is read: not
   * what was the account's before, nor what was asked for again since, which the later taking gives back.
   */
  readonly giveBack: (isRead: () => boolean) => Promise<void>;
}

/** What this program knows of one study's claim. */
interface Known {
  /** Calls are sent one after the other, so that the server hears them in the order in which they were meant. */
  last: Promise<unknown>;
  takings: number;
  isOwn: boolean;
  /** Own by a taking of this program, since which no page that reads the study was left. */
  isBegun: boolean;
}

/** Giving up never fails: where it does not reach the server, the lease ends by itself. */
export class ClaimClient {
  private readonly studies = new Map<string, Known>();

  constructor(private readonly caller: Caller) {}

  /** Who holds the study; null when nobody does. */
  async current(study: StudyName, signal: AbortSignal): Promise<Claim | null> {
    const known = this.known(study);
    const { takings } = known;
    const { claim } = await this.caller.call("GET /api/v1/studies/{study}/claim", named(study), signal);
    if (known.takings === takings) known.isOwn = claim?.own === true;
    return claim;
  }

  /** Whether the study was this account's by the last answer about it. */
  isOwn(study: StudyName): boolean {
    return this.known(study).isOwn;
  }

  /** Holds the study from now on, or renews one's own lease; with `takeOver` from whoever holds it. */
  take(study: StudyName, takeOver: boolean): Taking {
    const known = this.known(study);
    known.takings += 1;
    const { takings } = known;
    const isLast = (): boolean => known.takings === takings;
    return {
      answer: inTurn(known, () => this.put(study, known, takeOver)),
      giveBack: (isRead) =>
        inTurn(known, async () => {
          if (!isLast() || !known.isBegun) return;
          known.isBegun = false;
          if (!isRead()) await this.giveUp(study, known);
        }),
    };
  }

  /** Gives up one's own claim, however it came, unless `isKept` says then that the study is still read or it is taken again. */
  async leave(study: StudyName, isKept: () => boolean): Promise<void> {
    const known = this.known(study);
    const { takings } = known;
    await inTurn(known, async () => {
      if (known.takings !== takings) return;
      known.isBegun = false;
      if (known.isOwn && !isKept()) await this.giveUp(study, known);
    });
  }

  private async put(study: StudyName, known: Known, takeOver: boolean): Promise<Claim> {
    const given = { ...named(study), body: { take_over: takeOver } };
    try {
      const taken = await this.caller.call("PUT /api/v1/studies/{study}/claim", given, AbortSignal.timeout(LIMIT_MS));
      known.isOwn = true;
      known.isBegun ||= !taken.renewed;
      return taken;
    } catch (error) {
      if (holderOf(error) !== null) known.isOwn = known.isBegun = false;
      throw error;
    }
  }

  private async giveUp(study: StudyName, known: Known): Promise<void> {
    known.isOwn = false;
    const limit = AbortSignal.timeout(LIMIT_MS);
    await this.caller.call("DELETE /api/v1/studies/{study}/claim", named(study), limit).catch(() => undefined);
  }

  private known(study: StudyName): Known {
    const key = `${study.uid} ${study.key}`;
    const known = this.studies.get(key) ?? { last: Promise.resolve(), takings: 0, isOwn: false, isBegun: false };
    this.studies.set(key, known);
    return known;
  }
}

/** The claim that stood in the way; null for every other failure. */
export function holderOf(error: unknown): Claim | null {
  return error instanceof Problem && error.code === "claimed" ? parseClaim(error.present, "present") : null;
}

function inTurn<T>(known: Known, call: () => Promise<T>): Promise<T> {
  const turn = known.last.then(call);
  known.last = turn.catch(() => undefined);
  return turn;
}

const named = (study: StudyName) => ({ path: { study: study.uid }, query: keyQuery(study) });
