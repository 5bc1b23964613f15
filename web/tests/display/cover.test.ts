// Overlay planes and shutters, pixel for pixel: numbers by hand from PS3.3 C.9.2 and C.7.6.11.
import { describe, expect, test } from "vitest";
import { coverOf, type Dataset, embeddedPlanes, overlayPlanes, readShutter, Tags } from "../../src/display";
import { element, frame } from "./fixtures";
import { binary, drawnCover, overlay, packed } from "./graphics";

const L = ["#..", "#..", "###"];

function covered(changes: Dataset, number = 0, size = { rows: 8, columns: 10 }): readonly string[] | null {
  const { instance, layout, groups, aspect } = frame(changes);
  const planes = overlayPlanes(instance.dataset, number, layout);
  const cover = coverOf(size, planes, readShutter(groups, aspect));
  return cover === null ? null : drawnCover(cover.cells, size.columns);
}

describe("clinical 1.47: overlay planes", () => {
  test("without overlay and shutter there is no cover", () => {
    expect(covered({})).toBeNull();
  });

  test("lie at their origin, row\\column from 1", () => {
    expect(covered(overlay(L, [2, 4]))?.slice(0, 5)).toEqual([
      "..........",
      "...#......",
      "...#......",
      "...###....",
      "..........",
    ]);
  });

  test("may begin outside of the picture, and end there", () => {
    expect(covered(overlay(L, [-1, 0]))?.slice(0, 2)).toEqual(["##........", ".........."]);
    expect(covered(overlay(L, [7, 9]))?.slice(5)).toEqual(["..........", "........#.", "........#."]);
  });

  test("of several groups are all shown", () => {
    const both = covered({ ...overlay(L), ...overlay(["##"], [5, 1], "601E") });
    expect(both?.slice(0, 5)).toEqual(["#.........", "#.........", "###.......", "..........", "##........"]);
  });

  test("of several frames each lie on their own; a plane that names no frame lies on all", () => {
    const two: Dataset = {
      ...overlay(["#.#"]),
      "60000015": element("IS", 2),
      "60000051": element("US", 2),
      "60003000": binary(packed("#.#", ".#.")),
    };
    expect([0, 1, 2, 3].map((number) => covered(two, number)?.[0] ?? null)).toEqual([
      null,
      "#.#.......",
      ".#........",
      null,
    ]);
    expect(covered(overlay(["#.#"]), 7)?.[0]).toBe("#.#.......");
  });

  test("with fewer bits than pixels are left out", () => {
    expect(covered({ ...overlay(L), "60003000": binary(Uint8Array.of(255)) })).toBeNull();
  });

  test("without Overlay Data sit in a bit of the pixel cells", () => {
    const { instance, layout } = frame({
      "60000010": element("US", 8),
      "60000011": element("US", 10),
      "60000100": element("US", 16),
      "60000102": element("US", 12),
    });
    expect(embeddedPlanes(instance.dataset, layout)).toEqual([{ group: "6000", bit: 12 }]);
    const brought = { 6000: packed("..........", ".....#....", ...Array(6).fill("..........")) };
    const cover = coverOf({ rows: 8, columns: 10 }, overlayPlanes(instance.dataset, 0, layout, brought), null);
    expect(drawnCover(cover?.cells ?? new Uint8Array(), 10)[1]).toBe(".....#....");
    expect(embeddedPlanes(frame(overlay(L)).instance.dataset, layout)).toEqual([]);
  });
});

describe("clinical 1.49: shutters", () => {
  const rectangle: Dataset = {
    [Tags.ShutterShape]: element("CS", "RECTANGULAR"),
    [Tags.ShutterUpperHorizontalEdge]: element("IS", 3),
    [Tags.ShutterLowerHorizontalEdge]: element("IS", 5),
    [Tags.ShutterLeftVerticalEdge]: element("IS", 2),
    [Tags.ShutterRightVerticalEdge]: element("IS", 9),
  };
  const circle: Dataset = {
    [Tags.ShutterShape]: element("CS", "CIRCULAR"),
    [Tags.CenterOfCircularShutter]: element("IS", 4, 5),
    [Tags.RadiusOfCircularShutter]: element("IS", 3),
  };
  const polygon: Dataset = {
    [Tags.ShutterShape]: element("CS", "POLYGONAL"),
    // a W without its middle: concave, its corners and lines are inside
    [Tags.VerticesOfThePolygonalShutter]: element("IS", 1, 1, 7, 3, 4, 5, 7, 7, 1, 9),
  };
  const square = { [Tags.PixelSpacing]: element("DS", 1, 1) };
  const all = "ssssssssss";

  test("the edges of a rectangle belong to the picture", () => {
    expect(covered(rectangle)).toEqual([all, all, "s........s", "s........s", "s........s", all, all, all]);
  });

  test("a circle is round on the screen: its radius counts columns", () => {
    expect(covered({ ...circle, ...square })).toEqual([
      "ssss.sssss",
      "ss.....sss",
      "ss.....sss",
      "s.......ss",
      "ss.....sss",
      "ss.....sss",
      "ssss.sssss",
      all,
    ]);
    // pixels twice as tall as wide
    expect(covered(circle)).toEqual([all, all, "ss.....sss", "s.......ss", "ss.....sss", all, all, all]);
  });

  test("a polygon closes itself, by the even-odd rule", () => {
    expect(covered({ ...polygon, ...square })).toEqual([
      ".........s",
      "s.......ss",
      "s.......ss",
      "s.......ss",
      "ss..s..sss",
      "ss.sss.sss",
      "ss.sss.sss",
      all,
    ]);
  });

  test("several show what is inside all of them", () => {
    const both = { ...rectangle, ...circle, [Tags.ShutterShape]: element("CS", "RECTANGULAR", "CIRCULAR"), ...square };
    expect(covered(both)?.slice(1, 6)).toEqual([all, "ss.....sss", "s.......ss", "ss.....sss", all]);
  });

  test("a shape without its numbers hides nothing", () => {
    expect(covered({ ...circle, [Tags.RadiusOfCircularShutter]: element("IS") })).toBeNull();
  });

  test("the presentation value is a level of 16 bits; black when it is absent", () => {
    const level = (value: number | null): number | undefined => {
      const { groups } = frame(
        value === null ? circle : { ...circle, [Tags.ShutterPresentationValue]: element("US", value) },
      );
      return readShutter(groups, 1)?.level;
    };
    expect([null, 0, 20000, 65535].map(level)).toEqual([0, 0, 78, 255]);
  });

  test("overlays lie above the shutter", () => {
    expect(covered({ ...rectangle, ...overlay(["##"], [1, 1]) })?.[0]).toBe("##ssssssss");
  });
});
