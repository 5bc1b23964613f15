// Draws each series of a study with both renderers, at 1 : 1 and enlarged, and takes the canvas itself, without overlays.
import { writeFileSync } from "node:fs";
import { openPage, signIn } from "./browser.mjs";

const [address, user, password, folder, study, count] = process.argv.slice(2);
const { browser, page, troubles } = await openPage({ width: 1400, height: 900 });
const pictures = [];

/** Waits until another image than `before` is drawn at a zoom that is 1, or more than 1, and on the screen. */
async function settled(before, enlarged) {
  await page.waitForFunction(
    ([was, more]) => {
      const pane = document.querySelector("[data-drawn]");
      const zoom = Number(pane?.getAttribute("data-zoom"));
      return pane !== null && pane.getAttribute("data-drawn") !== was && (more ? zoom > 1.9 : zoom === 1);
    },
    [before, enlarged],
  );
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

async function take() {
  const pane = page.locator("[data-drawn]").first();
  const png = await page.evaluate(() => document.querySelector("canvas.picture:not([hidden])").toDataURL("image/png"));
  const path = `${folder}/${pictures.length}.png`;
  writeFileSync(path, Buffer.from(png.split(",")[1], "base64"));
  pictures.push({
    path,
    drawn: await pane.getAttribute("data-drawn"),
    zoom: Number(await pane.getAttribute("data-zoom")),
    renderer: await pane.getAttribute("data-renderer"),
  });
}

try {
  await signIn(page, address, user, password);
  for (const renderer of ["2d", "webgl"]) {
    await page.goto(`${address}/studies/${study}/images?renderer=${renderer}`);
    await page.locator("[data-drawn]").first().waitFor({ timeout: 30_000 });
    await page.mouse.move(5, 450);
    for (let series = 0; series < Number(count); series += 1) {
      const before = series === 0 ? "" : pictures.at(-1).drawn;
      if (series > 0) {
        await page.keyboard.press("PageDown");
        await page.waitForFunction((was) => {
          const now = document.querySelector("[data-drawn]")?.getAttribute("data-drawn");
          return Boolean(now) && now !== was;
        }, before);
      }
      await page.keyboard.press("0");
      await settled(before, false);
      await take();
      for (let step = 0; step < 3; step += 1) await page.keyboard.press("+");
      await settled(before, true);
      await take();
    }
  }
} finally {
  await browser.close();
}
console.log(JSON.stringify({ pictures, troubles }));
