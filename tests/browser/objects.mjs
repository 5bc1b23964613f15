// Opens the objects of a study that are no images, one by one, and says what is seen of each; then looks through attributes.
import { openPage, signIn } from "./browser.mjs";

const [address, user, password, folder, study] = process.argv.slice(2);
const { browser, page, troubles } = await openPage({ width: 1440, height: 900 });
const seen = {};

async function open(name, ready) {
  await page.locator(".strip .thumb", { hasText: name }).click();
  await page.locator(".object").waitFor({ timeout: 30_000 });
  await page.waitForFunction(ready, undefined, { timeout: 30_000 });
  await page.screenshot({ path: `${folder}/${name}.png` });
}

try {
  await signIn(page, address, user, password);
  await page.goto(`${address}/studies/${study}/images`);
  await open("report", () => document.querySelectorAll(".report-row").length > 2);
  seen.report = await page.locator(".report-tree").innerText();
  await page.locator(".report-tree").focus();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  seen.rowsFolded = await page.locator(".report-row").count();
  await open("document", () => document.querySelector(".pdf-page canvas") !== null);
  seen.inkOfPage = await page.evaluate(() => {
    const canvas = document.querySelector(".pdf-page canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let ink = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at] + data[at + 1] + data[at + 2] < 600) ink += 1;
    return ink;
  });
  await open("curve", () => document.querySelector(".waveform-sheet canvas") !== null);
  await open("raw", () => document.querySelector(".object-note") !== null);
  seen.raw = await page.locator(".object-note").innerText();
  await page.keyboard.press("#");
  await page.locator(".tag-row").nth(3).waitFor({ timeout: 30_000 });
  await page.keyboard.type("patient's name");
  await page.waitForFunction(() => document.querySelectorAll(".tag-row").length === 2, undefined, { timeout: 30_000 });
  seen.tags = await page.locator(".tag-row").nth(1).innerText();
  await page.screenshot({ path: `${folder}/tags.png` });
} finally {
  await browser.close();
}
console.log(JSON.stringify({ ...seen, troubles }));
