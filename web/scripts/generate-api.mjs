// Writes src/api/generated.ts from the server's OpenAPI 3.1 document (openapi.json beside package.json).
//   node scripts/generate-api.mjs                 from openapi.json
//   node scripts/generate-api.mjs --fetch         asks the server's code for the document first and keeps it
//   node scripts/generate-api.mjs --check         writes nothing, fails when something would change
// Plain text in, plain text out: no part of the TypeScript compiler is needed.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { emit } from "./emit-api.mjs";

const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const documentPath = here("openapi.json");
const targetPath = here("src/api/generated.ts");
const python = process.env.KONTOR_PYTHON ?? here("../.venv/bin/python");
const check = process.argv.includes("--check");

/** The document as the server's code says it, or null where no server is installed beside the client. */
function documentOfServer() {
  if (!existsSync(python)) return null;
  const text = execFileSync(python, ["-m", "kontor.doors.api.document"], { encoding: "utf8", maxBuffer: 1 << 26 });
  return `${JSON.stringify(JSON.parse(text), null, 1)}\n`;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

const fromServer = check || process.argv.includes("--fetch") ? documentOfServer() : null;
const kept = existsSync(documentPath) ? readFileSync(documentPath, "utf8") : "";
if (check && fromServer === null) console.log("no server beside the client: openapi.json was not compared with it");
if (check && fromServer !== null && fromServer !== kept) {
  fail("openapi.json differs from the server's document: run `npm run generate -- --fetch` and read the difference");
}
const source = fromServer ?? kept;
const made = emit(JSON.parse(source));
if (check) {
  const present = existsSync(targetPath) ? readFileSync(targetPath, "utf8") : "";
  if (present !== made) fail("src/api/generated.ts is not what openapi.json says: run `npm run generate`");
  console.log("the generated API is up to date");
} else {
  if (fromServer !== null) writeFileSync(documentPath, fromServer);
  writeFileSync(targetPath, made);
  console.log(`wrote src/api/generated.ts: ${made.split("\n").length} lines`);
}
