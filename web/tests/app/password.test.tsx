// Changing one's own password.
import { afterEach, beforeEach, expect, test } from "vitest";
import { button, click, field, leave, seeText, show, submit, text, type } from "./screen";
import { refusal, TestServer } from "./server";

const CHANGE = "POST /accounts/b.beispiel/password";
let server: TestServer;

beforeEach(async () => {
  server = new TestServer();
  await show(server, "/worklist");
  await seeText("Noch keine Untersuchung");
  await click(button("Dr. Berta Beispiel"));
  await click(button("Passwort ändern"));
});
afterEach(leave);

async function fill(current: string, wanted: string, again: string): Promise<void> {
  await type(field("Bisheriges Passwort"), current);
  await type(field("Neues Passwort"), wanted);
  await type(field("Neues Passwort, noch einmal"), again);
  await submit(field("Bisheriges Passwort"));
}

test("a person changes their own password with the present one", async () => {
  const answer = () => new Response('{"password":null}', { headers: { "content-type": "application/json" } });
  server.overrides.set(CHANGE, answer);
  await fill("birke-41", "birke-42-neu", "birke-42-neu");
  await seeText("Passwort geändert");
  expect(server.askedFor(CHANGE)[0]?.body).toEqual({ current: "birke-41", password: "birke-42-neu" });
  expect(text()).not.toContain("Bisheriges Passwort");
});

test("what cannot be is said before the server is asked", async () => {
  await fill("", "kurz", "anders");
  await seeText("Bisheriges Passwort eingeben");
  expect(text()).toContain("Mindestens 8 Zeichen, davon 3");
  expect(text()).toContain("nicht gleich");
  expect(server.askedFor(CHANGE)).toEqual([]);
});

test("a wrong present password is said at its field and signs nobody out", async () => {
  server.overrides.set(CHANGE, () => refusal(403, "wrong-password", "Das bisherige Passwort stimmt nicht"));
  await fill("falsch", "birke-42-neu", "birke-42-neu");
  await seeText("Das bisherige Passwort stimmt nicht");
  expect(field("Neues Passwort").value).toBe("birke-42-neu");
});
