// Size budget: what the browser loads before the worklist can be drawn, gzip, scripts and styles.
// The entry's static imports and styles count, and the worklist's own chunk; fonts are named beside it.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const BUDGET_KB = 200;
const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const html = readFileSync(`${dist}index.html`, "utf8");
const assets = readdirSync(`${dist}assets`);

/** Scripts reached by static imports, in the built form `import … from"./x.js"`. */
function reach(name, seen) {
  if (seen.has(name)) return;
  seen.add(name);
  if (!name.endsWith(".js")) return;
  const text = readFileSync(`${dist}assets/${name}`, "utf8");
  for (const [, next] of text.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) reach(next, seen);
}

const first = new Set();
for (const [, name] of html.matchAll(/assets\/([\w.-]+\.(?:js|css))/g)) reach(name, first);
for (const name of assets.filter((name) => /^worklist-.*\.(js|css)$/.test(name))) reach(name, first);

const kb = (bytes) => bytes / 1024;
const total = [...first].reduce((sum, name) => sum + gzipSync(readFileSync(`${dist}assets/${name}`)).length, 0);
const fonts = assets.filter((name) => /sans-latin-wdth.*\.woff2$/.test(name));
const fontBytes = fonts.reduce((sum, name) => sum + readFileSync(`${dist}assets/${name}`).length, 0);
console.log(
  `worklist first load: ${kb(total).toFixed(1)} kB gzip of ${BUDGET_KB} (${first.size} files), font ${kb(fontBytes).toFixed(1)} kB`,
);
if (kb(total) > BUDGET_KB) {
  console.error(`over the budget of ${BUDGET_KB} kB: load pages lazily or leave something out`);
  process.exit(1);
}
