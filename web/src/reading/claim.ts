// Who reads the study that is open (clinical.md 10.2.5): looking takes nothing, work renews the lease, leaving gives it up.
import { useCallback, useEffect, useRef, useState } from "react";
import { type Claim, holderOf, type StudyName, sameStudy } from "../api";
import { useWords } from "../locale";
import { isReading, useSurroundings } from "../shell";
import { isSameStudy, type OtherWindows } from "./companions";

/** The lease is fifteen minutes; a reader who works renews it long before. */
export const RENEW_EVERY_MS = 3 * 60_000;
const WORK = ["keydown", "pointerdown", "wheel"] as const;

export interface Claiming {
  /** `undefined` until the server has answered. */
  readonly claim: Claim | null | undefined;
  /** Who took the study from this reader while it was open. */
  readonly lostTo: Claim | null;
  /** Whether the reader reads the study; asked the moment it is to be known, for who is quick does not wait for the answer. */
  readonly isRead: () => boolean;
  /** Takes the study, with `over` from whoever holds it. */
  readonly take: (over: boolean) => Promise<void>;
}

interface Known {
  readonly of: StudyName;
  readonly claim: Claim | null;
  readonly lostTo: Claim | null;
}

type Learn = (of: StudyName, claim: Claim | null) => void;

/**
 * `title` says whose study it is: a warning about it may still be read when another one is open. `others`: the reader's
 * other windows, of which one may read on.
 */
export function useClaim(study: StudyName, title: string, others: OtherWindows): Claiming {
  const { client, toast } = useSurroundings();
  const { t } = useWords();
  const [known, setKnown] = useState<Known | null>(null);
  const present = useRef(study);
  present.current = study;
  const learn = useCallback<Learn>((of, claim) => {
    // What is answered late of a study that was left says nothing of this one.
    if (sameStudy(of, present.current)) setKnown((before) => learned(before, of, claim));
  }, []);
  const here = known !== null && sameStudy(known.of, study) ? known : null;
  const isOwn = here?.claim?.own === true;
  useWatch(study, learn);
  useRenewal(study, isOwn, learn);
  useLeaving(study, others);
  useWarning(here?.lostTo ?? null, title);
  const take = async (over: boolean): Promise<void> => {
    try {
      learn(study, await client.claims.take(study, over).answer);
    } catch (error) {
      const holder = holderOf(error);
      if (holder === null) toast({ tone: "bad", text: t("claims.failed"), of: study });
      else learn(study, holder);
    }
  };
  const isRead = (): boolean => (here === null ? client.claims.isOwn(study) : isOwn);
  return { claim: here === null ? undefined : here.claim, lostTo: here?.lostTo ?? null, isRead, take };
}

/** What is known after an answer: a claim that was the reader's and is somebody else's now was lost to them. */
export function learned(before: Known | null, of: StudyName, claim: Claim | null): Known {
  const was = before !== null && sameStudy(before.of, of) ? before : null;
  if (claim === null || claim.own) return { of, claim, lostTo: null };
  return { of, claim, lostTo: was?.claim?.own === true || was?.lostTo != null ? claim : null };
}

/** Asks who holds the study: at first, when that changed, and when it may have changed unseen. */
function useWatch(study: StudyName, learn: Learn): void {
  const { client, events } = useSurroundings();
  useEffect(() => {
    const abort = new AbortController();
    const ask = (): void => {
      client.claims.current(study, abort.signal).then(
        (claim) => learn(study, claim),
        () => undefined, // nothing is known then; the next event or renewal asks again
      );
    };
    ask();
    const unsubscribe = [
      events.onEvent(({ kind, study: uid }) => {
        if (kind === "claim_changed" && uid === study.uid) ask();
      }),
      events.onState(() => {
        if (events.connected() === true) ask();
      }),
    ];
    return () => {
      abort.abort();
      for (const end of unsubscribe) end();
    };
  }, [client, events, study, learn]);
}

/** Renews one's own lease, but only by work: a screen that was left frees the study by itself (10.2.6). */
function useRenewal(study: StudyName, isOwn: boolean, learn: Learn): void {
  const { client } = useSurroundings();
  useEffect(() => {
    if (!isOwn) return;
    let worked = false;
    const note = (): void => {
      worked = true;
    };
    const renew = (): void => {
      if (!worked) return;
      worked = false;
      client.claims.take(study, false).answer.then(
        (claim) => learn(study, claim),
        (error: unknown) => {
          const holder = holderOf(error);
          if (holder !== null) learn(study, holder);
          else worked = true; // the line may be gone for a moment: tried again at the next turn
        },
      );
    };
    for (const kind of WORK) document.addEventListener(kind, note, { passive: true, capture: true });
    const timer = setInterval(renew, RENEW_EVERY_MS);
    return () => {
      clearInterval(timer);
      for (const kind of WORK) document.removeEventListener(kind, note, { capture: true });
    };
  }, [client, study, isOwn, learn]);
}

/**
 * Gives up one's own claim on leaving for another place, as the last window with the study. A reload keeps it; the lease
 * of a closed window ends by itself, as it does where two windows leave together or one that crashed is taken to be there.
 */
function useLeaving(study: StudyName, others: OtherWindows): void {
  const { client, navigator } = useSurroundings();
  useEffect(
    () => () => {
      const isElsewhere = others.current.some((one) => isSameStudy(one, { study: study.uid, studyKey: study.key }));
      void client.claims.leave(study, () => isElsewhere || isReading(navigator.place(), study));
    },
    [client, navigator, study, others],
  );
}

/** Says once, and until it was seen, that somebody else took the study. */
function useWarning(lostTo: Claim | null, title: string): void {
  const { toast } = useSurroundings();
  const { t, formats } = useWords();
  const say = ({ name, since }: Claim): void =>
    toast({ tone: "bad", text: t("claims.takenOver", { name, study: title, time: formats.clock(since) }) });
  const latest = useRef(say);
  latest.current = say;
  useEffect(() => {
    if (lostTo !== null) latest.current(lostTo);
  }, [lostTo]);
}
