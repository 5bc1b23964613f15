// Scrolls a loaded stack by wheel and by a held key while every frame of the screen is kept; then goes through it one by one and keeps
// what stands beside each image. Tasks of the page's thread that took long are told with their time on the processor.
import { mkdirSync, writeFileSync } from "node:fs";
import { openPage, signIn } from "./browser.mjs";

const [address, user, password, folder, study, count] = process.argv.slice(2);
const { browser, page, troubles } = await openPage({ width: 1280, height: 800 });
const slices = Number(count);
const text = page.locator(".ov-line", { hasText: /^Bild \d+ \/ \d+$/ }).first();
const boxOf = async (locator) => Object.values(await locator.boundingBox());
const at = (frame) => page.locator(`.viewport[data-drawn][data-frame="${frame}"]`).waitFor({ timeout: 60_000 });
const twoFrames = () =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** Keeps what the screen shows while `act` lasts. */
async function recorded(act) {
  const screen = await page.context().newCDPSession(page);
  const frames = [];
  screen.on("Page.screencastFrame", ({ data, sessionId }) => {
    screen.send("Page.screencastFrameAck", { sessionId }).catch(() => undefined); // the last one may come too late
    frames.push(data);
  });
  await screen.send("Page.startScreencast", { format: "png", everyNthFrame: 1 });
  await act(screen);
  await twoFrames();
  await screen.send("Page.stopScreencast");
  await screen.detach();
  return frames;
}

async function byWheel() {
  await page.locator(".viewport").hover();
  for (let step = 1; step < slices; step += 1) await page.mouse.wheel(0, 100);
  await at(slices);
}

/** A held key repeats itself: pressed down again and again, let go once. */
async function byKey(screen) {
  const key = { key: "ArrowUp", code: "ArrowUp", windowsVirtualKeyCode: 38 };
  for (let step = 1; step < slices; step += 1)
    await screen.send("Input.dispatchKeyEvent", { type: "rawKeyDown", autoRepeat: step > 1, ...key });
  await screen.send("Input.dispatchKeyEvent", { type: "keyUp", ...key });
  await at(1);
}

/** Milliseconds on the processor of the longest tasks of the page's thread, longest first. */
function longest(trace) {
  const { traceEvents } = JSON.parse(trace);
  const threads = traceEvents.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain");
  const main = new Set(threads.map(({ pid, tid }) => `${pid} ${tid}`));
  return traceEvents
    .filter(({ name, tdur, pid, tid }) => name.endsWith("RunTask") && tdur > 0 && main.has(`${pid} ${tid}`))
    .map(({ tdur }) => tdur / 1000)
    .sort((a, b) => b - a)
    .slice(0, 5);
}

try {
  mkdirSync(folder, { recursive: true });
  await page.addInitScript(() => {
    const { putImageData } = CanvasRenderingContext2D.prototype;
    window.drawings = 0;
    CanvasRenderingContext2D.prototype.putImageData = function (...given) {
      window.drawings += 1;
      return putImageData.apply(this, given);
    };
  });
  await signIn(page, address, user, password);
  await page.goto(`${address}/studies/${study}/images`);
  await page.locator(`.slice-loaded[data-runs="${slices}: 0-${slices}"]`).waitFor({ state: "attached", timeout: 60_000 });
  const whileLoading = await page.evaluate(() => window.drawings);
  await page.keyboard.press("Home");
  await at(1);
  await browser.startTracing(page, { categories: ["toplevel", "disabled-by-default-devtools.timeline"] });
  const frames = [...(await recorded(byWheel)), ...(await recorded(byKey))];
  const tasks = longest((await browser.stopTracing()).toString());
  const [x, y, width, height] = await boxOf(text);
  const clip = { x: Math.floor(x), y: Math.floor(y), width: Math.ceil(width) + 40, height: Math.ceil(height) };
  const beside = [];
  for (let slice = 1; slice <= slices; slice += 1) {
    await at(slice);
    await twoFrames();
    beside.push(await text.innerText());
    await page.screenshot({ path: `${folder}/text-${slice}.png`, clip });
    await page.keyboard.press("ArrowDown");
  }
  frames.forEach((data, number) => writeFileSync(`${folder}/frame-${number}.png`, Buffer.from(data, "base64")));
  console.log(JSON.stringify({ frames: frames.length, pane: await boxOf(page.locator(".viewport")), clip, beside, whileLoading, tasks, troubles }));
} finally {
  await browser.close();
}
