// Who reads a study: taken by Enter, told to others by name, taken over only with words, given up on leaving.
import { act } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RENEW_EVERY_MS } from "../../src/reading/claim";
import { withoutDrawing } from "../app/no-drawing";
import { button, click, leave, names, press, see, seeText, show, text } from "../app/screen";
import { claimOf, study, TestServer } from "../app/server";

let server: TestServer;
beforeEach(() => {
  withoutDrawing();
  window.sessionStorage.clear();
  server = new TestServer();
  server.studies = [study(0), study(1), study(2), study(3)];
});
afterEach(async () => {
  vi.useRealTimers();
  await leave();
});

const here = (): string => window.location.pathname;
const dialog = (): Element | null => document.querySelector("dialog");
const state = (row: number): string => {
  const cell = document.querySelectorAll(".rows .c-state")[row];
  return (cell?.querySelector(".state-word") ?? cell)?.textContent ?? "";
};
const takes = () => server.askedFor("PUT /studies/").filter(({ line }) => line.includes("/claim"));
async function list(): Promise<void> {
  await show(server, "/worklist");
  await see(() => names()[0] === "Muster0, Anna");
}

test("Enter takes the study and opens it; the head says since when it is the reader's, leaving gives it up", async () => {
  await list();
  await press("Enter");
  await see(() => here() === "/studies/1.2.0/images");
  await seeText("In Befundung durch Sie seit");
  expect(server.claims.get("1.2.0")?.own).toBe(true);
  await press("Escape");
  await see(() => !server.claims.has("1.2.0"));
});

test("looking at a study takes nothing, and offers to read it", async () => {
  await list();
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", shiftKey: true, bubbles: true }));
  await seeText("Nur Ansicht");
  expect(takes()).toHaveLength(0);
  await click(button("Befunden"));
  await seeText("In Befundung durch Sie seit");
});

test("a study that somebody reads names them in the row; Enter asks, looking takes nothing, Esc opens nothing", async () => {
  server.claims.set("1.2.0", claimOf("Dr. Vorlage"));
  await list();
  expect(state(0)).toBe("In Befundung");
  expect(document.querySelector(".rows .state-holder")?.textContent).toBe("Dr. Vorlage");
  expect(document.querySelector(".rows .c-reader")?.textContent).toBe("Dr. Vorlage");
  await press("Enter");
  await see(dialog);
  expect(dialog()?.textContent).toContain("In Befundung durch Dr. Vorlage seit");
  expect(dialog()?.textContent).toContain("Muster0, Anna · w · 14.03.1961 · 470");
  await click(button("Abbrechen"));
  expect([here(), dialog()]).toEqual(["/worklist", null]);
  await press("Enter");
  await see(dialog);
  await click([...(dialog()?.querySelectorAll("button") ?? [])].find((one) => one.textContent === "Nur ansehen"));
  await seeText("In Befundung durch Dr. Vorlage seit");
  expect(here()).toBe("/studies/1.2.0/images");
  expect(server.claims.get("1.2.0")?.name).toBe("Dr. Vorlage");
});

test("taking over is a word of its own and opens the study", async () => {
  server.claims.set("1.2.0", claimOf("Dr. Vorlage"));
  await list();
  await press("Enter");
  await see(dialog);
  await click([...(dialog()?.querySelectorAll("button") ?? [])].find((one) => one.textContent?.startsWith("Übern")));
  await seeText("In Befundung durch Sie seit");
  expect(takes().map(({ body }) => body)).toEqual([{ take_over: false }, { take_over: true }]);
});

test("a study that was taken between the list and Enter is not opened: the dialog names who was faster", async () => {
  await list();
  server.claims.set("1.2.0", claimOf("Dr. Vorlage"));
  await press("Enter");
  await see(dialog);
  expect(here()).toBe("/worklist");
});

test("whoever was taken over from is told by name, in the head and in words that stay", async () => {
  await list();
  await press("Enter");
  await seeText("In Befundung durch Sie seit");
  server.claims.set("1.2.0", claimOf("Dr. Vorlage"));
  await act(async () => server.emit("claim_changed", "1.2.0"));
  await seeText("Dr. Vorlage hat Muster0, Anna · CT · 24.11.2026 um");
  await seeText("Übernommen von Dr. Vorlage um");
  await press("Escape");
  await see(() => here() === "/worklist");
  expect(server.claims.get("1.2.0")?.name).toBe("Dr. Vorlage");
});

test("work renews the lease, a screen that was left does not", async () => {
  await list();
  await press("Enter");
  await seeText("In Befundung durch Sie seit");
  vi.useFakeTimers();
  await leave();
  await show(server, "/studies/1.2.0/images");
  await seeText("In Befundung durch Sie seit");
  const before = takes().length;
  await act(async () => vi.advanceTimersByTimeAsync(RENEW_EVERY_MS + 1));
  expect(takes()).toHaveLength(before);
  await act(async () => void document.body.dispatchEvent(new Event("pointerdown", { bubbles: true })));
  await act(async () => vi.advanceTimersByTimeAsync(RENEW_EVERY_MS + 1));
  expect(takes()).toHaveLength(before + 1);
});

