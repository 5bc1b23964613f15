// What of a series is honestly one stack, and in which order it is scrolled.
import { describe, expect, test } from "vitest";
import { type Dataset, displaySets, type Instance, stackSpacing, Tags } from "../../src/display";
import { element, instance, slice } from "./fixtures";

const heights = (instances: readonly Instance[]): number[][] =>
  displaySets(instances).sets.map((set) => set.frames.map((frame) => frame.plane?.position[2] ?? Number.NaN));
const sizes = (instances: readonly Instance[]): number[] => displaySets(instances).sets.map((set) => set.frames.length);
const stack = (count: number, changes: (index: number) => Dataset = () => ({})): Instance[] =>
  Array.from({ length: count }, (_, index) => slice(3 * index, count - index, changes(index)));

describe("order", () => {
  test("clinical 2.8: axial images run from head to feet, whatever their numbers say", () => {
    expect(heights([slice(0, 1), slice(6, 10), slice(3, 2)])).toEqual([[6, 3, 0]]);
  });

  test("clinical 2.8: sagittal images run from right to left, coronal ones from front to back", () => {
    const at = (orientation: number[], position: number[]): Instance =>
      instance({
        [Tags.ImageOrientationPatient]: element("DS", ...orientation),
        [Tags.ImagePositionPatient]: element("DS", ...position),
      });
    const order = (orientation: number[], positions: number[][]) =>
      displaySets(positions.map((position) => at(orientation, position))).sets[0]?.frames.map((frame) => [
        ...(frame.plane?.position ?? []),
      ]);
    expect(
      order(
        [0, 1, 0, 0, 0, -1],
        [
          [9, 0, 0],
          [-9, 0, 0],
        ],
      ),
    ).toEqual([
      [-9, 0, 0],
      [9, 0, 0],
    ]);
    expect(
      order(
        [1, 0, 0, 0, 0, -1],
        [
          [0, 9, 0],
          [0, -9, 0],
        ],
      ),
    ).toEqual([
      [0, -9, 0],
      [0, 9, 0],
    ]);
  });

  test("clinical 2.9: without positions numbers sort as numbers: 1, 2, 10", () => {
    const numbered = [10, 1, 2].map((number) => slice(0, number, { [Tags.ImagePositionPatient]: element("DS") }));
    const [set] = displaySets(numbered).sets;
    expect(set?.order).toBe("number");
    expect(set?.frames.map((frame) => frame.instance.dataset[Tags.InstanceNumber]?.Value?.[0])).toEqual([1, 2, 10]);
  });
});

