// The worklist stands still: rows change in place, new ones wait, keys do what the page says.
import { act } from "react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { button, chosenName, click, leave, names, press, scrollTo, see, seeText, show, text } from "../app/screen";
import { refusal, study, TestServer } from "../app/server";

let server: TestServer;
beforeEach(() => {
  server = new TestServer();
  server.studies = Array.from({ length: 250 }, (_, index) => study(index));
});
afterEach(leave);

const firstRow = (name = "Muster0, Anna"): Promise<true> => see(() => names()[0] === name || null);

test("shows rows of the first page with their count", async () => {
  await show(server, "/worklist");
  await firstRow();
  expect(text()).toContain("250 Untersuchungen");
  expect(server.askedFor("GET /studies?")).toHaveLength(1);
});

test("new studies are counted and change nothing until N takes them over; the chosen study stays chosen", async () => {
  await show(server, "/worklist");
  await firstRow();
  await press("ArrowDown");
  expect(chosenName()).toBe("Muster1, Anna");
  server.studies.unshift(study(900));
  await act(async () => server.emit("study_arrived", "1.2.900"));
  await seeText("1 neue");
  expect(names()[0]).toBe("Muster0, Anna");
  await press("n");
  await firstRow("Muster900, Anna");
  expect(chosenName()).toBe("Muster1, Anna");
  expect(text()).toContain("nichts Neues");
});

test("a change of a shown study is renewed where it stands", async () => {
  server.studies[1] = study(1, { state: "arriving", instance_count: 5 });
  await show(server, "/worklist");
  await firstRow();
  server.studies[1] = study(1, { state: "ready", instance_count: 77 });
  await act(async () => server.emit("study_settled", "1.2.1"));
  await see(() => document.querySelectorAll(".rows .c-objects")[1]?.textContent === "77" || null);
  expect(names().slice(0, 2)).toEqual(["Muster0, Anna", "Muster1, Anna"]);
});

test("a change of an older study that is not shown is no new study", async () => {
  await show(server, "/worklist");
  await firstRow();
  await act(async () => {
    server.emit("study_changed", "1.2.249");
    server.emit("study_arrived", "1.2.901");
  });
  await seeText("1 neue");
});

test("an empty list takes over what arrives: no row can move", async () => {
  server.studies = [];
  await show(server, "/worklist");
  await seeText("Noch keine Untersuchung");
  server.studies = [study(1)];
  await act(async () => server.emit("study_arrived", "1.2.1"));
  await firstRow("Muster1, Anna");
});

test("scrolling asks for the next page by the key the server gave", async () => {
  await show(server, "/worklist");
  await firstRow();
  expect(server.askedFor("GET /studies?")).toHaveLength(1);
  await scrollTo(90);
  await see(() => server.askedFor("GET /studies?").some(({ line }) => line.includes("after=1.2.99")) || null);
});

test("Enter opens the chosen study, Space closes the preview", async () => {
  await show(server, "/worklist");
  await firstRow();
  await press(" ");
  expect(document.querySelector(".preview")).toBeNull();
  await press("ArrowDown");
  await press("Enter");
  expect(window.location.pathname).toBe("/studies/1.2.1/images");
});

test("of two patients under one UID each row opens, and is renewed with, its own study", async () => {
  const erika = study(0);
  const hans = study(0, {
    study_key: "77",
    patient: { ...erika.patient, name: "Schulz^Hans" },
    identity: "unresolved",
  });
  server.studies = [erika, hans];
  await show(server, "/worklist");
  await firstRow();
  server.studies = [erika, { ...hans, instance_count: 77 }];
  await act(async () => server.emit("study_changed", "1.2.0"));
  await see(() => document.querySelectorAll(".rows .c-objects")[1]?.textContent === "77" || null);
  expect(names()).toEqual(["Muster0, Anna", "Schulz, Hans"]);
  await press("ArrowDown");
  await press("Enter");
  expect(window.location.pathname + window.location.search).toBe("/studies/1.2.0/images?study_key=77");
});

test("a filter of the address is asked and shown; what it hides is said, Backspace takes it away", async () => {
  await show(server, "/worklist?patient_name=Muster24");
  await firstRow("Muster24, Anna");
  expect(server.asked.some(({ line }) => line.includes("patient_name=Muster24*"))).toBe(true);
  expect(text()).toContain("239 durch Filter ausgeblendet");
  await press("Backspace");
  await firstRow();
  expect(window.location.search).toBe("");
});

test("F opens the filters, typing chooses, Enter sets", async () => {
  await show(server, "/worklist");
  await firstRow();
  await press("f");
  const choose = await see(() => document.getElementById("composer"));
  await press("ArrowDown", choose);
  await press("Enter", choose);
  await see(() => document.querySelector("label[for=composer]")?.textContent === "Patienten-Nr." || null);
});

test("a column sorts by asking the server, and the address says so", async () => {
  await show(server, "/worklist");
  await firstRow();
  await click(button("Patienten-Nr."));
  await see(() => server.asked.some(({ line }) => line.includes("sort=patient_id&order=asc")) || null);
  expect(window.location.search).toBe("?sort=patient_id&order=asc");
});

test("what the reader must mind is said in words: identity, variants, arrival", async () => {
  server.studies = [
    study(1, { identity: "unresolved", open_variants: 2, state: "arriving" }),
    study(2, { identity: "provisional" }),
    study(3, { missing: [{ reason: "pixels-cut-short", objects: 3 }] }),
  ];
  await show(server, "/worklist");
  await firstRow("Muster1, Anna");
  for (const words of [
    "Identität ungeklärt",
    "Variante vorhanden",
    "Trifft ein",
    "Ohne Patientennummer",
    "Unvollständig",
    "3 Bilder abgeschnitten",
  ]) {
    expect(document.querySelector(".rows")?.textContent).toContain(words);
  }
  expect(document.querySelector(".preview")?.textContent).toContain("Zu 2 Bildern kam später anderer Inhalt");
});

test("a list that cannot be read says so, names the incident and when it tries again", async () => {
  const fault = { instance: "urn:kontor:incident:7f3a" };
  server.overrides.set("GET /studies", () => refusal(503, "unavailable", "Zurzeit nicht erreichbar", fault));
  await show(server, "/worklist");
  await seeText("Zurzeit nicht erreichbar");
  expect(text()).toContain("7f3a");
  expect(text()).toContain("Nächster Versuch in 10 s");
  server.overrides.clear();
  await click(button("Jetzt versuchen"));
  await firstRow();
});

test("help and palette show what the keys do", async () => {
  await show(server, "/worklist");
  await firstRow();
  await press("?");
  await seeText("Neue Untersuchungen übernehmen");
  await click(button("Schließen"));
  await press(".");
  await see(() => document.querySelector('[role="listbox"]'));
  expect(document.querySelector('[aria-disabled="true"]')?.textContent).toContain("Nichts Neues");
});
