// The workers of a page: what is said when one of them or its codec fails, and that the next frame is decoded again.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { PixelLayout } from "../../src/display";
import { startDecoder } from "../../src/viewport/decode/decoder";
import { codecOnDemand } from "../../src/viewport/decode/emscripten";
import type { DecodeRequest, Picture } from "../../src/viewport/decode/picture";
import type { WorkerRequest } from "../../src/viewport/decode/worker";

const picture: Picture = { kind: "grey", rows: 1, columns: 1, values: Uint8Array.of(7), headerConflict: false };
const layout = { rows: 1, columns: 1 } as PixelLayout;
const request = (): DecodeRequest => ({
  transferSyntax: "1.2.840.10008.1.2.4.90",
  bytes: new ArrayBuffer(1),
  layout,
  pixelVr: null,
  frameNumber: 1,
  palette: null,
});

/** A worker that answers when the test says so. */
class StubWorker extends EventTarget {
  static readonly started: StubWorker[] = [];
  readonly asked: WorkerRequest[] = [];
  readonly terminate = vi.fn();

  constructor() {
    super();
    StubWorker.started.push(this);
  }

  postMessage(message: WorkerRequest): void {
    this.asked.push(message);
  }

  answer(): void {
    const id = this.asked.at(-1)?.id;
    this.dispatchEvent(new MessageEvent("message", { data: { id, picture } }));
  }
}

beforeEach(() => {
  StubWorker.started.length = 0;
  vi.stubGlobal("Worker", StubWorker);
});
afterEach(() => void vi.unstubAllGlobals());

test.each([
  ["dies", () => new ErrorEvent("error", { message: "out of memory" })],
  ["sends what cannot be read", () => new MessageEvent("messageerror")],
])("a worker that %s fails what it was asked, and another takes its place", async (_, failure) => {
  const decoder = startDecoder(1);
  const [first, second] = [decoder.decode(request()), decoder.decode(request())];
  StubWorker.started[0]?.dispatchEvent(failure());
  await expect(first).rejects.toMatchObject({ reason: "codec-not-loaded" });
  await expect(second).rejects.toMatchObject({ reason: "codec-not-loaded" });
  expect(StubWorker.started[0]?.terminate).toHaveBeenCalled();
  const third = decoder.decode(request());
  expect(StubWorker.started).toHaveLength(2);
  StubWorker.started[1]?.answer();
  await expect(third).resolves.toEqual(picture);
});

test("a worker that never starts is tried once for each frame, not in circles", async () => {
  const decoder = startDecoder(1);
  for (const started of [1, 2, 3]) {
    const asked = decoder.decode(request());
    StubWorker.started.at(-1)?.dispatchEvent(new ErrorEvent("error"));
    await expect(asked).rejects.toMatchObject({ reason: "codec-not-loaded" });
    expect(StubWorker.started).toHaveLength(started);
  }
});

test("a codec that did not arrive is said as such and fetched again for the next frame", async () => {
  const answers = [new Response(null, { status: 503 }), new Response(new ArrayBuffer(4)), new Response()];
  const fetched = vi.fn(async () => answers.shift());
  vi.stubGlobal("fetch", fetched);
  const module = { J2KDecoder: class {} };
  const codec = codecOnDemand(async () => module as never, "/codec.wasm");
  await expect(codec()).rejects.toMatchObject({ reason: "codec-not-loaded" });
  await expect(codec()).resolves.toBe(module);
  await codec();
  expect(fetched).toHaveBeenCalledTimes(2);
});
