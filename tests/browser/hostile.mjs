// Every page of a house full of hostile texts: nothing of them runs, loads, asks, or pushes the page aside.
import { openPage, tell } from "./browser.mjs";

const [address, user, password, pictures, ...studies] = process.argv.slice(2);
const { browser, page, troubles } = await openPage({ width: 1280, height: 800 });
const own = new URL(address).host;
const visited = [];

await page.exposeFunction("tellViolation", (text) => void troubles.push(`violation: ${text}`));
await page.addInitScript(() => {
  document.addEventListener("securitypolicyviolation", (event) => {
    window.tellViolation(`${event.violatedDirective} ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`);
  });
});
page.on("request", (request) => {
  const { host, protocol } = new URL(request.url());
  if (protocol.startsWith("http") && host !== own) troubles.push(`request to ${host}`);
});
page.on("popup", () => void troubles.push("a window opened"));
page.on("download", () => void troubles.push("a download began"));

/** What must be true of a page that shows hostile texts, whichever page it is. */
async function look(name) {
  const found = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const inner = [...document.querySelectorAll("main, .reading, .app")];
    return {
      sideways: scrollWidth - clientWidth,
      inner: inner.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.className),
      foreign: document.querySelectorAll(
        'body script, iframe, base, object, embed, [onerror], [onload], [onmouseover], meta[http-equiv=refresh], a[href^="javascript:" i]',
      ).length,
      blank: document.body.innerText.trim() === "",
    };
  });
  visited.push(name);
  if (found.sideways > 0) troubles.push(`${name}: the page scrolls sideways by ${found.sideways}`);
  if (found.inner.length > 0) troubles.push(`${name}: ${found.inner.join(", ")} is wider than its place`);
  if (found.foreign > 0) troubles.push(`${name}: ${found.foreign} elements that nobody of ours made`);
  if (found.blank) troubles.push(`${name}: nothing is shown`);
}

const broken = async (name) => {
  if (await page.getByText("Die Seite ist stehen geblieben").isVisible()) troubles.push(`${name}: the page broke`);
};

async function admin() {
  for (const part of ["accounts", "peers", "storage", "jobs", "audit", "system"]) {
    await page.goto(`${address}/admin/${part}`);
    await page.locator("main.admin .main :is(dl, table, .empty)").first().waitFor();
    const names = page.locator("main.admin button.name");
    for (let at = 0; at < Math.min(await names.count(), 80); at += 1) {
      await names.nth(at).click();
      await look(`admin/${part} ${at}`);
    }
    await look(`admin/${part}`);
    await broken(part);
    await page.screenshot({ path: `${pictures}/hostile-${part}.png` });
  }
}

async function worklist() {
  await page.goto(`${address}/worklist`);
  await page.getByRole("row").nth(1).waitFor();
  await page.screenshot({ path: `${pictures}/hostile-worklist.png` });
  for (let row = 0; row < studies.length; row += 1) {
    await page.keyboard.press("ArrowDown");
    await look(`worklist row ${row}`);
  }
  await broken("worklist");
}

async function reading() {
  for (const study of studies) {
    await page.goto(`${address}/studies/${study}/images`);
    await page.locator("[data-drawn]").or(page.locator(".note")).first().waitFor({ timeout: 30_000 });
    await look(`reading ${study}`);
    await broken(study);
  }
  await page.screenshot({ path: `${pictures}/hostile-reading.png` });
}

async function upload(names) {
  await page.goto(`${address}/upload`);
  const files = names.map((name) => ({ name, mimeType: "application/dicom", buffer: Buffer.from("DICM".padStart(132, "\0")) }));
  await page.locator("main.upload input[type=file]").first().setInputFiles(files);
  await page.locator(".upload-list summary").click();
  await page.locator(".upload-names li").nth(names.length - 1).waitFor();
  await look("upload");
  await page.screenshot({ path: `${pictures}/hostile-upload.png` });
}

try {
  await page.goto(address);
  await page.locator("input[type=password]").waitFor();
  await look("login");
  await page.getByRole("textbox").first().fill(user);
  await page.locator("input[type=password]").fill(password);
  await page.keyboard.press("Enter");
  await page.locator(".app-nav").waitFor();
  await worklist();
  await reading();
  const titles = await page.evaluate(async () => {
    const answer = await fetch("/api/v1/studies?limit=200");
    return (await answer.json()).items.map((study) => study.description);
  });
  await upload(titles.filter((title) => title.trim() !== ""));
  await admin();
} catch (error) {
  await page.screenshot({ path: `${pictures}/hostile-failed.png` });
  process.stderr.write(`at ${page.url()} with ${troubles.join("; ")}
`);
  throw error;
} finally {
  await browser.close();
}
tell({ visited, troubles });
