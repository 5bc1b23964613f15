// The worklist with long numbers, alike names and a reader of a long name, at four widths: what of it is cut, and what a press
// beside a heading's word does.
import { openPage, signIn } from "./browser.mjs";

const [address, user, password, folder, filter, study, reader] = process.argv.slice(2);
const COLLEAGUE = { name: "list-room", display_name: reader, password: "Liest die lange Liste 2026" };
const { browser, page, troubles } = await openPage({ width: 1920, height: 1080 });
const seen = {};

/** Texts of rows and headings that their cell cuts. */
const cut = () =>
  page
    .locator(".studies :is(.c-state, .c-patient, .c-age, .c-number, .c-accession, .c-studied, .c-received), .studies-head button")
    .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent));
const described = () =>
  page.locator(".rows .desc > :first-child").evaluateAll((all) => all.map((one) => [one.clientWidth, one.scrollWidth]));
const texts = (selector) => page.locator(selector).allInnerTexts();
const tags = () =>
  page.locator(".rows .tag-word").evaluateAll((all) => all.map((one) => getComputedStyle(one).position === "static"));

/** Pictures of the cells that tell persons apart, of rows that are not chosen. */
async function looks() {
  const cells = page.locator(".rows .c-age");
  await page.evaluate(() => document.querySelector(".study-row.is-on")?.classList.remove("is-on"));
  const pictures = [];
  for (let row = 0; row < (await cells.count()); row++) pictures.push((await cells.nth(row).screenshot()).toString("base64"));
  return pictures;
}
/** Who reads, and how a name ends that has no room: `whole`, or as its style says. */
const holders = () =>
  page.locator(".rows .state-holder").evaluateAll((all) =>
    all.map((one) => ({
      title: one.closest("[title]")?.title ?? "",
      ends: one.scrollWidth <= one.clientWidth ? "whole" : getComputedStyle(one).textOverflow,
    })),
  );

/** What the session of a page may do, by the API itself. */
const call = (from, method, path, body) =>
  from.evaluate(
    async ([method, path, body]) => {
      const session = await (await fetch("/api/v1/session")).json();
      const headers = { "content-type": "application/json", "x-kontor-csrf": session.csrf };
      return (await fetch(`/api/v1${path}`, { method, headers, body: JSON.stringify(body) })).status;
    },
    [method, path, body],
  );

async function show(width, height) {
  await page.setViewportSize({ width, height });
  await page.goto(`${address}/worklist?${filter}`);
  await page.locator(".rows .tag").first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${folder}/list-${width}.png` });
  return {
    cut: await cut(),
    described: await described(),
    numbers: await texts(".rows .c-number"),
    ages: await texts(".rows .c-age"),
    words: await tags(),
    holders: await holders(),
    looks: await looks(),
  };
}

try {
  await signIn(page, address, user, password);
  seen.account = await call(page, "POST", "/accounts", { ...COLLEAGUE, roles: ["reader"] });
  const colleague = await (await browser.newContext()).newPage();
  await signIn(colleague, address, COLLEAGUE.name, COLLEAGUE.password);
  seen.claim = await call(colleague, "PUT", `/studies/${study}/claim`, {});
  seen.wide = await show(1920, 1080);
  seen.middle = await show(1680, 1050);
  seen.narrow = await show(1440, 900);
  seen.small = await show(1280, 800);
  const head = await page.locator(".studies-head .c-patient").boundingBox();
  await page.mouse.click(head.x + head.width - 4, head.y + head.height - 4);
  await page.waitForURL(/sort=patient_name/);
  seen.sorted = new URL(page.url()).searchParams.get("sort");
} finally {
  await browser.close();
}
console.log(JSON.stringify({ ...seen, troubles }));
