// Draws slices at 1 : 1 with several windows and takes the pane as a picture, for a comparison with numbers.
import { mkdirSync } from "node:fs";
import { openPage, signIn } from "./browser.mjs";

const [address, user, password, folder, renderer] = process.argv.slice(2);
const { browser, page, troubles } = await openPage({ width: 1400, height: 900 });
const pictures = [];

async function settled() {
  await page.waitForFunction(() => {
    const pane = document.querySelector("[data-drawn]");
    return pane !== null && Number(pane.getAttribute("data-zoom")) === 1;
  });
  // Two frames: what was drawn is on the screen.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

try {
  mkdirSync(folder, { recursive: true });
  await signIn(page, address, user, password);
  const row = page.getByRole("row").filter({ hasText: "Phantom" }).first();
  await row.click();
  await page.keyboard.press("Enter");
  await page.locator("[data-drawn]").first().waitFor({ timeout: 30_000 });
  await page.goto(`${page.url().split("?")[0]}?renderer=${renderer}`);
  const pane = page.locator("[data-drawn]").first();
  await pane.waitFor({ timeout: 30_000 });
  await page.mouse.move(5, 450);
  for (const key of ["0", "1", "ArrowDown", "i", "3"]) {
    const before = await pane.getAttribute("data-drawn");
    await page.keyboard.press(key);
    if (key === "ArrowDown") {
      await page.waitForFunction((was) => {
        const now = document.querySelector("[data-drawn]")?.getAttribute("data-drawn");
        return Boolean(now) && now !== was;
      }, before);
    }
    await settled();
    const path = `${folder}/${pictures.length}.png`;
    await pane.screenshot({ path });
    pictures.push({
      path,
      key,
      drawn: await pane.getAttribute("data-drawn"),
      window: await pane.getAttribute("data-window"),
      renderer: await pane.getAttribute("data-renderer"),
    });
  }
} finally {
  await browser.close();
}
console.log(JSON.stringify({ pictures, troubles }));
