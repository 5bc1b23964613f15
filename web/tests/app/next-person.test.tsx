// One person after another in the same window: nothing of the first reaches the second.
import { afterEach, expect, test, vi } from "vitest";
import { studyUid } from "../../src/api";
import { apiKeeper } from "../../src/reading/marking/api-keeper";
import { handOver, takeOver } from "../../src/shell";
import { MarkBook, waitingMarks } from "../../src/tools";
import { frameWith, mark as made } from "../tools/pane";
import { button, click, field, leave, see, seeText, show, submit, text, type } from "./screen";
import { refusal, session, TestServer } from "./server";

afterEach(leave);

const second = { ...session, name: "c.zweite", display_name: "Carla Zweite", csrf: "of the second" };

async function inside(): Promise<TestServer> {
  const server = new TestServer();
  server.overrides.set("POST /session", () => Response.json(second));
  await show(server, "/worklist");
  await seeText("Noch keine Untersuchung");
  return server;
}

/** Holds the answer to a request until it is given. */
function held(server: TestServer, line: string): (answer: Response) => void {
  const { promise, resolve } = Promise.withResolvers<Response>();
  server.overrides.set(line, () => promise);
  return resolve;
}

async function choose(...names: readonly string[]): Promise<void> {
  await click(button("Dr. Berta Beispiel"));
  for (const name of names) await click(button(name));
}

async function signInAsSecond(): Promise<void> {
  await see(() => button("Anmelden"));
  await type(field("Benutzername"), "c.zweite");
  await type(field("Passwort"), "geheim");
  await submit(field("Passwort"));
  await see(() => button("Carla Zweite"));
}

/** What was answered is done. */
const settled = async (): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, 20));
  await see(() => true);
};

test("a refusal that the first person's request gets late does not sign out the second", async () => {
  const server = await inside();
  const answer = held(server, "PATCH /session/preferences");
  await choose("kompakt", "Abmelden");
  await signInAsSecond();
  answer(refusal(401, "session-expired", "Die Anmeldung ist abgelaufen"));
  await settled();
  expect(button("Carla Zweite")).toBeDefined();
});

test("a sign-out that is answered when somebody else is here leaves them and their token", async () => {
  const server = await inside();
  const answer = held(server, "DELETE /session");
  await choose("Abmelden");
  server.overrides.set("GET /studies", () => refusal(401, "session-expired", "Die Anmeldung ist abgelaufen"));
  await click(document.querySelector(".side-list li:nth-child(4) a"));
  await see(() => button("Anmelden"));
  server.overrides.delete("GET /studies");
  await signInAsSecond();
  answer(new Response(null, { status: 204 }));
  await settled();
  expect(text()).toContain("Carla Zweite");
  const tokens: (string | null)[] = [];
  server.overrides.set("PATCH /session/preferences", ({ headers }) => {
    tokens.push(headers.get("x-kontor-csrf"));
    return Response.json(second);
  });
  await click(button("Carla Zweite"));
  await click(button("kompakt"));
  expect(tokens).toEqual(["of the second"]);
});

test("marks that were not sent when their session ended wait for their owner", async () => {
  const server = new TestServer();
  const over = new AbortController();
  const client = server.client.inSession(session, over.signal);
  const marks = ["a", "b"].map((letter) => ({
    ...made("length", frameWith(), [1, 2], [3, 4]),
    id: letter.repeat(32),
    seriesUid: "1.2.9",
  }));
  const answer = held(server, `PUT /marks/${"a".repeat(32)}`);
  const waiting = waitingMarks(window.localStorage, {
    organisation: "main",
    account: session.name,
    study: "1.2",
    studyKey: "",
  });
  const keeper = apiKeeper(client, { uid: studyUid("1.2"), key: "" });
  const book = new MarkBook({ keeper, waiting, later: () => () => undefined });
  for (const mark of marks) book.put(mark);
  await vi.waitFor(() => expect(server.askedFor("PUT /marks")).toHaveLength(1));
  over.abort();
  book.dispose();
  const body = server.askedFor("PUT /marks")[0]?.body;
  answer(
    Response.json({
      ...(body as object),
      id: "a".repeat(32),
      version: 1,
      created_at: "x",
      changed_at: "x",
      removed: false,
    }),
  );
  await vi.waitFor(() => expect(waiting.all().map(({ id }) => id)).toEqual(["b".repeat(32)]));
  await settled();
  expect(server.askedFor("PUT /marks")).toHaveLength(1);
  expect(waiting.all()).toHaveLength(1);
});

test("the page speaks the language of whoever signs in, unless they choose another before", async () => {
  const server = new TestServer();
  server.signedIn = false;
  const preferences = { ...session.preferences, language: "en" };
  await show(server, "/worklist");
  await see(() => button("Anmelden") ?? button("Sign in"));
  await click(button("Deutsch"));
  await type(field("Benutzername"), session.name);
  await type(field("Passwort"), "geheim");
  await submit(field("Passwort"));
  await seeText("Noch keine Untersuchung");
  await choose("Abmelden");
  server.overrides.set("POST /session", () => Response.json({ ...second, preferences }));
  await signInAsSecond();
  await seeText("No studies yet");
  expect(server.askedFor("PATCH /session/preferences")).toEqual([]);
});

test("files that the first person dropped are not uploaded by the second", async () => {
  await inside();
  handOver([new File(["x"], "of-the-first.dcm")]);
  await choose("Abmelden");
  await signInAsSecond();
  expect(takeOver()).toEqual([]);
});
