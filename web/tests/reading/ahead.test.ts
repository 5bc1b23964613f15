// The next case is brought while this one is read: when, how much, and what ends it.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { KontorClient, type SeriesRow, studyName, studyUid } from "../../src/api";
import { Tags } from "../../src/display";
import { Ahead, QUIET_MS, type WatchedDesk } from "../../src/reading/ahead";
import { Desk } from "../../src/reading/desk";
import { keepCaseList } from "../../src/shell";
import { FrameCache, LineSpeed } from "../../src/viewport";
import { study } from "../app/server";
import { element, HEADER } from "../display/fixtures";
import { picture } from "../viewport/pictures";

const [THIS, NEXT] = [study(1), study(2)];
const SERIES = "1.2.2.1";
const SLICES = 5;
const SET = { frames: [] };
const decoder = { decode: vi.fn(async () => picture()), dispose: vi.fn() };

const bundle = (changed = "") => ({
  study_instance_uid: NEXT.study_instance_uid,
  series_instance_uid: SERIES,
  built_from: "x",
  instances: Array.from({ length: SLICES }, (_, at) => ({
    sop_instance_uid: `1.${at + 1}`,
    sop_class_uid: "1.2.840.10008.5.1.4.1.1.2",
    transfer_syntax: "1.2.840.10008.1.2.1",
    digest: `digest of 1.${at + 1}${changed}`,
    dataset: { ...HEADER, [Tags.ImagePositionPatient]: element("DS", 0, 0, at) },
    frames: { count: 1, lossy: false, bytes: [] },
  })),
});
const row: SeriesRow = {
  series_instance_uid: SERIES,
  number: 1,
  modality: "CT",
  instance_count: SLICES,
  size_bytes: 800,
  first_received_at: "2026-11-24T08:12:00Z",
  last_received_at: "2026-11-24T08:12:00Z",
  state: "ready",
  description: "",
  body_part: "",
  frame_of_reference_uid: "",
  laterality: "",
  manufacturer: "",
  performed_date: "",
  performed_time: "",
  protocol: "",
  station: "",
};

/** What was asked, and requests that are held back until they are let go. */
function server() {
  const asked: string[] = [];
  const held: { until: Promise<void> | null; given: number } = { until: null, given: 0 };
  const client = new KontorClient("http://kontor.test", async (request) => {
    const { pathname } = new URL(request.url);
    const what = pathname.replace("/api/v1/studies", "").replace(`/1.2.2/series/${SERIES}`, "");
    asked.push(what);
    if (held.until !== null)
      await Promise.race([
        held.until,
        new Promise((_, reject) =>
          request.signal.addEventListener("abort", () => {
            held.given += 1;
            reject(request.signal.reason);
          }),
        ),
      ]);
    if (what === "")
      return Response.json({ items: [THIS, NEXT], next: null, previous: null, total: 2, filtered_out: 0 });
    if (what === "/bundle") return Response.json(bundle());
    if (what === "/1.2.2") return Response.json({ study: NEXT, series: [row] });
    return new Response(new Uint8Array(160));
  });
  return { client, asked, held };
}

/** A desk on which one series hangs, of which so many images have come. */
function watched(progress = { done: 3, failed: 0, total: 3, retryIn: null }, cache = new FrameCache(10_000)) {
  const place = { series: "1", set: SET };
  const view = { ...place, places: [place], layout: "1x1", loaded: new Map() };
  const desk = {
    snapshot: () => view,
    reportAt: () => ({ set: SET, progress }),
    cache,
    line: new LineSpeed(),
    decoder,
  } as unknown as WatchedDesk; // only what is asked of it
  return { desk, progress };
}

function ahead(client: KontorClient, desk: WatchedDesk, sparing = false) {
  const made = new Ahead({ client, sparing: () => sparing });
  made.take(studyName(THIS));
  client.onCall(() => made.giveWay());
  const { show } = made.layer(document.body, { desk } as never);
  return { made, draw: () => show({} as never) };
}