test("N passes over what somebody reads, takes the next case and gives up this one", async () => {
  server.claims.set("1.2.1", claimOf("Dr. Vorlage"));
  await list();
  await press("Enter");
  await seeText("In Befundung durch Sie seit");
  await press("n");
  await see(() => here() === "/studies/1.2.2/images");
  await see(() => server.claims.get("1.2.2")?.own === true);
  await see(() => !server.claims.has("1.2.0"));
  await seeText("Muster1, Anna übergangen: in Befundung.");
});

test("N from a study that is only looked at takes none", async () => {
  await list();
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", shiftKey: true, bubbles: true }));
  await seeText("Nur Ansicht");
  await press("n");
  await see(() => here() === "/studies/1.2.1/images");
  expect(takes()).toHaveLength(0);
});

test("a claim comes and goes in its row, and no row moves", async () => {
  vi.useFakeTimers();
  await list();
  server.claims.set("1.2.1", claimOf("Dr. Vorlage"));
  await act(async () => server.emit("claim_changed", "1.2.1"));
  await act(async () => vi.advanceTimersByTimeAsync(1500));
  await see(() => state(1) === "In Befundung");
  expect(names()).toEqual(["Muster0, Anna", "Muster1, Anna", "Muster2, Anna", "Muster3, Anna"]);
  expect(text()).toContain("nichts Neues");
  server.claims.clear();
  await act(async () => server.emit("claim_changed", "1.2.1"));
  await act(async () => vi.advanceTimersByTimeAsync(1500));
  await see(() => state(1) === "Bereit");
});

/** Answers to taking a study, each let go by itself; what the server does, it does when it is asked. */
function slowTakes(uid: string): (() => Promise<void>)[] {
  const answers: (() => Promise<void>)[] = [];
  server.overrides.set(`PUT /studies/${uid}/claim`, async () => {
    const renewed = server.claims.get(uid)?.own === true;
    server.claims.set(uid, claimOf("b.beispiel", true));
    await new Promise<void>((resolve) => {
      answers.push(() =>
        act(async () => {
          resolve();
          await new Promise((done) => setTimeout(done, 50));
        }),
      );
    });
    return Response.json({ ...claimOf("b.beispiel", true), renewed });
  });
  return answers;
}
const givenUp = (uid: string): number => server.askedFor(`DELETE /studies/${uid}/claim`).length;
/** The study is the reader's from now on by another window of theirs, of which the list here knows nothing. */
const takenElsewhere = (uid: string): void => void server.claims.set(uid, claimOf("b.beispiel", true));

test("of two studies asked for one after the other the later one opens; the first is given back", async () => {
  await list();
  const answers = slowTakes("1.2.0");
  await press("Enter");
  await press("ArrowDown");
  await press("Enter");
  await see(() => here() === "/studies/1.2.1/images");
  await answers[0]?.();
  expect(here()).toBe("/studies/1.2.1/images");
  expect(givenUp("1.2.0")).toBe(1);
  expect(givenUp("1.2.1")).toBe(0);
});

test("of a study asked for twice with another between, the late answer gives up nothing that is read", async () => {
  await list();
  const answers = slowTakes("1.2.0");
  slowTakes("1.2.1");
  for (const key of ["Enter", "ArrowDown", "Enter", "ArrowUp", "Enter"]) await press(key);
  await answers[0]?.();
  await see(() => answers.length === 2);
  await answers[1]?.();
  expect(here()).toBe("/studies/1.2.0/images");
  expect([givenUp("1.2.0"), server.claims.has("1.2.0")]).toEqual([0, true]);
});

test("of two studies asked for twice in turn, the one that is not read is nobody's in the end", async () => {
  await list();
  const answers = slowTakes("1.2.0");
  const others = slowTakes("1.2.1");
  for (const key of ["Enter", "ArrowDown", "Enter", "ArrowUp", "Enter", "ArrowDown", "Enter"]) await press(key);
  for (const at of [0, 1])
    for (const slow of [others, answers]) {
      await see(() => slow.length > at);
      await slow[at]?.();
    }
  expect(here()).toBe("/studies/1.2.1/images");
  expect([server.claims.has("1.2.0"), server.claims.has("1.2.1")]).toEqual([false, true]);
});

test.each([
  ["theirs before, in another window, stays theirs", true, true, 0],
  ["theirs before, in another window of which the list knows nothing, stays theirs", false, true, 0],
  ["theirs only by what the list still shows, is given back", true, false, 1],
])("of a study that the reader passes over: what was %s", async (_, shown, isOwn, times) => {
  if (shown) takenElsewhere("1.2.0");
  await list();
  if (isOwn) takenElsewhere("1.2.0");
  else server.claims.delete("1.2.0");
  const answers = slowTakes("1.2.0");
  for (const key of ["Enter", "ArrowDown", "Enter"]) await press(key);
  await see(() => here() === "/studies/1.2.1/images");
  await answers[0]?.();
  expect(givenUp("1.2.0")).toBe(times);
});

