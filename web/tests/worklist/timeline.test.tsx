// The preview shows the patient's other studies, and the views say how many they hold.
import { act } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { click, leave, names, press, see, seeText, show } from "../app/screen";
import { study, TestServer } from "../app/server";

let server: TestServer;
const patient = study(1).patient;
beforeEach(() => {
  server = new TestServer();
  server.studies = [
    study(1, { patient }),
    study(2, { patient: { ...patient, patient_id: "other" } }),
    study(3, { patient, study_date: "20260414", description: "Schädel", modalities: ["MR"], state: "arriving" }),
  ];
});
afterEach(async () => {
  vi.useRealTimers();
  await leave();
});

const entries = (): string[] => [...document.querySelectorAll(".timeline li")].map((entry) => entry.textContent ?? "");
const count = (name: string): string | undefined =>
  [...document.querySelectorAll(".side-list a")]
    .find((link) => link.querySelector(".cut")?.textContent === name)
    ?.querySelector(".count")?.textContent ?? undefined;

test("the timeline holds the same patient's studies with their distance, and a click opens one", async () => {
  await show(server, "/worklist");
  await see(() => entries().length === 2 || null);
  expect(entries()[0]).toContain("Aktuell");
  expect(entries()[1]).toContain("14.04.2026MR · Schädel842 Objektevor 7 Mon.");
  await click(document.querySelectorAll(".timeline button")[1]);
  expect(window.location.pathname).toBe("/studies/1.2.3/images");
});

test("what a study holds is counted as objects in list, preview and timeline: not all of them are images", async () => {
  server.studies = [study(1, { patient, instance_count: 5 })];
  await show(server, "/worklist");
  await see(() => entries().length === 1 || null);
  expect(document.querySelector('[role="columnheader"].c-objects')?.textContent).toBe("Obj.");
  expect(document.querySelector(".rows .c-objects")?.textContent).toBe("5");
  expect(document.querySelector(".preview .facts")?.textContent).toContain("5 Objekte · 443 MB");
  expect(entries()[0]).toContain("5 Objekte");
  expect(document.querySelector(".worklist")?.textContent).not.toContain("Bilder");
});

test("running through the list asks for no timeline", async () => {
  await show(server, "/worklist");
  await see(() => entries().length === 2 || null);
  vi.useFakeTimers();
  for (let step = 0; step < 2; step += 1) {
    await press("ArrowDown");
    await act(async () => vi.advanceTimersByTime(50));
  }
  expect(server.askedFor("GET /studies/1.2.2/timeline")).toHaveLength(0);
});

test("a study without a sure identity says that others may be missing", async () => {
  server.studies = [study(1, { patient, identity: "unresolved" })];
  await show(server, "/worklist");
  await seeText("Frühere Untersuchungen können fehlen");
});

test("each view says how many it holds, the shown one too, while its rows stay and say how many are new", async () => {
  await show(server, "/worklist");
  await see(() => count("Trifft ein") === "1" || null);
  expect(count("Alle Untersuchungen")).toBe("3");
  vi.useFakeTimers();
  server.studies.unshift(study(9, { state: "arriving" }));
  await act(async () => server.emit("study_arrived", "1.2.9"));
  await seeText("1 neue");
  await act(async () => vi.advanceTimersByTimeAsync(20_000));
  await see(() => count("Trifft ein") === "2" || null);
  expect(count("Alle Untersuchungen")).toBe("4");
  expect(names()).toHaveLength(3);
});

test("a column that cannot be sorted by says why", async () => {
  await show(server, "/worklist");
  const head = await see(() => document.querySelector('[role="columnheader"].c-objects'));
  expect(head.querySelector("button")).toBeNull();
  expect(head.getAttribute("title")).toContain("Sie ändert sich");
  expect(document.querySelector('[role="columnheader"].c-referring button')).not.toBeNull();
});

test("at rest an arrow tells the columns that can be sorted by from the others", async () => {
  await show(server, "/worklist");
  const heads = await see(() => {
    const found = [...document.querySelectorAll('[role="columnheader"]')];
    return found.length > 0 && found;
  });
  for (const head of heads) {
    const sorts = head.hasAttribute("aria-sort");
    expect([head.className, head.querySelectorAll(".sort-mark").length]).toEqual([head.className, sorts ? 1 : 0]);
    expect(head.children).toHaveLength(sorts ? 1 : 0);
  }
  expect(document.querySelector(".sort-mark:not(.is-idle)")?.closest('[role="columnheader"]')?.className).toContain(
    "c-received",
  );
});
