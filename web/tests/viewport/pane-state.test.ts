// What is kept for a display set, and which table a drawing needs.
import { describe, expect, test } from "vitest";
import {
  type DisplaySet,
  displaySets,
  FITTED,
  type GreyPipeline,
  readPresentationState,
  shownWindow,
  type Voi,
  withWindow,
} from "../../src/display";
import {
  changedLook,
  firstState,
  frameAt,
  lookAt,
  movedTo,
  presenting,
  resetLook,
} from "../../src/viewport/planar/pane-state";
import { ShadingMemo } from "../../src/viewport/planar/shading-memo";
import { frame, instance, slice } from "../display/fixtures";

function stack(count: number): DisplaySet {
  const [set] = displaySets(Array.from({ length: count }, (_, index) => slice(index, index))).sets;
  if (set === undefined) throw new Error("no set");
  return set;
}

const lung: Voi = { kind: "window", window: { centre: -600, width: 1500, shape: "LINEAR" } };

describe("a display set", () => {
  test("opens in its middle, and moves no further than its ends", () => {
    const set = stack(5);
    expect(firstState(set).index).toBe(2);
    expect([-3, 1, 9].map((index) => movedTo(firstState(set), set, index).index)).toEqual([0, 1, 4]);
    expect(frameAt(set, movedTo(firstState(set), set, 0))?.plane?.position[2]).toBe(4);
  });

  test("reset gives back window, polarity and view as at first load, and stays at the image", () => {
    const set = stack(5);
    const changed = changedLook(movedTo(firstState(set), set, 4), false, (look) => ({
      ...look,
      chosen: lung,
      inverted: true,
    }));
    expect(changedLook(changed, false, resetLook)).toEqual({ ...firstState(set), index: 4 });
  });

  describe("clinical 8.9: with a presentation state", () => {
    const state = readPresentationState(instance());
    const zoomed = { ...FITTED, zoom: 3 };
    const before = changedLook(firstState(stack(5)), false, (look) => ({ ...look, chosen: lung }));
    const changed = changedLook(presenting(before, state), true, (look) => ({ ...look, view: zoomed, inverted: true }));

    test("what the reader changes on its images leaves the others as they are", () => {
      expect(lookAt(changed, true)).toMatchObject({ view: zoomed, inverted: true, chosen: null });
      expect(lookAt(changed, false)).toEqual(before.look);
    });

    test("reset gives the state's values back, not the header's", () => {
      const reset = changedLook(changed, true, resetLook);
      expect(reset.presented?.state).toBe(state);
      expect(lookAt(reset, true)).toMatchObject({ view: null, inverted: false, chosen: null });
      expect(lookAt(reset, false).chosen).toBe(lung);
    });

    test("clinical 8.12: taken off, all is as it was before", () => {
      expect(presenting(changed, null)).toEqual(before);
    });
  });
});

describe("a window", () => {
  test("in LINEAR never gets narrower than 1, in the others never 0", () => {
    expect(shownWindow(withWindow(lung, -600, -20)).width).toBe(1);
    const exact: Voi = { kind: "window", window: { centre: 0, width: 5, shape: "LINEAR_EXACT" } };
    expect(shownWindow(withWindow(exact, 0, -20)).width).toBeGreaterThan(0);
  });

  test("on a LUT keeps the LUT", () => {
    const lut: Voi = {
      kind: "lut",
      lut: { firstMapped: 10, bits: 8, entries: Uint16Array.of(0, 9, 255) },
      window: null,
    };
    expect(shownWindow(lut)).toEqual({ centre: 11, width: 2, shape: "LINEAR_EXACT" });
    expect(withWindow(lut, 11, 4).kind).toBe("lut");
  });
});

test("a table is built anew only when something that makes it has changed", () => {
  const memo = new ShadingMemo();
  const { layout, transform, padding } = frame();
  const pipeline: GreyPipeline = { transform, padding, voi: lung, inverted: false };
  const first = memo.of(pipeline, layout);
  expect(memo.of({ ...pipeline, transform: { ...transform }, voi: { ...lung } }, { ...layout })).toBe(first);
  expect(memo.of({ ...pipeline, inverted: true }, layout)).not.toBe(first);
  const presentation = { firstMapped: 0, bits: 8, entries: Uint16Array.of(0, 255) };
  memo.of(pipeline, layout);
  expect(memo.of({ ...pipeline, presentation }, layout)).not.toBe(memo.of(pipeline, layout));
  const padded = memo.of({ ...pipeline, padding: { low: 0, high: 9 } }, layout);
  const shifted = memo.of({ ...pipeline, padding: { low: 5, high: 9 } }, layout);
  expect(shifted).not.toBe(padded);
  expect(memo.of({ ...pipeline, padding: { low: 5, high: 7 } }, layout)).not.toBe(shifted);
});
