// @vitest-environment node
// Which frames are asked for when, what is kept, and what happens to answers that come too late.
import { describe, expect, test, vi } from "vitest";
import { Problem, Unreachable } from "../../src/api";
import { type Dataset, type Frame, framesOf, Tags } from "../../src/display";
import type { Decoder } from "../../src/viewport/decode/decoder";
import { type DecodeRequest, type Picture, Undecodable } from "../../src/viewport/decode/picture";
import { instancesOf } from "../../src/viewport/loading/bundle";
import { FrameCache } from "../../src/viewport/loading/frame-cache";
import { type FrameOrigin, frameSource } from "../../src/viewport/loading/frame-source";
import { LineSpeed } from "../../src/viewport/loading/line-speed";
import { outwards } from "../../src/viewport/loading/order";
import { StackLoader } from "../../src/viewport/loading/stack-loader";
import { element, frame, HEADER, instance } from "../display/fixtures";
import { binary } from "../display/graphics";
import { FRAME_BYTES, picture } from "./pictures";

const stack = (count: number): readonly Frame[] => framesOf(instance({}, count));

/** Answers when the test says so. */
class Server {
  readonly asked: number[] = [];
  readonly aborted: number[] = [];
  private readonly open = new Map<number, { resolve: (picture: Picture) => void; reject: (error: Error) => void }>();

  load = (frame: Frame, signal: AbortSignal): Promise<Picture> => {
    this.asked.push(frame.number - 1);
    signal.addEventListener("abort", () => this.aborted.push(frame.number - 1));
    return new Promise((resolve, reject) => this.open.set(frame.number - 1, { resolve, reject }));
  };

  async answer(index: number, error?: Error): Promise<void> {
    const waiting = this.open.get(index);
    if (error === undefined) waiting?.resolve(picture());
    else waiting?.reject(error);
    await new Promise<void>((done) => void queueMicrotask(() => queueMicrotask(() => queueMicrotask(done))));
  }
}

/** A clock that moves when the test says so. */
class Clock {
  private waiting: { left: number; readonly act: () => void }[] = [];

  after = (milliseconds: number, act: () => void): (() => void) => {
    const one = { left: milliseconds, act };
    this.waiting.push(one);
    return () => {
      this.waiting = this.waiting.filter((other) => other !== one);
    };
  };

  /** Moves on second by second. */
  pass(seconds: number): void {
    for (let second = 0; second < seconds; second++) {
      for (const one of this.waiting) one.left -= 1000;
      const due = this.waiting.filter(({ left }) => left <= 0);
      this.waiting = this.waiting.filter(({ left }) => left > 0);
      for (const { act } of due) act();
    }
  }

  get isIdle(): boolean {
    return this.waiting.length === 0;
  }
}

function loader(count: number, cacheFrames: number, atOnce = 2) {
  return loaderOf(stack(count), new FrameCache(cacheFrames * FRAME_BYTES), atOnce);
}

function loaderOf(frames: readonly Frame[], cache: FrameCache, atOnce: number) {
  const server = new Server();
  const clock = new Clock();
  const onChange = vi.fn();
  return {
    server,
    clock,
    onChange,
    cache,
    stack: new StackLoader(frames, { load: server.load, cache, onChange, atOnce, after: clock.after }),
  };
}

test("frames are fetched from the position outwards, ahead before behind, each once", () => {
  expect(outwards(6, 2)).toEqual([2, 3, 1, 4, 0, 5]);
  expect(outwards(3, 2)).toEqual([2, 1, 0]);
  expect(outwards(0, 0)).toEqual([]);
});

