// Opens a study in several panes: layouts, linked scrolling, reference lines, turns, another frame of reference, drag and drop.
import { openPage, signIn } from "./browser.mjs";

const [address, user, password, folder, study] = process.argv.slice(2);
const { browser, page, troubles } = await openPage({ width: 1920, height: 1080 });
const seen = {};

/** What is said of each pane on the screen. */
const panes = () =>
  page.locator(".pane-place:not(.is-behind) > .viewport").evaluateAll((all) =>
    all.map(({ dataset }) => ({ ...dataset })),
  );
const shot = (name) => page.screenshot({ path: `${folder}/${name}.png` });
/** Waits until every pane on the screen that something hangs in has drawn it. */
const drawn = async (count) => {
  await page.waitForFunction(
    (wanted) => [...document.querySelectorAll(".viewport[data-drawn]")].filter((one) => one.offsetWidth > 0).length === wanted,
    count,
  );
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
};
const series = (number) => page.locator(".strip .thumb").nth(number - 1);
const pane = (number) => page.locator(`.viewport[data-place="${number - 1}"]`);
const press = async (key) => {
  await page.keyboard.press(key);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
};
const lineOf = (number, kind) =>
  pane(number)
    .locator(`.ref-line--${kind}`)
    .evaluate((line) => (line.hasAttribute("hidden") ? null : ["x1", "y1", "x2", "y2"].map((name) => Number(line.getAttribute(name)))));

try {
  await signIn(page, address, user, password);
  await page.goto(`${address}/studies/${study}/images`);
  await page.locator("[data-drawn]").first().waitFor({ timeout: 30_000 });
  seen.opening = await panes();
  await page.locator(".layout-place > button").click();
  await page.getByRole("menuitemradio", { name: "2 × 2" }).click();
  await pane(1).click({ button: "middle" });
  await series(1).click();
  for (const number of [2, 3, 4]) {
    await press("ArrowRight");
    await series(number).click();
  }
  await drawn(4);
  seen.four = await panes();
  await shot("four");
  await press("ArrowRight");
  await press("c");
  seen.linked = await panes();
  for (let step = 0; step < 5; step += 1) await press("ArrowDown");
  seen.scrolled = await panes();
  seen.line = await lineOf(3, "current");
  seen.pane = await pane(3).boundingBox();
  await press("ArrowRight");
  await press("ArrowRight");
  await press(">");
  await press("ArrowLeft");
  await press("ArrowLeft");
  seen.lineTurned = await lineOf(3, "current");
  seen.position = await pane(1).locator(".ov--bl").innerText();
  await shot("linked");
  await press("Shift+C");
  for (let step = 0; step < 3; step += 1) await press("ArrowDown");
  seen.byHand = await panes();
  seen.badge = await pane(4).locator(".ov-badges--nature").innerText();
  await shot("by-hand");
  await press("c");
  await press("Enter");
  seen.large = await panes();
  await shot("large");
  await press("Enter");
  await drawn(4);
  seen.back = await panes();
  await series(3).dragTo(pane(2));
  await page.waitForFunction(() => document.querySelector('.viewport[data-place="1"]').dataset.frames === "64");
  await drawn(4);
  seen.dropped = await panes();
  await pane(1).hover();
  await page.mouse.wheel(0, 240);
  const slider = pane(1).getByRole("slider");
  await slider.focus();
  await press("End");
  seen.slider = { now: await slider.getAttribute("aria-valuenow"), runs: await slider.locator(".slice-loaded").getAttribute("data-runs") };
  await press("i");
  await press("Shift+H");
  seen.changed = await pane(1).locator(".ov--br").innerText();
  seen.mirrored = await pane(1).locator(".ov--w").innerText();
  await press("r");
  seen.reset = await pane(1).locator(".ov--w").innerText();
  await page.reload();
  await drawn(4);
  seen.remembered = await panes();
  await page.setViewportSize({ width: 1280, height: 800 });
  await drawn(4);
  seen.cut = await page.locator(".toolbar").evaluate((bar) => bar.scrollWidth - bar.clientWidth);
  await shot("small");
} finally {
  await browser.close();
}
console.log(JSON.stringify({ ...seen, troubles }));
