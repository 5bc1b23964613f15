// @vitest-environment node
// When frames are asked for compressed: only over a line that was seen to be slow.
import { expect, test } from "vitest";
import { LineSpeed } from "../../src/viewport/loading/line-speed";

class Line {
  private at = 0;
  readonly speed = new LineSpeed(() => this.at);
  private readonly underWay: (() => void)[] = [];

  begin(bytes: number): Promise<unknown> {
    return this.speed.during(new Promise<number>((resolve) => this.underWay.push(() => resolve(bytes))), (n) => n);
  }

  async endAfter(milliseconds: number, transfer: Promise<unknown>): Promise<void> {
    this.at += milliseconds;
    this.underWay.shift()?.();
    await transfer;
  }
}

test("unknown is not slow", () => {
  expect(new LineSpeed(() => 0).slow).toBe(false);
});

test("half a megabyte in 150 ms is slow, in 10 ms it is not", async () => {
  for (const [milliseconds, slow] of [
    [150, true],
    [10, false],
  ] as const) {
    const line = new Line();
    await line.endAfter(milliseconds, line.begin(524_288));
    expect(line.speed.slow).toBe(slow);
  }
});

test("six at once share the line: the time counts once", async () => {
  const line = new Line();
  const six = Array.from({ length: 6 }, () => line.begin(524_288));
  for (const one of six) await line.endAfter(10, one);
  expect(line.speed.slow).toBe(false);
});

test("a line that became slow is noticed", async () => {
  const line = new Line();
  for (let n = 0; n < 100; n++) await line.endAfter(10, line.begin(524_288));
  expect(line.speed.slow).toBe(false);
  for (let n = 0; n < 60; n++) await line.endAfter(150, line.begin(524_288));
  expect(line.speed.slow).toBe(true);
});

test("what failed and what is small say nothing of the line", async () => {
  const line = new Line();
  await line.speed.during(Promise.reject(new Error("cut")), () => 1).catch(() => null);
  await line.endAfter(20, line.begin(32_768));
  expect(line.speed.slow).toBe(false);
  await line.endAfter(150, line.begin(524_288));
  expect(line.speed.slow).toBe(true);
});

test("a slow line crawls only where little comes over it at all", async () => {
  for (const [milliseconds, crawls] of [
    [150, false],
    [600, true],
  ] as const) {
    const line = new Line();
    await line.endAfter(milliseconds, line.begin(524_288));
    expect([line.speed.slow, line.speed.crawls]).toEqual([true, crawls]);
  }
});