describe("a stack", () => {
  test("asks for few at once, and goes on with what is nearest to where the reader is by then", async () => {
    const { server, stack: loading } = loader(9, 99);
    loading.moveTo(4);
    await server.answer(4);
    expect(server.asked).toEqual([4, 5, 3]);
    loading.moveTo(8);
    await server.answer(5);
    expect(server.asked).toEqual([4, 5, 3, 8]);
  });

  test("asks for the first image alone: it has the whole line", async () => {
    const { server, stack: loading } = loader(9, 99);
    loading.moveTo(4);
    expect(server.asked).toEqual([4]);
    await server.answer(4);
    expect(server.asked).toEqual([4, 5, 3]);
  });

  test("does not wait for a first image that nobody wants any more", () => {
    const { server, stack: loading } = loader(9, 99);
    loading.moveTo(4);
    loading.moveTo(8);
    expect(server.asked).toEqual([4, 8]);
  });

  test("counts what arrived, and reports it once", async () => {
    const { server, onChange, stack: loading } = loader(3, 99);
    loading.moveTo(0);
    await server.answer(0);
    expect(onChange.mock.calls).toEqual([[0]]);
    expect(loading.state(0).kind).toBe("ready");
    expect(loading.progress).toEqual({ done: 1, failed: 0, total: 3, retryIn: null });
  });

  test("one failed frame is one failed frame; it comes when asked again", async () => {
    const { server, stack: loading } = loader(2, 99);
    loading.moveTo(0);
    await server.answer(0, new Undecodable("corrupt", "bad"));
    await server.answer(1);
    expect([loading.state(0).kind, loading.state(1).kind]).toEqual(["failed", "ready"]);
    loading.retry(0);
    await server.answer(0);
    expect(loading.state(0).kind).toBe("ready");
  });

  test("leaving aborts what is under way; late answers change nothing", async () => {
    const { server, onChange, cache, stack: loading } = loader(5, 99);
    loading.moveTo(0);
    await server.answer(0);
    const before = cache.bytes;
    loading.dispose();
    expect(server.aborted.filter((index) => index > 0)).toEqual([1, 2]);
    await server.answer(1);
    expect(onChange).toHaveBeenCalledTimes(1);
    expect(cache.bytes).toBe(before);
  });

  test("more images than fit: only what is around the reader is held, and nothing is fetched in circles", async () => {
    const { server, cache, stack: loading } = loader(9, 3, 1);
    loading.moveTo(0);
    for (const index of [0, 1, 2]) await server.answer(index);
    expect(server.asked).toEqual([0, 1, 2]);
    loading.moveTo(8);
    for (const index of [8, 7, 6]) await server.answer(index);
    expect(server.asked).toEqual([0, 1, 2, 8, 7, 6]);
    expect(cache.bytes).toBe(3 * FRAME_BYTES);
    expect([6, 7, 8].map((index) => loading.state(index).kind)).toEqual(["ready", "ready", "ready"]);
  });
});

test("a session that has ended stops the stack: nothing fails, what is under way is given up, nothing more is asked", async () => {
  const { server, stack: loading } = loader(1000, 9999);
  loading.moveTo(0);
  await server.answer(0);
  await server.answer(1, new Problem({ code: "session-expired", title: "ended" }));
  loading.moveTo(7);
  expect(server.asked).toEqual([0, 1, 2]);
  expect(server.aborted).toContain(2);
  expect(loading.progress).toEqual({ done: 1, failed: 0, total: 1000, retryIn: null });
});

describe("an interrupted line", () => {
  const busy = new Problem({ code: "unavailable", title: "busy", repeatable: true, retryAfterSeconds: 5 });

  test.each([
    ["no answer", new Unreachable("refused"), 1],
    ["a server that names a time", busy, 5],
    ["a proxy without its server", new Problem({ code: "status-502", title: "Bad Gateway", repeatable: true }), 1],
  ])("%s pauses the stack: nothing fails, nothing is asked, and it goes on by itself", async (_, error, seconds) => {
    const { server, clock, stack: loading } = loader(100, 999);
    loading.moveTo(0);
    await server.answer(0);
    await server.answer(1, error);
    await server.answer(2, error);
    expect(loading.progress).toEqual({ done: 1, failed: 0, total: 100, retryIn: seconds });
    expect(loading.state(1).kind).toBe("waiting");
    loading.moveTo(7);
    expect(server.asked).toEqual([0, 1, 2]);
    clock.pass(seconds);
    expect(server.asked).toEqual([0, 1, 2, 7, 8]);
    await server.answer(7);
    await server.answer(8);
    expect(loading.progress).toEqual({ done: 3, failed: 0, total: 100, retryIn: null });
  });

  test("is waited for longer each time, up to a bound, and says how long; an image that came makes it short again", async () => {
    const { server, clock, onChange, stack: loading } = loader(9, 99, 1);
    loading.moveTo(0);
    const pauses: (number | null)[] = [];
    for (let attempt = 0; attempt < 6; attempt++) {
      await server.answer(0, new Unreachable("refused"));
      pauses.push(loading.progress.retryIn);
      clock.pass(loading.progress.retryIn ?? 0);
    }
    expect(pauses).toEqual([1, 2, 4, 8, 15, 15]);
    expect(onChange).toHaveBeenCalledWith(null);
    await server.answer(0);
    await server.answer(1, new Unreachable("refused"));
    expect(loading.progress.retryIn).toBe(1);
  });

  test("is tried at once when the reader asks, and no more after leaving", async () => {
    const { server, clock, stack: loading } = loader(9, 99, 1);
    loading.moveTo(0);
    await server.answer(0, busy);
    loading.retry(0);
    expect(server.asked).toEqual([0, 0]);
    await server.answer(0, busy);
    loading.dispose();
    expect(clock.isIdle).toBe(true);
  });

  test("asking again takes back every failure that may pass, and leaves those that will not", async () => {
    const { server, stack: loading } = loader(3, 99, 3);
    const fault = new Problem({ code: "internal", title: "fault", repeatable: true });
    loading.moveTo(0);
    await server.answer(0, fault);
    await server.answer(1, fault);
    await server.answer(2, new Undecodable("corrupt", "bad"));
    expect(loading.progress.failed).toBe(3);
    loading.retry(0);
    expect(server.asked).toEqual([0, 1, 2, 0, 1]);
    expect(loading.progress.failed).toBe(1);
  });
});

