// Somebody promotes another object under the UID of an image that is being read.
import { act } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { button, click, leave, see, show } from "../app/screen";
import { refusal } from "../app/server";
import { ADDRESS, FRAME, serverWithOneImage } from "./one-image";

afterEach(async () => {
  await leave();
  vi.unstubAllGlobals();
});

test("the reader is offered the series anew; only then its frames are asked for as those of the new object", async () => {
  let digest = "first";
  const server = serverWithOneImage(() => digest);
  server.overrides.set(FRAME, () => refusal(409, "images-changed", "Ersetzt"));
  const asked = (): readonly string[] => server.askedFor(FRAME).map(({ line }) => line.split("?")[1] ?? "");
  await show(server, ADDRESS);
  await see(() => asked().length > 0 || null);
  expect(button("Bilder geändert")).toBeUndefined();
  digest = "second";
  await act(async () => server.emit("variants_changed", "1.2.1"));
  const offer = await see(() => button("Bilder geändert"));
  expect(asked()).toEqual(["digest=first"]);
  await click(offer);
  await see(() => asked().length > 1 || null);
  expect(asked()).toEqual(["digest=first", "digest=second"]);
  expect(button("Bilder geändert")).toBeUndefined();
});

test("a frame that is refused because another object stands there offers the series anew, where it is and in the strip", async () => {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(private readonly told: (entries: readonly object[]) => void) {}
      observe(): void {
        queueMicrotask(() => this.told([{ contentRect: { width: 800, height: 600 } }]));
      }
      unobserve(): void {}
      disconnect(): void {}
    },
  );
  let digest = "first";
  const server = serverWithOneImage(() => digest);
  server.overrides.set(FRAME, () => refusal(409, "images-changed", "Ersetzt"));
  await show(server, ADDRESS);
  await see(() => button("Bilder geändert: Serie neu laden"));
  digest = "second";
  server.overrides.set(FRAME, () => new Promise(() => undefined)); // stays on its way
  await click(document.querySelector(".ov-tile button"));
  await see(() => server.askedFor(FRAME).some(({ line }) => line.endsWith("digest=second")) || null);
  await see(() => button("Bilder geändert") === undefined || null);
});
