// Two windows of one browser share its cookie: each notices when somebody else signed in, or nobody is, in the other.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Unreachable } from "../../src/api";
import { button, click, field, leave, see, seeText, show, submit, text, type } from "./screen";
import { refusal, session, TestServer } from "./server";

let other: BroadcastChannel;
let heard: unknown[];
beforeEach(() => {
  heard = [];
  other = new BroadcastChannel("kontor.session");
  other.onmessage = ({ data }) => void heard.push(data);
});
afterEach(async () => {
  vi.useRealTimers();
  await leave();
  other.close();
});

async function inside(): Promise<TestServer> {
  const server = new TestServer();
  await show(server, "/worklist");
  await seeText("Noch keine Untersuchung");
  return server;
}

const whoIsHere = (server: TestServer, part: object): void =>
  void server.overrides.set("GET /session", () => Response.json({ ...session, ...part }));

test("who signs in and out tells the other windows", async () => {
  await inside();
  await click(button("Dr. Berta Beispiel"));
  await click(button("Abmelden"));
  await see(() => button("Anmelden"));
  await see(() => heard.length === 1);
  await type(field("Benutzername"), "b.beispiel");
  await type(field("Passwort"), "geheim");
  await submit(field("Passwort"));
  await see(() => heard.length === 2);
});

test.each([
  ["somebody else", { name: "c.zweite" }],
  ["somebody of the same name in another house", { organisation: "other" }],
])("where %s signed in in another window, this one's page goes", async (_, part) => {
  const server = await inside();
  whoIsHere(server, part);
  other.postMessage("changed");
  await see(() => button("Anmelden"));
  expect(text()).toContain("Gespeichertes ist nicht verloren");
});

test("where nobody is signed in any more, this window's page goes", async () => {
  const server = await inside();
  server.overrides.set("GET /session", () => refusal(401, "not-signed-in", "Nicht angemeldet"));
  other.postMessage("changed");
  await see(() => button("Anmelden"));
});

test("a line that fails just then is asked again", async () => {
  const server = await inside();
  server.overrides.set("GET /session", () => {
    whoIsHere(server, { name: "c.zweite" });
    throw new Unreachable("refused");
  });
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  other.postMessage("changed");
  await see(() => {
    vi.advanceTimersByTime(2_000);
    return button("Anmelden");
  });
});

test("who signed in again in another window goes on here with the new token", async () => {
  const server = await inside();
  whoIsHere(server, { csrf: "of the second session" });
  other.postMessage("changed");
  await see(() => server.askedFor("GET /session").length === 2);
  const tokens: (string | null)[] = [];
  server.overrides.set("PATCH /session/preferences", ({ headers }) => {
    tokens.push(headers.get("x-kontor-csrf"));
    return Response.json(session);
  });
  await click(button("Dr. Berta Beispiel"));
  await click(button("kompakt"));
  expect(tokens).toEqual(["of the second session"]);
  expect(button("Dr. Berta Beispiel")).toBeDefined();
});
