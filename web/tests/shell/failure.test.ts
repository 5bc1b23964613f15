// Whatever is thrown becomes words; a copy that the browser refuses is not said to be made.
import { afterEach, expect, test, vi } from "vitest";
import type { Words } from "../../src/locale";
import { describe } from "../../src/shell";
import { copyText } from "../../src/ui";

afterEach(() => vi.restoreAllMocks());

const words = { t: (key: string, given?: { at?: string }) => `${key} ${given?.at ?? ""}`.trim() } as unknown as Words;

test.each([
  [new DOMException("took too long", "TimeoutError"), "took too long"],
  [new RangeError("of ours"), "of ours"],
  ["a word", "a word"],
])("%s is described, and asking again is not promised", (thrown, at) => {
  expect(describe(thrown, words)).toEqual({
    title: "state.unexpected.",
    text: `state.unexpected.text ${at}`,
    repeats: false,
  });
});

test.each([true, false])("without a clipboard the page copies by a selection, and says whether: %s", async (copied) => {
  vi.spyOn(navigator, "clipboard", "get").mockReturnValue(undefined as unknown as Clipboard);
  let chosen = "";
  document.execCommand = () => {
    chosen = document.querySelector("textarea")?.value ?? "";
    return copied;
  };
  expect(await copyText("secret of the house")).toBe(copied);
  expect(chosen).toBe("secret of the house");
  expect(document.querySelector("textarea")).toBeNull();
});
