// Signing in: what is said when it fails, and that nothing is shown before.
import { afterEach, expect, test } from "vitest";
import { button, click, field, leave, see, seeText, show, submit, text, type } from "../app/screen";
import { refusal, TestServer } from "../app/server";

afterEach(leave);

async function outside(): Promise<TestServer> {
  const server = new TestServer();
  server.signedIn = false;
  server.studies = [];
  await show(server, "/worklist");
  await see(() => button("Anmelden") ?? button("Sign in"));
  if (button("Deutsch") !== undefined) await click(button("Deutsch"));
  return server;
}

async function signIn(): Promise<void> {
  await type(field("Benutzername"), "b.beispiel");
  await type(field("Passwort"), "geheim");
  await submit(field("Passwort"));
}

test("says that Kontor is no medical device, in both languages", async () => {
  await outside();
  expect(text()).toContain("Kein Medizinprodukt, nicht für die Befundung zugelassen");
  await click(button("English"));
  expect(text()).toContain("Not a medical device, not for diagnostic use");
});

test("a refusal is shown in the server's words, and the name stays", async () => {
  const server = await outside();
  server.overrides.set("POST /session", () => refusal(401, "wrong-credentials", "Name oder Passwort stimmt nicht"));
  await signIn();
  await seeText("Name oder Passwort stimmt nicht");
  expect(field("Benutzername").value).toBe("b.beispiel");
});

test("after too many attempts the button waits as long as the server says", async () => {
  const server = await outside();
  server.overrides.set("POST /session", () => refusal(429, "too-many-attempts", "Zu viele", { retry_after_s: 42 }));
  await signIn();
  await seeText("Wieder möglich in 42 s");
  expect(button("Anmelden")?.disabled).toBe(true);
});

test("empty fields are said without asking the server", async () => {
  const server = await outside();
  await submit(field("Passwort"));
  await seeText("Benutzername und Passwort eingeben");
  expect(server.askedFor("POST /session")).toEqual([]);
});

test("who signs in comes to the place of the address, and a language chosen before is kept with the account", async () => {
  const server = await outside();
  await click(button("English"));
  await type(field("User name"), "b.beispiel");
  await type(field("Password"), "geheim");
  await submit(field("Password"));
  await seeText("No studies yet");
  expect(server.askedFor("PATCH /session/preferences")).toMatchObject([{ body: { language: "en" } }]);
});

test("a session that ends by itself leads to signing in, and says that nothing is lost", async () => {
  const server = new TestServer();
  await show(server, "/worklist");
  await seeText("Noch keine Untersuchung");
  server.overrides.set("GET /studies", () => refusal(401, "session-expired", "Die Anmeldung ist abgelaufen"));
  await click(document.querySelector(".side-list li:nth-child(4) a"));
  await seeText("Gespeichertes ist nicht verloren");
  expect(button("Anmelden")).toBeDefined();
});
