// The toolbar, and a message for who presses a key, say why a tool can do nothing; nothing is done then.
import { afterEach, expect, test } from "vitest";
import { click, leave, press, see, show } from "../app/screen";
import { ADDRESS, BUNDLE, serverWithOneImage } from "./one-image";

afterEach(leave);

const tool = (name: string) => see(() => document.querySelector<HTMLButtonElement>(`.tool[data-name="${name}"]`));
const isOff = async (name: string) => (await tool(name)).getAttribute("aria-disabled") === "true";

test("of one image no run, but a length", async () => {
  await show(
    serverWithOneImage(() => "first"),
    ADDRESS,
  );
  await see(() => document.querySelector(".thumb.is-on"));
  await see(() => document.querySelector('.tool[data-name="cine"][aria-disabled="true"]'));
  expect((await tool("cine")).title).toContain("Nur ein Bild");
  expect([await isOff("length"), await isOff("invert"), await isOff("link")]).toEqual([false, false, false]);
});

test("of an object without pixels no tool, and none is taken in hand", async () => {
  const server = serverWithOneImage(() => "first");
  const answer = await server.overrides.get(BUNDLE)?.(new Request("http://kontor.test"));
  const bundle = (await answer?.json()) as { instances: Record<string, unknown>[] };
  const [image] = bundle.instances;
  const raw = { ...image, sop_class_uid: "1.2.840.10008.5.1.4.1.1.66", frames: { count: 0, lossy: false, bytes: [] } };
  server.overrides.set(BUNDLE, () => Response.json({ ...bundle, instances: [raw] }));
  await show(server, ADDRESS);
  await see(() => document.querySelector('.tool[data-name="length"][aria-disabled="true"]'));
  expect((await tool("length")).title).toContain("Kein Bild gezeigt");
  await click(await tool("length"));
  expect((await tool("length")).getAttribute("aria-pressed")).toBe("false");
  const said = () => [...document.querySelectorAll(".toast")].map(({ textContent }) => textContent);
  expect(said()).toEqual([]);
  await press("m");
  expect(said()).toEqual(["Strecke: Kein Bild gezeigt"]);
  expect((await tool("length")).getAttribute("aria-pressed")).toBe("false");
  await press("m");
  await press("i");
  expect(said()).toEqual(["Invertieren: Kein Bild gezeigt"]);
});