const settled = async (): Promise<void> => void (await vi.advanceTimersByTimeAsync(0));
const OPENING = ["", "/1.2.2", "/bundle", "/instances/1.3/frames/1", "/instances/1.5/frames/1"];

beforeEach(() => {
  vi.useFakeTimers();
  keepCaseList({ filter: "", query: {} as never, cursor: "", study: "1.2.1", index: 0, opened: studyName(THIS) });
});
afterEach(() => {
  vi.useRealTimers();
  window.sessionStorage.clear();
});

test("its headers, the image it opens at and the first one come once this case is whole, and only once", async () => {
  const { client, asked } = server();
  const { desk, progress } = watched({ done: 2, failed: 0, total: 3, retryIn: null });
  const { draw } = ahead(client, desk);
  draw();
  await settled();
  expect(asked).toEqual([]);
  progress.done = 3;
  draw();
  await settled();
  expect(asked).toEqual(OPENING);
  draw();
  await settled();
  expect(asked).toEqual(OPENING);
});

test("whatever else is asked ends it at once; it goes on after a pause, from where it was", async () => {
  const { client, asked, held } = server();
  const { draw } = ahead(client, watched().desk);
  draw();
  await settled();
  const before = asked.length;
  expect(before).toBe(OPENING.length);
  const second = ahead(client, watched().desk);
  held.until = new Promise(() => undefined);
  second.draw();
  await settled();
  expect(asked.slice(before)).toEqual([""]);
  held.until = null;
  await client.studies.detail({ uid: studyUid("1.2.1"), key: "" }, AbortSignal.timeout(1000)).catch(() => undefined);
  expect(held.given, "what was under way goes on").toBe(1);
  second.draw();
  await settled();
  expect(asked.slice(before)).toEqual(["", "/1.2.1"]);
  await vi.advanceTimersByTimeAsync(QUIET_MS);
  expect(asked.slice(before + 2)).toEqual(OPENING);
});

test.each([
  ["on a line that is to be spared", () => watched().desk, true, []],
  ["over a slow line", () => ({ ...watched().desk, line: { crawls: true } as LineSpeed }), false, []],
  ["of images beyond the bound", () => watched(undefined, new FrameCache(100)).desk, false, OPENING.slice(0, 3)],
])("nothing comes %s", async (_, desk, sparing, wanted) => {
  const { client, asked } = server();
  ahead(client, desk(), sparing).draw();
  await settled();
  expect(asked).toEqual(wanted);
});

test("opened, it shows its image without asking for it, and says to the server that it is read now", async () => {
  const { client, asked } = server();
  const { made, draw } = ahead(client, watched().desk);
  draw();
  await settled();
  const name = { uid: studyUid("1.2.2"), key: "" };
  const brought = made.take(name);
  expect(made.take(name)).toBeNull();
  asked.length = 0;
  const desk = new Desk({ client, study: name, decoder, wish: "2d", brought });
  await desk.open(SERIES);
  const frames = desk.snapshot().set?.frames ?? [];
  expect(frames.map(({ key }) => desk.cache.has(key))).toEqual([true, false, true, false, false]);
  expect(asked).toEqual(["/bundle"]);
});

test("another case than the one that was brought gets nothing of it, nor after news about it", async () => {
  const { client } = server();
  const { desk } = watched();
  const { made, draw } = ahead(client, desk);
  draw();
  await settled();
  made.forget("1.2.9");
  expect(made.take({ uid: studyUid("1.2.2"), key: "77" })).toBeNull();
  draw();
  await settled();
  made.forget("1.2.2");
  expect(made.take({ uid: studyUid("1.2.2"), key: "" })).toBeNull();
});

test("a case that was not opened from the list has no next one, and nothing is brought", async () => {
  const { client, asked } = server();
  const { made, draw } = ahead(client, watched().desk);
  made.take({ uid: studyUid("1.2.9"), key: "" });
  draw();
  await settled();
  expect(asked).toEqual([]);
});