test("a study that was asked for and is looked at instead stays the reader's when the answer comes", async () => {
  await list();
  const answers = slowTakes("1.2.0");
  await press("Enter");
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", shiftKey: true, bubbles: true }));
  await see(() => here() === "/studies/1.2.0/images");
  await answers[0]?.();
  expect([givenUp("1.2.0"), server.claims.has("1.2.0")]).toEqual([0, true]);
});

test("whoever leaves before it is known who holds the study, gives up what they took", async () => {
  await list();
  server.overrides.set("GET /studies/1.2.0/claim", () => new Promise(() => undefined));
  await press("Enter");
  await see(() => here() === "/studies/1.2.0/images");
  await press("Escape");
  await see(() => givenUp("1.2.0") === 1);
});

test("whoever leaves while they are taking the study gives it up once it was taken", async () => {
  await list();
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", shiftKey: true, bubbles: true }));
  await seeText("Nur Ansicht");
  const answers = slowTakes("1.2.0");
  await click(button("Befunden"));
  await see(() => answers.length === 1);
  await press("Escape");
  await see(() => here() === "/worklist");
  await later();
  expect(givenUp("1.2.0")).toBe(0);
  await answers[0]?.();
  expect([givenUp("1.2.0"), server.claims.has("1.2.0")]).toEqual([1, false]);
});

test("whoever leaves on the way to the next case does not hold it", async () => {
  await list();
  await press("Enter");
  await seeText("In Befundung durch Sie seit");
  const answers = slowTakes("1.2.1");
  await press("n");
  await see(() => answers.length === 1);
  await press("Escape");
  await see(() => here() === "/worklist");
  await answers[0]?.();
  expect(here()).toBe("/worklist");
  expect([givenUp("1.2.1"), server.claims.has("1.2.1")]).toEqual([1, false]);
});

test("giving back that fails is no failure of the taking that follows", async () => {
  server.claims.set("1.2.1", claimOf("Dr. Vorlage"));
  await list();
  const answers = slowTakes("1.2.0");
  let fail = (): void => undefined;
  server.overrides.set("DELETE /studies/1.2.0/claim", async () => {
    await new Promise<void>((resolve) => {
      fail = resolve;
    });
    return new Response(null, { status: 500 });
  });
  for (const key of ["Enter", "ArrowDown", "Enter"]) await press(key);
  await see(dialog);
  await click(button("Abbrechen"));
  await answers[0]?.();
  await press("ArrowUp");
  await press("Enter");
  await act(async () => fail());
  await see(() => answers.length === 2);
  await answers[1]?.();
  expect(here()).toBe("/studies/1.2.0/images");
  expect(givenUp("1.2.0")).toBe(1);
});

test("a study that is being given up is taken only after that", async () => {
  await list();
  await press("Enter");
  await seeText("In Befundung durch Sie seit");
  let go = (): void => undefined;
  const gone = new Promise<void>((resolve) => {
    go = resolve;
  });
  server.overrides.set("DELETE /studies/1.2.0/claim", async () => {
    await gone;
    server.claims.delete("1.2.0");
    return new Response(null, { status: 204 });
  });
  await press("Escape");
  await see(() => names()[0] === "Muster0, Anna");
  await press("Enter");
  await later();
  expect(takes().length).toBe(1);
  await act(async () => go());
  await seeText("In Befundung durch Sie seit");
  expect([takes().length, server.claims.has("1.2.0")]).toEqual([2, true]);
});

test("a slow takeover that was given up by Esc opens nothing", async () => {
  server.claims.set("1.2.0", claimOf("Dr. Vorlage"));
  await list();
  await press("Enter");
  await see(dialog);
  const answers = slowTakes("1.2.0");
  await click([...(dialog()?.querySelectorAll("button") ?? [])].find((one) => one.textContent?.startsWith("Übern")));
  await click(button("Abbrechen"));
  await see(() => dialog() === null);
  await answers[0]?.();
  expect(here()).toBe("/worklist");
  expect(givenUp("1.2.0")).toBe(1);
});

const another = (open: string): BroadcastChannel => {
  const channel = new BroadcastChannel("kontor.reading");
  const study = { study: open, studyKey: "", patient: "p", name: "n" };
  channel.postMessage({ from: "x", kind: "here", second: true, open: study });
  return channel;
};
const later = () => act(async () => void (await new Promise((resolve) => setTimeout(resolve, 100))));

test.each([
  ["1.2.0", 0],
  ["1.2.1", 1],
])("leaving gives a study up unless another window shows it: one shows %s, given up %i times", async (shown, times) => {
  await list();
  await press("Enter");
  await seeText("In Befundung durch Sie seit");
  const channel = another(shown);
  await later();
  await press("Escape");
  await see(() => here() === "/worklist");
  await later();
  channel.close();
  expect(givenUp("1.2.0")).toBe(times);
});

test("the second window gives a study up too when it is the last one with it", async () => {
  window.name = "kontor-second";
  await list();
  await press("Enter");
  await seeText("In Befundung durch Sie seit");
  await press("Escape");
  await see(() => givenUp("1.2.0") === 1);
  window.name = "";
});
