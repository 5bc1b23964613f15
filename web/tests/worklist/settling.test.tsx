// A study is declared complete for the row that is chosen, never for another patient's.
import { afterEach, beforeEach, expect, test } from "vitest";
import { button, chosenName, click, leave, names, press, see, seeText, show, text } from "../app/screen";
import { refusal, study, TestServer } from "../app/server";

let server: TestServer;
beforeEach(() => {
  server = new TestServer();
});
afterEach(leave);

test("of two patients under one UID the chosen row alone is settled, and it is that row which is renewed", async () => {
  const erika = study(0, { state: "arriving" });
  const hans = study(0, { study_key: "77", state: "arriving", patient: { ...erika.patient, name: "Schulz^Hans" } });
  server.studies = [erika, hans];
  server.overrides.set("POST /studies/1.2.0/settle", () => {
    server.studies = [erika, { ...hans, state: "ready" }];
    return new Response(null, { status: 204 });
  });
  await show(server, "/worklist");
  await see(() => names()[0] === "Muster0, Anna");
  await press("ArrowDown");
  expect(chosenName()).toBe("Schulz, Hans");
  await click(button("Eingang abschließen"));
  await seeText("Eingang abgeschlossen");
  expect(server.askedFor("POST /studies").map(({ line }) => line)).toEqual(["POST /studies/1.2.0/settle?study_key=77"]);
  const states = [...document.querySelectorAll(".rows .c-state")].map((cell) => cell.textContent);
  expect(states).toEqual(["Trifft ein", "Bereit"]);
});

test("why a study could not be declared complete does not stand under another one", async () => {
  server.studies = [study(0, { state: "arriving" }), study(0, { study_key: "77", state: "arriving" })];
  server.overrides.set("POST /studies/1.2.0/settle", () => refusal(503, "unavailable", "Zurzeit nicht erreichbar"));
  await show(server, "/worklist");
  await see(() => names()[0] === "Muster0, Anna");
  await click(button("Eingang abschließen"));
  await seeText("Zurzeit nicht erreichbar");
  await press("ArrowDown");
  expect(button("Eingang abschließen")).toBeDefined();
  expect(text()).not.toContain("Zurzeit nicht erreichbar");
});
