// The pages without colour: every state that a reader can meet, as its word and its picture. Answers are changed on their way
// to the page, so that states stand side by side that are not had together.
import { openPage, signIn } from "./browser.mjs";

const [address, user, password, folder] = process.argv.slice(2);
const { browser, page, troubles } = await openPage({ width: 1600, height: 900 });
const seen = {};

const AT = "2026-11-27T12:00:00.000000Z";
const HOLDER = { since: AT, until: "2036-11-27T12:00:00.000000Z", taken_from: "" };
const ROWS = [
  { state: "arriving" },
  { state: "ready" },
  { missing: [{ objects: 2, reason: "pixels-cut-short" }] },
  { missing: [{ objects: 1, reason: "objects-cut-short" }] },
  { claim: { ...HOLDER, name: "Dr. Vorlage", own: false } },
  { claim: { ...HOLDER, name: "Sie", own: true } },
  { identity: "unresolved" },
  { identity: "provisional" },
  { open_variants: 1 },
];
const JOB = { attempts: 1, enqueued_at: AT, error: "", id: "1", key: "1.2.3", kind: "settle-study", run_after: AT };
const PARKED = { attempts: 2, error: "no", follower: "settling", kind: "study_arrived", parked_at: AT, retry_at: AT, subject: "1.2" };

/** Hands the page what `change` makes of an answer of the server. */
const alter = async (path, change) =>
  await page.route(path, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: change(await answer.json()) });
  });

/** Word and picture of each of these elements; equal to the eye where both are equal. */
const looks = async (selector) =>
  await page.locator(selector).evaluateAll((all) =>
    all.map((one) => ({
      word: one.textContent.trim(),
      shape: [...one.querySelectorAll("path")].map((path) => `${path.getAttribute("d")} ${path.getAttribute("stroke-dasharray")}`).join("|"),
    })),
  );

const shot = async (name) => await page.screenshot({ path: `${folder}/grey-${name}.png` });

async function open(path, there) {
  await page.goto(address + path);
  await page.locator(there).first().waitFor({ timeout: 30_000 });
  await page.evaluate(() => document.documentElement.style.setProperty("filter", "grayscale(1)"));
}

/** How rows differ by more than brightness: the edge that each has. */
const edges = () =>
  page.evaluate(() => {
    const edge = (one) => getComputedStyle(one).boxShadow;
    const [on, other] = [".study-row.is-on", ".rows .study-row:not(.is-on)"].map((part) => document.querySelector(part));
    return { chosen: edge(on), other: edge(other) };
  });

try {
  await alter(/\/api\/v1\/studies\?/, (answer) => ({
    ...answer,
    items: answer.items.map((row, at) => ({ ...row, missing: [], claim: null, state: "ready", ...ROWS[at] })),
  }));
  await alter(/\/api\/v1\/jobs$/, (answer) => ({
    ...answer,
    counts: ["dead", "running", "waiting"].map((state) => ({ at_least: false, count: 1, kind: JOB.kind, state })),
    dead: [{ ...JOB, id: "2", state: "dead", error: "OSError: disk" }],
    running: [{ ...JOB, id: "3", state: "running" }],
    waiting: [{ ...JOB, id: "4", state: "waiting" }],
    parked: [{ ...PARKED, dead: true, seq: 1 }, { ...PARKED, dead: false, seq: 2 }],
  }));
  await alter(/\/api\/v1\/audit(\?|$)/, (answer) => ({
    ...answer,
    items: answer.items.map((row, at) => ({ ...row, outcome: ["success", "refused", "failure"][at % 3] })),
  }));
  await alter(/\/api\/v1\/peers$/, ({ items: [peer] }) => ({
    items: [true, false].map((open) => ({ ...peer, id: `${peer.id}${open}`, ae_title: `PEER_${open}`, open })),
  }));
  await signIn(page, address, user, password);
  await open("/worklist", ".rows .study-row");
  await page.keyboard.press("Home");
  await page.locator(".study-row.is-on").waitFor();
  const shown = await looks(".rows .study-row :is(.c-state, .c-description, .c-reader)");
  seen.worklist = ROWS.map((_, at) => shown.slice(3 * at, 3 * at + 3));
  seen.rows = await edges();
  await page.getByRole("grid").first().focus();
  await page.keyboard.press("ArrowDown");
  seen.focused = await edges();
  await shot("worklist");
  for (const [part, there] of [["jobs", "table"], ["audit", "table"], ["peers", "table"], ["storage", "dl"]]) {
    await open(`/admin/${part}`, `main.admin ${there}`);
    seen[part] = await looks(`main.admin ${there === "table" ? "table " : ""}.state`);
    await shot(part);
  }
} catch (error) {
  await shot("failed");
  process.stderr.write(`${JSON.stringify(seen)}\n`);
  throw error;
} finally {
  await browser.close();
}
console.log(JSON.stringify({ ...seen, troubles }));
