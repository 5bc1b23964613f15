// A run is played as its header says; what is late is passed over, and what is shown is counted.
import { describe, expect, test, vi } from "vitest";
import { type Dataset, displaySets, Tags } from "../../src/display";
import { wordsOf } from "../../src/locale";
import { Cine, type FrameClock } from "../../src/reading/cine";
import { cineText } from "../../src/reading/cine-note";
import { cineSpeed, dueIndex } from "../../src/reading/cine-speed";
import type { PaneReport } from "../../src/viewport";
import { element, instance } from "../display/fixtures";

function run(changes: Dataset, count = 30) {
  const [set] = displaySets([instance({ [Tags.NumberOfFrames]: element("IS", count), ...changes }, count)]).sets;
  if (set === undefined) throw new Error("no set");
  return set;
}

describe("the rate", () => {
  test("is the recommended one, else that of the frame time, its vector, the cine rate, else unknown", () => {
    const told: Dataset = {
      [Tags.RecommendedDisplayFrameRate]: element("IS", 15),
      [Tags.FrameTime]: element("DS", 40),
      [Tags.FrameTimeVector]: element("DS", 0, 100, 100),
      [Tags.CineRate]: element("IS", 12),
    };
    const without = (...tags: string[]): Dataset =>
      Object.fromEntries(Object.entries(told).filter(([tag]) => !tags.includes(tag)));
    expect(cineSpeed(run(told)).perSecond).toBe(15);
    const first = Tags.RecommendedDisplayFrameRate;
    expect(cineSpeed(run(without(first))).perSecond).toBe(25);
    expect(cineSpeed(run(without(first, Tags.FrameTime))).perSecond).toBe(10);
    expect(cineSpeed(run(without(first, Tags.FrameTime, Tags.FrameTimeVector)))).toMatchObject({
      perSecond: 12,
      unknown: false,
    });
    expect(cineSpeed(run({}))).toEqual({ perSecond: 10, unknown: true, sweep: false });
  });

  test("goes round, or back and forth where the header asks for it", () => {
    expect([0, 1, 2, 3, 4, 5].map((step) => dueIndex(step, 3, false))).toEqual([0, 1, 2, 0, 1, 2]);
    expect([0, 1, 2, 3, 4, 5].map((step) => dueIndex(step, 3, true))).toEqual([0, 1, 2, 1, 0, 1]);
    expect(cineSpeed(run({ [Tags.PreferredPlaybackSequencing]: element("US", 1) })).sweep).toBe(true);
  });
});

/** A display whose frames come when the test says so. */
class Display implements FrameClock {
  private waiting: ((now: number) => void) | null = null;
  request = (act: (now: number) => void): number => {
    this.waiting = act;
    return 1;
  };
  cancel = (): void => {
    this.waiting = null;
  };
  frame(now: number): void {
    const act = this.waiting;
    this.waiting = null;
    act?.(now);
  }
}

describe("playing", () => {
  function playing(perSecond: number, ready: (index: number) => boolean = () => true) {
    const set = run({ [Tags.CineRate]: element("IS", perSecond) });
    const display = new Display();
    const shown: number[] = [];
    const onChange = vi.fn();
    const cine = new Cine(display, onChange);
    const pane = {
      index: 0,
      isReady: ready,
      moveTo(index: number) {
        pane.index = index;
        shown.push(index);
      },
    };
    cine.start(2, pane, set);
    const drew = (index: number): void =>
      cine.drew({ set, index, content: { kind: "picture" } } as unknown as PaneReport); // what a run reads of it
    return { cine, display, shown, drew, onChange, pane };
  }

  test("a slow display passes images over instead of lagging", () => {
    const { display, shown } = playing(30);
    for (const now of [1000, 1100, 1200, 1500]) display.frame(now);
    expect(shown).toEqual([3, 6, 15]);
  });

  test("an image that has not arrived is not waited for", () => {
    const { display, shown } = playing(10, (index) => index % 2 === 0);
    for (const now of [0, 100, 200, 300, 400]) display.frame(now);
    expect(shown).toEqual([2, 4]);
  });

  test("says the measured rate once a second has passed, and that it is slower than wanted", () => {
    const { cine, display, drew, pane } = playing(30);
    for (let now = 0; now <= 2000; now += 100) {
      display.frame(now);
      drew(pane.index);
    }
    expect(cine.note()).toEqual({ wanted: 30, unknown: false, shown: 10 });
    const de = wordsOf("de");
    expect(cineText({ wanted: 30, unknown: false, shown: 12 }, de)).toBe("12/30 Bilder/s");
    expect(cineText({ wanted: 30, unknown: false, shown: 30 }, de)).toBe("30 Bilder/s");
    expect(cineText({ wanted: 10, unknown: true, shown: null }, de)).toBe("10 Bilder/s, Zeit unbekannt");
  });

  test("ends when another set hangs in its place", () => {
    const { cine, onChange } = playing(30);
    expect(cine.place).toBe(2);
    cine.drew({ set: run({}), index: 0, content: { kind: "waiting" } } as unknown as PaneReport);
    expect(cine.place).toBeNull();
    expect(onChange).toHaveBeenLastCalledWith(null);
  });
});
