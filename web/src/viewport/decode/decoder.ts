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
  /** `null` after its worker has failed, until the next request: a worker that never starts is not tried in circles. */
  worker: Worker | null;
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
      for (const lane of lanes) lane.worker?.terminate();
    },
  };
}

function startLane(): Lane {
  const lane: Lane = { worker: null, waiting: new Map() };
  lane.worker = startWorker(lane);
  return lane;
}

function startWorker(lane: Lane): Worker {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  worker.addEventListener("message", (event: MessageEvent<WorkerAnswer>) => settle(lane.waiting, event.data));
  worker.addEventListener("error", (event) => giveUp(lane, worker, event.message));
  worker.addEventListener("messageerror", () => giveUp(lane, worker, "the worker's answer is not readable"));
  return worker;
}

function ask(lane: Lane, message: WorkerRequest): Promise<Picture> {
  return new Promise((resolve, reject) => {
    lane.worker ??= startWorker(lane);
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

/** Nothing that this worker was asked will be answered, and nothing says that the frames are to blame. */
function giveUp(lane: Lane, worker: Worker, message: string): void {
  worker.terminate();
  if (lane.worker !== worker) return;
  lane.worker = null;
  for (const asker of lane.waiting.values()) asker.reject(new Undecodable("codec-not-loaded", message));
  lane.waiting.clear();
}
