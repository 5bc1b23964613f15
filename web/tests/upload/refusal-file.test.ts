// The list as a file: no name becomes a formula, a line or a column of its own.
import { expect, test } from "vitest";
import { printable, refusalsAsCsv } from "../../src/upload/refusal-file";

const csv = (path: string): string =>
  refusalsAsCsv(["Datei", "Grund"], [{ path, code: "bad-uid", left: false }], (code) => `Grund ${code}`).split(
    "\r\n",
  )[1] ?? "";

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =cmd|' /C calc'!A0"])(
  "%j is text to a spreadsheet",
  (path) => {
    expect(csv(path).startsWith(`"'`)).toBe(true);
  },
);

test("quotes and commas stay within their cell", () => {
  expect(csv('a"b,c')).toBe('"a""b,c","Grund bad-uid","bad-uid"');
});

test("what turns, hides or breaks a name is written out", () => {
  expect(printable("a\u202egnp.exe\u200b\n\0b")).toBe("a\\u{202e}gnp.exe\\u{200b}\\u{a}\\u{0}b");
  expect(printable("Größe 図 👩")).toBe("Größe 図 👩");
});
