// A reader without a mouse: from the login page to the list, a case, a window, a length, the next case and back. Then each
// key of the client's own list, and the way of the focus round each page.
import { openPage } from "./browser.mjs";
import { americanKeyboard, germanKeyboard, pressOf } from "./german.mjs";

const [layout, address, user, password, name, folder, shown, ...studies] = process.argv.slice(2);
const { browser, page, troubles } = await openPage({ width: 1600, height: 900 });
const keyboard = layout === "german" ? await germanKeyboard(page) : americanKeyboard(page);
const { type } = keyboard;
const press = async (key, held = {}) => await keyboard.press({ key, ...held });
const seen = {};
/** A key that shows nothing at all, for instance a step back at the first image, is waited for so long. */
const SHOWN_WITHIN_FRAMES = 16;
/** One that has to show something may take its time on a busy machine. */
const SURELY_WITHIN_FRAMES = 600;
const showing = new Set(JSON.parse(shown));

const textOf = async (selector) => (await page.locator(selector).first().innerText()).replaceAll("\n", " ");
const shot = async (of) => await page.screenshot({ path: `${folder}/${layout}-${of}.png` });
const path = () => new URL(page.url()).pathname;
const marksOf = async (study) =>
  await page.evaluate(async (uid) => (await (await fetch(`/api/v1/studies/${uid}/marks`)).json()).marks, study);
const twoFrames = () =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
const drawn = async () => {
  await page.locator(".case-announcement").waitFor({ state: "detached" });
  await page.locator("[data-drawn]").first().waitFor({ timeout: 30_000 });
};

/** What the keyboard would act on, in words. */
const focused = () =>
  page.evaluate(() => {
    const one = document.activeElement;
    if (one === null || one === document.body) return "page";
    return `${one.tagName.toLowerCase()} ${one.getAttribute("aria-label") || one.textContent?.trim().slice(0, 40) || one.className}`;
  });

/** The studies are complete: nothing waits for more of them. */
const settle = () =>
  page.evaluate(async (uids) => {
    const { csrf } = await (await fetch("/api/v1/session")).json();
    for (const uid of uids)
      await fetch(`/api/v1/studies/${uid}/settle`, { method: "POST", headers: { "x-kontor-csrf": csrf } });
  }, studies);

async function signInAndChoose() {
  await page.goto(address);
  await page.locator("input[type=password]").waitFor();
  seen.first = await focused();
  await type(user);
  await press("Tab");
  await type(password);
  await press("Enter");
  await page.getByRole("grid").first().waitFor({ timeout: 30_000 });
  await settle();
  await press("f");
  await type("Name");
  await press("Enter");
  await page.locator("label[for=composer]", { hasText: "Patient" }).waitFor();
  await type(name);
  await press("Enter");
  await page.locator(".filter", { hasText: name }).waitFor();
  await page.locator(".rows .c-state", { hasText: "Bereit" }).nth(1).waitFor();
  seen.rows = await page.locator(".rows .c-patient").allInnerTexts();
  await press("End");
  await press("Home");
  seen.chosen = await textOf(".study-row.is-on .c-patient");
  await shot("list");
}

async function measure() {
  await press("Enter");
  await page.getByText("In Befundung durch Sie seit").waitFor();
  await drawn();
  seen.opened = path();
  await press("2");
  await page.locator(".ov--br", { hasText: "Weichteil" }).waitFor();
  await press("1");
  await page.locator(".ov--br", { hasText: "Lunge" }).waitFor();
  seen.window = await textOf(".ov--br");
  await press("m");
  await page.locator(".crosshair").waitFor({ state: "attached" });
  for (let step = 0; step < 6; step += 1) await press("ArrowLeft", { shift: true });
  await press("Enter");
  for (let step = 0; step < 12; step += 1) await press("ArrowRight", { shift: true });
  for (let step = 0; step < 3; step += 1) await press("ArrowDown");
  await press("Enter");
  await page.locator('.viewport[data-marks="1"]').waitFor();
  await page.locator(".marks-unsaved").waitFor({ state: "detached" });
  seen.length = await page.locator(".marks .mark tspan").first().textContent();
  seen.kept = (await marksOf(seen.opened.split("/")[2])).map(({ kind }) => kind);
  await shot("measured");
  await press("Escape");
  await press("Escape");
}

