// Drawing and changing marks with a pointer, through turns and flips, and taking it back.
import { describe, expect, test } from "vitest";
import { framesOf } from "../../src/display";
import { DrawingTool, grabbing, KeyboardPointer, type MarkKind } from "../../src/tools";
import type { PaneGeometry, PointerTool } from "../../src/viewport";
import { instance } from "../display/fixtures";
import { frameWith, mark, over, pane, sample, slate } from "./pane";

function setUp(kind: MarkKind) {
  const { slate: drawn, kept } = slate();
  const frame = frameWith();
  return { tool: new DrawingTool(kind, { slate: drawn }), drawn, kept, frame, geometry: pane(frame) };
}

type Place = readonly [column: number, row: number];

function drag(tool: PointerTool, geometry: PaneGeometry, from: Place, to: Place): void {
  tool.down(over(geometry, ...from));
  tool.move(over(geometry, ...to));
  tool.up(over(geometry, ...to));
}

function click(tool: PointerTool, geometry: PaneGeometry, at: Place): void {
  tool.hover?.(over(geometry, ...at));
  tool.down(over(geometry, ...at));
  tool.up(over(geometry, ...at));
}

const pointsOf = (kept: ReadonlyMap<string, { readonly points: readonly Place[] }>) =>
  [...kept.values()].map(({ points }) =>
    points.map(([column, row]) => [column, row].map((one) => Math.round(one * 1e6) / 1e6)),
  );

const DIHEDRAL = [0, 1, 2, 3].flatMap((quarterTurns) =>
  [false, true].map((horizontal) => ({ quarterTurns, horizontal, vertical: false })),
);

describe("a length", () => {
  test.each(DIHEDRAL)("drawn under %o lies where the picture is", (flips) => {
    const { tool, kept, frame } = setUp("length");
    drag(tool, pane(frame, { flips, zoom: 17 }), [2, 1], [8, 5]);
    expect(pointsOf(kept)).toEqual([
      [
        [2, 1],
        [8, 5],
      ],
    ]);
  });

  test("belongs to the instance and frame that is painted", () => {
    const { tool, kept, frame, geometry } = setUp("length");
    drag(tool, geometry, [2, 1], [8, 5]);
    expect([...kept.values()]).toMatchObject([{ sopInstanceUid: frame.instance.sopInstanceUid, frame: 1 }]);
  });

  test("clinical 3.4: 34, shows on no other instance and on no other frame of its own", () => {
    const [first, second] = framesOf(instance({}, 2));
    if (first === undefined || second === undefined) throw new Error("the fixture holds two frames");
    const { slate: drawn } = slate();
    drawn.keep(mark("length", second, [1, 1], [2, 2]));
    expect([first, second, frameWith()].map((frame) => drawn.on(frame).length)).toEqual([0, 1, 0]);
  });

  test("is drawn by two clicks as well", () => {
    const { tool, kept, drawn, geometry } = setUp("length");
    click(tool, geometry, [2, 1]);
    expect(kept.size).toBe(0);
    tool.hover(over(geometry, 5, 5));
    expect(drawn.draft?.points).toHaveLength(2);
    click(tool, geometry, [8, 5]);
    expect(pointsOf(kept)).toEqual([
      [
        [2, 1],
        [8, 5],
      ],
    ]);
  });

  test("is not made of two clicks at one place", () => {
    const { tool, kept, geometry } = setUp("length");
    click(tool, geometry, [2, 1]);
    click(tool, geometry, [2, 1]);
    expect(kept.size).toBe(0);
  });

  test("begun on one image and ended on another is none", () => {
    const { tool, kept, drawn, geometry } = setUp("length");
    const other = pane(frameWith());
    tool.down(over(geometry, 2, 1));
    tool.move(over(other, 8, 5));
    tool.up(over(other, 8, 5));
    expect([kept.size, drawn.draft]).toEqual([0, null]);
  });

  test("nothing is drawn where nothing is painted", () => {
    const { tool, geometry } = setUp("length");
    expect(tool.down({ ...over(geometry, 1, 1), geometry: null, picture: null })).toBe(false);
  });

  test("given up leaves nothing", () => {
    const { tool, kept, drawn, geometry } = setUp("length");
    tool.down(over(geometry, 2, 1));
    tool.move(over(geometry, 8, 5));
    tool.cancel();
    tool.up(over(geometry, 8, 5));
    expect([kept.size, drawn.draft]).toEqual([0, null]);
  });
});

test("an angle is a drag to its vertex and a click", () => {
  const { tool, kept, geometry } = setUp("angle");
  drag(tool, geometry, [8, 1], [2, 1]);
  expect(kept.size).toBe(0);
  click(tool, geometry, [2, 6]);
  expect(pointsOf(kept)).toEqual([
    [
      [8, 1],
      [2, 1],
      [2, 6],
    ],
  ]);
});

test("an ellipse is drawn by its box and kept with the longer axis first", () => {
  const { tool, kept, geometry } = setUp("ellipse");
  drag(tool, geometry, [2, 1], [4, 7]);
  expect(pointsOf(kept)).toEqual([
    [
      [3, 1],
      [3, 7],
      [2, 4],
      [4, 4],
    ],
  ]);
});

