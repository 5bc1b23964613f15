// The windows of one browser share its cookie: who signs in or out in one changes in whose name the others ask.
import { useEffect } from "react";
import { type KontorClient, Problem } from "../api";

const NAME = "kontor.session";
const ASKED_WITHIN_MS = 10_000;
const AGAIN_AFTER_MS = 2_000;
const AGAIN_AT_LEAST_EVERY_MS = 30_000;

/** Somebody has signed in or out here. */
export function tellOtherWindows(): void {
  const channel = new BroadcastChannel(NAME);
  channel.postMessage("changed");
  channel.close();
}

/** Asks whose session it is when another window tells that this may have changed, until it is known. */
export function useOtherWindows(client: KontorClient): void {
  useEffect(() => {
    let asking = new AbortController();
    const ask = (pause: number): void => {
      asking.abort();
      asking = new AbortController();
      const { signal } = asking;
      client.session
        .confirm(AbortSignal.any([signal, AbortSignal.timeout(ASKED_WITHIN_MS)]))
        .catch((error: unknown) => {
          if (signal.aborted || (error instanceof Problem && error.endsSession)) return;
          const timer = setTimeout(() => ask(Math.min(2 * pause, AGAIN_AT_LEAST_EVERY_MS)), pause);
          signal.addEventListener("abort", () => clearTimeout(timer));
        });
    };
    const channel = new BroadcastChannel(NAME);
    channel.addEventListener("message", () => ask(AGAIN_AFTER_MS));
    return () => {
      channel.close();
      asking.abort();
    };
  }, [client]);
}