async function nextAndBack() {
  await press("n");
  await page.waitForFunction((before) => location.pathname !== before, seen.opened);
  await drawn();
  seen.next = path();
  await press("n", { shift: true });
  await page.waitForFunction((before) => location.pathname !== before, seen.next);
  await drawn();
  seen.before = path();
  await press("Escape");
  await page.locator(".study-row.is-on").waitFor();
  seen.back = await textOf(".study-row.is-on .c-patient");
}

/** Everything of a page that a key may change, in few words. */
const state = () =>
  page.evaluate(() => {
    const all = (selector) => [...document.querySelectorAll(selector)];
    const text = (selector) => document.querySelector(selector)?.textContent ?? "";
    const pane = document.querySelector('.viewport[data-active="true"]');
    return {
      tool: all('.tool[aria-pressed="true"]').map((one) => one.dataset.name ?? ""),
      window: text('.viewport[data-active="true"] .ov--br'),
      letters: ["n", "e"].map((side) => text(`.viewport[data-active="true"] .ov--${side}`)).join(""),
      image: pane?.dataset.frame ?? "",
      panes: all(".pane-place:not(.is-behind)").length,
      active: pane?.dataset.place ?? "",
      series: document.querySelector(".thumb.is-on .sr")?.textContent ?? "",
      dialog: document.querySelector("dialog, .palette")?.getAttribute("aria-label") ?? "",
      dock: all(".dock").length,
      row: text(".study-row.is-on .c-patient"),
      title: text("h1"),
      fields: all(".filter-composer, #composer, .name-view").length,
      preview: all("main.worklist.is-wide").length,
      path: location.pathname,
      search: location.search,
      focus: document.activeElement?.id || document.activeElement?.tagName || "",
      windows: "",
    };
  });

/** Presses each key that `?` names, and tells what each changed; `ready` puts the page back between two keys. */
async function eachKey(ready) {
  await ready();
  await press("?");
  await page.getByRole("dialog").waitFor();
  const listed = await page.locator(".help > div").evaluateAll((all) =>
    all.flatMap((row) => [...row.querySelectorAll("kbd")].map((cap) => [row.querySelector("dt").textContent, cap.textContent])),
  );
  await press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  const told = {};
  for (const [label, cap] of listed) {
    await ready();
    const before = await state();
    await page.evaluate(() => {
      window.kept = null;
      const hear = (event) => {
        if (["Shift", "Control"].includes(event.key)) return;
        window.kept = { key: event.key, code: event.code, taken: event.defaultPrevented };
        window.removeEventListener("keydown", hear);
      };
      window.addEventListener("keydown", hear);
    });
    const opened = cap === "F2" && before.panes > 0 ? page.context().waitForEvent("page", { timeout: 2000 }).catch(() => null) : null;
    await keyboard.press(pressOf(cap));
    const other = await opened;
    // Its code is fetched when it is first wanted: later it would lie over the next key.
    if (cap === "#") await page.getByRole("dialog").waitFor();
    const changedOf = (after) => Object.keys(after).filter((part) => String(after[part]) !== String(before[part]));
    let after = before;
    const within = showing.has(`${label} [${cap}]`) ? SURELY_WITHIN_FRAMES : SHOWN_WITHIN_FRAMES;
    for (let frames = 0; frames < within && changedOf(after).length === 0; frames += 2) {
      await twoFrames();
      after = await state();
    }
    const heard = await page.evaluate(() => window.kept);
    if (other !== null) {
      after.windows = "second";
      await other.close();
    }
    const changed = changedOf(after);
    told[`${label} [${cap}]`] = { ...heard, changed: Object.fromEntries(changed.map((part) => [part, after[part]])) };
  }
  return told;
}

const clear = async () => {
  for (let layers = await page.locator("dialog, .palette").count(); layers > 0; layers = await page.locator("dialog, .palette").count()) {
    await press("Escape");
    await twoFrames();
  }
  if (await page.evaluate(() => document.activeElement instanceof HTMLInputElement)) await press("Escape");
  if ((await page.locator(".crosshair").count()) > 0) await press("Escape");
};

