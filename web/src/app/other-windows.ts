// The windows of one browser share its cookie: who signs in or out in one changes in whose name the others ask.
import { useEffect } from "react";
import { type KontorClient, Problem } from "../api";

const NAME = "kontor.session";
const ASKED_WITHIN_MS = 10_000;
const AGAIN_AFTER_MS = 2_000;

/** Somebody has signed in or out here. */
export function tellOtherWindows(): void {
  const channel = new BroadcastChannel(NAME);
  channel.postMessage("changed");
  channel.close();
}

/** Asks whose session it is when another window tells that this may have changed, until it is known. */
export function useOtherWindows(client: KontorClient): void {
  useEffect(() => {
    const gone = new AbortController();
    let again: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      clearTimeout(again);
      client.session
        .confirm(AbortSignal.any([gone.signal, AbortSignal.timeout(ASKED_WITHIN_MS)]))
        .catch((error: unknown) => {
          const known = gone.signal.aborted || (error instanceof Problem && error.endsSession);
          if (!known) again = setTimeout(ask, AGAIN_AFTER_MS);
        });
    };
    const channel = new BroadcastChannel(NAME);
    channel.addEventListener("message", ask);
    return () => {
      channel.close();
      gone.abort();
      clearTimeout(again);
    };
  }, [client]);
}
