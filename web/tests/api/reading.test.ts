// @vitest-environment node
// A reader's work over the line: marks, claims, views; what stood in the way of a change comes back whole.
import { expect, test } from "vitest";
import { holderOf, KontorClient, markThatStands, Problem, studyUid } from "../../src/api";

const signal = new AbortController().signal;
const first = { uid: studyUid("1.2.3"), key: "" };
const second = { uid: studyUid("1.2.3"), key: "77" };
const mark = {
  id: "0a".repeat(16),
  study: "1.2.3",
  sop_instance_uid: "1.2.3.4",
  frame: 1,
  kind: "length",
  points: [
    [1.5, 2],
    [3, 4.25],
  ],
  text: "",
  detail: {},
  version: 1,
  created_at: "2026-11-24T08:12:00Z",
  changed_at: "2026-11-24T08:12:00Z",
  removed: false,
};
const claim = { account: "b", name: "Dr. B", own: false, since: "x", until: "y", taken_from: null };

function answering(body: unknown, status = 200) {
  const asked: { line: string; body: unknown }[] = [];
  const client = new KontorClient("https://kontor.example", async (request) => {
    const { pathname, search } = new URL(request.url);
    const text = await request.text();
    asked.push({ line: `${request.method} ${pathname}${search}`, body: text === "" ? null : JSON.parse(text) });
    const type = status < 400 ? "application/json" : "application/problem+json";
    return status === 204
      ? new Response(null, { status })
      : new Response(JSON.stringify(body), { status, headers: { "content-type": type } });
  });
  return { client, asked };
}

const thrownBy = async (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    () => null,
    (error: unknown) => error,
  );

test("a mark names its study, and whose it is only where two patients share the UID", async () => {
  const { client, asked } = answering(mark);
  const { id, study: _, created_at, changed_at, removed, ...content } = mark;
  const draft = { ...content, id, kind: "length", points: [[1.5, 2] as const], version: 0 } as const;
  expect(await client.marks.save({ ...draft, study: first }, signal)).toEqual(mark);
  await client.marks.save({ ...draft, study: second }, signal);
  expect(asked.map(({ line }) => line)).toEqual(Array(2).fill(`PUT /api/v1/marks/${id}`));
  expect(asked.map(({ body }) => body)).toMatchObject([
    { study: "1.2.3", version: 0 },
    { study: "1.2.3", study_key: "77" },
  ]);
  expect(asked[0]?.body).not.toHaveProperty("study_key");
});

test("marks are listed and removed by version", async () => {
  const listed = answering({ marks: [mark] });
  expect(await listed.client.marks.list(second, signal)).toEqual([mark]);
  const removed = answering(null, 204);
  await removed.client.marks.remove(mark.id, 3, signal);
  expect([...listed.asked, ...removed.asked].map(({ line }) => line)).toEqual([
    "GET /api/v1/studies/1.2.3/marks?study_key=77",
    `DELETE /api/v1/marks/${mark.id}?version=3`,
  ]);
});

test("a point that is no pair of numbers is not believed", async () => {
  const { client } = answering({ marks: [{ ...mark, points: [[1, 2, 3]] }] });
  await expect(client.marks.list(first, signal)).rejects.toThrow("points[0]");
});

test("the version that came between is handed out with the refusal", async () => {
  const present = { ...mark, version: 5, removed: true };
  const { client } = answering({ code: "mark-changed", title: "x", status: 409, present }, 409);
  const error = await thrownBy(client.marks.remove(mark.id, 3, signal));
  expect(markThatStands(error)).toEqual(present);
  expect(holderOf(error)).toBeNull();
  expect(markThatStands(new Problem({ code: "not-found", title: "x" }))).toBeNull();
});

test("a claim is asked for, taken over expressly, given up", async () => {
  const { client, asked } = answering({ ...claim, renewed: false, claim: null });
  expect(await client.claims.current(first, signal)).toBeNull();
  await client.claims.take(first, false).answer;
  await client.claims.take(second, true).answer;
  await client.claims.leave(first, () => true);
  await client.claims.leave(first, () => false);
  await client.claims.leave(first, () => false);
  expect(asked).toEqual([
    { line: "GET /api/v1/studies/1.2.3/claim", body: null },
    { line: "PUT /api/v1/studies/1.2.3/claim", body: { take_over: false } },
    { line: "PUT /api/v1/studies/1.2.3/claim?study_key=77", body: { take_over: true } },
    { line: "DELETE /api/v1/studies/1.2.3/claim", body: null },
  ]);
});

test("who holds the study comes back with the refusal", async () => {
  const { client } = answering({ code: "claimed", title: "x", status: 409, present: claim }, 409);
  expect(holderOf(await thrownBy(client.claims.take(first, false).answer))).toEqual(claim);
});

test("a view is kept under its own id", async () => {
  const view = { id: "0b".repeat(16), name: "CT heute", filter: "modality=CT", position: 2 };
  const { client, asked } = answering(view);
  expect(await client.views.save(view, signal)).toEqual(view);
  expect(await answering({ views: [view] }).client.views.list(signal)).toEqual([view]);
  expect(asked).toEqual([
    { line: `PUT /api/v1/views/${view.id}`, body: { name: "CT heute", filter: "modality=CT", position: 2 } },
  ]);
});
