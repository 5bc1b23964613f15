// From case to case in the order of the list the reader came from, and back to it as it was left.
import { act } from "react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { translator } from "../../src/locale/words";
import { skippedText } from "../../src/reading/next-case";
import { withoutDrawing } from "../app/no-drawing";
import { button, chosenName, click, leave, names, press, scrollTo, see, seeText, show, text } from "../app/screen";
import { refusal, study, TestServer } from "../app/server";

let server: TestServer;
beforeEach(() => {
  withoutDrawing();
  window.sessionStorage.clear();
  server = new TestServer();
  server.studies = Array.from({ length: 150 }, (_, index) => study(index));
});
let channel: BroadcastChannel | null = null;
afterEach(async () => {
  await leave();
  channel?.close();
  channel = null;
  window.name = "";
});

const here = (): string => window.location.pathname;
const announced = (): string => document.querySelector(".case-announcement")?.textContent ?? "";

test("N opens the next case of the list with its name large; what still arrives is passed over, and said", async () => {
  server.studies[2] = study(2, { state: "arriving" });
  server.studies[3] = study(3, { missing: [{ objects: 2, reason: "pixels-cut-short" }] });
  await show(server, "/worklist?patient_name=Muster");
  await see(() => names()[0] === "Muster0, Anna");
  await press("ArrowDown");
  await press("Enter");
  await see(() => button("Nächste"));
  expect(here()).toBe("/studies/1.2.1/images");
  await press("n");
  await see(() => here() === "/studies/1.2.4/images");
  expect(announced()).toContain("Muster4, Annaw · 14.03.1961 (65 J.) · 474CT · Thorax nativ");
  await seeText("2 Untersuchungen übergangen: 1 trifft noch ein, 1 unvollständig.");
  await press("x");
  expect(announced()).toBe("");
  expect(server.asked.at(-1)?.line ?? "").not.toContain("undefined");
  expect(server.askedFor("GET /studies?").every(({ line }) => line.includes("patient_name=Muster"))).toBe(true);
});

test("of one case that was passed over the name and the reason are said, of several a number only where reasons differ", () => {
  const anna = { row: study(1), reason: "claimed" } as const;
  const arriving = { row: study(2), reason: "arriving" } as const;
  const de = translator("de", String);
  expect(skippedText([anna], de)).toBe("Muster1, Anna übergangen: in Befundung.");
  expect(skippedText([arriving, arriving], de)).toBe("2 Untersuchungen übergangen: treffen noch ein.");
  expect(skippedText([anna, arriving, arriving], de)).toBe(
    "3 Untersuchungen übergangen: 2 treffen noch ein, 1 in Befundung.",
  );
  expect(skippedText([arriving], translator("en", String))).toBe("Muster2, Anna skipped: still arriving.");
});

test("Shift N goes back; at the end of the list the case stays and this is said", async () => {
  server.studies = [study(0), study(1), study(2, { state: "arriving" })];
  await show(server, "/worklist");
  await see(() => names()[0] === "Muster0, Anna");
  await press("Enter");
  await see(() => button("Nächste"));
  await press("n");
  await see(() => here() === "/studies/1.2.1/images");
  await press("n");
  await seeText("die letzte Untersuchung der Liste");
  expect(here()).toBe("/studies/1.2.1/images");
  await act(
    async () => void document.dispatchEvent(new KeyboardEvent("keydown", { key: "N", shiftKey: true, bubbles: true })),
  );
  await see(() => here() === "/studies/1.2.0/images");
});

test("the way goes on over the end of a page, and the list stands on the last case when the reader returns", async () => {
  await show(server, "/worklist");
  await see(() => names()[0] === "Muster0, Anna");
  await scrollTo(90);
  const row = await see(() =>
    [...document.querySelectorAll(".study-row")].find((one) => one.textContent?.includes("Muster99, Anna")),
  );
  await click(row);
  await press("Enter");
  await see(() => button("Nächste"));
  await press("n");
  await see(() => here() === "/studies/1.2.100/images");
  window.history.back();
  await see(() => here() === "/worklist");
  await see(() => chosenName() === "Muster100, Anna");
});

test("who came by an address has no next case and no button for one", async () => {
  await show(server, "/studies/1.2.1/images");
  await seeText("Muster1, Anna");
  expect(text()).not.toContain("Nächste");
});

test("a study opened by its address has no next case, whatever list was left before", async () => {
  await show(server, "/worklist");
  await see(() => names()[0] === "Muster0, Anna");
  await press("Enter");
  await see(() => button("Nächste"));
  await leave();
  await show(server, "/studies/1.2.7/images");
  await seeText("Muster7, Anna");
  expect(text()).not.toContain("Nächste");
  await press("n");
  await seeText("Nicht aus einer Liste geöffnet");
  expect(here()).toBe("/studies/1.2.7/images");
});

test("that the next case could not be fetched is said of the case it was asked from, and not of another", async () => {
  await show(server, "/worklist");
  await see(() => names()[0] === "Muster0, Anna");
  await press("Enter");
  await see(() => button("Nächste"));
  server.overrides.set("GET /studies", () => refusal(503, "database-unavailable", "Die Datenbank antwortet nicht"));
  await press("n");
  await seeText("nicht erfragt werden");
  server.overrides.delete("GET /studies");
  await press("n");
  await see(() => here() === "/studies/1.2.1/images");
  expect(text()).not.toContain("nicht erfragt werden");
});

test("what is tried again takes the next case where this one was taken for reading meanwhile", async () => {
  await show(server, "/worklist");
  await see(() => names()[0] === "Muster0, Anna");
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", shiftKey: true, bubbles: true }));
  await seeText("Nur Ansicht");
  server.overrides.set("GET /studies", () => refusal(503, "database-unavailable", "Die Datenbank antwortet nicht"));
  await press("n");
  await seeText("nicht erfragt werden");
  server.overrides.delete("GET /studies");
  await click(button("Befunden"));
  await seeText("In Befundung durch Sie seit");
  await click(button("Jetzt versuchen"));
  await see(() => here() === "/studies/1.2.1/images");
  await see(() => server.claims.get("1.2.1")?.own === true);
});

test("the second window goes along: it has no way to the next case of its own", async () => {
  window.name = "kontor-second";
  await show(server, "/worklist");
  await see(() => names()[0] === "Muster0, Anna");
  await press("Enter");
  await seeText("In Befundung durch Sie seit");
  channel = new BroadcastChannel("kontor.reading");
  const open = { study: "1.2.0", studyKey: "", patient: "p", name: "n" };
  channel.postMessage({ from: "first", kind: "here", second: false, open });
  await act(async () => void (await new Promise((resolve) => setTimeout(resolve, 100))));
  expect(button("Nächste")).toBeUndefined();
  await press("n");
  await seeText("Das erste Fenster führt");
  expect(here()).toBe("/studies/1.2.0/images");
});

test("who is announced is the patient of the case that is open", async () => {
  await show(server, "/worklist");
  await see(() => names()[0] === "Muster0, Anna");
  await press("Enter");
  await see(() => button("Nächste"));
  await press("n");
  await see(() => announced().includes("Muster1"));
  await act(async () => {
    window.history.replaceState(null, "", "/studies/1.2.0/images");
    window.dispatchEvent(new PopStateEvent("popstate"));
  });
  await seeText("Muster0, Anna");
  expect(announced()).toBe("");
});
