// An upload over a line that breaks: nothing counts as kept before it was said, nothing is left out, nothing twice.
import { describe, expect, test, vi } from "vitest";
import { type ImportedFile, Problem, Unreachable } from "../../src/api";
import { BATCH_BYTES, BATCH_FILES } from "../../src/upload/batches";
import { type Candidate, ofFile, refused } from "../../src/upload/candidates";
import { LANES, type Means, percentOf, UploadRun } from "../../src/upload/run";
import { leftByReason, refusedOf, restSeconds, settledOf } from "../../src/upload/tally";
import { answer, dicom, zip } from "./files";

type Send = Means["send"];
const all =
  (outcome: ImportedFile["outcome"]): Send =>
  async (files) =>
    files.map(() => answer(outcome));

/** A run whose waiting takes no time, and what it was sent. */
function runWith(send: Send) {
  const batches: (readonly Blob[])[] = [];
  const slept: number[] = [];
  const run = new UploadRun({
    send: async (files, signal, onSent) => {
      batches.push(files);
      return await send(files, signal, onSent);
    },
    now: () => performance.now(),
    sleep: async (milliseconds) => void slept.push(milliseconds),
  });
  return { run, batches, slept };
}

const phase = (run: UploadRun, wanted: string): Promise<void> =>
  vi.waitFor(() => expect(run.state().phase).toBe(wanted), 3000);
const images = (count: number): readonly Candidate[] =>
  Array.from({ length: count }, (_, number) => ofFile(dicom(`IM${number}`)));

test("two thousand files go in small batches, each once, and are all kept", async () => {
  const { run, batches } = runWith(all("new"));
  await run.add(images(2000));
  await phase(run, "finished");
  const { tally, found } = run.state();
  expect([tally.kept, found, settledOf(tally)]).toEqual([2000, 2000, 2000]);
  expect(Math.max(...batches.map((batch) => batch.length))).toBe(BATCH_FILES);
  expect(new Set(batches.flat()).size).toBe(2000);
});

test("nothing counts as kept while the archive has not said so", async () => {
  const told: (() => void)[] = [];
  const { run } = runWith((files) => new Promise((tell) => told.push(() => tell(files.map(() => answer("new"))))));
  void run.add(images(100));
  await vi.waitFor(() => expect(told.length).toBe(LANES));
  expect(settledOf(run.state().tally)).toBe(0);
  told[0]?.();
  await vi.waitFor(() => expect(run.state().tally.kept).toBe(BATCH_FILES));
});

test("of a file under way it is told how much has left; whole it is only when it is answered", async () => {
  let tell: () => void = () => undefined;
  let sent: (bytes: number) => void = () => undefined;
  const { run } = runWith((files, _, onSent) => {
    sent = onSent;
    return new Promise((kept) => {
      tell = () => kept(files.map(() => answer("new")));
    });
  });
  void run.add(images(1));
  await vi.waitFor(() => expect(run.state().underWay.files).toBe(1));
  const { bytes } = run.state().underWay;
  sent(bytes / 2);
  expect([run.state().underWay.sentBytes, percentOf(run.state())]).toEqual([bytes / 2, 50]);
  sent(bytes + 200);
  expect([run.state().underWay.sentBytes, percentOf(run.state())]).toEqual([bytes, 99]);
  tell();
  await phase(run, "finished");
  expect([run.state().underWay.files, percentOf(run.state())]).toEqual([0, 100]);
});

test("a lost line is tried again until it stands, and what was lost is not counted twice", async () => {
  let sent = 0;
  const archive = new Set<Blob>();
  const { run, slept } = runWith(async (files) => {
    sent += 1;
    const outcomes = files.map((file) => answer(archive.has(file) ? "repeated" : "new"));
    for (const file of files) archive.add(file);
    if (sent % 3 !== 0) throw new Unreachable("line"); // kept, and the answer was lost
    return outcomes;
  });
  await run.add(images(200));
  await phase(run, "finished");
  const { tally } = run.state();
  expect([tally.kept, tally.repeated, archive.size]).toEqual([200, 0, 200]);
  expect(slept).toContain(2000); // it waits longer each time
});

test("a full archive is waited for, as long as it says", async () => {
  let full = true;
  const { run, slept } = runWith(async (files) => {
    if (full) {
      full = false;
      throw new Problem({ code: "storage-full", title: "voll", repeatable: true, retryAfterSeconds: 300 });
    }
    return files.map(() => answer("new"));
  });
  await run.add(images(3));
  await phase(run, "finished");
  expect(slept).toEqual([300_000]);
  expect(run.state().tally.kept).toBe(3);
});

test("a refusal that does not pass stops it; a person lets it go on from there", async () => {
  let may = false;
  const { run } = runWith(async (files) => {
    if (!may) throw new Problem({ code: "right-missing", title: "Recht fehlt" });
    return files.map(() => answer("new"));
  });
  await run.add(images(40));
  await phase(run, "stuck");
  expect(run.isUnderWay).toBe(true);
  may = true;
  run.go();
  await phase(run, "finished");
  expect(run.state().tally.kept).toBe(40);
});

test("stopped, it gives up what is under way and goes on with exactly that", async () => {
  const waiting: AbortSignal[] = [];
  let hold = true;
  const { run } = runWith((files, signal) => {
    if (!hold) return Promise.resolve(files.map(() => answer("new")));
    waiting.push(signal);
    return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  });
  void run.add(images(100));
  await vi.waitFor(() => expect(waiting.length).toBe(LANES));
  run.stop();
  await vi.waitFor(() => expect(waiting.every((signal) => signal.aborted)).toBe(true));
  expect([run.state().phase, run.isUnderWay, settledOf(run.state().tally)]).toEqual(["stopped", false, 0]);
  hold = false;
  run.go();
  await phase(run, "finished");
  expect(run.state().tally.kept).toBe(100);
});

