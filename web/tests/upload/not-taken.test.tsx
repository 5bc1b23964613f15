// The list under an upload holds refused files and those left behind: its heading is true of both.
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { type Language, WordsProvider } from "../../src/locale";
import { NotTakenList } from "../../src/upload/not-taken";

const drawn = (language: Language, codes: readonly string[]): string =>
  renderToStaticMarkup(
    <WordsProvider language={language}>
      <NotTakenList notTaken={codes.map((code) => ({ path: `${code}.bin`, code, left: code === "not-dicom" }))} />
    </WordsProvider>,
  );

test("where nothing was refused the heading does not speak of refusing", () => {
  expect(drawn("de", ["not-dicom"])).toContain("<h2>Was nicht ins Archiv kam</h2>");
  expect(drawn("en", ["not-dicom"])).toContain("<h2>Not archived</h2>");
  expect(drawn("en", ["not-dicom"])).not.toMatch(/refused/i);
});

test("refused files and those left behind stand under one heading, and nothing stands where all was taken", () => {
  const both = drawn("de", ["not-dicom", "malformed"]);
  expect(both).toContain("1 Datei: kein DICOM");
  expect(both).toContain("malformed.bin");
  expect(drawn("de", [])).toBe("");
});
