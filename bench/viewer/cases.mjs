// One tab reads a list of cases from the first on, each by the key for the next one, each loaded and scrolled whole; after some of them
// everything that can be collected is collected, and the tab is weighed.
import { readdirSync, readFileSync } from "node:fs";
import { openTab } from "./tab.mjs";

const { address, user, password, studies, slices, marks, family, graphics } = JSON.parse(process.argv[2]);
const tab = await openTab({ width: 1280, height: 800, withinMs: 90_000 });
const COUNTED = ["HTMLCanvasElement", "WebGL2RenderingContext", "Worker", "AbortController", "ResizeObserver"];
const COLLECTIONS = 4;
const SETTLING_MS = 500;

/** Settles the studies with the page's own session: the list passes over what may still arrive. */
const settle = (uids) =>
  tab.evaluate(async (uids) => {
    const session = await (await fetch("/api/v1/session")).json();
    const headers = { "x-kontor-csrf": session.csrf };
    for (const uid of uids) {
      const answer = await fetch(`/api/v1/studies/${uid}/settle`, { method: "POST", headers });
      if (answer.status !== 204) throw new Error(`${uid} is not settled: ${answer.status}`);
    }
  }, uids);

/** Graphics in software give themselves another name, so that the page takes them for a card. */
const pretendCard = () =>
  tab.send("Page.addScriptToEvaluateOnNewDocument", {
    source: `{
      const asked = WebGL2RenderingContext.prototype.getParameter;
      WebGL2RenderingContext.prototype.getParameter = function (name) {
        return name === 0x9246 ? "A card" : asked.call(this, name);
      };
      const { getContext } = HTMLCanvasElement.prototype;
      HTMLCanvasElement.prototype.getContext = function (kind, wanted) {
        return getContext.call(this, kind, { ...wanted, failIfMajorPerformanceCaveat: false });
      };
      // The worker that looks for a card says that it found one.
      const Real = Worker;
      window.Worker = function (address, options) {
        if (!String(address).includes("graphics-card")) return new Real(address, options);
        const found = Object.assign(new EventTarget(), { terminate: () => undefined });
        setTimeout(() => found.dispatchEvent(new MessageEvent("message", { data: true })));
        return found;
      };
      window.Worker.prototype = Real.prototype; // living ones are counted by it
    }`,
  });

async function signIn() {
  await tab.send("Page.navigate", { url: `${address}/worklist?patient_name=${family}` });
  await tab.until(() => document.querySelector("input[type=password]") !== null);
  await tab.evaluate(() => document.querySelector("input:not([type=password])").focus());
  await tab.send("Input.insertText", { text: user });
  await tab.evaluate(() => document.querySelector("input[type=password]").focus());
  await tab.send("Input.insertText", { text: password });
  await tab.press("Enter");
  await tab.until(() => document.querySelector("[role=grid]") !== null);
}

async function openFirst() {
  await tab.send("Page.reload"); // the list as it is since the studies are settled
  await tab.until(() => document.querySelector(".study-row[aria-selected] .c-patient") !== null);
  await tab.evaluate(() => document.querySelector(".study-row[aria-selected]").click());
  await tab.until(() => document.querySelector(".timeline li") !== null);
  await tab.press("Enter");
}

async function readCase() {
  const whole = `${slices}: 0-${slices}`;
  await tab.until((whole) => document.querySelector(".viewport[data-drawn] .slice-loaded")?.dataset.runs === whole, whole);
  await tab.press("Home");
  await Promise.all(Array.from({ length: slices - 1 }, () => tab.press("ArrowDown")));
  const last = `.viewport[data-drawn][data-frame="${slices}"]`;
  await tab.until((last) => document.querySelector(last) !== null, last);
}

async function next() {
  const before = await tab.evaluate(() => document.querySelector("[data-drawn]").dataset.drawn);
  await tab.press("n");
  await tab.until((before) => {
    const drawn = document.querySelector("[data-drawn]")?.dataset.drawn;
    return drawn !== undefined && drawn !== before;
  }, before);
}

/** Which parts of a process are weighed: the browser's own files are not, whose share falls with every other browser that runs. */
const WEIGHED = ["Pss_Anon", "Pss_Shmem"];

/** Proportional set size of what a process has written, in MiB: memory that it shares counts in part. */
function writtenMib(pid) {
  const told = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  return WEIGHED.reduce((sum, part) => sum + Number(new RegExp(`^${part}:\\s+(\\d+)`, "m").exec(told)[1]), 0) / 1024;
}

const threadsNamed = (pid, name) =>
  readdirSync(`/proc/${pid}/task`).filter((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/comm`, "utf8").startsWith(name),
  ).length;

async function weigh(cases) {
  for (let turn = 0; turn < COLLECTIONS; turn += 1) {
    await tab.send("HeapProfiler.collectGarbage");
    await new Promise((settled) => setTimeout(settled, SETTLING_MS));
  }
  const { processInfo } = await tab.browser("SystemInfo.getProcessInfo");
  const heaviest = (type) =>
    processInfo.filter((one) => one.type === type).sort((a, b) => writtenMib(b.id) - writtenMib(a.id))[0].id;
  const { usedSize } = await tab.send("Runtime.getHeapUsage");
  const { nodes, jsEventListeners } = await tab.send("Memory.getDOMCounters");
  const alive = {};
  for (const name of COUNTED) alive[name] = await countAlive(name);
  return {
    cases,
    renderer_mib: writtenMib(heaviest("renderer")),
    gpu_mib: writtenMib(heaviest("GPU")),
    heap_mib: usedSize / 2 ** 20,
    nodes,
    listeners: jsEventListeners,
    workers: threadsNamed(heaviest("renderer"), "DedicatedWorker"),
    alive,
  };
}

async function countAlive(name) {
  const objectGroup = "counted";
  const { result } = await tab.send("Runtime.evaluate", { expression: `${name}.prototype`, objectGroup });
  const { objects } = await tab.send("Runtime.queryObjects", { prototypeObjectId: result.objectId, objectGroup });
  const { result: length } = await tab.send("Runtime.callFunctionOn", {
    objectId: objects.objectId,
    functionDeclaration: "function () { return this.length; }",
    returnByValue: true,
  });
  await tab.send("Runtime.releaseObjectGroup", { objectGroup });
  return length.value;
}

const weighed = [];
try {
  await tab.send("Page.enable"); // else no script is taken into new documents
  if (graphics) await pretendCard();
  await signIn();
  await settle(studies);
  await openFirst();
  const last = Math.max(...marks);
  for (let number = 1; number <= last; number += 1) {
    if (number > 1) await next();
    await readCase();
    if (!marks.includes(number)) continue;
    weighed.push(await weigh(number));
    process.stderr.write(`${JSON.stringify(weighed.at(-1))}\n`);
  }
  const renderer = await tab.evaluate(() => document.querySelector("[data-drawn]").dataset.renderer);
  console.log(JSON.stringify({ weighed, renderer }));
} finally {
  await tab.close();
}
