// Leaving the images gives the worklist back as it was left, filters and all.
import { expect, test } from "vitest";
import { Navigator } from "../../src/shell";

const reading = { page: "reading", study: "1.2.3", studyKey: "" } as const;
const worklist = { page: "worklist", filter: "" } as const;

/** A window with just enough history: `address` is where it stands. */
function browser(path: string, search: string) {
  const entries = [path + search];
  let popped = (): void => undefined;
  const location = { pathname: path, search };
  const show = (): void => {
    const url = new URL(entries.at(-1) ?? "", "http://kontor.test");
    Object.assign(location, { pathname: url.pathname, search: url.search });
  };
  const history = {
    pushState(_: unknown, __: string, address: string): void {
      entries.push(address);
      show();
    },
    replaceState(_: unknown, __: string, address: string): void {
      entries.splice(-1, 1, address);
      show();
    },
    back(): void {
      entries.pop();
      show();
      popped();
    },
  };
  const addEventListener = (_: string, listener: () => void): void => {
    popped = listener;
  };
  // Only what Navigator uses; a whole Window is beyond a test.
  const view = { location, history, addEventListener } as unknown as Window;
  return { navigator: new Navigator(view), entries };
}

test("opened from a filtered worklist, its filter is there again", () => {
  const { navigator, entries } = browser("/worklist", "?modality=CT");
  navigator.go(reading);
  navigator.leaveFor(worklist);
  expect(navigator.place()).toEqual({ page: "worklist", filter: "modality=CT" });
  expect(entries).toEqual(["/worklist?modality=CT"]);
});

test("opened by its address, the worklist opens anew instead of leaving Kontor", () => {
  const { navigator, entries } = browser("/studies/1.2.3", "");
  navigator.leaveFor(worklist);
  expect(entries).toEqual(["/studies/1.2.3", "/worklist"]);
});
