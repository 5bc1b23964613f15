// Windows that show images know of each other: another patient, the same study, and that one was closed.
import { expect, test, vi } from "vitest";
import type { StudyRow } from "../../src/api";
import { type Channel, type Companion, Companions, type OpenStudy } from "../../src/reading/companions";
import { patientKey } from "../../src/reading/use-companions";
import type { Focus } from "../../src/viewport";
import { study } from "../app/server";

/** Windows of one browser: what one says, all others hear. */
class Browser {
  readonly channels: Channel[] = [];
  readonly gone = new Map<string, () => void>();

  window(id: string, open: OpenStudy, second = false) {
    const seen = { companions: [] as readonly Companion[] };
    const heard = { onClosed: vi.fn(), onTogether: vi.fn(), onFocus: vi.fn() };
    const channel: Channel = {
      onmessage: null,
      postMessage: (data) => {
        for (const other of [...this.channels])
          if (other !== channel) other.onmessage?.(new MessageEvent("message", { data: structuredClone(data) }));
      },
      close: () => this.channels.splice(this.channels.indexOf(channel), 1),
    };
    this.channels.push(channel);
    const companions = new Companions(open, {
      channel,
      id,
      second,
      untilGone: (other) => new Promise((done) => this.gone.set(other, done)),
      onChange: (all) => {
        seen.companions = all;
      },
      ...heard,
    });
    return { companions, seen, ...heard };
  }
}

const anna: OpenStudy = { study: "1.2.1", studyKey: "", patient: "H 1", name: "Muster, Anna" };
const berta: OpenStudy = { study: "1.2.2", studyKey: "", patient: "H 2", name: "Beispiel, Berta" };

test("each learns of the other, whichever came first, and which patient it shows", () => {
  const browser = new Browser();
  const first = browser.window("a", anna);
  const second = browser.window("b", berta);
  expect(first.seen.companions.map(({ patient, name }) => [patient, name])).toEqual([["H 2", "Beispiel, Berta"]]);
  expect(second.seen.companions.map(({ patient }) => patient)).toEqual(["H 1"]);
});

test("switches and places go along within one study, and not into another", () => {
  const browser = new Browser();
  const first = browser.window("a", anna);
  const same = browser.window("b", anna, true);
  const other = browser.window("c", berta);
  const focus = { current: 1 } as unknown as Focus; // passed on as it is
  first.companions.tellTogether({ linked: true, localiser: false, hung: ["1.2.1.5"] });
  first.companions.tellFocus(focus);
  expect(same.onTogether).toHaveBeenCalledWith({ linked: true, localiser: false, hung: ["1.2.1.5"] });
  expect(same.onFocus).toHaveBeenCalledWith(focus);
  expect(same.seen.companions.find(({ id }) => id === "a")?.hung).toEqual(["1.2.1.5"]);
  expect(other.onTogether).not.toHaveBeenCalled();
  expect(other.onFocus).not.toHaveBeenCalled();
});

test("two patients under one study UID do not steer each other's windows", () => {
  const browser = new Browser();
  const first = browser.window("a", anna);
  const other = browser.window("b", { ...berta, study: anna.study, studyKey: "berta" });
  first.companions.tellTogether({ linked: true, localiser: false, hung: [] });
  first.companions.tellFocus({ current: 1 } as unknown as Focus);
  expect(other.onTogether).not.toHaveBeenCalled();
  expect(other.onFocus).not.toHaveBeenCalled();
});

test("a window that was closed or has crashed is gone and it is said; one that went to another page is only gone", async () => {
  const browser = new Browser();
  const first = browser.window("a", anna);
  const closed = browser.window("b", anna);
  closed.companions.leave(true);
  expect([first.seen.companions, first.onClosed.mock.calls.length]).toEqual([[], 1]);
  browser.window("c", berta);
  browser.channels.pop(); // it says nothing any more
  browser.gone.get("c")?.();
  await vi.waitFor(() => expect(first.seen.companions).toEqual([]));
  expect(first.onClosed).toHaveBeenCalledTimes(2);
  browser.window("d", anna).companions.leave(false);
  expect([first.seen.companions, first.onClosed.mock.calls.length]).toEqual([[], 2]);
});

test("persons whose identity clashes or who have no number are told apart by their study, and everybody by number otherwise", () => {
  const of = (number: number, patient: Partial<StudyRow["patient"]>, part: Partial<StudyRow> = {}): string =>
    patientKey(study(number, { patient: { ...study(1).patient, ...patient }, ...part }));
  expect(of(1, {})).toBe(of(2, {}));
  expect(of(1, {}), "the number is another person's too").not.toBe(of(2, {}, { identity: "unresolved" }));
  expect(of(1, { issuer: "A" })).not.toBe(of(2, { issuer: "B" }));
  const nobody = { patient_id: "" };
  expect(of(1, nobody), "two under one Study Instance UID").not.toBe(of(1, nobody, { study_key: "77" }));
});