describe("splitting", () => {
  test("clinical 2.7: a scout leaves the axial stack and comes first", () => {
    const scout = instance({ [Tags.ImageType]: element("CS", "ORIGINAL", "PRIMARY", "LOCALIZER") });
    const { sets } = displaySets([...stack(4), scout]);
    expect(sets.map((set) => [set.localizer, set.frames.length])).toEqual([
      [true, 1],
      [false, 4],
    ]);
  });

  test.each<[string, Dataset]>([
    ["matrix", { [Tags.Rows]: element("US", 9) }],
    ["frame of reference", { [Tags.FrameOfReferenceUID]: element("UI", "9.9") }],
    ["orientation", { [Tags.ImageOrientationPatient]: element("DS", 0, 1, 0, 0, 0, -1) }],
    ["spacing", { [Tags.PixelSpacing]: element("DS", 1, 0.51) }],
    ["image type", { [Tags.ImageType]: element("CS", "DERIVED", "PRIMARY", "AXIAL") }],
    ["photometric interpretation", { [Tags.PhotometricInterpretation]: element("CS", "MONOCHROME1") }],
  ])("clinical 2.2: another %s is another stack", (_, changes) => {
    expect(sizes([...stack(3), slice(99, 4, changes)])).toEqual([3, 1]);
  });

  test("clinical 2.2: interleaved echoes become two stacks", () => {
    const echoes = stack(6, (index) => ({
      [Tags.EchoTime]: element("DS", index % 2 === 0 ? 12 : 80),
      [Tags.ImagePositionPatient]: element("DS", 0, 0, 3 * (index >> 1)),
    }));
    expect(sizes(echoes)).toEqual([3, 3]);
  });

  test("clinical 2.2: a repeated scan is told apart by its acquisition number", () => {
    const passes = [1, 2].flatMap((pass) => stack(3, () => ({ [Tags.AcquisitionNumber]: element("IS", pass) })));
    const { sets } = displaySets(passes);
    expect(sets.map((set) => [set.frames.length, set.ambiguous])).toEqual([
      [3, false],
      [3, false],
    ]);
  });

  test("acquisition numbers that only count the slices split nothing", () => {
    expect(sizes(stack(3, (index) => ({ [Tags.AcquisitionNumber]: element("IS", index) })))).toEqual([3]);
  });

  test("a fact that counts every image of a repeated scan tells no passes apart", () => {
    const counted = [0, 3].flatMap((first) =>
      stack(3, (index) => ({ [Tags.AcquisitionNumber]: element("IS", first + index) })),
    );
    expect(displaySets(counted).sets.map((set) => [set.frames.length, set.ambiguous])).toEqual([
      [3, true],
      [3, true],
    ]);
  });

  test("clinical 2.3: positions that nothing tells apart become passes that are marked", () => {
    const { sets } = displaySets([...stack(3), ...stack(3)]);
    expect(sets.map((set) => [set.frames.length, set.ambiguous])).toEqual([
      [3, true],
      [3, true],
    ]);
  });

  test("clinical 2.4: each projection stands alone, each multi-frame object too", () => {
    const dx = { [Tags.Modality]: element("CS", "DX") };
    expect(sizes([instance(dx), instance(dx)])).toEqual([1, 1]);
    expect(sizes([instance({}, 5), instance({}, 7)])).toEqual([5, 7]);
  });

  test("clinical 2.5: per-frame positions of an enhanced object order its frames, per-frame slopes stay with their frame", () => {
    const item = (z: number, slope: number) => ({
      [Tags.PlanePositionSequence]: element("SQ", { [Tags.ImagePositionPatient]: element("DS", 0, 0, z) }),
      [Tags.PixelValueTransformationSequence]: element("SQ", {
        [Tags.RescaleSlope]: element("DS", slope),
        [Tags.RescaleIntercept]: element("DS", 0),
      }),
    });
    const [set] = displaySets([
      instance({ [Tags.PerFrameFunctionalGroups]: element("SQ", item(0, 1), item(5, 2), item(3, 4)) }, 3),
    ]).sets;
    expect(
      set?.frames.map((frame) => [frame.number, frame.transform.kind === "rescale" ? frame.transform.slope : null]),
    ).toEqual([
      [2, 2],
      [3, 4],
      [1, 1],
    ]);
  });

  test("clinical 2.6: no instance is dropped: pictures and attachments add up to the series", () => {
    const report = instance({}, 0, "1.2.840.10008.5.1.4.1.1.88.33");
    const noPixels = instance({ [Tags.Rows]: element("US") });
    const { sets, attachments } = displaySets([...stack(3), report, noPixels]);
    expect(sets.reduce((sum, set) => sum + set.frames.length, 0)).toBe(3);
    expect(attachments).toEqual([report, noPixels]);
  });
});

describe("spacing", () => {
  test("clinical 2.14: is the median of the differences, not the slice thickness; a gap says after which image", () => {
    const [set] = displaySets(
      [0, 3, 6, 12, 15].map((z, index) => slice(z, index, { [Tags.SliceThickness]: element("DS", 5) })),
    ).sets;
    if (set === undefined) throw new Error("no set");
    expect(stackSpacing(set)).toEqual({
      median: 3,
      uniform: false,
      varies: false,
      gaps: [{ afterImage: 2, millimetres: 6 }],
    });
  });
});