/** How panes stand is remembered with the account, which other tests read with too. */
async function onePane() {
  await page.locator(".viewport[data-drawn]").first().waitFor();
  const stands = page.locator('button[aria-label*="1 × 1"]');
  for (let tries = 0; tries < 4 && (await stands.count()) === 0; tries += 1) {
    await press("y");
    await twoFrames();
    await twoFrames();
  }
  await stands.waitFor();
}

/** Round the page by Tab: each stop shows that it has the focus, and the way comes back to where it began. */
async function round(limit = 90) {
  await page.evaluate(() => document.activeElement?.blur());
  const stops = [];
  const hidden = [];
  for (let step = 0; step < limit; step += 1) {
    await press("Tab");
    const stop = await page.evaluate(() => {
      const one = document.activeElement;
      if (one === null || one === document.body) return null;
      const ringed = (element) => {
        if (element === null) return false;
        const style = getComputedStyle(element);
        return style.boxShadow !== "none" || (style.outlineStyle !== "none" && style.outlineWidth !== "0px");
      };
      const chosen = document.getElementById(one.getAttribute("aria-activedescendant") ?? "");
      const box = one.getBoundingClientRect();
      const seen = box.width >= 4 && box.height >= 4 && box.right > 0 && box.left < innerWidth && box.top < innerHeight;
      const first = one.dataset.tabbed === "yes";
      one.dataset.tabbed = "yes";
      const label = one.getAttribute("aria-label") || one.textContent?.trim().slice(0, 30) || one.className;
      return { name: `${one.tagName.toLowerCase()} ${label}`, shown: seen && [one, one.parentElement, chosen].some(ringed), first };
    });
    if (stop === null || stop.first) return { stops, hidden, back: true };
    stops.push(stop.name);
    if (!stop.shown) hidden.push(stop.name);
  }
  return { stops, hidden, back: false };
}

/** Where the focus is after a layer was opened over it and closed again. */
async function returned(openWith, layer) {
  const before = await focused();
  await press(openWith);
  await page.locator(layer).waitFor();
  await press("Escape");
  await page.locator(layer).waitFor({ state: "detached" });
  return [before, await focused()];
}

/** Back where the keys are tried; `way` is the shortest that leads there. */
async function backTo(url, there, way) {
  await clear();
  if (page.url() !== url) await way();
  await page.waitForFunction((wanted) => location.href === wanted, url);
  await page.locator(there).first().waitFor({ timeout: 30_000 });
}

try {
  await signInAndChoose();
  await measure();
  await nextAndBack();
  if (layout === "german") {
    const list = page.url();
    seen.listKeys = await eachKey(async () => {
      await backTo(list, ".rows .study-row", () => page.goBack());
      if ((await page.locator(".study-row.is-on").count()) === 0) await press("Home");
      await page.locator(".study-row.is-on").waitFor();
    });
    const images = `${address}${seen.opened}`;
    const there = ".viewport[data-drawn]";
    await page.goto(images);
    await onePane();
    seen.imageKeys = await eachKey(() => backTo(images, there, () => page.goto(images)));
    await backTo(images, there, () => page.goto(images));
    await onePane();
  } else {
    seen.rounds = { worklist: await round() };
    await page.getByRole("grid").first().focus();
    seen.returned = [await returned("?", "dialog"), await returned(".", ".palette")];
    await press("Enter");
    await drawn();
    seen.rounds.reading = await round();
    await page.locator(".layout-place > button").focus();
    const before = await focused();
    await press("Enter");
    await page.getByRole("menu").waitFor();
    await press("ArrowDown");
    await press("Enter");
    await page.getByRole("menu").waitFor({ state: "detached" });
    seen.laidOut = [before, await focused()];
  }
} catch (error) {
  await shot("failed");
  process.stderr.write(`at ${page.url()}, focus on ${await focused()}, seen ${JSON.stringify(seen)}\n`);
  throw error;
} finally {
  await browser.close();
}
console.log(JSON.stringify({ ...seen, troubles }));
