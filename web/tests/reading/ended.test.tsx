// The session ends while images are read: whatever is asked first says so, and the reader is led to sign in.
import { act } from "react";
import { afterEach, expect, test } from "vitest";
import { button, leave, see, show, text } from "../app/screen";
import { refusal } from "../app/server";
import { ADDRESS, BUNDLE, FRAME, serverWithOneImage } from "./one-image";

afterEach(leave);

const ended = () => refusal(401, "session-expired", "Die Anmeldung ist abgelaufen");

test.each([
  ["a frame", FRAME],
  ["a bundle", BUNDLE],
])("%s that is refused for it leads to signing in", async (_, line) => {
  const server = serverWithOneImage(() => "first");
  server.overrides.set(line, ended);
  await show(server, ADDRESS);
  await see(() => button("Anmelden"));
  expect(text()).toContain("Gespeichertes ist nicht verloren");
});

test("a small picture that does not come has the session asked for", async () => {
  const server = serverWithOneImage(() => "first");
  server.overrides.set(FRAME, () => new Promise(() => undefined)); // stays on its way
  await show(server, ADDRESS);
  const picture = await see(() => document.querySelector(".thumb img"));
  server.overrides.set("GET /session", ended);
  await act(async () => void picture.dispatchEvent(new Event("error")));
  await see(() => button("Anmelden"));
  expect(text()).toContain("Gespeichertes ist nicht verloren");
});
