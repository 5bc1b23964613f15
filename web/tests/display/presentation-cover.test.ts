// Shutters and overlays of a presentation state (clinical rules 1.47 to 1.49 and 8.9).
import { describe, expect, test } from "vitest";
import {
  applied,
  coverOf,
  type Dataset,
  framesOf,
  ObjectTags,
  planesOn,
  StateTags,
  shutterOn,
  Tags,
} from "../../src/display";
import { element, frame } from "./fixtures";
import { drawnCover, overlay } from "./graphics";
import { apply, image, images, state } from "./presentation.fixtures";

describe("what lies above the picture", () => {
  const [rows, columns] = [8, 10];
  const circle: Dataset = {
    [Tags.ShutterShape]: element("CS", "CIRCULAR"),
    [Tags.CenterOfCircularShutter]: element("IS", 4, 5),
    [Tags.RadiusOfCircularShutter]: element("IS", 3),
  };

  /** The cover of an image under a state; `null` where it holds nothing. */
  function covered(changes: Dataset, own: Dataset = {}): readonly string[] | null {
    const image_ = frame(own);
    const made = state({
      [ObjectTags.ReferencedSeriesSequence]: element("SQ", images(image(image_.instance.sopInstanceUid))),
      ...changes,
    });
    const found = applied(made, image_);
    const cover = coverOf({ rows, columns }, planesOn(image_, found), shutterOn(image_, found));
    return cover === null ? null : drawnCover(cover.cells, columns);
  }

  test("clinical 1.49: a shutter of the state is drawn as one of the image, and takes its place", () => {
    const rectangle: Dataset = {
      [Tags.ShutterShape]: element("CS", "RECTANGULAR"),
      [Tags.ShutterUpperHorizontalEdge]: element("IS", 2),
      [Tags.ShutterLowerHorizontalEdge]: element("IS", 3),
      [Tags.ShutterLeftVerticalEdge]: element("IS", 4),
      [Tags.ShutterRightVerticalEdge]: element("IS", 5),
    };
    const { instance: withOwn } = frame(circle);
    const drawn = coverOf({ rows, columns }, [], shutterOn(framesOf(withOwn)[0] ?? frame(), null));
    expect(covered(circle)).toEqual(drawn === null ? null : drawnCover(drawn.cells, columns));
    expect(covered(rectangle, circle)?.slice(0, 4)).toEqual(["ssssssssss", "sss..sssss", "sss..sssss", "ssssssssss"]);
    expect(covered({}, circle)).toBeNull();
  });

  test("clinical 1.49: a bitmap covers where its ones are", () => {
    const bitmap: Dataset = {
      [Tags.ShutterShape]: element("CS", "BITMAP"),
      [StateTags.ShutterOverlayGroup]: element("US", 0x6000),
      ...overlay(["##", ".#"], [1, 2]),
    };
    expect(covered(bitmap)?.slice(0, 3)).toEqual([".ss.......", "..s.......", ".........."]);
    expect(apply(bitmap).missing).toEqual([]);
    expect(apply({ ...bitmap, "60003000": { vr: "OW", BulkDataURI: "x" } }).missing).toEqual(["shutter"]);
  });

  test("only overlays whose activation names a layer are seen, the state's own in place of the image's", () => {
    const own = overlay(["##"]);
    expect(covered({}, own)).toBeNull();
    expect(covered({ "60001001": element("CS", "") }, own)).toBeNull();
    expect(covered({ "60001001": element("CS", "A") }, own)?.[0]).toBe("##........");
    expect(covered({ "60001001": element("CS", "A"), ...overlay(["#", "#"], [1, 4]) }, own)?.slice(0, 2)).toEqual([
      "...#......",
      "...#......",
    ]);
  });

  test("clinical 8.9: planes that are too long for the header are said to be missing", () => {
    const long = { ...overlay(["##"]), "60001001": element("CS", "A"), "60003000": { vr: "OW", BulkDataURI: "x" } };
    expect(apply(long).missing).toEqual(["overlay"]);
  });
});
