// The rooms of the client import in one direction, and each is entered by its face. A type-only import is an import.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { describe, expect, test } from "vitest";

const SOURCE = join(import.meta.dirname, "../../src");

/** What each room may import; `house.md` 8. Pages never name each other. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  display: [],
  ui: [],
  locale: [],
  api: [],
  viewport: ["display", "api"],
  tools: ["display", "viewport"],
  shell: ["ui", "locale", "api"],
  login: ["ui", "locale", "api", "shell"],
  worklist: ["ui", "locale", "api", "shell"],
  admin: ["ui", "locale", "api", "shell"],
  upload: ["ui", "locale", "api", "shell"],
  reading: ["ui", "locale", "api", "shell", "display", "viewport", "tools"],
  app: ["ui", "locale", "api", "shell", "login", "worklist", "admin", "upload", "reading"],
};
const FACES = ["index.ts", "index.tsx"];

interface Import {
  readonly from: string;
  readonly to: string;
}

const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => /\.tsx?$/.test(path));

/** Relative imports of a text, as paths below src; static, dynamic, type-only, re-exported and worker URLs alike. */
function importsOf(file: string, text: string): readonly Import[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  const found = code.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*|new URL\(\s*)["'](\.{1,2}\/[^"']+)["']/g);
  return [...found].map(([, path]) => ({ from: file, to: posix.normalize(posix.join(dirname(file), path ?? "")) }));
}

const roomOf = (path: string): string => path.split("/")[0] ?? "";

/** What is wrong with an import, or null. */
function objection({ from, to }: Import): string | null {
  const [here, there] = [roomOf(from), roomOf(to)];
  if (here === there || /\.(css|webp|svg)$/.test(to))
    return here === there || roomOf(to) === "ui" || here === "app" ? null : to;
  if (MAY_IMPORT[here]?.includes(there) !== true) return `${from}: ${here} may not import ${there}`;
  return to === there ? null : `${from}: ${there} is entered by its face, not by ${to}`;
}

describe("the rooms of the client", () => {
  test("all stand in the contract", () => {
    expect([...new Set(files.map(roomOf))].filter((room) => !(room in MAY_IMPORT))).toEqual([]);
  });

  test("import in one direction and through faces", () => {
    const imports = files.flatMap((file) => importsOf(file, readFileSync(join(SOURCE, file), "utf8")));
    expect(imports.length).toBeGreaterThan(100);
    expect(imports.map(objection).filter((found) => found !== null)).toEqual([]);
  });

  test("have a face where others enter them", () => {
    const entered = new Set(Object.values(MAY_IMPORT).flat());
    const present = [...entered].filter((room) => files.some((file) => roomOf(file) === room));
    expect(present.filter((room) => !FACES.some((face) => files.includes(`${room}/${face}`)))).toEqual([]);
  });
});

describe("the contract sees", () => {
  const wrong = (file: string, line: string): string | null => {
    const [first] = importsOf(file, line);
    if (first === undefined) throw new Error("not seen at all");
    return objection(first);
  };

  test.each([
    ["display/grey.ts", 'import { pane } from "../viewport";'],
    ["display/grey.ts", 'import type { Pane } from "../viewport";'],
    ["worklist/index.tsx", 'import("../reading")'],
    ["worklist/index.tsx", 'export { x } from "../admin";'],
    ["shell/keys.ts", 'import { go } from "../app";'],
    ["ui/icon.tsx", 'import { t } from "../locale";'],
    ["reading/index.tsx", 'import { Caller } from "../api/caller";'],
  ])("%s: %s", (file, line) => {
    expect(wrong(file, line)).not.toBeNull();
  });

  test("no objection to what is allowed", () => {
    expect(wrong("reading/index.tsx", 'import { x } from "../display";')).toBeNull();
    expect(wrong("app/pages.tsx", 'lazy(() => import("../worklist"))')).toBeNull();
    expect(wrong("app/main.tsx", 'import "../ui/styles.css";')).toBeNull();
  });
});

test("files stay short and begin by saying what they are", () => {
  const bad = files
    .filter((file) => file !== "api/generated.ts")
    .map((file) => ({ file, lines: readFileSync(join(SOURCE, file), "utf8").split("\n") }))
    .filter(({ lines }) => lines.length > 401 || !/^\/[/*]/.test(lines[0] ?? ""))
    .map(({ file, lines }) => `${relative(".", file)}: ${lines.length} lines, begins "${lines[0]}"`);
  expect(bad).toEqual([]);
});
