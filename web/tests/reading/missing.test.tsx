// A study that is not here.
import { afterEach, expect, test, vi } from "vitest";
import { button, click, leave, seeText, show } from "../app/screen";
import { TestServer } from "../app/server";

afterEach(async () => {
  await leave();
  vi.unstubAllGlobals();
});

test("a study that is not here leads back to the worklist and offers no second attempt", async () => {
  const idle = { postMessage: vi.fn(), terminate: vi.fn(), addEventListener: vi.fn() };
  vi.stubGlobal(
    "Worker",
    vi.fn(
      class {
        constructor() {
          Object.assign(this, idle);
        }
      },
    ),
  );
  await show(new TestServer(), "/studies/1.2.3/images");
  await seeText("Nicht gefunden");
  expect(button("Jetzt versuchen")).toBeUndefined();
  await click([...document.querySelectorAll(".pane-note button")].at(-1));
  await seeText("Noch keine Untersuchung");
});
