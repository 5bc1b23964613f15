// Opens each study of a list in the reading page, one renderer for all, and takes the middle of the canvas at 1 : 1.
// Several pages share the list: most of the time of each is spent waiting for the other side.
import { readFileSync, writeFileSync } from "node:fs";
import { openPage, signIn } from "./browser.mjs";

const [address, user, password, folder, list, renderer] = process.argv.slice(2);
const cases = JSON.parse(readFileSync(list, "utf8"));
// The pictures are small, and a graphics card that is computed in software fills every pixel of the pane.
const { browser, page, troubles } = await openPage({ width: 800, height: 560 });
const pictures = [];
const SAY_WHY_AFTER_MS = 15_000;
const PAGES = 3;

/** The address as if it were typed, but without loading the program again for each of hundreds of studies. */
async function open(page, study) {
  await page.evaluate((to) => {
    history.pushState(null, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
  }, `/studies/${study}/images?renderer=${renderer}`);
}

/** Waits for the frame at 1 : 1 on the screen; answers why not, or "". */
async function settled(page, drawn) {
  const found = await page
    .waitForFunction(
      (wanted) => {
        const pane = document.querySelector("[data-drawn]");
        const there = pane?.getAttribute("data-drawn")?.startsWith(wanted);
        if (there && Number(pane.getAttribute("data-zoom")) === 1) return " ";
        return document.querySelector(".viewports .pane-note")?.textContent?.trim() || null;
      },
      drawn,
      { timeout: SAY_WHY_AFTER_MS },
    )
    .then((handle) => handle.jsonValue())
    .catch(() => "nothing is drawn");
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return found.trim();
}

/** The pixels of the canvas, a margin of two round the picture's place, as a PNG. */
async function canvasPart(page, { rows, columns }) {
  const png = await page.evaluate(
    ([high, wide]) => {
      const canvas = document.querySelector("canvas.picture:not([hidden])");
      const left = Math.floor((canvas.width - wide) / 2) - 2;
      const top = Math.floor((canvas.height - high) / 2) - 2;
      const part = Object.assign(document.createElement("canvas"), { width: wide + 4, height: high + 4 });
      part.getContext("2d").drawImage(canvas, -left, -top);
      return part.toDataURL("image/png");
    },
    [rows, columns],
  );
  return Buffer.from(png.split(",")[1], "base64");
}

/** The same part of what the screen shows. */
async function screenPart(page, { rows, columns }) {
  const box = await page.locator("canvas.picture:not([hidden])").boundingBox();
  const x = Math.floor((box.width - columns) / 2) - 2 + box.x;
  const y = Math.floor((box.height - rows) / 2) - 2 + box.y;
  return await page.screenshot({ clip: { x, y, width: columns + 4, height: rows + 4 } });
}

/** The screen, as soon as it shows what the canvas holds: a busy machine shows it some frames later. What it shows last otherwise. */
async function screenLike(page, one, path) {
  const wanted = `data:image/png;base64,${readFileSync(path, "base64")}`;
  for (const until = Date.now() + SAY_WHY_AFTER_MS; ; ) {
    const screen = await screenPart(page, one);
    const same = await page.evaluate(samePixels, [wanted, `data:image/png;base64,${screen.toString("base64")}`]);
    if (same || Date.now() > until) return screen;
  }
}

async function samePixels(pictures) {
  const read = async (address) => {
    const image = Object.assign(new Image(), { src: address });
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height).data.join();
  };
  const [one, other] = await Promise.all(pictures.map(read));
  return one === other;
}

async function take(page, one, number) {
  await open(page, one.study);

  for (let frame = 0; frame <= one.frame; frame += 1) {
    if (frame > 0) await page.keyboard.press("ArrowDown");
    else await page.waitForFunction((study) => location.pathname.includes(study), one.study);
    const there = page.waitForSelector(`[data-drawn^="${one.instance}:${frame + 1}:"], .viewports .pane-note`, {
      timeout: SAY_WHY_AFTER_MS,
    });
    await there.catch(() => null);
  }
  await page.keyboard.press("0");
  const why = await settled(page, `${one.instance}:${one.frame + 1}:`);
  const picture = { name: one.name, why, path: "", screen: "", renderer: "" };
  if (why === "") {
    picture.path = `${folder}/${renderer}-${number}.png`;
    writeFileSync(picture.path, await canvasPart(page, one));
    if (one.screen) {
      picture.screen = `${folder}/${renderer}-${number}-screen.png`;
      writeFileSync(picture.screen, await screenLike(page, one, picture.path));
    }
    picture.height = await page.locator("canvas.picture:not([hidden])").evaluate((canvas) => canvas.height);
    picture.renderer = await page.locator("[data-drawn]").first().getAttribute("data-renderer");
  }
  pictures[number] = picture;
}

try {
  await signIn(page, address, user, password);
  const queue = [...cases.entries()];
  const pages = [page];
  while (pages.length < PAGES) pages.push(await page.context().newPage());
  const work = async (tab) => {
    await tab.goto(`${address}/worklist`);
    await tab.mouse.move(5, 350);
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await take(tab, next[1], next[0]);
  };
  await Promise.all(pages.map(work));
} finally {
  await browser.close();
}
console.log(JSON.stringify({ pictures, troubles }));
