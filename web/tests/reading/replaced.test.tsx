// Somebody promotes another object under the UID of an image that is being read.
import { act } from "react";
import { afterEach, expect, test } from "vitest";
import { button, click, leave, see, show } from "../app/screen";
import { refusal } from "../app/server";
import { ADDRESS, FRAME, serverWithOneImage } from "./one-image";

afterEach(leave);

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
