// One visit of a viewer in a fresh browser: from the navigation on, every frame that the screen showed and every answer that ended.
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const [, , task] = process.argv;
const { address, cookies, folder, frames, pane, remembered, withinMs, calibrate } = JSON.parse(task);
const FLAGS = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  // A graphics card puts a window together in no time. SwiftShader takes 0.1 to 0.9 s for each frame with something new
  // in it, which would be measured instead of the viewers; in either of them WebGL stays its own.
  "--disable-gpu-compositing",
];

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.KONTOR_CHROMIUM ?? "/usr/bin/chromium",
  headless: true,
  args: FLAGS,
});
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "de-DE" });
  if (cookies.length > 0) await context.addCookies(cookies);
  // What a reader has clicked away long ago: the peer's tour and its notice would lie over the image.
  await context.addInitScript((entries) => {
    for (const [key, value] of Object.entries(entries)) window.localStorage.setItem(key, value);
  }, remembered);
  const page = await context.newPage();
  await page.waitForTimeout(1500); // the browser has started when a reader opens a study
  const screen = await context.newCDPSession(page);
  const shown = [];
  screen.on("Page.screencastFrame", ({ data, metadata, sessionId }) => {
    screen.send("Page.screencastFrameAck", { sessionId }).catch(() => undefined); // also on its way when the browser closes
    const path = `${folder}/${String(shown.length).padStart(5, "0")}.jpg`;
    shown.push([metadata.timestamp * 1000, path]);
    writeFileSync(path, Buffer.from(data, "base64"));
  });
  const ended = new Map();
  let allThere = () => undefined;
  const all = new Promise((resolve) => {
    allThere = resolve;
  });
  page.on("requestfinished", (request) => {
    const name = /instances\/([0-9.]+)\/frames\//.exec(request.url())?.[1];
    if (name === undefined || request.url().includes("rendered")) return;
    ended.set(name, Date.now());
    if (ended.size >= frames) allThere();
  });
  await screen.send("Page.startScreencast", { format: "jpeg", quality: 80, everyNthFrame: 1 });
  const begun = Date.now();
  const gone = new Promise((resolve) => setTimeout(resolve, withinMs, "late").unref()); // else node waits for it
  await page.goto(address, { waitUntil: "commit" });
  const outcome = await Promise.race([all.then(() => "all"), gone]);
  const allAt = outcome === "all" ? Math.max(...ended.values()) : null;
  if (calibrate) await page.waitForTimeout(4000);
  const box = await page.locator(pane).first().boundingBox({ timeout: 90_000 });
  const first = `${folder}/first.png`;
  await page.screenshot({ path: first });
  await screen.send("Page.stopScreencast");
  console.log(JSON.stringify({ begun, shown, allAt, box: [box.x, box.y, box.width, box.height], first }));
} finally {
  await browser.close();
}
