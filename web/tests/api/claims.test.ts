// @vitest-environment node
// What is asked of one study's claim and when: in turn, given back by whom it was begun, and nothing that somebody still reads.
import { beforeEach, expect, test } from "vitest";
import { KontorClient, type StudyName, studyUid } from "../../src/api";

const study: StudyName = { uid: studyUid("1.2.3"), key: "" };
const signal = new AbortController().signal;
const yes = () => true;
const no = () => false;

/** A server that does what it is asked when it hears it, and answers when it is let. */
class SlowServer {
  heard: string[] = [];
  held = false;
  private readonly waiting: (() => void)[] = [];
  readonly client = new KontorClient("https://kontor.example", async (request) => {
    this.heard.push(request.method);
    const renewed = this.held;
    const before = this.claim();
    if (request.method === "PUT") this.held = true;
    if (request.method === "DELETE") this.held = false;
    const body = request.method === "GET" ? { claim: before } : { ...this.claim(), renewed };
    await new Promise<void>((resolve) => this.waiting.push(resolve));
    return request.method === "DELETE"
      ? new Response(null, { status: 204 })
      : new Response(JSON.stringify(body), { headers: { "content-type": "application/json" } });
  });

  /** Answers one of the calls that wait, and lets what follows from it happen. */
  async answer(at = 0): Promise<void> {
    await settled();
    this.waiting.splice(at, 1)[0]?.();
    await settled();
  }

  private claim() {
    return this.held ? { account: "b", name: "B", own: true, since: "x", until: "y", taken_from: null } : null;
  }
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

let server: SlowServer;
beforeEach(() => {
  server = new SlowServer();
});

test("what was asked for again is the later taking's to give back", async () => {
  const { claims } = server.client;
  const first = claims.take(study, false);
  const second = claims.take(study, false);
  const back = first.giveBack(no);
  await server.answer();
  await server.answer();
  await back;
  expect(server.heard).toEqual(["PUT", "PUT"]);
  const last = second.giveBack(no);
  await server.answer();
  await last;
  expect(server.heard).toEqual(["PUT", "PUT", "DELETE"]);
});

test("what is read by then is not given back", async () => {
  const { claims } = server.client;
  const taking = claims.take(study, false);
  await server.answer();
  await taking.giveBack(yes);
  expect(server.heard).toEqual(["PUT"]);
});

test("what was left and is taken again before that was sent is kept", async () => {
  const { claims } = server.client;
  claims.take(study, false);
  const leaving = claims.leave(study, no);
  claims.take(study, false);
  await server.answer();
  await server.answer();
  await leaving;
  expect(server.heard).toEqual(["PUT", "PUT"]);
});

test("an answer from before the taking does not hide that the study is one's own", async () => {
  const { claims } = server.client;
  const asked = claims.current(study, signal);
  await settled();
  claims.take(study, false);
  await server.answer(1);
  await server.answer();
  expect(await asked).toBeNull();
  const leaving = claims.leave(study, no);
  await server.answer();
  await leaving;
  expect(server.heard).toEqual(["GET", "PUT", "DELETE"]);
});

test("what was left to another window is not given back by a taking that nobody used", async () => {
  const { claims } = server.client;
  claims.take(study, false);
  await server.answer();
  await claims.leave(study, yes);
  const again = claims.take(study, false);
  await server.answer();
  await again.giveBack(no);
  expect(server.heard).toEqual(["PUT", "PUT"]);
});

test("a claim that the server tells to be one's own is given up on leaving, one that is not is left", async () => {
  const { claims } = server.client;
  await claims.leave(study, no);
  server.held = true;
  const asked = claims.current(study, signal);
  await server.answer();
  await asked;
  const leaving = claims.leave(study, no);
  await server.answer();
  await leaving;
  expect(server.heard).toEqual(["GET", "DELETE"]);
});
