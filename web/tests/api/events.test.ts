// Events as they come over the line: in pieces, with comments, with kinds we do not know.
import { describe, expect, test, vi } from "vitest";
import { KontorClient } from "../../src/api";
import { EventReader } from "../../src/api/events";

const event = (kind: string, study: string): string =>
  `event: ${kind}\ndata: {"study_instance_uid": "${study}", "at": "x"}\n\n`;

describe("the reader", () => {
  test("puts pieces together", () => {
    const reader = new EventReader();
    const text = event("study_arrived", "1.2") + event("study_settled", "1.3");
    const found = [...text].flatMap((character) => reader.feed(character));
    expect(found).toEqual([
      { kind: "study_arrived", study: "1.2" },
      { kind: "study_settled", study: "1.3" },
    ]);
  });

  test("leaves out comments, unknown kinds and data that is no JSON", () => {
    const reader = new EventReader();
    expect(reader.feed(`: keep\n\n${event("weather", "1.2")}event: study_arrived\ndata: nonsense\n\n`)).toEqual([]);
  });

  test("takes carriage returns as line ends", () => {
    expect(new EventReader().feed(event("study_changed", "1.2").replaceAll("\n", "\r\n"))).toHaveLength(1);
  });
});

test("a lost line is said, opened again and said to stand", async () => {
  vi.useFakeTimers();
  const abort = new AbortController();
  const said: (boolean | string)[] = [];
  let opened = 0;
  const client = new KontorClient("https://kontor.example", async () => {
    opened += 1;
    if (opened === 2) throw new TypeError("fetch failed");
    return new Response(event("study_arrived", `1.${opened}`), { headers: { "content-type": "text/event-stream" } });
  });
  const following = client.events.follow(
    { event: ({ study }) => said.push(study), connected: (up) => said.push(up) },
    abort.signal,
  );
  await vi.advanceTimersByTimeAsync(3500);
  abort.abort();
  await vi.runAllTimersAsync();
  await following;
  vi.useRealTimers();
  expect(said.slice(0, 6)).toEqual([true, "1.1", false, false, true, "1.3"]);
});

test("a line that is silent for three of the server's words is taken for lost", async () => {
  vi.useFakeTimers();
  const abort = new AbortController();
  const said: boolean[] = [];
  const client = new KontorClient("https://kontor.example", async () => {
    const silent = new ReadableStream<Uint8Array>();
    return new Response(silent, { headers: { "content-type": "text/event-stream" } });
  });
  const following = client.events.follow({ event: () => undefined, connected: (up) => said.push(up) }, abort.signal);
  await vi.advanceTimersByTimeAsync(44_000);
  expect(said).toEqual([true]);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(said).toEqual([true, false, true]);
  abort.abort();
  await vi.advanceTimersByTimeAsync(60_000);
  await following;
  vi.useRealTimers();
});

test("an opening that is never answered is given up as well", async () => {
  vi.useFakeTimers();
  const abort = new AbortController();
  const ended: boolean[] = [];
  const client = new KontorClient(
    "https://kontor.example",
    (request) =>
      new Promise((_, reject) => {
        ended.push(false);
        const at = ended.length - 1;
        request.signal.addEventListener("abort", () => {
          ended[at] = true;
          reject(request.signal.reason);
        });
      }),
  );
  const following = client.events.follow({ event: () => undefined, connected: () => undefined }, abort.signal);
  await vi.advanceTimersByTimeAsync(44_000);
  expect(ended).toEqual([false]);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(ended).toEqual([true, false]);
  abort.abort();
  await following;
  vi.useRealTimers();
  expect(ended).toEqual([true, true]);
});
