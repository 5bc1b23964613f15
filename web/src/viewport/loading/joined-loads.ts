// One request for a frame that several panes want at the same time; it is given up when none of them waits any more.
import type { Frame } from "../../display";
import type { Picture } from "../decode/picture";
import type { LoadFrame } from "./frame-source";

interface Joined {
  readonly outcome: Promise<Picture>;
  readonly giveUp: AbortController;
  waiting: number;
}

export function joinedLoads(load: LoadFrame): LoadFrame {
  const open = new Map<string, Joined>();
  const begin = (frame: Frame): Joined => {
    const giveUp = new AbortController();
    const joined: Joined = { outcome: load(frame, giveUp.signal), giveUp, waiting: 0 };
    const forget = (): void => {
      if (open.get(frame.key) === joined) open.delete(frame.key);
    };
    // What arrived is kept until those who waited have it in their cache: none of them may ask again in between.
    joined.outcome.then(() => setTimeout(forget), forget);
    giveUp.signal.addEventListener("abort", forget);
    open.set(frame.key, joined);
    return joined;
  };
  return (frame, signal) => {
    if (signal.aborted) return Promise.reject(signal.reason);
    return waitFor(open.get(frame.key) ?? begin(frame), signal);
  };
}

function waitFor(joined: Joined, signal: AbortSignal): Promise<Picture> {
  joined.waiting += 1;
  return new Promise((resolve, reject) => {
    const left = (): void => {
      joined.waiting -= 1;
      if (joined.waiting === 0) joined.giveUp.abort(signal.reason);
      reject(signal.reason);
    };
    signal.addEventListener("abort", left, { once: true });
    joined.outcome.then(resolve, reject).finally(() => signal.removeEventListener("abort", left));
  });
}
