// A taking that failed is of one study or one list: it is never repeated by itself elsewhere than where it was begun.
import { act } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withoutDrawing } from "../app/no-drawing";
import { button, chosenName, click, leave, names, press, see, seeText, show, text } from "../app/screen";
import { claimOf, refusal, study, TestServer } from "../app/server";

const AWAY = "Zurzeit nicht erreichbar";
const CLAIM = "PUT /studies/1.2.0/claim";

let server: TestServer;
beforeEach(async () => {
  withoutDrawing();
  window.sessionStorage.clear();
  server = new TestServer();
  server.studies = [study(0), study(1)];
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"], shouldAdvanceTime: true });
});
afterEach(async () => {
  vi.useRealTimers();
  await leave();
});

const away = () => refusal(503, "unavailable", AWAY);
const takes = () => server.askedFor("PUT /studies/").map(({ body }) => body);
const later = (): Promise<void> => act(async () => void (await vi.advanceTimersByTimeAsync(30_000)));
const again = () => button("Muster0, Anna · CT · 24.11.2026 befunden");
const inDialog = (name: string): HTMLButtonElement | undefined =>
  [...document.querySelectorAll<HTMLButtonElement>("dialog button")].find((one) => one.textContent?.startsWith(name));

async function list(): Promise<void> {
  await show(server, "/worklist");
  await see(() => names()[0] === "Muster0, Anna");
}

test("a study that could not be taken opens by the button that names it, and not by itself", async () => {
  await list();
  server.overrides.set(CLAIM, away);
  await press("Enter");
  await seeText(AWAY);
  expect(text()).not.toContain("Nächster Versuch");
  server.overrides.clear();
  await later();
  expect([window.location.pathname, takes().length]).toEqual(["/worklist", 1]);
  await click(again());
  await see(() => window.location.pathname === "/studies/1.2.0/images");
});

test("whoever chose another study meanwhile keeps it: the failure of the first goes and nothing opens", async () => {
  await list();
  server.overrides.set(CLAIM, away);
  await press("Enter");
  await seeText(AWAY);
  await press("ArrowDown");
  expect(text()).not.toContain(AWAY);
  server.overrides.clear();
  await later();
  expect([window.location.pathname, chosenName(), takes().length]).toEqual(["/worklist", "Muster1, Anna", 1]);
});

test("what fails only when another study is chosen says of which study it speaks", async () => {
  await list();
  let fail = (): void => undefined;
  server.overrides.set(CLAIM, async () => {
    await new Promise<void>((resolve) => {
      fail = resolve;
    });
    return away();
  });
  await press("Enter");
  await press("ArrowDown");
  await act(async () => fail());
  await seeText(AWAY);
  expect(again()).toBeDefined();
});

test("another list that the reader comes back to has none of the failures of the last one", async () => {
  await list();
  await press("2");
  await see(() => window.location.search !== "" && chosenName() === "Muster0, Anna");
  const address = window.location.href;
  await press("1");
  await see(() => window.location.search === "" && chosenName() === "Muster0, Anna");
  server.overrides.set(CLAIM, away);
  await press("Enter");
  await seeText(AWAY);
  window.history.replaceState(null, "", address); // happy-dom keeps no history of addresses
  await act(async () => void window.dispatchEvent(new PopStateEvent("popstate")));
  await see(() => window.location.search !== "" && chosenName() === "Muster0, Anna");
  expect(text()).not.toContain(AWAY);
});

test("a taking over that failed takes nothing from a colleague by itself; by its button they are named anew", async () => {
  server.claims.set("1.2.0", claimOf("Dr. Vorlage"));
  await list();
  await press("Enter");
  await see(() => inDialog("Übernehmen"));
  server.overrides.set(CLAIM, away);
  await click(inDialog("Übernehmen"));
  await seeText(AWAY);
  server.overrides.clear();
  server.claims.set("1.2.0", claimOf("Dr. Anders"));
  await later();
  expect(takes()).toEqual([{ take_over: false }, { take_over: true }]);
  await click(again());
  await seeText("In Befundung durch Dr. Anders seit");
  expect(server.claims.get("1.2.0")?.name).toBe("Dr. Anders");
});

test.each(["before", "after"])(
  "a list that could not be taken anew takes no other one: refused %s it",
  async (when) => {
    await list();
    let refuse = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      refuse = resolve;
    });
    server.studies.unshift(study(900));
    await act(async () => server.emit("study_arrived", "1.2.900"));
    await seeText("1 neue");
    server.overrides.set("GET /studies", async () => {
      await held;
      return away();
    });
    await press("n");
    if (when === "before") {
      await act(async () => refuse());
      await seeText(AWAY);
    }
    server.overrides.clear();
    await press("2");
    await see(() => window.location.search !== "" && names()[0] === "Muster900, Anna");
    await act(async () => refuse());
    expect(text()).not.toContain(AWAY);
    const asked = server.askedFor("GET /studies?").length;
    await later();
    expect(server.askedFor("GET /studies?")).toHaveLength(asked);
  },
);
