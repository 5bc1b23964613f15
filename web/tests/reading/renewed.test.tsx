// What is known of a study is asked anew when it may have changed unseen.
import { act } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withoutDrawing } from "../app/no-drawing";
import { leave, names, press, see, seeText, show } from "../app/screen";
import { study, TestServer } from "../app/server";

let server: TestServer;
let line: ReadableStreamDefaultController<Uint8Array> | undefined;
beforeEach(() => {
  withoutDrawing();
  window.sessionStorage.clear();
  server = new TestServer();
  server.studies = [study(0), study(1)];
  server.overrides.set("GET /events", () => {
    const body = new ReadableStream<Uint8Array>({
      start(opened) {
        line = opened;
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await leave();
});

const asked = (): number => server.askedFor("GET /studies/1.2.0").filter((one) => one.line.endsWith("/1.2.0")).length;
const pause = (ms: number) => act(async () => void (await new Promise((resolve) => setTimeout(resolve, ms))));

test("when the line for news stands again", async () => {
  await show(server, "/studies/1.2.0/images");
  await seeText("Nur Ansicht");
  await pause(100);
  const before = asked();
  expect(before).toBeGreaterThan(0);
  await act(async () => line?.close());
  await pause(1300);
  expect(asked()).toBe(before + 1);
});

test.each([
  [1_000, 0],
  [60_000, 1],
])("%i ms after the preview asked for it, opening asks %i times more", async (age, more) => {
  await show(server, "/worklist");
  await see(() => names()[0] === "Muster0, Anna");
  await see(() => asked() > 0);
  await pause(100);
  const before = asked();
  const now = Date.now();
  vi.spyOn(Date, "now").mockReturnValue(now + age);
  await press("Enter");
  await see(() => window.location.pathname === "/studies/1.2.0/images");
  await pause(200);
  expect(asked()).toBe(before + more);
});
