// What a page finds that was away: the events since its mark, and whether any may be missing.
import { expect, test, vi } from "vitest";
import { KontorClient } from "../../src/api";
import { EventFeed } from "../../src/shell";

const text = (study: string): Uint8Array =>
  new TextEncoder().encode(`event: study_arrived\ndata: ${JSON.stringify({ study_instance_uid: study })}\n\n`);

/** A feed on a line that says what the test says. */
function following() {
  const lines: ReadableStreamDefaultController<Uint8Array>[] = [];
  const client = new KontorClient("http://kontor.test", async () => {
    const body = new ReadableStream<Uint8Array>({ start: (line) => void lines.push(line) });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  });
  const feed = new EventFeed();
  const abort = new AbortController();
  return { feed, abort, run: feed.run(client, abort.signal), line: () => lines.at(-1) };
}

test("what happened since a mark is told in full, and nothing from before", async () => {
  const { feed, line } = following();
  await vi.waitFor(() => expect(feed.connected()).toBe(true));
  line()?.enqueue(text("1.1"));
  await vi.waitFor(() => expect(feed.mark()).toBe(1));
  const mark = feed.mark();
  line()?.enqueue(text("1.2"));
  await vi.waitFor(() => expect(feed.since(mark).events.map(({ study }) => study)).toEqual(["1.2"]));
  expect(feed.since(mark).complete).toBe(true);
});

test("a lost line leaves a gap, also for who begins to count before it stands again", async () => {
  const { feed, line } = following();
  await vi.waitFor(() => expect(feed.connected()).toBe(true));
  const before = feed.mark();
  line()?.close();
  await vi.waitFor(() => expect(feed.connected()).toBe(false));
  const during = feed.mark();
  await vi.waitFor(() => expect(feed.connected()).toBe(true), 3000);
  expect([before, during, feed.mark()].map((mark) => feed.since(mark).complete)).toEqual([false, false, true]);
});

test("after signing out nothing of it is remembered", async () => {
  const { feed, line, abort, run } = following();
  await vi.waitFor(() => expect(feed.connected()).toBe(true));
  const mark = feed.mark();
  line()?.enqueue(text("1.1"));
  await vi.waitFor(() => expect(feed.mark()).toBe(mark + 1));
  abort.abort();
  line()?.close();
  await run;
  expect(feed.since(mark)).toEqual({ events: [], complete: false });
});

test("after signing out nobody follows: whether the line stands is not known", async () => {
  const { feed, line, abort, run } = following();
  await vi.waitFor(() => expect(feed.connected()).toBe(true));
  abort.abort();
  line()?.close();
  await run;
  expect(feed.connected()).toBeNull();
});

test("one that is still ending says nothing about the line of the next, nor does the next inherit it", async () => {
  const { feed, line, abort, run } = following();
  await vi.waitFor(() => expect(feed.connected()).toBe(true));
  const mark = feed.mark();
  line()?.enqueue(text("1.1"));
  await vi.waitFor(() => expect(feed.mark()).toBe(mark + 1));
  const next = new AbortController();
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const client = new KontorClient("http://kontor.test", async ({ signal }) => {
    await opened;
    const body = new ReadableStream<Uint8Array>({
      start: (end) => signal.addEventListener("abort", () => end.error(signal.reason)),
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  });
  abort.abort();
  const second = feed.run(client, next.signal);
  expect([feed.connected(), feed.since(mark)]).toEqual([null, { events: [], complete: false }]);
  const told: unknown[] = [];
  feed.onState(() => told.push(feed.connected()));
  open();
  await vi.waitFor(() => expect(feed.connected()).toBe(true));
  line()?.close();
  await run;
  expect(told).toEqual([true]);
  next.abort();
  await second;
});
