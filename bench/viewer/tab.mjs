// A tab driven over the DevTools protocol alone: Playwright has the page's process keep the bodies of all answers for its own
// questions, up to some hundred megabytes, and they would be weighed with the page.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHROMIUM, FLAGS } from "../../tests/browser/browser.mjs";

const KEYS = {
  Enter: { code: "Enter", windowsVirtualKeyCode: 13, text: "\r" },
  Home: { code: "Home", windowsVirtualKeyCode: 36 },
  ArrowDown: { code: "ArrowDown", windowsVirtualKeyCode: 40 },
  n: { code: "KeyN", windowsVirtualKeyCode: 78, text: "n" },
};
const POLL_MS = 50;

/** A browser of its own with one tab; `withinMs` is how long `until` waits. */
export async function openTab({ width, height, withinMs }) {
  const folder = mkdtempSync(join(tmpdir(), "kontor-tab-"));
  const flags = [`--window-size=${width},${height}`, `--user-data-dir=${folder}`, "--lang=de-DE"];
  const started = spawn(CHROMIUM, [...FLAGS, "--headless=new", "--remote-debugging-port=0", ...flags], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const line = await connected(await addressOf(started));
  const { targetId } = await line.send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await line.send("Target.attachToTarget", { targetId, flatten: true });
  const send = (method, parameters = {}) => line.send(method, parameters, sessionId);
  const evaluate = async (act, ...given) => {
    const expression = `(${act})(...${JSON.stringify(given)})`;
    const { result, exceptionDetails } = await send("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? "it threw");
    return result.value;
  };
  return {
    send,
    evaluate,
    /** Asks until the page answers with something true. */
    async until(act, ...given) {
      const deadline = Date.now() + withinMs;
      while (!(await evaluate(act, ...given))) {
        if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${act} of ${JSON.stringify(given)}`);
        await new Promise((soon) => setTimeout(soon, POLL_MS));
      }
    },
    async press(key) {
      const { text, ...rest } = KEYS[key];
      await Promise.all([
        send("Input.dispatchKeyEvent", { type: text === undefined ? "rawKeyDown" : "keyDown", key, text, ...rest }),
        send("Input.dispatchKeyEvent", { type: "keyUp", key, ...rest }),
      ]);
    },
    /** Of the whole browser: its processes. */
    browser: (method, parameters = {}) => line.send(method, parameters),
    async close() {
      const gone = new Promise((resolve) => started.once("exit", resolve));
      started.kill();
      await gone;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Chromium says where it listens as soon as it does. */
async function addressOf(started) {
  let said = "";
  for await (const piece of started.stderr) {
    said += piece;
    const found = /DevTools listening on (ws:\S+)/.exec(said);
    if (found !== null) return found[1];
  }
  throw new Error(`Chromium did not start: ${said}`);
}

async function connected(address) {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve);
    socket.addEventListener("error", reject);
  });
  const waiting = new Map();
  socket.addEventListener("message", ({ data }) => {
    const { id, result, error } = JSON.parse(data);
    const asker = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) asker?.resolve(result);
    else asker?.reject(new Error(`${asker.method}: ${error.message}`));
  });
  let last = 0;
  return {
    send(method, params, sessionId) {
      last += 1;
      socket.send(JSON.stringify({ id: last, method, params, sessionId }));
      return new Promise((resolve, reject) => waiting.set(last, { resolve, reject, method }));
    },
  };
}
