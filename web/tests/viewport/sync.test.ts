// @vitest-environment node
// Scrolling together in millimetres and reference lines, with numbers (clinical rules 6.2.12 to 6.2.17).
import { describe, expect, test } from "vitest";
import { type Dataset, type DisplaySet, displaySets, resolveView, Tags } from "../../src/display";
import {
  alignedIndex,
  couplingOf,
  type Focus,
  focusOf,
  offsetFrom,
  type PlaneArea,
  paneGeometry,
  planeArea,
  referenceLine,
} from "../../src/viewport";
import { mirrored, turned } from "../../src/viewport/planar/pane-state";
import { element, frame, instance } from "../display/fixtures";

const AXIAL = [1, 0, 0, 0, 1, 0];
const FROM_FEET = [1, 0, 0, 0, -1, 0]; // normal towards the feet
const CORONAL = [1, 0, 0, 0, 0, -1];

function stack(depths: readonly number[], changes: Dataset = {}, directions = AXIAL): DisplaySet {
  const [set] = displaySets(
    depths.map((z, index) =>
      instance({
        [Tags.ImageOrientationPatient]: element("DS", ...directions),
        [Tags.ImagePositionPatient]: element("DS", 100, 200, z),
        [Tags.InstanceNumber]: element("IS", index),
        ...changes,
      }),
    ),
  ).sets;
  if (set === undefined) throw new Error("no set");
  return set;
}

const range = (from: number, step: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => from + step * index);
const leading = (set: DisplaySet, z: number): Focus => {
  const at = set.frames.findIndex((one) => one.plane?.position[2] === z);
  const focus = focusOf(set, at);
  if (focus === null) throw new Error("no place");
  return focus;
};
const zOf = (set: DisplaySet, index: number): number | undefined => set.frames[index]?.plane?.position[2];
const otherFrame = { [Tags.FrameOfReferenceUID]: element("UI", "9.9") };

describe("stacks of one frame of reference", () => {
  const thin = stack(range(0, 1, 60));
  const thick = stack(range(0.5, 5, 12), {}, FROM_FEET);

  test("go along in millimetres, whatever their spacing and direction of acquisition", () => {
    expect(couplingOf(leading(thin, 20), thick)).toEqual({ kind: "absolute" });
    for (const z of [0, 17, 23, 44])
      expect(zOf(thick, alignedIndex(leading(thin, z), thick, "absolute", 0))).toBe(
        0.5 + 5 * Math.round((z - 0.5) / 5),
      );
  });

  test("at the end of the shorter one it stops, and the distance is said with its sign towards the head", () => {
    const short = stack(range(10, 1, 5));
    const focus = leading(thin, 30);
    const index = alignedIndex(focus, short, "absolute", 0);
    expect(zOf(short, index)).toBe(14);
    const area = planeArea(short.frames[index] ?? frame());
    expect(area === null ? null : offsetFrom(focus, area, "absolute")).toBe(-16);
  });
});

test("without a common frame of reference only the distance set by hand is kept", () => {
  const here = stack(range(0, 1, 40));
  const there = stack(range(500, 2, 40), otherFrame);
  expect(couplingOf(leading(here, 10), there)).toEqual({ kind: "by-hand" });
  expect(zOf(there, alignedIndex(leading(here, 10), there, "manual", 512))).toBe(522);
  expect(zOf(there, alignedIndex(leading(here, 14), there, "manual", 512))).toBe(526);
});

test("no stack goes along with other planes, without position, or alone; an empty frame of reference equals none", () => {
  const focus = leading(stack(range(0, 1, 9)), 4);
  const why = (set: DisplaySet): unknown => {
    const way = couplingOf(focus, set);
    return way.kind === "refused" ? way.why : way.kind;
  };
  const coronal = [0, 1, 2].map((y) => ({ [Tags.ImagePositionPatient]: element("DS", 0, y, 0) }));
  const [across] = displaySets(
    coronal.map((place) => instance({ ...place, [Tags.ImageOrientationPatient]: element("DS", ...CORONAL) })),
  ).sets;
  expect(across === undefined ? null : why(across)).toBe("planes-differ");
  expect(why(stack([3]))).toBe("one-image");
  expect(
    why(
      stack(
        [1, 1, 1].map((z) => z),
        { [Tags.ImagePositionPatient]: element("DS", 0, 0, 1) },
      ),
    ),
  ).toBe("no-position");
  const nameless = stack(range(0, 1, 9), { [Tags.FrameOfReferenceUID]: element("UI") });
  const own = focusOf(nameless, 4);
  expect(own === null ? null : couplingOf(own, nameless).kind).toBe("by-hand");
});

