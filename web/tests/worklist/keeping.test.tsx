// The chosen study stays chosen and nothing that arrives is lost: while taking over, and while the reader is elsewhere.
import { act } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { button, chosenName, click, leave, names, press, scrollTo, see, seeText, show, text } from "../app/screen";
import { refusal, study, TestServer } from "../app/server";

vi.setConfig({ testTimeout: 20_000 }); // several pages of rows are drawn, also on a busy machine

let server: TestServer;
beforeEach(() => {
  vi.stubGlobal(
    "Worker",
    class extends EventTarget {
      terminate(): void {}
    },
  ); // the reading page starts its decoder; nothing is decoded here
  server = new TestServer();
  server.studies = Array.from({ length: 350 }, (_, index) => study(index));
});
afterEach(async () => {
  vi.useRealTimers();
  await leave();
});

const firstRow = (name: string): Promise<true> => see(() => names()[0] === name || null);
const rowOf = (name: string): Element | undefined =>
  [...document.querySelectorAll(".study-row")].find((row) => row.querySelector(".c-patient")?.textContent === name);

async function arrive(...numbers: number[]): Promise<void> {
  server.studies.unshift(...numbers.map((number) => study(number)));
  await act(async () => {
    for (const number of numbers) server.emit("study_arrived", `1.2.${number}`);
  });
}

/** A study of the second page. */
async function choose(number: number): Promise<void> {
  await scrollTo(90);
  await see(() => rowOf(`Muster${number}, Anna`));
  await click(rowOf(`Muster${number}, Anna`));
  expect(chosenName()).toBe(`Muster${number}, Anna`);
}

test("taking over finds the chosen study again beyond the first page, and Enter opens it and no other", async () => {
  await show(server, "/worklist");
  await firstRow("Muster0, Anna");
  await choose(110);
  await arrive(900, 901);
  await seeText("2 neue");
  await press("n");
  await seeText("Zeile 113 von 352");
  await see(() => chosenName() === "Muster110, Anna");
  await press("Enter");
  expect(window.location.pathname).toBe("/studies/1.2.110/images");
});

test("a chosen study that is no longer in the list leaves no other chosen, and this is said", async () => {
  await show(server, "/worklist");
  await firstRow("Muster0, Anna");
  await choose(110);
  server.studies = server.studies.filter((row) => row.study_instance_uid !== "1.2.110");
  await arrive(900);
  await press("n");
  await seeText("Die gewählte Untersuchung steht nicht mehr in der Liste");
  expect(chosenName()).toBe("");
  expect(text()).toContain("Keine Untersuchung gewählt");
  await press("Enter");
  expect(window.location.pathname).toBe("/worklist");
});

test("whoever moves on while new studies are taken over keeps the study they moved to", async () => {
  await show(server, "/worklist");
  await firstRow("Muster0, Anna");
  await arrive(900);
  let answer = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  server.before = () => held;
  await press("n");
  await press("ArrowDown");
  await act(async () => answer());
  await firstRow("Muster900, Anna");
  expect(chosenName()).toBe("Muster1, Anna");
});

test("what arrives between the answer and its showing is counted", async () => {
  await show(server, "/worklist");
  await firstRow("Muster0, Anna");
  await arrive(900);
  server.after = async () => {
    server.after = async () => undefined;
    server.emit("study_arrived", "1.2.901");
    await new Promise((resolve) => setTimeout(resolve));
  };
  await press("n");
  await firstRow("Muster900, Anna");
  await seeText("1 neue");
});

test("taking over that fails says why and can be repeated; the list stands meanwhile", async () => {
  await show(server, "/worklist");
  await firstRow("Muster0, Anna");
  await arrive(900);
  server.overrides.set("GET /studies", () => refusal(503, "unavailable", "Zurzeit nicht erreichbar"));
  await press("n");
  await seeText("Zurzeit nicht erreichbar");
  expect(names()[0]).toBe("Muster0, Anna");
  server.overrides.clear();
  await click(button("Jetzt versuchen"));
  await firstRow("Muster900, Anna");
  expect(text()).not.toContain("Zurzeit nicht erreichbar");
});

/** happy-dom keeps no history of addresses: what its Back leads to is set by hand. */
async function back(address: string): Promise<void> {
  window.history.replaceState(null, "", address);
  await act(async () => void window.dispatchEvent(new PopStateEvent("popstate")));
}

test("back from the images the list stands as it was left, and says what arrived meanwhile", async () => {
  await show(server, "/worklist");
  await firstRow("Muster0, Anna");
  server.overrides.set("GET /studies/1.2.110", () => new Promise(() => undefined)); // its images stay on their way
  await choose(110);
  await press("Enter");
  await see(() => document.querySelector(".read"));
  await arrive(900);
  const asked = server.askedFor("GET /studies?").length;
  await back("/worklist");
  await see(() => chosenName() === "Muster110, Anna");
  expect(names()).not.toContain("Muster0, Anna");
  await seeText("1 neue");
  expect(server.askedFor("GET /studies?")).toHaveLength(asked);
});

test.each([
  ["stands as it was left", 1],
  ["fits to the next one, also when it had to be asked for again", 13],
])("a page that is come back to %s: no study falls between two of them", async (_, hours) => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"], shouldAdvanceTime: true });
  await show(server, "/worklist");
  await firstRow("Muster0, Anna");
  for (const row of [90, 190, 320]) {
    await scrollTo(row);
    await see(() => names().includes(`Muster${row + 5}, Anna`) || null);
  }
  await act(async () => vi.advanceTimersByTime(hours * 3_600_000));
  server.studies.splice(150, 0, study(900)); // came in between those of the second page
  await scrollTo(185);
  await see(() => names().includes("Muster205, Anna") || null);
  expect(names()).toContain("Muster199, Anna");
  expect(names()).toContain("Muster200, Anna");
});

test("a list that is asked for anew is a new list", async () => {
  await show(server, "/worklist");
  await firstRow("Muster0, Anna");
  await press("ArrowDown");
  await press("2");
  await see(() => window.location.search !== "");
  server.studies.unshift(study(900));
  await press("1");
  await firstRow("Muster900, Anna");
  expect(chosenName()).toBe("Muster900, Anna");
});
