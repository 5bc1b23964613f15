// Opens lists at the smallest supported desk's width and names every text that the page cuts.
import { openPage, signIn } from "./browser.mjs";

const [address, user, password, folder] = process.argv.slice(2);
const { browser, page, troubles } = await openPage({ width: 1440, height: 900 });
const cut = [];
const PLACES = { worklist: "/worklist", accounts: "/admin/accounts", peers: "/admin/peers" };
const LOOKED_AT = ".admin th, .admin td, .admin td *, .side-list span";

try {
  await signIn(page, address, user, password);
  await page.evaluate(async () => {
    const { csrf } = await (await fetch("/api/v1/session")).json();
    const peer = { ae_title: "SIXTEENLETTERSAE", called_ae_title: "ANOTHERAETITLE16", port: 11112 };
    const body = JSON.stringify({ ...peer, host: "nonexistent.example.org", may: ["store", "find", "move"] });
    const headers = { "content-type": "application/json", "x-kontor-csrf": csrf };
    await fetch("/api/v1/peers", { method: "POST", headers, body });
  });
  for (const [name, path] of Object.entries(PLACES)) {
    await page.goto(address + path);
    await page.locator(".side-list a").first().waitFor();
    if (path.startsWith("/admin")) await page.locator(".admin tbody tr").first().waitFor();
    for (const form of [false, true]) {
      if (form && name !== "peers") continue;
      if (form) await page.getByRole("button", { name: "SIXTEENLETTERSAE" }).click();
      const found = await page.locator(LOOKED_AT).evaluateAll((all) =>
        all
          .filter((one) => one.scrollWidth > one.clientWidth && getComputedStyle(one).display !== "inline")
          .filter((one) => getComputedStyle(one).overflowX !== "visible")
          .filter((one) => !one.classList.contains("sr"))
          .map((one) => one.textContent),
      );
      cut.push(...found.map((text) => `${name}: ${text}`));
      await page.screenshot({ path: `${folder}/${name}${form ? "-form" : ""}.png` });
    }
  }
} finally {
  await browser.close();
}
console.log(JSON.stringify({ cut, troubles }));
