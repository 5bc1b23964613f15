// The decoding worker: one request in, one picture or one reason out, buffers handed over without a copy.
import { decodeFrame } from "./decode";
import { type DecodeRequest, type Picture, pictureBuffers, Undecodable, type UndecodableReason } from "./picture";
import { prepared } from "./preparing";

export interface WorkerRequest {
  readonly id: number;
  readonly request: DecodeRequest;
}

export type WorkerAnswer =
  | { readonly id: number; readonly picture: Picture }
  | { readonly id: number; readonly reason: UndecodableReason; readonly detail: string };

self.addEventListener("message", (event: MessageEvent<WorkerRequest>) => {
  void answer(event.data);
});

async function answer({ id, request }: WorkerRequest): Promise<void> {
  try {
    const picture = prepared(await decodeFrame(request), request.reading ?? null);
    post({ id, picture }, pictureBuffers(picture));
  } catch (error) {
    // Whatever else a decoder throws on hostile bytes ends here as one unreadable frame; the worker goes on.
    const reason = error instanceof Undecodable ? error.reason : "corrupt";
    post({ id, reason, detail: error instanceof Error ? error.message : String(error) }, []);
  }
}

function post(answer: WorkerAnswer, transfer: readonly ArrayBufferLike[]): void {
  const buffers = [...new Set(transfer)].filter((buffer): buffer is ArrayBuffer => buffer instanceof ArrayBuffer);
  self.postMessage(answer, { transfer: buffers });
}
