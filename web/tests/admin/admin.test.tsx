// Administration: what is shown once, what both identities are, and that refusals stay where they arose.
import { act } from "react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { wrongIn } from "../../src/admin/peer-form";
import type { PeerRow, RefusedSenderRow } from "../../src/api";
import { button, click, field, leave, press, see, seeText, show, submit, text, type } from "../app/screen";
import { refusal, session, TestServer } from "../app/server";

const account = (name: string) => ({
  name,
  display_name: "",
  roles: ["reader"],
  open: true,
  created_at: "2026-11-24T08:00:00Z",
  last_sign_in_at: null,
  token_count: 0,
});
const refused: RefusedSenderRow = {
  id: "11",
  calling_ae_title: "USPORT7",
  called_ae_title: "KONTOR",
  address: "10.20.7.91",
  reason: "unknown-calling-ae",
  count: 14,
  first_seen_at: "2026-11-24T08:02:00Z",
  last_seen_at: "2026-11-24T08:44:00Z",
};
const peer: PeerRow = {
  id: "1",
  name: "Altes Gerät",
  ae_title: "USPORT7",
  called_ae_title: "",
  host: "10.20.7.90",
  port: null,
  may: ["store"],
  open: true,
  created_at: "2026-11-24T08:00:00Z",
  last_seen_at: null,
};
const json = (body: unknown): Response =>
  new Response(JSON.stringify(body), { headers: { "content-type": "application/json" } });

let server: TestServer;
beforeEach(() => {
  server = new TestServer();
  server.overrides.set("GET /accounts", () => json({ items: [account("b.beispiel"), account("p.probe")] }));
  server.overrides.set("GET /peers", () => json({ items: [peer] }));
  server.overrides.set("GET /refused-senders", () => json({ items: [refused] }));
});
afterEach(leave);

test("peers and refused senders are asked for anew by one act", async () => {
  await show(server, "/admin/peers");
  await seeText("USPORT7");
  await click(button("Neu laden"));
  await see(() => server.askedFor("GET /refused-senders").length === 2 && server.askedFor("GET /peers").length === 2);
});

test("a new account's password is shown once, and only its button closes it", async () => {
  server.overrides.set("POST /accounts", () => json({ account: account("neu"), password: "birke-42" }));
  await show(server, "/admin/accounts");
  await seeText("p.probe");
  await click(button("Konto"));
  await type(field("Benutzername"), "neu");
  await submit(field("Benutzername"));
  await seeText("birke-42");
  expect(text()).toContain("Wird nur jetzt gezeigt");
  expect(server.askedFor("POST /accounts")[0]?.body).toEqual({ name: "neu", display_name: "", roles: ["reader"] });
  const dialog = await see(() => document.querySelector("dialog"));
  expect(dialog.getAttribute("closedby")).toBe("none");
  for (const event of [
    new Event("cancel", { cancelable: true }),
    new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }),
    new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true }),
    new Event("submit", { bubbles: true, cancelable: true }),
  ]) {
    const target = event.type === "submit" ? dialog.querySelector("form") : dialog;
    await act(async () => void target?.dispatchEvent(event));
    expect(event.defaultPrevented).toBe(true);
    expect(text()).toContain("birke-42");
  }
  await click(button("Notiert"));
  expect(text()).not.toContain("birke-42");
});

test("a taken name is said within the dialog, and nothing typed is lost", async () => {
  server.overrides.set("POST /accounts", () => refusal(409, "name-taken", "Der Name ist vergeben"));
  await show(server, "/admin/accounts");
  await seeText("p.probe");
  await click(button("Konto"));
  await type(field("Benutzername"), "p.probe");
  await submit(field("Benutzername"));
  await seeText("Der Name ist vergeben");
  expect(field("Benutzername").value).toBe("p.probe");
});

test("a name that cannot be is refused before the server is asked", async () => {
  await show(server, "/admin/accounts");
  await seeText("p.probe");
  await click(button("Konto"));
  await type(field("Benutzername"), "Groß Buchstabe");
  await submit(field("Benutzername"));
  await seeText("1 bis 64 Zeichen");
  expect(server.askedFor("POST /accounts")).toEqual([]);
});

test("nobody closes the account they work with", async () => {
  await show(server, "/admin/accounts");
  await click(await see(() => button("b.beispiel")));
  expect(button("Sperren")?.disabled).toBe(true);
  await click(button("p.probe"));
  expect(button("Sperren")?.disabled).toBe(false);
});

