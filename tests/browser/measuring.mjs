// Measures a body of known size: by mouse through turns, flips and zooms, by keys alone, on each kind of millimetre; then the tab is killed.
import { openPage, signIn } from "./browser.mjs";
import { paintedBox } from "./painted-box.mjs";

const [address, user, password, study, folder] = process.argv.slice(2);
const { browser, page, troubles } = await openPage({ width: 1600, height: 900 });
const seen = {};

const viewport = (of = page) => of.locator(".viewport").first();
const shot = (name, of = page) => of.screenshot({ path: `${folder}/${name}.png` });

async function openImages(of, series) {
  await of.goto(`${address}/studies/${study}/images`);
  await of.locator(".viewport[data-drawn]").first().waitFor();
  if (series !== undefined) await showSeries(of, series);
}

async function showSeries(of, number) {
  await of.locator(`[data-series="${study}.${number + 1}"]`).click();
  await of.locator(`.viewport[data-drawn*="${study}.${number + 1}."]`).first().waitFor();
}

/** Lines of text beside each mark that is drawn. */
async function labels(of = page) {
  return await of.locator(".marks .mark").evaluateAll((all) =>
    all.map((one) => ({
      kind: one.dataset.kind,
      lines: [...one.querySelectorAll("tspan")].map((part) => part.textContent),
    })),
  );
}

async function marksDrawn(count, of = page) {
  await of.locator(`.viewport[data-marks="${count}"]`).first().waitFor();
}

async function drag(from, to) {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2, { steps: 4 });
  await page.mouse.move(...to, { steps: 4 });
  await page.mouse.up();
}

async function kept(of = page) {
  await of.locator(".marks-unsaved").waitFor({ state: "detached" });
}

