// Draws studies with Canvas 2D and with WebGL, whose textures are made tiny so that pictures lie in many tiles; then takes the
// graphics context away and gives it back. Says how far the canvases differ, view by view, and who drew.
import { openPage, signIn } from "./browser.mjs";

const [address, user, password, ...studies] = process.argv.slice(2);
const { browser, page, troubles } = await openPage({ width: 1280, height: 800 });
const LARGEST_TEXTURE = 48; // pictures are 64 by 80
// Keys of the reading page: 1:1, then larger in steps, then fitted, then smaller in steps.
const VIEWS = [["0"], ["+", "+", "+"], ["f"], ["0", "-", "-", "-", "-"], ["-", "-", "-", "-"]];

/** Keeps the pixels of the canvas in use in the page, under a name, once two frames of the display have passed. */
async function take(name) {
  await page.evaluate(async (name) => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const canvas = document.querySelector("canvas.picture:not([hidden])");
    const copy = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
    const context = copy.getContext("2d");
    context.drawImage(canvas, 0, 0);
    window.taken ??= {};
    window.taken[name] = context.getImageData(0, 0, copy.width, copy.height).data;
  }, name);
}

async function difference(one, other) {
  return await page.evaluate(
    ([one, other]) => {
      const [a, b] = [window.taken[one], window.taken[other]];
      return a.length === b.length ? a.reduce((most, level, i) => Math.max(most, Math.abs(level - b[i])), 0) : null;
    },
    [one, other],
  );
}

/** The address as if it were typed, without loading the program again: what was taken stays in the page. */
async function open(study, renderer) {
  for (const to of ["/worklist", `/studies/${study}/images?renderer=${renderer}`])
    await page.evaluate((to) => {
      history.pushState(null, "", to);
      dispatchEvent(new PopStateEvent("popstate"));
    }, to);
  await drawnBy(renderer);
}

async function drawnBy(renderer) {
  await page.waitForSelector(`[data-drawn][data-renderer="${renderer}"]`, { timeout: 20_000 });
}

async function views(study, renderer) {
  await open(study, renderer);
  for (const [number, keys] of VIEWS.entries()) {
    for (const key of keys) await page.keyboard.press(key);
    await take(`${study} ${renderer} ${number}`);
  }
}

async function lostAndFound() {
  await take("before");
  await page.evaluate(() => {
    const gl = document.querySelector("canvas.picture:not([hidden])").getContext("webgl2");
    window.lost = gl.getExtension("WEBGL_lose_context");
    window.lost.loseContext();
  });
  await drawnBy("2d");
  await take("without");
  await page.evaluate(() => window.lost.restoreContext());
  await drawnBy("webgl");
  await take("again");
  return { without: await difference("before", "without"), again: await difference("before", "again") };
}

try {
  await signIn(page, address, user, password);
  await page.evaluate((largest) => {
    const asked = WebGL2RenderingContext.prototype.getParameter;
    WebGL2RenderingContext.prototype.getParameter = function (name) {
      return name === this.MAX_TEXTURE_SIZE ? largest : asked.call(this, name);
    };
  }, LARGEST_TEXTURE);
  const differences = {};
  for (const study of studies) {
    await views(study, "2d");
    await views(study, "webgl");
    differences[study] = [];
    for (const number of VIEWS.keys())
      differences[study].push(await difference(`${study} 2d ${number}`, `${study} webgl ${number}`));
  }
  await page.keyboard.press("f");
  const lost = await lostAndFound();
  console.log(JSON.stringify({ differences, lost, troubles }));
} finally {
  await browser.close();
}
