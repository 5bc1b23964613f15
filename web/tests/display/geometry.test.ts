// Planes, letters and views: there and back again, and what a reader would say by looking.
import { describe, expect, test } from "vitest";
import {
  actualZoom,
  canvasPoint,
  type Flips,
  fitZoom,
  lettersOf,
  lettersOfDirections,
  lettersOfPatientOrientation,
  patientToPixel,
  pixelPoint,
  pixelToPatient,
  planeName,
  resolveView,
  Tags,
  toCanvas,
  toPicture,
  UPRIGHT,
  type Vector,
  zoomedAt,
} from "../../src/display";
import { element, frame } from "./fixtures";

const X: Vector = [1, 0, 0];
const Y: Vector = [0, 1, 0];
const DOWN: Vector = [0, 0, -1];
const flips = (horizontal: boolean, vertical: boolean, quarterTurns: number): Flips => ({
  horizontal,
  vertical,
  quarterTurns,
});
const everyFlip = [false, true].flatMap((h) => [false, true].flatMap((v) => [0, 1, 2, 3].map((q) => flips(h, v, q))));

describe("plane", () => {
  const plane = frame().plane;
  if (plane === null) throw new Error("no plane");

  test("row spacing is the distance between rows: pixel 3, 2 lies 1.5 mm to the left and 2 mm behind the first", () => {
    expect([...pixelToPatient(plane, pixelPoint(3, 2))]).toEqual([101.5, 202, 300]);
  });

  test("there and back again", () => {
    expect([...patientToPixel(plane, pixelToPatient(plane, pixelPoint(7.25, -3.5)))]).toEqual([7.25, -3.5]);
  });

  test("absent or oblique-angled directions are no plane", () => {
    expect(frame({ [Tags.ImageOrientationPatient]: element("DS") }).plane).toBeNull();
    expect(frame({ [Tags.ImageOrientationPatient]: element("DS", 1, 0, 0, 1, 0, 0) }).plane).toBeNull();
    expect(frame({ [Tags.PixelSpacing]: element("DS", 0, 1) }).plane).toBeNull();
  });

  test("names hold within ten degrees", () => {
    const tilted = (degrees: number): Vector => [
      0,
      Math.sin((degrees * Math.PI) / 180),
      Math.cos((degrees * Math.PI) / 180),
    ];
    expect([0, 19, 21, 69, 71].map((degrees) => planeName(tilted(degrees)))).toEqual([
      "axial",
      "axial",
      "oblique",
      "oblique",
      "coronal",
    ]);
    expect(planeName([-1, 0, 0])).toBe("sagittal");
  });
});

describe("orientation letters", () => {
  test("components are named by size, those below 0.17 not at all", () => {
    expect(lettersOf([-0.9, 0.4, 0.1])).toBe("RP");
    expect(lettersOf([0.5, -0.6, 0.62])).toBe("HAL");
  });

  test.each([
    [UPRIGHT, "A L P R"],
    [flips(true, false, 0), "A R P L"],
    [flips(false, true, 0), "P L A R"],
    [flips(false, false, 1), "R A L P"],
    [flips(false, false, 2), "P R A L"],
    [flips(true, false, 1), "L A R P"],
  ])("an axial image under %o reads top right bottom left %s", (view, letters) => {
    const { top, right, bottom, left } = lettersOfDirections(X, Y, view);
    expect([top, right, bottom, left].join(" ")).toBe(letters);
  });

  test.each([
    ["coronal", X, DOWN, "H L F R"],
    ["sagittal", Y, DOWN, "H P F A"],
  ] as const)("a %s image reads %s", (_, row, column, letters) => {
    const { top, right, bottom, left } = lettersOfDirections(row, column, UPRIGHT);
    expect([top, right, bottom, left].join(" ")).toBe(letters);
  });

  test.each(everyFlip)("opposite edges stay opposite and the picture point follows the letters under %o", (view) => {
    const size = { columns: 10, rows: 8, aspect: 1 };
    const canvas = { width: 100, height: 100 };
    const { toPicture: matrix } = resolveView({ zoom: 4, pan: [0, 0], flips: view }, size, canvas);
    const [column0, row0] = toPicture(matrix, canvasPoint(50, 50));
    const [column1, row1] = toPicture(matrix, canvasPoint(54, 50));
    const moved: Vector = [column1 - column0, row1 - row0, 0]; // X is along columns, Y along rows
    expect(lettersOf(moved)).toBe(lettersOfDirections(X, Y, view).right);
  });

  test("radiographs take their letters from Patient Orientation, per character, and from nothing else", () => {
    const oriented = (...values: string[]) =>
      lettersOfPatientOrientation({ [Tags.PatientOrientation]: element("CS", ...values) }, UPRIGHT);
    expect(oriented("L", "FR")).toEqual({ right: "L", left: "R", bottom: "FR", top: "HL" });
    expect(oriented("L")).toBeNull();
    expect(oriented("", "F")).toBeNull();
    expect(lettersOfPatientOrientation({}, UPRIGHT)).toBeNull();
  });
});

describe("view", () => {
  const picture = { columns: 512, rows: 256, aspect: 2 };
  const canvas = { width: 1001, height: 701 };

  test("fits the true proportions: 256 rows of double height are as tall as 512 columns are wide", () => {
    expect(fitZoom(picture, canvas, UPRIGHT)).toBeCloseTo(701 / 512, 9);
    expect(fitZoom({ columns: 100, rows: 50, aspect: 1 }, { width: 50, height: 1000 }, flips(false, false, 1))).toBe(1);
  });

  test("1:1 shows at least one device pixel of each image pixel in both directions", () => {
    expect([actualZoom(picture), actualZoom({ ...picture, aspect: 0.5 })]).toEqual([1, 2]);
  });

  test("1:1 lies on whole device pixels, whatever the parity of the canvas", () => {
    const view = resolveView(
      { zoom: 1, pan: [0.3, 0.7], flips: UPRIGHT },
      { columns: 512, rows: 256, aspect: 1 },
      canvas,
    );
    expect(view.exact).toBe(true);
    expect([view.toPicture.e % 1, view.toPicture.f % 1].map(Math.abs)).toEqual([0, 0]);
  });

  test.each(everyFlip)("canvas to picture and back is the same point under %o", (view) => {
    const { toPicture: matrix } = resolveView({ zoom: 1.7, pan: [12, -5], flips: view }, picture, canvas);
    const [column, row] = toPicture(matrix, canvasPoint(123, 456));
    const back = toCanvas(matrix, column, row);
    expect(back?.[0]).toBeCloseTo(123, 6);
    expect(back?.[1]).toBeCloseTo(456, 6);
  });

  test("zooming keeps the picture point under the pointer", () => {
    const at = canvasPoint(200, 300);
    const before = { zoom: 1.3, pan: [10, 20], flips: UPRIGHT } as const;
    const after = zoomedAt(before, 2, at, picture, canvas);
    const point = (view: typeof before | typeof after) => toPicture(resolveView(view, picture, canvas).toPicture, at);
    expect(point(after)[0]).toBeCloseTo(point(before)[0], 6);
    expect(point(after)[1]).toBeCloseTo(point(before)[1], 6);
  });
});
