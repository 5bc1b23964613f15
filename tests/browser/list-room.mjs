// The worklist with long numbers and alike names, at two widths: what of it is cut, and what a press beside a heading's word does.
import { openPage, signIn } from "./browser.mjs";

const [address, user, password, folder, filter] = process.argv.slice(2);
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

async function show(width, height) {
  await page.setViewportSize({ width, height });
  await page.goto(`${address}/worklist?${filter}`);
  await page.locator(".rows .tag").first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${folder}/list-${width}.png` });
  return { cut: await cut(), described: await described(), numbers: await texts(".rows .c-number"), ages: await texts(".rows .c-age"), words: await tags() };
}

try {
  await signIn(page, address, user, password);
  seen.wide = await show(1920, 1080);
  seen.middle = await show(1680, 1050);
  seen.small = await show(1280, 800);
  const head = await page.locator(".studies-head .c-patient").boundingBox();
  await page.mouse.click(head.x + head.width - 4, head.y + head.height - 4);
  await page.waitForURL(/sort=patient_name/);
  seen.sorted = new URL(page.url()).searchParams.get("sort");
} finally {
  await browser.close();
}
console.log(JSON.stringify({ ...seen, troubles }));
