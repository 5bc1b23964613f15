// The pages at the smallest screen and on two large ones, in both languages: nothing is cut, nothing lies over something else;
// and what of them is told apart once colour is taken away.
import { openPage, signIn } from "./browser.mjs";

const [address, user, password, folder, study, other] = process.argv.slice(2);
const PARTS = ["accounts", "peers", "storage", "jobs", "audit", "system"];
const seen = { cut: [], troubles: [] };

/** Texts of bars and headings that their element cuts, bars that are wider than they seem, parts that lie over each other. */
const cutOn = (page) =>
  page.evaluate(() => {
    const found = [];
    const drawn = (one) => one.offsetWidth > 1 && getComputedStyle(one).visibility !== "hidden";
    const bars = ".toolbar, .read-head, .app-bar, .status-bar, .list-head, .dock-head, .studies-head .study-row";
    for (const bar of [...document.querySelectorAll(bars)].filter(drawn)) {
      if (bar.scrollWidth > bar.clientWidth + 1) found.push(`${bar.className} is ${bar.scrollWidth} in ${bar.clientWidth}`);
      const parts = [...bar.children].filter(drawn).filter((one) => getComputedStyle(one).position === "static");
      const boxes = parts.map((one) => one.getBoundingClientRect());
      for (let at = 1; at < boxes.length; at += 1)
        if (boxes[at].left < boxes[at - 1].right - 1) found.push(`${bar.className}: ${parts[at].textContent} lies over ${parts[at - 1].textContent}`);
    }
    const texts = ".tool, .tool-name, .btn, .side-list span, .app-nav a, th, .studies-head [role=columnheader], h1, .tag, label, dt";
    for (const one of [...document.querySelectorAll(texts)].filter(drawn)) {
      const { overflowX, display } = getComputedStyle(one);
      if (display === "inline" || overflowX === "visible" || one.closest(".sr, .tool-name")?.offsetWidth === 1) continue;
      if (one.scrollWidth > one.clientWidth) found.push(`${one.tagName} ${one.className}: ${one.textContent}`);
    }
    if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
    return found;
  });

async function small(locale) {
  const { browser, page, troubles } = await openPage({ width: 1280, height: 800, locale });
  const look = async (name) => {
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    seen.cut.push(...(await cutOn(page)).map((text) => `${locale} ${name}: ${text}`));
    await page.screenshot({ path: `${folder}/${locale}-${name.replaceAll("/", "-")}.png` });
  };
  try {
    await signIn(page, address, user, password);
    await page.locator(".rows .study-row").first().waitFor();
    await page.keyboard.press("Home");
    await look("worklist");
    await page.goto(`${address}/studies/${study}/images`);
    await page.locator(".viewport[data-drawn]").first().waitFor({ timeout: 30_000 });
    await layOut(page, "1 × 1");
    await look("one");
    await page.keyboard.press("Shift+M");
    await page.locator(".dock").waitFor();
    await look("measurements");
    await page.keyboard.press("Shift+M");
    await layOut(page, "2 × 2");
    await look("four");
    await page.goto(`${address}/upload`);
    await page.locator("main.upload").waitFor();
    await look("upload");
    for (const part of PARTS) {
      await page.goto(`${address}/admin/${part}`);
      await page.locator("main.admin .main :is(dl, table, form, .empty)").first().waitFor();
      await look(part);
    }
  } finally {
    seen.troubles.push(...troubles);
    await browser.close();
  }
}

async function layOut(page, layout) {
  await page.locator(".layout-place > button").click();
  await page.getByRole("menuitemradio", { name: layout }).click();
}

/** Two windows of 2560 by 1440: the second one goes along, and each says when the other shows another patient. */
async function large() {
  const { browser, page, troubles } = await openPage({ width: 2560, height: 1440 });
  const drawn = (one) => one.locator(".viewport[data-drawn]").first().waitFor({ timeout: 30_000 });
  try {
    await signIn(page, address, user, password);
    await page.goto(`${address}/studies/${study}/images`);
    await drawn(page);
    const opened = page.context().waitForEvent("page");
    await page.keyboard.press("F2");
    const second = await opened;
    await second.setViewportSize({ width: 2560, height: 1440 });
    await drawn(second);
    seen.together = [page, second].map((one) => new URL(one.url()).pathname);
    for (const [at, one] of [page, second].entries()) {
      seen.cut.push(...(await cutOn(one)).map((text) => `large ${at}: ${text}`));
      await one.screenshot({ path: `${folder}/large-${at}.png` });
    }
    const third = await page.context().newPage();
    await third.goto(`${address}/studies/${other}/images`);
    await drawn(third);
    await page.locator(".other-patient").waitFor();
    seen.warned = await Promise.all([page, third].map((one) => one.locator(".other-patient").innerText()));
    await page.screenshot({ path: `${folder}/large-other-patient.png` });
  } finally {
    seen.troubles.push(...troubles);
    await browser.close();
  }
}

try {
  await Promise.all([small("de-DE"), small("en-US")]);
  await large();
} catch (error) {
  process.stderr.write(`${JSON.stringify(seen)}\n`);
  throw error;
}
console.log(JSON.stringify(seen));