test("why a session could not be ended does not stand beside another account", async () => {
  const open = { id: "s1", address: "10.20.7.5", present: false };
  const times = {
    created_at: "2026-11-24T08:00:00Z",
    seen_at: "2026-11-24T08:00:00Z",
    expires_at: "2026-11-25T08:00:00Z",
  };
  for (const name of ["b.beispiel", "p.probe"])
    server.overrides.set(`GET /accounts/${name}/sessions`, () => json({ items: [{ ...open, ...times }] }));
  server.overrides.set("DELETE /accounts/p.probe/sessions/s1", () => refusal(503, "unavailable", "Nicht erreichbar"));
  await show(server, "/admin/accounts");
  await click(await see(() => button("p.probe")));
  await click(await see(() => button("Beenden")));
  await seeText("Nicht erreichbar");
  await click(button("b.beispiel"));
  await see(() => button("Beenden"));
  expect(text()).not.toContain("Nicht erreichbar");
});

test("the name that a refused sender called is seen at every width", async () => {
  server.overrides.set("GET /refused-senders", () => json({ items: [{ ...refused, called_ae_title: "ARCHIV9" }] }));
  await show(server, "/admin/peers");
  await seeText("ARCHIV9");
  const cell = [...document.querySelectorAll("td")].find((one) => one.textContent === "ARCHIV9");
  const table = cell?.closest("table");
  const head = [...(table?.querySelectorAll("th") ?? [])].find((one) => one.textContent === "Gerufener Name (AET)");
  for (const one of [cell, head]) expect(one?.closest(".only-wide, .only-alone") ?? null).toBeNull();
  expect(head).toBeDefined();
});

test("admitting a refused sender shows both identities and a peer of the same name, then asks for exactly what was chosen", async () => {
  server.overrides.set("POST /refused-senders/11/admit", () => json({ ...peer, id: "2" }));
  await show(server, "/admin/peers");
  await seeText("14 Versuche");
  expect(text()).toContain("Unbekannter Absendername");
  await click(button("Aufnehmen"));
  await seeText("Absender aufnehmen");
  expect(text()).toContain("USPORT7 · 10.20.7.91 → KONTOR");
  expect(text()).toContain("Altes Gerät, 10.20.7.90");
  await type(field("Bezeichnung"), "Ultraschall 7");
  await submit(field("Bezeichnung"));
  await seeText("Aufgenommen: Ultraschall 7");
  expect(server.askedFor("POST /refused-senders")[0]?.body).toEqual({ name: "Ultraschall 7", may: ["store"] });
});

test.each([
  ["foreign-address", {}, "von einer anderen Adresse: Altes Gerät, 10.20.7.90"],
  ["called-ae-not-recognised", { host: "10.20.7.91" }, "der das Archiv bei seinem eigenen Namen ruft: Altes Gerät"],
  ["called-ae-not-recognised", { host: "10.20.7.0/24", called_ae_title: "ARCHIV2" }, "der ARCHIV2 ruft: Altes Gerät"],
  ["peer-closed", { open: false }, "er ist gesperrt: Altes Gerät"],
] as const)("admitting says of a known name what the refusal was about: %s", async (reason, part, said) => {
  server.overrides.set("GET /peers", () => json({ items: [{ ...peer, ...part }] }));
  server.overrides.set("GET /refused-senders", () => json({ items: [{ ...refused, reason }] }));
  await show(server, "/admin/peers");
  await seeText("14 Versuche");
  await click(button("Aufnehmen"));
  await seeText(said);
  if (reason !== "foreign-address") expect(text()).not.toContain("von einer anderen Adresse");
});

test("two peers that differ only in what they call are told apart in the table", async () => {
  const items = [peer, { ...peer, id: "2", called_ae_title: "ARCHIV2" }];
  server.overrides.set("GET /peers", () => json({ items }));
  await show(server, "/admin/peers");
  await seeText("ARCHIV2");
  expect(text()).toContain("eigener Name");
});

test("what the server finds wrong stands at its field, in the reader's language", async () => {
  const fields = [{ field: "host", reason: "neither a host name nor an IP address nor a network" }];
  server.overrides.set("PATCH /peers/1", () => refusal(422, "inadmissible", "Ein Wert ist nicht zulässig", { fields }));
  await show(server, "/admin/peers");
  await click(await see(() => button("Altes Gerät")));
  await type(field("Adresse"), "10.20.7.999");
  await submit(field("Adresse"));
  await seeText("Ein Wert ist nicht zulässig");
  const note = document.getElementById(field("Adresse").getAttribute("aria-describedby") ?? "");
  expect(note?.textContent).toBe("Weder Rechnername noch IP-Adresse noch Netz (10.20.7.0/24)");
  expect(text()).not.toContain("neither");
});

