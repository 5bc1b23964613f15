// A reader's morning: filter, keep it as a view, look at the timeline, read; a colleague takes over, the reader is told and goes on.
import { openPage, signIn } from "./browser.mjs";

const [address, user, password, folder, ...studies] = process.argv.slice(2);
const COLLEAGUE = { name: "kollegin", display_name: "Dr. Karla Kollegin", password: "Karla liest Kontor 2026" };
const seen = {};

const first = await openPage({ width: 1920, height: 1080 });
const second = await openPage({ width: 1280, height: 800 });
const { page } = first;
const colleague = second.page;

/** What the page's own session may do, by the API itself. */
const call = async (method, path, body) =>
  await page.evaluate(
    async ([method, path, body]) => {
      const session = await (await fetch("/api/v1/session")).json();
      const headers = { "content-type": "application/json", "x-kontor-csrf": session.csrf };
      const answer = await fetch(`/api/v1${path}`, { method, headers, body: body === null ? null : JSON.stringify(body) });
      return answer.status;
    },
    [method, path, body ?? null],
  );
const textOf = async (from, selector) => (await from.locator(selector).first().innerText()).replaceAll("\n", " ");
const hold = async (from, name) => await from.screenshot({ path: `${folder}/${name}.png` });

try {
  await signIn(page, address, user, password);
  seen.settled = await Promise.all(studies.map((study) => call("POST", `/studies/${study}/settle`)));
  seen.account = await call("POST", "/accounts", { ...COLLEAGUE, roles: ["reader"] });

  await page.keyboard.press("f");
  await page.keyboard.type("Name");
  await page.keyboard.press("Enter");
  await page.locator("label[for=composer]", { hasText: "Patient" }).waitFor();
  await page.keyboard.type("Reihe");
  await page.keyboard.press("Enter");
  await page.locator(".filter", { hasText: "Reihe" }).waitFor();
  await page.keyboard.press("v");
  await page.locator(".name-view input").fill("Meine Reihe");
  await page.keyboard.press("Enter");
  await page.locator(".saved-view .count", { hasText: String(studies.length) }).waitFor();
  seen.view = await textOf(page, ".saved-view");
  seen.title = await textOf(page, "h1");
  seen.rows = await page.locator(".rows .c-patient").allInnerTexts();

  await page.locator(".timeline li").nth(1).waitFor();
  seen.timeline = await page.locator(".timeline li").allInnerTexts();
  await hold(page, "worklist");

  await page.keyboard.press("Enter");
  await page.getByText("In Befundung durch Sie seit").waitFor();
  seen.read = new URL(page.url()).pathname;
  await page.locator("[data-drawn]").first().waitFor();
  await hold(page, "reading");

  await signIn(colleague, address, COLLEAGUE.name, COLLEAGUE.password);
  await colleague.goto(`${address}/worklist?patient_name=Reihe`);
  await colleague.locator(".rows .c-state", { hasText: "In Befundung" }).waitFor();
  await hold(colleague, "colleague");
  await colleague.keyboard.press("Enter");
  await colleague.locator("dialog").waitFor();
  seen.dialog = await textOf(colleague, "dialog");
  await hold(colleague, "dialog");
  await colleague.keyboard.press("Control+Enter");
  await colleague.getByText("In Befundung durch Sie seit").waitFor();
  await colleague.locator("[data-drawn]").first().waitFor();
  await hold(colleague, "colleague-reading");
  seen.taken = new URL(colleague.url()).pathname;

  await page.locator(".toast").waitFor();
  seen.told = await textOf(page, ".toast");
  seen.lost = await textOf(page, ".claim-line");
  await hold(page, "taken-over");

  await page.keyboard.press("n");
  await page.locator(".case-announcement").waitFor();
  seen.announced = await textOf(page, ".case-announcement");
  await hold(page, "announced");
  seen.next = new URL(page.url()).pathname;
  await page.locator(".case-announcement").waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await page.locator(".study-row.is-on").waitFor();
  seen.back = { address: new URL(page.url()).search, chosen: await textOf(page, ".study-row.is-on .c-patient") };
  await page.locator(".rows .c-reader", { hasText: COLLEAGUE.display_name }).waitFor();
  await hold(page, "back");
} finally {
  await first.browser.close();
  await second.browser.close();
}
console.log(JSON.stringify({ ...seen, troubles: [...first.troubles, ...second.troubles] }));
