// Reads a case to its last image, waits until the next one was brought, and opens it while no further image comes over the line.
// Then goes back and forth between both and notes under whose name each image was.
import { openPage, signIn } from "./browser.mjs";

const [address, user, password, family, ...studies] = process.argv.slice(2);
const { browser, page, troubles } = await openPage({ width: 1280, height: 800 });
const requests = [];
const responses = [];
const frameOf = (request) => /studies\/([0-9.]+)\/series\/[0-9.]+\/instances\/([0-9.]+)\/frames\//.exec(request.url());

const note = (list) => (request) => {
  const found = frameOf(request);
  if (found !== null) list.push({ study: found[1], image: found[2] });
};
/** Which images of a study, each once: what gave way to other work is asked for again. */
const imagesOf = (list, wanted) => [...new Set(list.filter(({ study }) => study === wanted).map(({ image }) => image))];

/** Notes with every change of the document whose name stands above and which image below it. */
const watch = () =>
  page.evaluate(() => {
    window.seenTogether = {};
    new MutationObserver(() => {
      const name = document.querySelector(".read-head .identity .who")?.textContent ?? "";
      for (const { dataset } of document.querySelectorAll("[data-drawn]"))
        (window.seenTogether[dataset.drawn] ??= new Set()).add(name);
    }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  });
const imageDrawn = (within) => page.locator("[data-drawn]").first().waitFor({ timeout: within });
const imageLeft = (image) => page.locator(`[data-drawn="${image}"]`).waitFor({ state: "detached", timeout: 20_000 });

try {
  await signIn(page, address, user, password);
  await page.evaluate(async (studies) => {
    const { csrf } = await (await fetch("/api/v1/session")).json();
    for (const uid of studies)
      await fetch(`/api/v1/studies/${uid}/settle`, { method: "POST", headers: { "x-kontor-csrf": csrf } });
  }, studies);
  await page.goto(`${address}/worklist?patient_name=${family}`);
  await page.locator(".study-row .c-patient").first().click();
  await page.locator(".timeline li").first().waitFor();
  page.on("request", note(requests));
  page.on("response", (response) => note(responses)(response.request()));
  await page.keyboard.press("Enter");
  await page.waitForURL("**/images");
  const second = studies.find((study) => !page.url().includes(study));
  await imageDrawn(30_000);
  await watch();
  const first = await page.locator("[data-drawn]").first().getAttribute("data-drawn");
  const until = Date.now() + 30_000;
  while (imagesOf(responses, second).length < 2 && Date.now() < until) await page.waitForTimeout(50);
  await page.waitForTimeout(500); // whatever else were brought would be asked for now
  const brought = imagesOf(requests, second);
  requests.length = 0;
  await page.route(/\/frames\//, () => undefined); // stays on its way for ever
  await page.keyboard.press("n");
  await page.waitForURL(`**/studies/${second}/images`);
  await imageLeft(first);
  await imageDrawn(20_000);
  const drawn = page.locator("[data-drawn]").first();
  const frame = { number: await drawn.getAttribute("data-frame"), of: await drawn.getAttribute("data-drawn") };
  const asked = imagesOf(requests, second);
  const reached = page.url();
  await page.unroute(/\/frames\//);
  let left = frame.of;
  for (const key of ["Shift+N", "n", "Shift+N", "n"]) {
    await page.keyboard.press(key);
    await imageLeft(left);
    await imageDrawn(20_000);
    left = await drawn.getAttribute("data-drawn");
  }
  const together = await page.evaluate(() =>
    Object.fromEntries(Object.entries(window.seenTogether).map(([image, names]) => [image, [...names]])),
  );
  console.log(JSON.stringify({ second, brought, frame, asked, address: reached, together, troubles }));
} finally {
  await browser.close();
}