describe("a reference line", () => {
  /** 10 columns of 0.5 mm, 8 rows of 1 mm: anisotropic, so that swapped axes fail. */
  const area = (directions: readonly number[], position: readonly number[], changes: Dataset = {}): PlaneArea => {
    const made = planeArea(
      frame({
        [Tags.ImageOrientationPatient]: element("DS", ...directions),
        [Tags.ImagePositionPatient]: element("DS", ...position),
        ...changes,
      }),
    );
    if (made === null) throw new Error("no plane");
    return made;
  };
  const axial = area(AXIAL, [0, 0, 0]);

  test("of a coronal image lies on its row of the axial one, across the columns that both share", () => {
    // Coronal at y = 3, from x = 1.5: column 3 of the axial image and onwards; its ends are pixel edges.
    const line = referenceLine(area(CORONAL, [1.5, 3, 4]), axial);
    const ends = [...(line ?? [])].sort((a, b) => a[0] - b[0]);
    expect(ends[0]?.map((at) => Math.round(at * 1e6) / 1e6)).toEqual([3, 3.5]);
    expect(ends[1]?.map((at) => Math.round(at * 1e6) / 1e6)).toEqual([10, 3.5]);
  });

  test("of an axial image on the coronal one counts rows of 1 mm downwards from the head", () => {
    const line = referenceLine(axial, area(CORONAL, [0, 3, 5]));
    expect(line?.map(([, row]) => Math.round(row * 1e6) / 1e6)).toEqual([5.5, 5.5]);
  });

  test("is none between parallel planes, beyond the edges, and between frames of reference", () => {
    expect(referenceLine(area(AXIAL, [0, 0, 2]), axial)).toBeNull();
    expect(referenceLine(area(CORONAL, [0, 30, 4]), axial)).toBeNull();
    expect(referenceLine(area(CORONAL, [0, 3, 40]), axial)).toBeNull();
    expect(referenceLine(area(CORONAL, [0, 3, 4], otherFrame), axial)).toBeNull();
    const tilted = [Math.cos(0.05), 0, Math.sin(0.05), 0, 1, 0]; // 2.9 degrees
    expect(referenceLine(area(tilted, [0, 0, 0]), axial)).toBeNull();
  });

  test("lies at the same pixels of the picture after every turn and flip", () => {
    const line = referenceLine(area(CORONAL, [0, 3, 4]), axial);
    const size = { columns: 10, rows: 8, aspect: 2 };
    const canvas = { size: { width: 200, height: 200 }, ratio: 1 };
    let view = { zoom: 10, pan: [0, 0] as const, flips: { horizontal: false, vertical: false, quarterTurns: 0 } };
    const seen: string[] = [];
    for (const act of ["none", "turn", "mirror", "turn", "turn", "turn"] as const) {
      if (act === "turn") view = { ...turned(view, 1), zoom: 10, pan: [0, 0] };
      if (act === "mirror") view = { ...mirrored(view, "vertical"), zoom: 10, pan: [0, 0] };
      const geometry = paneGeometry({ frame: frame(), values: null }, resolveView(view, size, canvas.size), canvas);
      const [from, to] = (line ?? []).map((at) => geometry.toCanvas(at).map(Math.round));
      seen.push(`${from} ${to}`);
    }
    // Upright: row 3.5 of 8 rows of 20 px around the middle; each turn swaps the axes.
    expect(seen[0]).toBe("50,90 150,90");
    expect(seen[1]).toBe("110,50 110,150");
    expect(seen[2]).toBe("110,150 110,50");
    expect(new Set(seen).size).toBe(6);
  });
});

describe("a turn", () => {
  const view = { zoom: 2, pan: [10, 4] as const, flips: { horizontal: false, vertical: false, quarterTurns: 0 } };

  test("keeps what lies in the middle of the canvas there, four of them are none", () => {
    expect(turned(view, 1)).toEqual({ ...view, pan: [-4, 10], flips: { ...view.flips, quarterTurns: 1 } });
    expect(turned(turned(view, 1), -1)).toEqual(view);
    expect([1, 2, 3, 4].reduce((now) => turned(now, 1), view as Parameters<typeof turned>[0])).toEqual(view);
  });

  test("then mirrored left and right swaps the sides of the screen, not those of the picture", () => {
    const lying = mirrored(turned(view, 1), "horizontal");
    expect(lying.flips).toEqual({ horizontal: false, vertical: true, quarterTurns: 1 });
    expect(lying.pan).toEqual([4, 10]);
  });
});