async function drawnAgain() {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

const VIEWS = [
  ["fitted", []],
  ["turned", [">"]],
  ["flipped", ["Shift+H"]],
  ["turned and flipped, smaller", [">", "-", "-"]],
  ["turned back, larger", ["<", "<", "+", "+", "+"]],
];

try {
  await signIn(page, address, user, password);
  await openImages(page);
  await page.mouse.click(...(await paintedBox(page, viewport())).middle);
  seen.views = {};
  for (const [name, keys] of VIEWS) {
    for (const key of keys) await page.keyboard.press(key);
    await drawnAgain();
    const box = await paintedBox(page, viewport());
    await page.keyboard.press("m");
    await drag(box.topLeft, box.bottomRight);
    await marksDrawn(1);
    seen.views[name] = await labels();
    await shot(`view-${name.replaceAll(/\W+/g, "-")}`);
    await page.keyboard.press("Delete");
    await marksDrawn(0);
  }
  await page.keyboard.press("r");
  await drawnAgain();
  const box = await paintedBox(page, viewport());
  const [left, top] = box.topLeft;
  const [right, bottom] = box.bottomRight;
  await page.keyboard.press("m");
  await drag(box.topLeft, box.topRight);
  await page.keyboard.press("j");
  await drag(box.topRight, box.topLeft);
  await page.mouse.click(...box.bottomLeft);
  await page.keyboard.press("o");
  await drag([left + 40, top + 40], [right - 40, bottom - 40]);
  await page.keyboard.press("h");
  await page.mouse.click((left + right) / 2, bottom - 12);
  await page.keyboard.press("t");
  await drag([right + 60, top + 60], [right, top + 90]);
  await marksDrawn(5);
  seen.all = await labels();
  await page.keyboard.press("Control+z");
  await marksDrawn(4);
  await page.keyboard.press("Control+Shift+Z");
  await marksDrawn(5);
  await page.keyboard.press("Shift+M");
  await page.locator(".marks-panel").waitFor();
  seen.listed = await page.locator(".marks-row b").allTextContents();
  await kept();
  await shot("all");
  await page.keyboard.press("w");
  await page.mouse.move(left + 5, bottom + 60);
  await page.keyboard.press("ArrowDown");
  await page.locator(`.viewport[data-frame="1"], .viewport[data-frame="2"]`).first().waitFor();
  await marksDrawn(0);
  seen.onOtherSlice = await labels();
  await shot("other-slice");
  await page.locator(".marks-row > button").first().click();
  await marksDrawn(5);
  seen.afterJump = (await labels()).length;

  await showSeries(page, 1);
  const film = await paintedBox(page, viewport());
  await page.keyboard.press("m");
  await drag(film.topLeft, film.topRight);
  await marksDrawn(1);
  seen.radiograph = await labels();
  await shot("radiograph");
  await page.keyboard.press("Shift+K");
  await drag(film.topLeft, film.bottomLeft);
  await page.getByRole("dialog").waitFor();
  await shot("calibrate");
  await page.keyboard.type("50");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await marksDrawn(2);
  seen.calibrated = await labels();
  await shot("calibrated");

  await showSeries(page, 2);
  const regions = await paintedBox(page, viewport());
  await page.keyboard.press("m");
  await drag(regions.topLeft, regions.bottomLeft);
  await drag([regions.topRight[0], regions.topRight[1] + 60], [regions.topLeft[0], regions.topLeft[1] + 60]);
  await marksDrawn(2);
  seen.ultrasound = await labels();
  await shot("ultrasound");
  await kept();

  seen.keyboard = await byKeysAlone();
  seen.killed = await killed();
} catch (error) {
  await shot("failed");
  throw error;
} finally {
  await browser.close();
}
console.log(JSON.stringify({ ...seen, troubles }));

/** A page that the mouse never touches: the crosshair goes from corner to corner by arrow keys. */
async function byKeysAlone() {
  const quiet = await page.context().newPage();
  await openImages(quiet);
  await quiet.keyboard.press("2");
  await quiet.keyboard.press("ArrowDown");
  await marksDrawn(0, quiet);
  const pane = await viewport(quiet).boundingBox();
  const box = await paintedBox(quiet, viewport(quiet));
  await quiet.keyboard.press("m");
  await quiet.locator(".crosshair").waitFor({ state: "attached" });
  await walk(quiet, [pane.x + pane.width / 2, pane.y + pane.height / 2], box.topLeft);
  await quiet.keyboard.press("Enter");
  await walk(quiet, box.topLeft, box.bottomLeft);
  await quiet.screenshot({ path: `${folder}/keys.png` });
  await quiet.keyboard.press("Enter");
  await marksDrawn(1, quiet);
  const said = await labels(quiet);
  await kept(quiet);
  await quiet.close();
  return said;
}

async function walk(of, from, to) {
  for (const [axis, less, more] of [
    [0, "ArrowLeft", "ArrowRight"],
    [1, "ArrowUp", "ArrowDown"],
  ]) {
    const way = Math.round(to[axis] - from[axis]);
    const key = way < 0 ? less : more;
    for (let step = 0; step < Math.floor(Math.abs(way) / 10); step++) await of.keyboard.press(`Shift+${key}`);
    for (let step = 0; step < Math.abs(way) % 10; step++) await of.keyboard.press(key);
  }
}

/** The line to the server is cut, a measurement is made, the tab dies; the reader signs in again. */
async function killed() {
  const dying = await page.context().newPage();
  await openImages(dying);
  await dying.keyboard.press("ArrowUp");
  await marksDrawn(5, dying);
  await dying.route("**/api/v1/marks/**", (route) => route.abort());
  const box = await paintedBox(dying, viewport(dying));
  await dying.keyboard.press("m");
  await dying.mouse.move(...box.topLeft);
  await dying.mouse.down();
  await dying.mouse.move(...box.bottomLeft, { steps: 3 });
  await dying.mouse.up();
  await marksDrawn(6, dying);
  await dying.locator(".marks-unsaved").waitFor();
  await dying.screenshot({ path: `${folder}/unsaved.png` });
  const waiting = await dying.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("kontor.mark")));
  const gone = dying.waitForEvent("crash");
  void dying.goto("chrome://crash").catch(() => undefined);
  await gone;
  await page.context().clearCookies();
  const again = await page.context().newPage();
  await signIn(again, address, user, password);
  await openImages(again);
  await again.keyboard.press("ArrowUp");
  await marksDrawn(6, again);
  await kept(again);
  await again.screenshot({ path: `${folder}/found-again.png` });
  const stillWaiting = await again.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("kontor.mark")));
  const there = await again.evaluate(
    async (uid) => (await (await fetch(`/api/v1/studies/${uid}/marks`)).json()).marks.length,
    study,
  );
  return { waiting: waiting.length, stillWaiting: stillWaiting.length, drawn: await labels(again), onServer: there };
}
