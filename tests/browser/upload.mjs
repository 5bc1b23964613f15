// Uploading as a person does it: a folder is dropped on the worklist, the line loses an answer, the page is left too early.
import { openPage, tell } from "./browser.mjs";

const [address, user, password, folder, archive, pictures] = process.argv.slice(2);
const { browser, page, troubles } = await openPage({ width: 1280, height: 800 });
const seen = { lost: 0 };
const devtools = await page.context().newCDPSession(page);

const figures = async () => {
  const cells = await page.locator(".upload-counts .figure").allInnerTexts();
  return cells.map((cell) => Number(cell.replaceAll(/\D/g, "")));
};
const picture = (name) => page.screenshot({ path: `${pictures}/upload-${name}.png` });
const phase = (word) => page.locator(".upload-progress [role=status]", { hasText: word }).waitFor({ timeout: 120_000 });

/** Real files and folders over the page, as the operating system gives them. */
async function dragOver(kind, files, x = 500, y = 300) {
  for (const type of kind) {
    await devtools.send("Input.dispatchDragEvent", {
      type,
      x,
      y,
      data: { items: [], files, dragOperationsMask: 1 },
    });
  }
}

page.on("filechooser", () => undefined); // from now on choosers are caught, not only from the moment one is awaited

try {
  await page.goto(address);
  await page.getByRole("textbox").first().fill(user);
  await page.locator("input[type=password]").fill(password);
  await page.keyboard.press("Enter");
  await page.locator(".app-nav").waitFor();

  // The third answer is lost on its way, and the line is gone for a while after the fifth request.
  let requests = 0;
  await page.route("**/api/v1/imports", async (route) => {
    requests += 1;
    if (requests === 3) {
      await route.fetch();
      seen.lost += 1;
      await route.abort("connectionreset");
    } else if (requests >= 6 && requests <= 8) await route.abort("internetdisconnected");
    else await route.continue();
  });
  await dragOver(["dragEnter"], [folder]);
  while (!(await page.locator(".dragging").isVisible())) await dragOver(["dragOver"], [folder]); // told while it hovers
  seen.hint = await page.locator(".dragging").innerText();
  await dragOver(["dragOver", "drop"], [folder]);
  await page.waitForURL("**/upload");
  await phase("Wartet auf das Archiv");
  await picture("waiting");
  seen.whileWaiting = await figures();

  // Leaving asks, by a link and by Back; staying keeps the upload.
  await page.locator(".app-nav a").first().click();
  await page.getByRole("dialog").waitFor();
  await picture("leaving");
  await page.keyboard.press("Escape");
  await page.evaluate(() => window.history.back());
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  seen.stayedAt = new URL(page.url()).pathname;

  await phase("Fertig");
  seen.folder = await figures();
  seen.refused = await page.locator(".upload-list tbody tr").allInnerTexts();
  seen.left = await page.locator(".upload-list summary").allInnerTexts();
  await picture("done");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Liste als CSV" }).click(),
  ]);
  seen.csv = await (await import("node:fs/promises")).readFile(await download.path(), "utf8");

  // The same again as an archive, chosen by key: everything is there already.
  const chooser = page.waitForEvent("filechooser");
  await page.keyboard.press("f");
  await (await chooser).setFiles(archive);
  await page.waitForFunction((before) => {
    const cells = [...document.querySelectorAll(".upload-counts .figure")];
    return cells.length > 1 && cells[1].textContent !== before;
  }, String(seen.folder[1]));
  await phase("Fertig");
  seen.archive = await figures();

  seen.sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await page.locator(".app-nav a").first().click();
  await page.waitForURL("**/worklist");
  seen.study = await page.evaluate(async () => {
    const answer = await fetch("/api/v1/studies");
    return (await answer.json()).items.map((row) => row.instance_count);
  });
} catch (error) {
  process.stderr.write(`at ${page.url()} with ${troubles.join("; ")}
`);
  await page.screenshot({ path: `${pictures}/upload-failed.png` });
  throw error;
} finally {
  await browser.close();
}
tell({ ...seen, troubles });
