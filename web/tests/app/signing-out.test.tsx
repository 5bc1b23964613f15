// Signing out: the sign-in page appears only when the session has really ended.
import { afterEach, expect, test } from "vitest";
import { Unreachable } from "../../src/api";
import { button, click, leave, press, see, seeText, show, text } from "./screen";
import { refusal, TestServer } from "./server";

afterEach(leave);

async function inside(): Promise<TestServer> {
  const server = new TestServer();
  await show(server, "/worklist");
  await seeText("Noch keine Untersuchung");
  return server;
}

async function signOut(): Promise<void> {
  await click(button("Dr. Berta Beispiel"));
  await click(button("Abmelden"));
}

test.each([
  ["is refused", () => refusal(503, "unavailable", "Zurzeit nicht erreichbar")],
  ["gets no answer", () => Promise.reject(new Unreachable("refused"))],
])("a sign-out that %s says so until it is done, and nobody is led to believe otherwise", async (_, answer) => {
  const server = await inside();
  server.overrides.set("DELETE /session", answer);
  await signOut();
  await seeText("Nicht abgemeldet");
  expect(text()).toContain("Noch keine Untersuchung");
  expect(document.querySelector("[role=alert] .bad")).not.toBeNull();
  await press("Backspace"); // does nothing here, and what it would say gives way
  expect(text()).not.toContain("Kein Filter gesetzt");
  server.overrides.clear();
  await click(button("Jetzt versuchen"));
  await see(() => button("Anmelden"));
  expect(server.askedFor("DELETE /session")).toHaveLength(2);
  expect(text()).not.toContain("Nicht abgemeldet");
});

test("a key that does nothing says why", async () => {
  await inside();
  await press("Backspace");
  expect(document.querySelector(".toast .warn")?.parentElement?.textContent).toBe(
    "Alle Filter entfernen: Kein Filter gesetzt",
  );
});

test("who signs out of a session that has already ended is outside", async () => {
  const server = await inside();
  server.overrides.set("DELETE /session", () => refusal(401, "session-expired", "Die Anmeldung ist abgelaufen"));
  await signOut();
  await see(() => button("Anmelden"));
  expect(text()).not.toContain("abgelaufen");
});
