// @vitest-environment node
// Every act that the server can write into the audit has its words: a new one must not stand there as a code.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CATALOGUES } from "../../src/locale/words";

test("every act of the audit has a name in both languages", () => {
  const document = JSON.parse(readFileSync(new URL("../../openapi.json", import.meta.url), "utf8"));
  const acts: readonly string[] = document.components.schemas.Act.enum;
  expect(acts.length).toBeGreaterThan(25);
  for (const words of Object.values(CATALOGUES))
    expect(acts.filter((act) => !(`act.name.${act}` in words))).toEqual([]);
});
