// A headless Chromium from Debian, driven by playwright-core; every policy violation and page error is collected.
import { createRequire } from "node:module";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");

export const CHROMIUM = process.env.KONTOR_CHROMIUM ?? "/usr/bin/chromium";
export const FLAGS = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
];

/** Opens a page of the given size; `troubles` fills with what must not happen. */
export async function openPage({ width = 1920, height = 1080, locale = "de-DE" } = {}) {
  const browser = await chromium.launch({ executablePath: CHROMIUM, headless: true, args: FLAGS });
  const context = await browser.newContext({ viewport: { width, height }, locale, timezoneId: "Europe/Berlin" });
  const page = await context.newPage();
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(`page error: ${error.message}`));
  page.on("dialog", (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("console", (message) => {
    if (/Content Security Policy|violates/.test(message.text())) troubles.push(`policy: ${message.text()}`);
  });
  return { browser, page, troubles };
}

/** Signs in on the login page and waits for the worklist. */
export async function signIn(page, address, user, password) {
  await page.goto(address);
  await page.getByRole("textbox").first().fill(user);
  await page.locator("input[type=password]").fill(password);
  await page.keyboard.press("Enter");
  await page.getByRole("grid").or(page.getByRole("table")).first().waitFor({ timeout: 30_000 });
}

/** Waits until every picture of the page is there: the page's line for news stays open, so its network is never idle. */
export async function picturesThere(page) {
  await page.waitForFunction(() => [...document.images].length > 0 && [...document.images].every((one) => one.complete));
}

/** What a script saw, as one line: no sign of a hostile name ends it. */
export function tell(seen) {
  const line = JSON.stringify(seen);
  console.log(line.replace(/[\u007f-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`));
}
