// Does what the tutorials say, step by step, and takes their pictures.
import { mkdirSync } from "node:fs";
import { openPage, picturesThere, signIn } from "./browser.mjs";

const [address, user, password, pictures] = process.argv.slice(2);
const { browser, page, troubles } = await openPage({ width: 1440, height: 900, locale: "en-GB" });
const seen = {};
const picture = (name) => page.screenshot({ path: `${pictures}/${name}.png` });
const pane = page.locator("figure.viewport").first();

/** From one point of the pane to another, in shares of its width and height. */
async function drag([fromX, fromY], [toX, toY]) {
  const { x, y, width, height } = await pane.boundingBox();
  await page.mouse.move(x + fromX * width, y + fromY * height);
  await page.mouse.down();
  await page.mouse.move(x + toX * width, y + toY * height, { steps: 8 });
  await page.mouse.up();
}

async function readFirstCt() {
  const row = page.getByRole("row").filter({ hasText: "PHANTOM-CT" }).first();
  await row.click();
  await page.keyboard.press("Enter");
  await page.locator("[data-drawn]").first().waitFor({ timeout: 30_000 });
  seen.claimed = await page.locator(".read-head").innerText();
  const window = await pane.getAttribute("data-window");
  await page.keyboard.press("1");
  await page.waitForFunction(
    (before) => document.querySelector("figure.viewport")?.getAttribute("data-window") !== before,
    window,
  );
  seen.window = await pane.getAttribute("data-window");
  await page.keyboard.press("m");
  await drag([0.35, 0.45], [0.45, 0.55]);
  await page.getByText(/\d mm$/).first().waitFor();
  await page.keyboard.press("o");
  await drag([0.52, 0.4], [0.6, 0.5]);
  await page.getByText(/HU/).first().waitFor();
  await page.keyboard.press("Shift+M");
  await page.getByText("Not kept yet").first().waitFor({ state: "detached" });
  await picturesThere(page);
  seen.text = await page.locator("body").innerText();
  await picture("tutorial-measure");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
}

async function sendImages() {
  await page.goto(`${address}/admin/peers`);
  await page.getByRole("table").first().waitFor();
  seen.peers = await page.locator("body").innerText();
  await picture("tutorial-peers");
  await page.goto(`${address}/upload`);
  await page.getByRole("button", { name: /folder/i }).first().waitFor();
  seen.upload = await page.locator("body").innerText();
  await picture("tutorial-upload");
}

try {
  mkdirSync(pictures, { recursive: true });
  await signIn(page, address, user, password);
  await page.getByRole("row").filter({ hasText: "PHANTOM-CT" }).first().waitFor({ timeout: 30_000 });
  await readFirstCt();
  await sendImages();
} finally {
  await browser.close();
}
console.log(JSON.stringify({ ...seen, troubles }));