test("a refusal that names a field where no form shows it says it in the note", async () => {
  const fields = [{ field: "name", reason: "letters" }];
  server.overrides.set("POST /accounts", () => refusal(422, "inadmissible", "Ein Wert ist nicht zulässig", { fields }));
  await show(server, "/admin/accounts");
  await seeText("p.probe");
  await click(button("Konto"));
  await type(field("Benutzername"), "groß");
  await submit(field("Benutzername"));
  await seeText("Ein Wert ist nicht zulässig. 1 bis 64 Zeichen");
});

test("locking a peer keeps what is being typed, names the peer as it is stored, and can be undone", async () => {
  server.overrides.set("PATCH /peers/1", () => json({ ...peer, open: false }));
  await show(server, "/admin/peers");
  await click(await see(() => button("Altes Gerät")));
  await type(field("Bezeichnung"), "Noch nicht gesichert");
  expect(button("Schließen")).toBeUndefined();
  await click(button("Sperren"));
  await seeText("Gesperrt: Altes Gerät");
  expect(field("Bezeichnung").value).toBe("Noch nicht gesichert");
  await click(button("Zurücknehmen"));
  await seeText("Freigegeben: Altes Gerät");
  expect(server.askedFor("PATCH /peers/1").map(({ body }) => body)).toEqual([{ open: false }, { open: true }]);
});

test("only parts that the account can use are offered", async () => {
  server.overrides.set("GET /session", () => json({ ...session, rights: ["audit"] }));
  server.overrides.set("GET /audit", () => json({ items: [], next: null, previous: null }));
  await show(server, "/worklist");
  await seeText("Kein Eintrag");
  expect([...document.querySelectorAll(".side-list a")].map((link) => link.textContent)).toEqual(["Protokoll"]);
  expect(text()).not.toContain("Arbeitsliste");
});

test("who may not administer is told so, and led back to the worklist", async () => {
  server.overrides.set("GET /session", () => json({ ...session, roles: ["reader"], rights: ["find", "read"] }));
  await show(server, "/admin/accounts");
  await seeText("Dieses Konto darf nicht verwalten.");
  await click(button("Zur Arbeitsliste"));
  await seeText("Noch keine Untersuchung");
});

test("AE titles and ports are checked as the standard and the network have them", () => {
  const draft = { ae: "CTNORD1", called: "", port: "" };
  expect(wrongIn(draft)).toEqual({});
  expect(wrongIn({ ...draft, ae: "ZU LANG FUER EINEN" })).toHaveProperty("ae");
  expect(wrongIn({ ...draft, ae: "A\\B" })).toHaveProperty("ae");
  expect(wrongIn({ ...draft, called: "ÄÖ" })).toHaveProperty("called");
  expect(wrongIn({ ...draft, port: "70000" })).toHaveProperty("port");
  expect(wrongIn({ ...draft, port: "104" })).toEqual({});
});

test("the archive is called well only by an examination that has been", async () => {
  const system = {
    version: "0.1.0",
    engine: "sqlite",
    organisation: "main",
    ae_title: "KONTOR",
    dimse_host: "127.0.0.1",
    dimse_port: 11112,
    free_bytes: null,
    findings: [],
  };
  server.overrides.set("GET /system", () => json({ ...system, examined_at: null }));
  await show(server, "/admin/system");
  await seeText("Erste Prüfung läuft");
  expect(text()).not.toContain("Alles in Ordnung");
  server.overrides.set("GET /system", () => json({ ...system, examined_at: "2026-11-24T08:00:00Z" }));
  await click(button("Neu laden"));
  await seeText("Alles in Ordnung · Stand");
});

test("Esc leaves an untouched form for a peer, not one in which something was typed, nor by closing a menu", async () => {
  const server = new TestServer();
  server.overrides.set("GET /peers", () => Response.json({ items: [] }));
  server.overrides.set("GET /refused-senders", () => Response.json({ items: [] }));
  await show(server, "/admin/peers");
  await seeText("Noch kein Partner");
  const form = () => [...document.querySelectorAll("aside.right form")].length === 1;
  await press("n");
  await see(form);
  expect(document.activeElement).toBe(field("Bezeichnung"));
  await press("Escape", document.activeElement ?? document.body); // leaves the field
  await press("Escape");
  await see(() => !form());
  await press("n");
  await see(form);
  await type(field("Bezeichnung"), "CT Nord");
  await click(document.querySelector(".bar-end .menu-place button"));
  await see(() => document.querySelector(".menu"));
  await press("Escape");
  expect(document.querySelector(".menu")).toBeNull();
  expect(document.querySelector(".toast")).toBeNull();
  await press("Escape");
  await seeText("Eingaben sind nicht gespeichert");
  expect(form()).toBe(true);
});
