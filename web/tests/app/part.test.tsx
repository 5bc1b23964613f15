// A page's code: fetched once, shown at once where it is there, asked for again after it failed.
import { act, useEffect } from "react";
import { createRoot } from "react-dom/client";
import { expect, test, vi } from "vitest";
import { Fetched, Part } from "../../src/app/part";
import { WordsProvider } from "../../src/locale";

const Page = ({ name }: { readonly name: string }) => <p>{name}</p>;

function First({ act: between }: { readonly act: () => void }) {
  useEffect(between, [between]);
  return null;
}

/** `between`: what happens after the drawing and before its effects. */
async function shown(part: Part<{ readonly name: string }>, between: () => void = () => undefined): Promise<string> {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const host = document.createElement("div");
  const root = createRoot(host);
  await act(async () =>
    root.render(
      <WordsProvider language="de">
        <First act={between} />
        <Fetched part={part} given={{ name: "Berta" }} />
      </WordsProvider>,
    ),
  );
  return host.innerHTML;
}

test("is fetched once and shown with what it is given", async () => {
  const load = vi.fn(async () => Page);
  const part = new Part(load);
  await part.fetch();
  expect(await shown(part)).toBe("<p>Berta</p>");
  expect(await shown(part)).toBe("<p>Berta</p>");
  expect(load).toHaveBeenCalledTimes(1);
});

test("is asked for again by the next who wants it after it failed", async () => {
  const load = vi.fn(async () => Page).mockRejectedValueOnce(new Error("offline"));
  const part = new Part(load);
  await expect(part.fetch()).rejects.toThrow("offline");
  expect(await shown(part)).toBe("<p>Berta</p>");
});

test("is shown when its code came between the drawing and its effects", async () => {
  const part = new Part(async () => Page);
  const come = (): void => {
    part.code = Page;
  };
  expect(await shown(part, come)).toBe("<p>Berta</p>");
});
