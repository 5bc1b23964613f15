// The list of what was not taken as a file for a spreadsheet, in which no name can be a formula.
import type { NotTaken } from "./tally";

/** RFC 4180; a leading mark of order makes the usual spreadsheet read it as UTF-8. */
export function refusalsAsCsv(heads: readonly string[], files: readonly NotTaken[], reason: (code: string) => string) {
  const lines = [heads, ...files.map(({ path, code }) => [path, reason(code), code])];
  return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** A cell that begins like a formula gets an apostrophe before it (OWASP, CSV injection). */
function cell(text: string): string {
  const safe = /^[\s]*[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""').replaceAll("\0", "\ufffd")}"`;
}

/** A name from outside as one line: what would turn, hide or break it is written out. */
export function printable(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);
}