test("a probe follows the press until it is let go", () => {
  const { tool, kept, geometry } = setUp("probe");
  drag(tool, geometry, [2, 1], [4, 7]);
  expect(pointsOf(kept)).toEqual([[[4, 7]]]);
});

describe("a mark that is there", () => {
  function drawn(kind: MarkKind, ...points: readonly Place[]) {
    const made = setUp(kind);
    const there = mark(kind, made.frame, ...points);
    made.drawn.keep(there);
    return { ...made, there };
  }

  test("is chosen by a click on its line and moved by it then", () => {
    const { tool, kept, drawn: on, geometry, there } = drawn("length", [2, 2], [8, 2]);
    drag(tool, geometry, [5, 2], [5, 4]);
    expect(kept.size).toBe(2);
    on.undo();
    click(tool, geometry, [5, 2]);
    expect(on.selected).toBe(there.id);
    drag(tool, geometry, [5, 2], [5, 4]);
    expect(pointsOf(kept)).toEqual([
      [
        [2, 4],
        [8, 4],
      ],
    ]);
  });

  test("is changed by the handle of its end", () => {
    const { tool, kept, drawn: on, geometry, there } = drawn("length", [2, 2], [8, 2]);
    on.select(there.id);
    drag(tool, geometry, [8, 2], [9, 6]);
    expect(pointsOf(kept)).toEqual([
      [
        [2, 2],
        [9, 6],
      ],
    ]);
  });

  test("of another kind is not changed: its end is where a new one may begin", () => {
    const { kept, drawn: on, geometry, there } = drawn("length", [2, 2], [8, 2]);
    on.select(there.id);
    drag(new DrawingTool("arrow", { slate: on }), geometry, [8, 2], [9, 6]);
    expect(kept.size).toBe(2);
    expect(pointsOf(kept)[0]).toEqual([
      [2, 2],
      [8, 2],
    ]);
  });

  test("of an ellipse keeps the other end of the axis that is pulled", () => {
    const { tool, kept, drawn: on, geometry, there } = drawn("ellipse", [1, 4], [7, 4], [4, 2], [4, 6]);
    on.select(there.id);
    drag(tool, geometry, [7, 4], [9, 5]);
    expect(pointsOf(kept)).toEqual([
      [
        [1, 4],
        [9, 4],
        [5, 2],
        [5, 6],
      ],
    ]);
  });

  test("is taken by a tool of the view only once it is chosen, and never by another button", () => {
    const { kept, drawn: on, geometry, there } = drawn("length", [2, 2], [8, 2]);
    const asked: string[] = [];
    const view: PointerTool = {
      down: () => {
        asked.push("down");
        return true;
      },
      move: () => asked.push("move"),
      up: () => asked.push("up"),
    };
    const tool = grabbing(view, on);
    click(tool, geometry, [5, 2]);
    expect([on.selected, asked]).toEqual([there.id, ["down", "up"]]);
    drag(tool, geometry, [8, 2], [8, 6]);
    expect(pointsOf(kept)).toEqual([
      [
        [2, 2],
        [8, 6],
      ],
    ]);
    tool.down({ ...over(geometry, 8, 6), button: "middle" });
    expect(asked).toEqual(["down", "up", "down"]);
  });

  test("is removed, brought back, and removed again", () => {
    const { kept, drawn: on, there } = drawn("length", [2, 2], [8, 2]);
    on.remove(there.id);
    on.undo();
    expect(pointsOf(kept)).toEqual([
      [
        [2, 2],
        [8, 2],
      ],
    ]);
    on.redo();
    expect(kept.size).toBe(0);
    on.undo();
    on.undo();
    expect([kept.size, on.canUndo, on.canRedo]).toEqual([0, false, true]);
  });
});

test("a second calibration of a frame takes the place of the first, and undo brings that back", () => {
  const { drawn: on, kept, frame } = setUp("calibration");
  const first = { ...mark("calibration", frame, [0, 0], [0, 8]), millimetres: 10 };
  on.keep(first);
  on.keep({ ...mark("calibration", frame, [0, 0], [8, 0]), id: "f".repeat(32), millimetres: 20 });
  expect([kept.size, on.calibrationOf(frame)?.millimetres]).toEqual([1, 20]);
  on.undo();
  expect(on.calibrationOf(frame)).toMatchObject({ millimetres: 10, by: "Dr. B" });
  expect(on.calibrationOf(frameWith())).toBeNull();
});

test("the keyboard draws with a crosshair from the middle of the pane", () => {
  const { tool, kept, drawn: on, geometry } = setUp("length");
  const host = Object.assign(document.createElement("div"), {});
  Object.defineProperties(host, { clientWidth: { value: 400 }, clientHeight: { value: 300 } });
  const keyboard = new KeyboardPointer(on);
  keyboard.start({ host, geometry: () => geometry, tool });
  keyboard.set();
  for (let step = 0; step < 3; step++) keyboard.move(10, 0);
  keyboard.move(0, -7);
  keyboard.set();
  const [from, to] = [sample(geometry, [200, 150]).picture, sample(geometry, [230, 143]).picture];
  expect([...kept.values()][0]?.points).toEqual([from, to]);
  keyboard.move(10_000, 0);
  expect(on.crosshair?.css).toEqual([400, 143]);
  keyboard.end();
  expect([on.crosshair, keyboard.isActive]).toEqual([null, false]);
});