test("coming back to a loaded stack, its frames count as arrived", async () => {
  const frames = stack(3);
  const first = loaderOf(frames, new FrameCache(99 * FRAME_BYTES), 2);
  first.stack.moveTo(0);
  await first.server.answer(0);
  await first.server.answer(1);
  first.stack.dispose();
  const again = loaderOf(frames, first.cache, 2);
  again.stack.moveTo(0);
  expect(again.stack.progress).toMatchObject({ done: 2, total: 3 });
  expect(again.server.asked).toEqual([2]);
});

test("what was used longest ago is dropped first, what must be kept never", () => {
  const cache = new FrameCache(2 * FRAME_BYTES);
  cache.put("a", picture(), new Set());
  cache.put("b", picture(), new Set());
  cache.get("a");
  cache.put("c", picture(), new Set());
  expect(["a", "b", "c"].map((key) => cache.has(key))).toEqual([true, false, true]);
  cache.put("d", picture(), new Set(["a", "c"]));
  expect(["a", "c", "d"].map((key) => cache.has(key))).toEqual([true, true, true]);
});

describe("a frame", () => {
  const signal = new AbortController().signal;
  const decoderOf = (decode: (request: DecodeRequest) => Promise<Picture>): Decoder => ({
    decode,
    dispose: () => undefined,
  });
  const originOf = (
    bytes: number,
    announced: number | null,
    rendered = () => Promise.reject(new Error("no")),
  ): FrameOrigin => ({
    stored: async () => ({
      transferSyntax: "1.2.840.10008.1.2.5",
      length: announced,
      arriving: Promise.resolve(new ArrayBuffer(bytes)),
    }),
    rendered,
    bulk: () => Promise.reject(new Error("no")),
  });

  test("clinical 1.48: overlays without pixels lie on black, and nothing is fetched for them", async () => {
    const overlay = {
      "60000010": element("US", 3),
      "60000011": element("US", 5),
      "60003000": binary(Uint8Array.of(9, 0x7f)),
    };
    const alone = frame({ ...overlay, [Tags.BitsAllocated]: element("US"), [Tags.Rows]: element("US") });
    const origin = { ...originOf(0, 0), stored: () => Promise.reject(new Error("asked")) };
    const drawn = await frameSource(origin, decoderOf(vi.fn()), new LineSpeed())(alone, signal);
    expect(drawn).toMatchObject({ kind: "colour", rows: 3, columns: 5 });
  });

  test("clinical 1.47: Overlay Data that is too long for the header is fetched by its tag", async () => {
    const long: Dataset = {
      [Tags.PixelData]: { vr: "OW", BulkDataURI: "x" },
      "60020010": element("US", 3),
      "60020011": element("US", 5),
      "60023000": { vr: "OW", BulkDataURI: "y" },
    };
    const bulk = vi.fn(async (..._: Parameters<FrameOrigin["bulk"]>) => Uint8Array.of(5, 6).buffer);
    const decode = async (): Promise<Picture> => picture();
    const drawn = await frameSource(
      { ...originOf(4, 4), bulk },
      decoderOf(decode),
      new LineSpeed(),
    )(frame(long), signal);
    expect(bulk.mock.calls.map(([, tag]) => tag)).toEqual(["60023000"]);
    expect(drawn.overlayBytes).toEqual({ 6002: Uint8Array.of(5, 6) });
  });

  test("is decoded by the transfer syntax that came with the bytes", async () => {
    const decode = vi.fn(async () => picture());
    await frameSource(originOf(4, 4), decoderOf(decode), new LineSpeed())(frame(), signal);
    expect(decode.mock.calls).toMatchObject([[{ transferSyntax: "1.2.840.10008.1.2.5", frameNumber: 1 }]]);
  });

  test("with fewer bytes than announced is no picture", async () => {
    const loading = frameSource(
      originOf(3, 4),
      decoderOf(async () => picture()),
      new LineSpeed(),
    )(frame(), signal);
    await expect(loading).rejects.toMatchObject({ reason: "truncated" });
  });

  test("that the server should have drawn over a line that broke is no picture yet", async () => {
    const origin = originOf(4, 4, () => Promise.reject(new Unreachable("refused")));
    const failing = decoderOf(() => Promise.reject(new Undecodable("not-in-browser", "")));
    await expect(frameSource(origin, failing, new LineSpeed())(frame(), signal)).rejects.toBeInstanceOf(Unreachable);
  });

  test("that the server should have drawn says that the session has ended, and not that it is no picture", async () => {
    const ended = new Problem({ code: "not-signed-in", title: "ended" });
    const failing = decoderOf(() => Promise.reject(new Undecodable("not-in-browser", "")));
    const loading = frameSource(
      originOf(4, 4, () => Promise.reject(ended)),
      failing,
      new LineSpeed(),
    )(frame(), signal);
    await expect(loading).rejects.toBe(ended);
  });

  test.each([
    ["twelve-bit-jpeg", 1],
    ["not-in-browser", 1],
    ["codec-not-loaded", 1],
    ["corrupt", 0],
    ["truncated", 0],
  ] as const)(
    "that is %s is asked from the server %i times, and its reason stays when the server has none",
    async (reason, times) => {
      const rendered = vi.fn(() => Promise.reject(new Error("no codec")));
      const failing = decoderOf(() => Promise.reject(new Undecodable(reason, "")));
      await expect(
        frameSource(originOf(4, 4, rendered), failing, new LineSpeed())(frame(), signal),
      ).rejects.toMatchObject({ reason });
      expect(rendered).toHaveBeenCalledTimes(times);
    },
  );
});

