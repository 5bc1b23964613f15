// The reader's own views: a filter under a name, with its count, in the order it was put in, taken back when removed.
import { act } from "react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { movedTo } from "../../src/worklist/saved-views";
import { button, click, field, leave, names, press, see, seeText, show, submit, text, type } from "../app/screen";
import { refusal, study, TestServer } from "../app/server";

let server: TestServer;
const ids = ["a", "b", "c"].map((letter) => letter.repeat(32));
beforeEach(() => {
  server = new TestServer();
  server.studies = [study(1), study(2, { state: "arriving" }), study(3, { state: "arriving" })];
});
afterEach(leave);

const keep = (...shown: string[]): void => {
  server.views = shown.map((name, at) => ({
    id: ids[at] ?? "",
    name,
    filter: `patient_name=Muster${at + 1}`,
    position: at + 1,
  }));
};
const saved = (): string[] => [...document.querySelectorAll(".saved-view .cut")].map((one) => one.textContent ?? "");
const nameField = () => see(() => document.querySelector<HTMLInputElement>(".name-view input"));
const shift = (key: string): Promise<void> =>
  act(async () => void document.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey: true, bubbles: true })));

test("V keeps the present filter under a name; its count is that of its rows, 7 opens it", async () => {
  await show(server, "/worklist?state=arriving&modality=CT");
  await see(() => names().length === 2 || null);
  await press("v");
  const input = await nameField();
  expect(field("Name der Ansicht")).toBe(input);
  await type(input, "Was noch kommt");
  await submit(input);
  await see(() => saved()[0] === "Was noch kommt");
  expect(server.views).toEqual([
    {
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      name: "Was noch kommt",
      filter: "modality=CT&state=arriving",
      position: 1,
    },
  ]);
  expect(document.querySelector("h1")?.textContent).toBe("Was noch kommt");
  expect(document.querySelector(".saved-view .count")?.textContent).toBe("2");
  await press("1");
  await see(() => names().length === 3 || null);
  await see(() => document.querySelector(".saved-view .count")?.textContent === "2" || null);
  await press("7");
  await see(() => window.location.search === "?modality=CT&state=arriving" || null);
});

test("without a filter there is nothing to keep", async () => {
  await show(server, "/worklist");
  await see(() => names().length === 3 || null);
  await press("v");
  expect(document.querySelector(".name-view")).toBeNull();
});

test("a removed view can be taken back, under its own id and place", async () => {
  keep("Erste", "Zweite");
  await show(server, "/worklist?patient_name=Muster1");
  await see(() => saved().length === 2 || null);
  await press("Delete");
  await see(() => saved().join() === "Zweite" || null);
  await seeText("Ansicht Erste gelöscht");
  expect(server.views.map(({ name }) => name)).toEqual(["Zweite"]);
  await click(button("Zurücknehmen"));
  await see(() => saved().join() === "Erste,Zweite" || null);
  await see(() => server.views.some(({ id, position }) => id === ids[0] && position === 1) || null);
});

test("the shown view is renamed by F2 and moved by Shift and arrows; Esc leaves its name", async () => {
  keep("Erste", "Zweite", "Dritte");
  await show(server, "/worklist?patient_name=Muster1");
  await see(() => saved().length === 3 || null);
  await press("F2");
  await press("Escape", await nameField());
  expect(saved()[0]).toBe("Erste");
  await press("F2");
  const field = await nameField();
  await type(field, "Umbenannt");
  await submit(field);
  await see(() => server.views.some(({ name }) => name === "Umbenannt") || null);
  await shift("ArrowDown");
  await see(() => saved().join() === "Zweite,Umbenannt,Dritte" || null);
  await see(() => server.views.find(({ name }) => name === "Umbenannt")?.position === 2);
});

test("what could not be kept is said and shown as it is kept", async () => {
  keep("Erste");
  await show(server, "/worklist?patient_name=Muster1");
  await see(() => saved().length === 1 || null);
  server.overrides.set(`DELETE /views/${ids[0]}`, () => refusal(503, "unavailable", "Zurzeit nicht erreichbar"));
  await press("Delete");
  await seeText("Zurzeit nicht erreichbar");
  await see(() => saved().join() === "Erste" || null);
  expect(text()).toContain("Erste");
});

test("a moved view takes its place, the others close up", () => {
  keep("a", "b", "c");
  const order = (id: string | undefined, to: number) =>
    movedTo(server.views, id ?? "", to)
      .map(({ name }) => name)
      .join("");
  expect([order(ids[0], 2), order(ids[2], 0), order(ids[1], -1), order(ids[1], 9), order("x", 0)]).toEqual([
    "bca",
    "cab",
    "bac",
    "acb",
    "abc",
  ]);
  expect(movedTo(server.views, ids[2] ?? "", 0).map(({ position }) => position)).toEqual([1, 2, 3]);
});

test("views that cannot be loaded are not none: it is said why, and they come when asked again", async () => {
  keep("Anna");
  server.overrides.set("GET /views", () => refusal(503, "unavailable", "Zurzeit nicht erreichbar"));
  await show(server, "/worklist");
  await seeText("Zurzeit nicht erreichbar");
  server.overrides.delete("GET /views");
  await click(await see(() => button("Jetzt versuchen")));
  await see(() => saved()[0] === "Anna" || null);
});

test("while one's views are not loaded none can be added: it would stand in the place of another", async () => {
  let answer = (): void => undefined;
  const late = new Promise<Response>((resolve) => {
    answer = () => resolve(Response.json({ views: [] }));
  });
  server.overrides.set("GET /views", () => late);
  await show(server, "/worklist?state=arriving");
  await see(() => names().length > 0 || null);
  await press("v");
  expect(document.querySelector(".name-view input")).toBeNull();
  await act(async () => {
    answer();
    await new Promise((resolve) => setTimeout(resolve, 50));
  });
  await press("v");
  await nameField();
});
