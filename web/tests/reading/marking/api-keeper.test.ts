// The API behind the keeping of marks: what is sent, what comes back, which failures are tried again.
import { describe, expect, test } from "vitest";
import { KontorClient, studyUid } from "../../../src/api";
import { apiKeeper } from "../../../src/reading/marking/api-keeper";
import { KeeperAway, MarkChanged, MarkRefused } from "../../../src/tools";
import { refusal } from "../../app/server";
import { frameWith, mark as made } from "../../tools/pane";

const signal = new AbortController().signal;
const mark = {
  ...made("calibration", frameWith(), [1.5, 2], [3, 4]),
  id: "a".repeat(32),
  seriesUid: "1.2.9",
  millimetres: 25,
};
const told = {
  id: mark.id,
  study: "1.2",
  sop_instance_uid: mark.sopInstanceUid,
  frame: 1,
  kind: "calibration",
  points: mark.points,
  text: "",
  detail: { millimetres: 25, series: "1.2.9" },
  version: 1,
  created_at: "x",
  changed_at: mark.changedAt,
  removed: false,
};

function keeping(answer: () => Response) {
  const asked: { readonly line: string; readonly body: unknown }[] = [];
  const client = new KontorClient("https://kontor.example", async (request) => {
    const { pathname, search } = new URL(request.url);
    const text = await request.text();
    asked.push({ line: `${request.method} ${pathname}${search}`, body: text === "" ? null : JSON.parse(text) });
    return answer();
  });
  return { keeper: apiKeeper(client, { uid: studyUid("1.2"), key: "" }), asked };
}

test("a mark goes there and comes back as it was", async () => {
  const { keeper, asked } = keeping(() => Response.json(told));
  expect(await keeper.save(mark, 0, signal)).toEqual({ mark, version: 1 });
  expect(asked[0]).toMatchObject({
    line: `PUT /api/v1/marks/${mark.id}`,
    body: { study: "1.2", version: 0, detail: { millimetres: 25, series: "1.2.9" } },
  });
});

test("a removal is the next version; of what was never there, none", async () => {
  const gone = keeping(() => new Response(null, { status: 204 }));
  expect(await gone.keeper.remove(mark.id, 3, signal)).toEqual({ mark: null, version: 4 });
  const never = keeping(() => refusal(404, "not-found", "Nicht gefunden"));
  expect(await never.keeper.remove(mark.id, 1, signal)).toEqual({ mark: null, version: 0 });
});

describe("a failure", () => {
  const thrown = async (answer: () => Response): Promise<unknown> =>
    keeping(answer)
      .keeper.save(mark, 1, signal)
      .then(
        () => null,
        (error: unknown) => error,
      );

  test("of another version brings that version, removed or not", async () => {
    const changed = (removed: boolean) => () =>
      refusal(409, "mark-changed", "x", { present: { ...told, version: 5, removed } });
    expect(await thrown(changed(false))).toEqual(new MarkChanged({ mark, version: 5 }));
    expect(((await thrown(changed(true))) as MarkChanged).current).toEqual({ mark: null, version: 5 });
  });

  test("for good says why", async () => {
    expect(await thrown(() => refusal(422, "inadmissible", "Zu viele Markierungen"))).toEqual(
      new MarkRefused("Zu viele Markierungen"),
    );
  });

  test.each([
    ["a server that is away", () => refusal(503, "busy", "x")],
    ["a session that has ended", () => refusal(401, "not-signed-in", "x")],
    [
      "a line that broke",
      () => {
        throw new TypeError("failed to fetch");
      },
    ],
  ])("of %s may be tried again", async (_, answer) => {
    expect(await thrown(answer)).toBeInstanceOf(KeeperAway);
  });
});