test("paused, batches under way are finished and no other begins", async () => {
  const told: (() => void)[] = [];
  const { run, batches } = runWith(
    (files) => new Promise((tell) => told.push(() => tell(files.map(() => answer("new"))))),
  );
  void run.add(images(200));
  await vi.waitFor(() => expect(told.length).toBe(LANES));
  run.pause();
  for (const tell of told) tell();
  await vi.waitFor(() => expect(run.state().tally.kept).toBe(LANES * BATCH_FILES));
  expect([run.state().phase, batches.length]).toEqual(["paused", LANES]);
});

describe("what is not sent", () => {
  test("texts, viewers, indexes and empty files stay behind, grouped by reason", async () => {
    const { run, batches } = runWith(all("new"));
    const texts = Array.from({ length: 1000 }, (_, n) =>
      ofFile(new File(["Bilder vom 1.1.2026".repeat(9)], `t${n}.txt`)),
    );
    await run.add([...texts, ofFile(dicom("DICOMDIR")), ofFile(new File([], "leer")), ...images(2)]);
    await phase(run, "finished");
    const { tally } = run.state();
    expect(leftByReason(tally).map(({ code, paths }) => [code, paths.length])).toEqual([
      ["not-dicom", 1000],
      ["dicomdir", 1],
      ["empty", 1],
    ]);
    expect([refusedOf(tally).length, batches.flat().length, tally.kept]).toEqual([0, 2, 2]);
  });

  test("a file without preamble is the archive's to judge", async () => {
    const { run, batches } = runWith(all("new"));
    await run.add([ofFile(new File([new Uint8Array([8, 0, 5, 0, 67, 83])], "bare"))]);
    await phase(run, "finished");
    expect(batches.flat().length).toBe(1);
  });

  test("what the archive refuses is listed by name and reason", async () => {
    const { run } = runWith(async (files) =>
      files.map((file) => (file.size === 134 ? answer("refused", "bad-uid") : answer("new"))),
    );
    await run.add([ofFile(dicom("IM1", "IM")), ...images(2)]);
    await phase(run, "finished");
    expect(run.state().tally.notTaken).toEqual([{ path: "IM1", code: "bad-uid", left: false }]);
  });

  test("a file that was taken away meanwhile does not hold up the others", async () => {
    const gone = dicom("gone");
    let there = true;
    const slice = gone.slice.bind(gone);
    vi.spyOn(gone, "slice").mockImplementation((...range) => {
      if (there) return slice(...range);
      const lost = new Blob([]);
      vi.spyOn(lost, "arrayBuffer").mockRejectedValue(new DOMException("gone", "NotFoundError"));
      return lost;
    });
    const { run } = runWith(async (files) => {
      there = false;
      if (files.includes(gone)) throw new Unreachable("Failed to fetch"); // all that the browser says
      return files.map(() => answer("new"));
    });
    await run.add([ofFile(gone), ...images(2)]);
    await phase(run, "finished");
    expect(run.state().tally).toMatchObject({ kept: 2, notTaken: [{ path: "gone", code: "unreadable" }] });
  });

  test("a file beyond every limit is told apart from those beside it", async () => {
    const { run } = runWith(async (files) => {
      if (files.some((file) => file.size > 5000)) throw new Problem({ code: "body-too-large", title: "zu groß" });
      return files.map(() => answer("new"));
    });
    await run.add([ofFile(dicom("big", "big", 6000)), ...images(3)]);
    await phase(run, "finished");
    expect(run.state().tally).toMatchObject({ kept: 3, notTaken: [{ path: "big", code: "too-large", left: false }] });
  });
});

test("archives give way to their members, one level deep", async () => {
  const { run } = runWith(all("new"));
  const bytes = new Uint8Array(await dicom("x").arrayBuffer());
  const packed = async (file: File): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());
  const innermost = await packed(zip([{ name: "IM9", data: bytes }]));
  const inner = await packed(
    zip([
      { name: "IM2", data: bytes, deflated: true },
      { name: "deep.zip", data: innermost },
    ]),
  );
  const outer = zip([
    { name: "IM1", data: bytes },
    { name: "in.zip", data: inner },
    { name: "x.txt", data: bytes.slice(0, 9) },
  ]);
  await run.add([
    ofFile(outer),
    ofFile(new File(["PK\u0003\u0004 no more"], "broken.zip")),
    refused("folder", "too-deep"),
  ]);
  await phase(run, "finished");
  const { tally, found } = run.state();
  expect([tally.kept, found]).toEqual([2, 6]);
  expect(tally.notTaken.map(({ path, code }) => [path, code]).sort()).toEqual([
    ["broken.zip", "broken-archive"],
    ["disc.zip!in.zip!deep.zip", "too-deep"],
    ["disc.zip!x.txt", "not-dicom"],
    ["folder", "too-deep"],
  ]);
});

test("a batch stays small: a large file travels with few others", async () => {
  const { run, batches } = runWith(all("new"));
  const large = dicom("large", "large", BATCH_BYTES);
  await run.add([...images(2), ofFile(large), ...images(1)]);
  await phase(run, "finished");
  expect(batches.map((batch) => batch.includes(large) && batch.length > 2)).not.toContain(true);
  expect(run.state().tally.kept).toBe(4);
});

test("the rest is told by the pace so far, and not before there is one", () => {
  expect(restSeconds(0, 680, 5000)).toBeNull();
  expect(restSeconds(412, 680, 6200)).toBe(5);
});
