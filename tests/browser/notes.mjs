// Opens series that have no picture to draw and measures where the page says so; then overlay text over a bright image.
import { openPage, signIn } from "./browser.mjs";

const [address, user, password, folder, study, bright] = process.argv.slice(2);
const { browser, page, troubles } = await openPage({ width: 1440, height: 900 });
const seen = { notes: {} };

const boxOf = async (selector) => await page.locator(selector).first().boundingBox();

async function note(name, selector, around) {
  await page.locator(selector).waitFor({ timeout: 30_000 });
  seen.notes[name] = {
    text: await page.locator(selector).innerText(),
    box: await boxOf(selector),
    pane: await boxOf(around),
  };
  await page.screenshot({ path: `${folder}/${name}.png` });
}

try {
  await signIn(page, address, user, password);
  // The names of the standard come late: what they name is not shown by its number first.
  await page.route("**/uids-*.js", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await route.continue();
  });
  await page.goto(`${address}/studies/${study}/images`);
  await note("empty", ".object-note > *", ".object-note");
  await page.route("**/bundle*", (route) => route.fulfill({ status: 404, json: { code: "not-found", title: "Nein" } }));
  await page.reload();
  await note("failed", ".viewports .pane-note", ".viewports");
  await page.unroute("**/bundle*");
  await page.goto(`${address}/studies/${bright}/images`);
  await page.locator("[data-drawn]").first().waitFor({ timeout: 30_000 });
  await page.keyboard.press("i");
  for (let step = 0; step < 8; step += 1) await page.keyboard.press("+");
  await page.waitForFunction(() => Number(document.querySelector("[data-drawn]")?.getAttribute("data-zoom")) > 2);
  const { x, y, width, height } = await boxOf(".ov--tl .ov-line");
  await page.screenshot({ path: `${folder}/line.png`, clip: { x, y, width, height } });
  await page.screenshot({ path: `${folder}/beside.png`, clip: { x, y: y + 100, width, height } });
  await page.screenshot({ path: `${folder}/bright-page.png` });
} finally {
  await browser.close();
}
console.log(JSON.stringify({ ...seen, troubles }));
