// Both languages say everything, with the same blanks, in the tone of the house.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CATALOGUES, isWordKey, languageOf, type WordKey } from "../../src/locale";
import { translator } from "../../src/locale/words";

const keys = Object.keys(CATALOGUES.de).filter(isWordKey);
const blanks = (text: string): readonly string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
const sourceRoot = join(import.meta.dirname, "../../src");

test("German and English have equal keys", () => {
  expect(Object.keys(CATALOGUES.en).sort()).toEqual([...keys].sort());
});

test("no text is empty, and both languages have the same blanks and the same number of forms", () => {
  const unequal = keys.filter((key) => {
    const [de, en] = [CATALOGUES.de[key], CATALOGUES.en[key]];
    const sameForms = de.split("|").length === en.split("|").length;
    return de.trim() === "" || en.trim() === "" || !sameForms || blanks(de).join() !== blanks(en).join();
  });
  expect(unequal).toEqual([]);
});

test("facts, not moods: no exclamation mark, no ellipsis of three dots, no bare OK", () => {
  const loud = keys.filter((key) =>
    [CATALOGUES.de[key], CATALOGUES.en[key]].some((text) => /!|\.\.\.|^OK$/i.test(text)),
  );
  expect(loud).toEqual([]);
});

test("every word is used somewhere", () => {
  const code = readdirSync(sourceRoot, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path) && !/^locale\/(de|en)\//.test(path))
    .map((path) => readFileSync(join(sourceRoot, path), "utf8"))
    .join("\n");
  const stems = [...code.matchAll(/`([\w.]+\.)\$\{/g)].map((match) => match[1] ?? "");
  const isUsed = (key: WordKey): boolean => code.includes(`"${key}"`) || stems.some((stem) => key.startsWith(stem));
  expect(keys.filter((key) => !isUsed(key))).toEqual([]);
});

test("blanks are filled, numbers written by the language, and the number chooses the form", () => {
  const t = translator("de", (value) => `<${value}>`);
  expect(t("worklist.count", { n: 1 })).toBe("<1> Untersuchung");
  expect(t("worklist.count", { n: 0 })).toBe("<0> Untersuchungen");
  expect(t("worklist.count", { n: 19 })).toBe("<19> Untersuchungen");
  expect(t("accounts.saved", { name: "a|b" })).toBe("Gesichert: a|b");
  expect(t("accounts.saved")).toBe("Gesichert: {name}");
});

test("the browser's first German or English wish decides; neither means English", () => {
  expect(languageOf(["nl", "de-AT", "en"])).toBe("de");
  expect(languageOf(["en-GB", "de"])).toBe("en");
  expect(languageOf(["nl", "fr"])).toBe("en");
  expect(languageOf([])).toBe("en");
});
