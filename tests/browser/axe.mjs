// axe looks at every page of a house with one study: no fault that it calls serious or critical.
import { createRequire } from "node:module";
import { openPage, tell } from "./browser.mjs";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { AxeBuilder } = require("@axe-core/playwright");
const [address, user, password, study, pictures] = process.argv.slice(2);
const { browser, page, troubles } = await openPage({ width: 1280, height: 800 });
const found = {};

async function look(name) {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  found[name] = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`));
  await page.screenshot({ path: `${pictures}/axe-${name.replaceAll("/", "-")}.png` });
}

async function go(path, there) {
  await page.goto(`${address}${path}`);
  await page.locator(there).first().waitFor({ timeout: 30_000 });
}

try {
  await page.goto(address);
  await page.locator("input[type=password]").waitFor();
  await look("login");
  await page.getByRole("textbox").first().fill(user);
  await page.locator("input[type=password]").fill(password);
  await page.keyboard.press("Enter");
  await page.locator(".app-nav").waitFor();
  await page.getByRole("row").nth(1).waitFor();
  await page.keyboard.press("ArrowDown");
  await look("worklist");
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  await look("help");
  await page.keyboard.press("Escape");
  await page.keyboard.press(".");
  await page.getByRole("combobox").waitFor();
  await look("palette");
  await go(`/studies/${study}/images`, "[data-drawn]");
  await look("reading");
  await go("/upload", "main.upload");
  await look("upload/empty");
  const file = (name, text) => ({ name, mimeType: "application/dicom", buffer: Buffer.from(text) });
  const bad = `${"\0".repeat(128)}DICM`;
  await page.locator("main.upload input[type=file]").first().setInputFiles([file("a.txt", "x".repeat(400)), file("b", bad)]);
  await page.locator(".upload-list").waitFor();
  await page.locator(".upload-progress [role=status]", { hasText: "Fertig" }).waitFor();
  await look("upload");
  for (const part of ["accounts", "peers", "storage", "jobs", "audit", "system"]) {
    await go(`/admin/${part}`, "main.admin .main :is(dl, table, form, .empty)");
    await look(`admin/${part}`);
    const name = page.locator("main.admin button.name").first();
    if (await name.isVisible()) {
      await name.click();
      await look(`admin/${part}/chosen`);
    }
  }
} catch (error) {
  process.stderr.write(`at ${page.url()} with ${troubles.join("; ")}
`);
  throw error;
} finally {
  await browser.close();
}
tell({ found, troubles });
