// What is answered or asked late about who reads a study: it is of its study, never of the one that is open by then.
import { act } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RENEW_EVERY_MS } from "../../src/reading/claim";
import { withoutDrawing } from "../app/no-drawing";
import { button, click, leave, names, press, see, seeText, show, text, type } from "../app/screen";
import { claimOf, refusal, study, TestServer } from "../app/server";

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
const takes = () => server.askedFor("PUT /studies/").filter(({ line }) => line.includes("/claim"));
const later = () => act(async () => void (await new Promise((resolve) => setTimeout(resolve, 100))));
async function list(): Promise<void> {
  await show(server, "/worklist");
  await see(() => names()[0] === "Muster0, Anna");
}

test("an answer about a study that was left says nothing of the one that is open", async () => {
  await list();
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", shiftKey: true, bubbles: true }));
  await seeText("Nur Ansicht");
  const late = Promise.withResolvers<void>();
  server.overrides.set("PUT /studies/1.2.0/claim", async () => {
    await late.promise;
    return refusal(503, "database-unavailable", "Die Datenbank antwortet nicht");
  });
  await click(button("Befunden"));
  await press("n");
  await see(() => here() === "/studies/1.2.1/images");
  await see(() => button("Befunden"));
  await act(async () => late.resolve());
  await later();
  expect(button("Befunden")).toBeDefined();
  expect(text()).not.toContain("nicht übernommen");
});

test("a renewal that is answered after N leaves the line of the case that is open", async () => {
  await list();
  await press("Enter");
  await seeText("In Befundung durch Sie seit");
  const late = Promise.withResolvers<void>();
  server.overrides.set("PUT /studies/1.2.0/claim", async () => {
    await late.promise;
    return Response.json({ ...claimOf("Dr. Berta Beispiel", true), renewed: true });
  });
  vi.useFakeTimers();
  await leave();
  await show(server, "/studies/1.2.0/images");
  await seeText("In Befundung durch Sie seit");
  await act(async () => void document.body.dispatchEvent(new Event("pointerdown", { bubbles: true })));
  const before = takes().length;
  await act(async () => vi.advanceTimersByTimeAsync(RENEW_EVERY_MS + 1));
  vi.useRealTimers();
  expect(takes()).toHaveLength(before + 1);
  server.claims.set("1.2.1", claimOf("Dr. Vorlage"));
  await act(async () => {
    window.history.replaceState(null, "", "/studies/1.2.1/images");
    window.dispatchEvent(new PopStateEvent("popstate"));
  });
  await seeText("In Befundung durch Dr. Vorlage");
  await act(async () => late.resolve());
  await later();
  expect(text()).toContain("In Befundung durch Dr. Vorlage");
});

test("a warning that was closed is not said again in another language", async () => {
  await list();
  await press("Enter");
  await seeText("In Befundung durch Sie seit");
  server.claims.set("1.2.0", claimOf("Dr. Vorlage"));
  await act(async () => server.emit("claim_changed", "1.2.0"));
  await seeText("Gesichertes bleibt Ihres");
  await click(document.querySelector(".toast-place button"));
  expect(text()).not.toContain("Gesichertes bleibt Ihres");
  await press(".");
  await type(await see(() => document.querySelector<HTMLInputElement>(".palette input")), "English");
  await press("Enter", document.activeElement ?? document.body);
  await seeText("Not for diagnosis");
  expect(document.querySelector(".toast-place")).toBeNull();
});

test("whoever goes on and back before it is known who reads the case, reads on", async () => {
  await list();
  await press("Enter");
  await seeText("In Befundung durch Sie seit");
  server.overrides.set("GET /studies/1.2.1/claim", () => new Promise(() => undefined)); // stays on its way
  await press("n");
  await see(() => here() === "/studies/1.2.1/images");
  await act(
    async () => void document.dispatchEvent(new KeyboardEvent("keydown", { key: "N", shiftKey: true, bubbles: true })),
  );
  await see(() => here() === "/studies/1.2.0/images");
  await seeText("In Befundung durch Sie seit");
  expect(server.claims.get("1.2.0")?.own).toBe(true);
});
