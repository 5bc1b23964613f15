// What a newcomer does after `make demo`: sign in, find the phantom in the worklist, open it, scroll.
import { mkdirSync } from "node:fs";
import { openPage, picturesThere, signIn } from "./browser.mjs";

const [address, user, password, pictures] = process.argv.slice(2);
const { browser, page, troubles } = await openPage();
const seen = {};
try {
  mkdirSync(pictures, { recursive: true });
  await page.goto(address);
  await page.locator("input[type=password]").waitFor();
  await page.screenshot({ path: `${pictures}/login.png` });
  await signIn(page, address, user, password);
  const row = page.getByRole("row").filter({ hasText: "Phantom, Generated" }).first();
  await row.waitFor({ timeout: 30_000 });
  seen.rows = await page.getByRole("row").count();
  await row.click();
  await picturesThere(page);
  await page.screenshot({ path: `${pictures}/worklist.png` });
  await page.keyboard.press("Enter");
  const drawn = page.locator("[data-drawn]").first();
  await drawn.waitFor({ timeout: 30_000 });
  seen.first = await drawn.getAttribute("data-drawn");
  await page.locator("canvas").first().hover();
  for (let step = 0; step < 40; step += 1) await page.mouse.wheel(0, 100);
  await page.waitForFunction((first) => {
    const now = document.querySelector("[data-drawn]")?.getAttribute("data-drawn");
    return now !== null && now !== undefined && now !== "" && now !== first;
  }, seen.first);
  await picturesThere(page);
  seen.last = await drawn.getAttribute("data-drawn");
  seen.text = await page.locator("body").innerText();
  await page.screenshot({ path: `${pictures}/reading.png` });
} finally {
  await browser.close();
}
console.log(JSON.stringify({ ...seen, troubles }));
