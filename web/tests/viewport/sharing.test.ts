// @vitest-environment node
// Panes beside each other share what is loaded: one request for one frame, and a cache that holds what each of them looks at.
import { describe, expect, test, vi } from "vitest";
import { type Frame, framesOf } from "../../src/display";
import type { Picture } from "../../src/viewport";
import { FrameCache } from "../../src/viewport/loading/frame-cache";
import { joinedLoads } from "../../src/viewport/loading/joined-loads";
import { StackLoader } from "../../src/viewport/loading/stack-loader";
import { instance } from "../display/fixtures";
import { FRAME_BYTES, picture } from "./pictures";

const stack = (count: number): readonly Frame[] => framesOf(instance({}, count));
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 200; turn++) await Promise.resolve();
};

describe("a stack that hangs twice", () => {
  test("is loaded once, and both panes have all of it", async () => {
    const load = vi.fn(async () => picture());
    const [frames, cache, joined] = [stack(20), new FrameCache(99 * FRAME_BYTES), joinedLoads(load)];
    const panes = [4, 15].map((at) => {
      const loader = new StackLoader(frames, { load: joined, cache, onChange: () => undefined });
      loader.moveTo(at);
      return loader;
    });
    await settled();
    expect(load).toHaveBeenCalledTimes(20);
    expect(panes.map(({ progress }) => progress.done)).toEqual([20, 20]);
  });

  test("tells both panes of each picture, also of one that the other pane brought", async () => {
    const joined = joinedLoads(async () => picture());
    const [frames, cache] = [stack(20), new FrameCache(99 * FRAME_BYTES)];
    const told = [0, 19].map((at) => {
      const of = new Set<number | null>();
      new StackLoader(frames, { load: joined, cache, onChange: (index) => of.add(index) }).moveTo(at);
      return of;
    });
    await settled();
    expect(told.map((of) => of.size)).toEqual([20, 20]);
  });

  test("is not aborted for one pane because the other one left", async () => {
    const aborted = vi.fn();
    let answer: (made: Picture) => void = () => undefined;
    const joined = joinedLoads((_, signal) => {
      signal.addEventListener("abort", aborted);
      return new Promise((resolve) => {
        answer = resolve;
      });
    });
    const [frame] = stack(1);
    if (frame === undefined) throw new Error("no frame");
    const [first, second] = [new AbortController(), new AbortController()];
    const outcomes = [first, second].map(({ signal }) => joined(frame, signal).catch(() => "left"));
    first.abort();
    expect(aborted).not.toHaveBeenCalled();
    const made = picture();
    answer(made);
    expect(await Promise.all(outcomes)).toEqual(["left", made]);
    await new Promise((forgotten) => setTimeout(forgotten));
    const third = new AbortController();
    const late = joined(frame, third.signal).catch(() => "left");
    third.abort();
    expect(await late).toBe("left");
    expect(aborted).toHaveBeenCalledOnce();
  });
});

test("two stacks that do not fit together share the cache: nothing is fetched in circles, each keeps what its reader sees", async () => {
  const load = vi.fn(async () => picture());
  const cache = new FrameCache(10 * FRAME_BYTES);
  const loaders = [stack(30), stack(30)].map((frames) => {
    const loader = new StackLoader(frames, { load, cache, onChange: () => undefined });
    loader.moveTo(15);
    return loader;
  });
  await settled();
  const requests = load.mock.calls.length;
  expect(requests).toBeLessThanOrEqual(25);
  expect(cache.bytes).toBeLessThanOrEqual(10 * FRAME_BYTES);
  for (const loader of loaders)
    expect([13, 14, 15, 16, 17].map((at) => loader.isReady(at))).toEqual(Array(5).fill(true));
  loaders[1]?.dispose();
  loaders[0]?.moveTo(15);
  await settled();
  expect([11, 12, 19, 20].filter((at) => loaders[0]?.isReady(at)).length).toBeGreaterThan(2);
});
