// Applies presentation states of a study by keys and by the strip, and says what is seen of each: pixels, graphics, badges.
import { openPage, signIn, tell } from "./browser.mjs";

const [address, user, password, folder, study, renderer] = process.argv.slice(2);
const { browser, page, troubles } = await openPage({ width: 1440, height: 900 });
const seen = {};

/** Levels at picture points, by the place that they have on the screen: from its middle, in picture pixels. */
async function levels(...places) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return await page.evaluate((all) => {
    const pane = document.querySelector(".viewport");
    const canvas = pane.querySelector("canvas.picture:not([hidden])");
    const zoom = Number(pane.dataset.zoom);
    const copy = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
    const context = copy.getContext("2d");
    context.drawImage(canvas, 0, 0);
    const at = ([x, y]) => [Math.floor(canvas.width / 2 + x * zoom), Math.floor(canvas.height / 2 + y * zoom)];
    return all.map((place) => context.getImageData(...at(place), 1, 1).data[0]);
  }, places);
}

/** The quarters as they lie on the screen, upper row first, and a corner outside of the shutter. */
const quarters = () => levels([-10.5, -10.5], [10.5, -10.5], [-10.5, 10.5], [10.5, 10.5], [-30.5, -30.5]);
const badges = () => page.locator(".ov-badges--view").innerText();
const said = (text) => page.locator(".ov-badges--view", { hasText: text }).waitFor({ timeout: 30_000 });
const frame = () => page.locator(".viewport").getAttribute("data-frame");
const gone = () =>
  page.waitForFunction(() => !document.querySelector(".ov-badges--view").textContent.includes("Präsentation"));
const stateButton = (name) => page.locator(".strip-state > :first-child", { hasText: name });

/** Ends of the line and the place of the text, from the middle of the pane in picture pixels. */
const graphics = () =>
  page.evaluate(() => {
    const pane = document.querySelector(".viewport");
    const { width, height } = pane.getBoundingClientRect();
    const zoom = Number(pane.dataset.zoom);
    const from = (x, y) => [(x - width / 2) / zoom, (y - height / 2) / zoom];
    const numbers = (text) => (text.match(/-?[\d.]+/g) ?? []).map(Number);
    const [x0, y0, x1, y1] = numbers(pane.querySelector(".state-line")?.getAttribute("d") ?? "");
    const text = pane.querySelector(".state-text");
    return {
      count: pane.querySelectorAll(".state-graphic").length,
      line: [from(x0, y0), from(x1, y1)],
      text: text === null ? null : [text.textContent, getComputedStyle(text).fill],
      textAt: text === null ? null : from(Number(text.getAttribute("x")), Number(text.getAttribute("y")) - 13),
    };
  });

try {
  await signIn(page, address, user, password);
  await page.goto(`${address}/studies/${study}/images?renderer=${renderer}`);
  await page.locator(".viewport[data-drawn]").waitFor({ timeout: 30_000 });
  seen.stored = { frame: await frame(), quarters: await quarters(), badges: await badges() };
  await page.locator(".strip .thumb", { hasText: "Zustände" }).click();
  await page.locator(".state-view").waitFor({ timeout: 30_000 });
  await page.screenshot({ path: `${folder}/view.png` });
  await page.keyboard.press("Enter");
  await said("Präsentation: ALLES");
  seen.applied = { frame: await frame(), quarters: await quarters(), badges: await badges() };
  seen.graphics = await graphics();
  await page.screenshot({ path: `${folder}/applied.png` });
  await page.keyboard.press("ArrowUp");
  await said("Nicht für dieses Bild");
  seen.other = { frame: await frame(), quarters: await quarters(), graphics: (await graphics()).count };
  await page.keyboard.press("ArrowDown");
  await said("Präsentation: ALLES");
  await page.keyboard.press("i");
  await page.keyboard.press(">");
  await said("invertiert");
  seen.changed = await quarters();
  await page.keyboard.press("r");
  await page.waitForFunction(() => !document.querySelector(".ov-badges--view").textContent.includes("invertiert"));
  seen.reset = await quarters();
  await page.keyboard.press("v");
  await said("Blende offen");
  seen.open = await quarters();
  await page.keyboard.press("v");
  await page.keyboard.press("g");
  await said("Overlays aus");
  seen.without = { graphics: (await graphics()).count, quarters: await quarters() };
  await page.keyboard.press("g");
  await page.keyboard.press("p");
  await gone();
  seen.off = { frame: await frame(), quarters: await quarters(), badges: await badges() };
  await page.locator(".strip .thumb", { hasText: "Zustände" }).click();
  await page.locator(".state-view").waitFor({ timeout: 30_000 });
  await stateButton("ALLES").click();
  await said("Präsentation: ALLES");
  seen.pressed = await stateButton("ALLES").getAttribute("aria-pressed");
  await stateButton("GROESSE").click();
  await said("Präsentation: GROESSE");
  seen.partly = await badges();
  await page.screenshot({ path: `${folder}/partly.png` });
  await stateButton("FREMD").click();
  seen.nothing = await page.locator(".toast").first().innerText();
  await stateButton("GROESSE").click();
  await gone();
  seen.offAgain = await quarters();
  await page.keyboard.press("?");
  seen.help = await page.getByRole("dialog").innerText();
} catch (error) {
  await page.screenshot({ path: `${folder}/failed.png` });
  throw error;
} finally {
  await browser.close();
}
tell({ ...seen, troubles });
