// The decoders of a page: a few workers, each request to the one with least to do.
import { type DecodeRequest, type Picture, Undecodable } from "./picture";
import type { WorkerAnswer, WorkerRequest } from "./worker";

export interface Decoder {
  /** Takes over `request.bytes`. Rejects with `Undecodable`. */
  decode(request: DecodeRequest): Promise<Picture>;
  dispose(): void;
}

interface Waiting {
  readonly resolve: (picture: Picture) => void;
  readonly reject: (error: Error) => void;
}

interface Lane {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
}

const MOST_WORKERS = 4;

function workerCount(): number {
  return Math.min(MOST_WORKERS, Math.max(1, navigator.hardwareConcurrency - 1));
}

export function startDecoder(count = workerCount()): Decoder {
  const lanes = Array.from({ length: count }, startLane);
  let nextId = 0;
  return {
    decode(request) {
      const lane = lanes.reduce((least, other) => (other.waiting.size < least.waiting.size ? other : least));
      nextId += 1;
      return ask(lane, { id: nextId, request });
    },
    dispose() {
      for (const lane of lanes) lane.worker.terminate();
    },
  };
}

function startLane(): Lane {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  const waiting = new Map<number, Waiting>();
  worker.addEventListener("message", (event: MessageEvent<WorkerAnswer>) => settle(waiting, event.data));
  worker.addEventListener("error", (event) => failAll(waiting, event.message));
  return { worker, waiting };
}

function ask(lane: Lane, message: WorkerRequest): Promise<Picture> {
  return new Promise((resolve, reject) => {
    lane.waiting.set(message.id, { resolve, reject });
    lane.worker.postMessage(message, [message.request.bytes]);
  });
}

function settle(waiting: Map<number, Waiting>, answer: WorkerAnswer): void {
  const asker = waiting.get(answer.id);
  waiting.delete(answer.id);
  if (asker === undefined) return;
  if ("picture" in answer) asker.resolve(answer.picture);
  else asker.reject(new Undecodable(answer.reason, answer.detail));
}

/** A worker that did not even start: nothing it was asked will be answered. */
function failAll(waiting: Map<number, Waiting>, message: string): void {
  for (const asker of waiting.values()) asker.reject(new Undecodable("corrupt", message));
  waiting.clear();
}
