// A page's code: fetched once, shown at once where it is there, asked for again after it failed.
import { act } from "react";
import { createRoot } from "react-dom/client";
import { expect, test, vi } from "vitest";
import { Fetched, Part } from "../../src/app/part";
import { WordsProvider } from "../../src/locale";

const Page = ({ name }: { readonly name: string }) => <p>{name}</p>;

async function shown(part: Part<{ readonly name: string }>): Promise<string> {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const host = document.createElement("div");
  const root = createRoot(host);
  await act(async () =>
    root.render(
      <WordsProvider language="de">
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