test("a bundle's instances keep their lossy ratio, or say that it is unknown", () => {
  const member = (lossy: boolean, changes: object) => ({
    sop_instance_uid: "1.2",
    digest: "",
    sop_class_uid: "1.2.840.10008.5.1.4.1.1.2",
    transfer_syntax: "1.2.840.10008.1.2.4.50",
    dataset: { ...HEADER, ...changes },
    frames: { count: 2, lossy },
  });
  const ratio = { [Tags.LossyImageCompressionRatio]: { vr: "DS", Value: [4, 8.5] } };
  const instances = instancesOf({ instances: [member(true, ratio), member(true, {}), member(false, {})] });
  expect(instances.map(({ lossyRatio, frameCount }) => [lossyRatio, frameCount])).toEqual([
    [8.5, 2],
    [0, 2],
    [null, 2],
  ]);
});

test("an image whose frames the server cannot tell apart is not counted as an object without image", () => {
  const member = (dataset: object) => ({
    sop_instance_uid: "1.2",
    digest: "",
    sop_class_uid: "1.2.840.10008.5.1.4.1.1.2",
    transfer_syntax: "1.2.840.10008.1.2.1",
    dataset,
    frames: { count: 0, lossy: false },
  });
  const frames = { [Tags.NumberOfFrames]: { vr: "IS", Value: [5] } };
  const counts = instancesOf({ instances: [member(HEADER), member({ ...HEADER, ...frames }), member({})] });
  expect(counts.map(({ frameCount }) => frameCount)).toEqual([1, 5, 0]);
});
