// The rules of stacks beyond the everyday case: duplicates, gradients, dimensions, clips, concatenations, tilt.
import { describe, expect, test } from "vitest";
import {
  type Dataset,
  type DisplaySet,
  displaySets,
  gantryTilt,
  type Instance,
  sameFrameOfReference,
  stackSpacing,
  Tags,
} from "../../src/display";
import { element, frame, instance, slice } from "./fixtures";

const sizes = (instances: readonly Instance[]): number[] => displaySets(instances).sets.map((set) => set.frames.length);
const only = (instances: readonly Instance[]): DisplaySet => {
  const { sets } = displaySets(instances);
  if (sets[0] === undefined || sets.length !== 1) throw new Error(`${sets.length} sets`);
  return sets[0];
};
const at = (x: number, y: number, z: number): Dataset => ({ [Tags.ImagePositionPatient]: element("DS", x, y, z) });
const numbers = (set: DisplaySet | undefined): unknown[] =>
  set?.frames.map(({ instance: { dataset } }) => dataset[Tags.InstanceNumber]?.Value?.[0]) ?? [];

describe("clinical 2.13: two images at one position", () => {
  const ambiguous = (depths: readonly number[]): boolean =>
    displaySets(depths.map((z, index) => slice(z, index))).sets.some((set) => set.ambiguous);

  test("are nearer than a hundredth of a millimetre", () => {
    expect(ambiguous([0, 5, 5.009, 10])).toBe(true);
    expect(ambiguous([0, 0.02, 0.04])).toBe(false);
  });

  test("or than a hundredth of the usual gap", () => {
    expect(ambiguous([0, 5, 5.04, 10, 15])).toBe(true);
    expect(ambiguous([0, 5, 5.06, 10, 15])).toBe(false);
  });

  test("are told by the stack's own normal: a direction that wobbles moves no slice", () => {
    const wobbling = [0, 1, 2].map((index) =>
      slice(100 + index, index, {
        ...at(400, 0, 100 + index),
        [Tags.ImageOrientationPatient]: element("DS", 1, 0, index * 4e-4, 0, 1, 0),
      }),
    );
    expect(stackSpacing(only(wobbling))).toMatchObject({ uniform: true });
  });
});

describe("clinical 2.2: diffusion", () => {
  const weighted = (b: number, direction: readonly number[] | null, z: number, number: number): Instance =>
    slice(z, number, {
      [Tags.Modality]: element("CS", "MR"),
      [Tags.DiffusionBValue]: element("FD", b),
      ...(direction === null ? {} : { [Tags.DiffusionGradientOrientation]: element("FD", ...direction) }),
    });

  test("b-values split, directions of one b-value stay together, each in its turn", () => {
    const images = [0, 3].flatMap((z, index) => [
      weighted(0, null, z, 10 + index),
      weighted(1000, [0, 1, 0], z, 20 + index),
      weighted(1000, [1, 0, 0], z, 30 + index),
    ]);
    const { sets } = displaySets(images);
    expect(sets.map(({ frames, ambiguous }) => [frames.length, ambiguous])).toEqual([
      [2, false],
      [4, false],
    ]);
    expect(numbers(sets[1])).toEqual([21, 31, 20, 30]);
    expect(sets[1] === undefined ? null : stackSpacing(sets[1])).toMatchObject({ median: 3, uniform: true, gaps: [] });
  });
});

describe("clinical 2.5: enhanced objects", () => {
  const frames = (pointers: readonly string[], ...values: readonly (readonly number[])[]): Instance =>
    instance(
      {
        [Tags.DimensionIndexSequence]: element(
          "SQ",
          ...pointers.map((tag) => ({ [Tags.DimensionIndexPointer]: element("AT", tag) })),
        ),
        [Tags.PerFrameFunctionalGroups]: element(
          "SQ",
          ...values.map((index) => ({
            [Tags.PlanePositionSequence]: element("SQ", at(0, 0, 3 * (index[0] ?? 0))),
            [Tags.FrameContentSequence]: element("SQ", { [Tags.DimensionIndexValues]: element("UL", ...index) }),
          })),
        ),
      },
      values.length,
    );

  test("split by a dimension that is no place, where positions repeat", () => {
    const twice = frames([Tags.InStackPositionNumber, "00189079"], [1, 1], [1, 2], [2, 1], [2, 2]);
    const { sets } = displaySets([twice]);
    expect(sets.map((set) => [set.frames.map(({ number }) => number), set.ambiguous])).toEqual([
      [[3, 1], false],
      [[4, 2], false],
    ]);
  });

  test("stay one stack where every frame has a place of its own", () => {
    expect(sizes([frames([Tags.InStackPositionNumber, "00189079"], [1, 1], [2, 2], [3, 3])])).toEqual([3]);
  });

  test("of two stacks by their identifiers", () => {
    const item = (stack: string, z: number): Dataset => ({
      [Tags.PlanePositionSequence]: element("SQ", at(0, 0, z)),
      [Tags.FrameContentSequence]: element("SQ", { [Tags.StackID]: element("SH", stack) }),
    });
    const two = { [Tags.PerFrameFunctionalGroups]: element("SQ", item("1", 0), item("1", 3), item("2", 50)) };
    expect(sizes([instance(two, 3)])).toEqual([2, 1]);
  });
});

describe("clinical 2.2: objects", () => {
  test("parts of one concatenation are one stack, in the order of their numbers", () => {
    const part = (number: number, frameCount: number): Instance =>
      instance(
        {
          [Tags.ConcatenationUID]: element("UI", "5.5"),
          [Tags.InConcatenationNumber]: element("US", number),
          [Tags.ImagePositionPatient]: element("DS"),
          [Tags.ContentTime]: element("TM", number === 1 ? "12" : "11"),
        },
        frameCount,
      );
    const [second, first] = [part(2, 2), part(1, 3)];
    expect(only([second, first]).frames.map((each) => each.instance)).toEqual([first, first, first, second, second]);
  });

  test("another spacing is another stack, also where images have no place", () => {
    const nowhere = (spacing: number): Instance =>
      instance({ [Tags.ImagePositionPatient]: element("DS"), [Tags.PixelSpacing]: element("DS", spacing, spacing) });
    expect(sizes([nowhere(1), nowhere(1), nowhere(1.01)])).toEqual([2, 1]);
    expect(sizes([nowhere(1), nowhere(1.0005)])).toEqual([2]);
  });

  test("image types differ in any of their values", () => {
    const typed = (...more: readonly string[]): Instance =>
      slice(9, 9, { [Tags.ImageType]: element("CS", "ORIGINAL", "PRIMARY", "M", "ND", ...more) });
    expect(sizes([typed("SUB"), typed("SUB"), typed("NORM")])).toEqual([2, 1]);
  });
});

describe("clinical 2.4: ultrasound", () => {
  const us = (number: number, frameCount = 1): Instance =>
    instance(
      {
        [Tags.Modality]: element("CS", "US"),
        [Tags.ImagePositionPatient]: element("DS"),
        [Tags.InstanceNumber]: element("IS", number),
      },
      frameCount,
    );

  test("stills between two clips are one stack, clips stand alone, by number", () => {
    const { sets } = displaySets([us(6), us(3, 20), us(1), us(2), us(4), us(5), us(7, 30)]);
    expect(sets.map((set) => [set.frames.length, numbers(set)[0]])).toEqual([
      [2, 1],
      [20, 3],
      [3, 4],
      [30, 7],
    ]);
  });

  test("clinical 2.11: a clip acquired earlier is listed earlier", () => {
    const clip = (number: number, time: string): Instance => ({
      ...us(number, 9),
      dataset: { ...us(number, 9).dataset, [Tags.AcquisitionDateTime]: element("DT", `20260101${time}`) },
    });
    const { sets } = displaySets([clip(1, "1100"), clip(2, "1000")]);
    expect(sets.map((set) => numbers(set)[0])).toEqual([2, 1]);
  });
});

test("clinical 2.12: frames of a nuclear image run by their vectors", () => {
  const nm = instance(
    {
      [Tags.Modality]: element("CS", "NM"),
      [Tags.ImagePositionPatient]: element("DS"),
      [Tags.EnergyWindowVector]: element("US", 2, 1, 1, 2),
      [Tags.RotationVector]: element("US", 1, 1, 1, 1),
      [Tags.AngularViewVector]: element("US", 1, 2, 1, 2),
    },
    4,
  );
  expect(only([nm]).frames.map(({ number }) => number)).toEqual([3, 2, 1, 4]);
});

describe("clinical 2.15: spacing", () => {
  const spacing = (...depths: readonly number[]) => stackSpacing(only(depths.map((z, index) => slice(z, index))));

  test("is uniform within a hundredth, varies within a tenth, has a gap from one and a half on", () => {
    expect(spacing(0, 5, 10.04, 15)).toMatchObject({ uniform: true, varies: false, gaps: [] });
    expect(spacing(0, 5, 10.4, 15)).toMatchObject({ uniform: false, varies: true, gaps: [] });
    expect(spacing(0, 5, 11.5, 15)).toMatchObject({ uniform: false, varies: false, gaps: [] });
    // scrolled from head to feet: the gap lies after the image at 10
    expect(spacing(0, 7.5, 12.5, 17.5)).toMatchObject({ gaps: [{ afterImage: 3, millimetres: 7.5 }] });
  });
});

describe("clinical 2.16: tilt", () => {
  const sheared = (degrees: number, changes: Dataset = {}): DisplaySet =>
    only(
      [0, 1, 2, 3].map((index) =>
        slice(5 * index, index, { ...at(0, 5 * index * Math.tan((degrees * Math.PI) / 180), 5 * index), ...changes }),
      ),
    );

  test("is found from positions", () => {
    expect(gantryTilt(sheared(15))).toBeCloseTo(15, 6);
    expect(gantryTilt(sheared(0.4))).toBeNull();
  });

  test("is believed where the header tells it", () => {
    expect(gantryTilt(sheared(0, { [Tags.GantryDetectorTilt]: element("DS", -12) }))).toBe(12);
    expect(gantryTilt(sheared(0, { [Tags.GantryDetectorTilt]: element("DS", 0) }))).toBeNull();
  });

  test("is none where only one slice is shifted", () => {
    const shifted = [0, 1, 2, 3].map((index) => slice(5 * index, index, at(index === 2 ? 4 : 0, 0, 5 * index)));
    expect(gantryTilt(only(shifted))).toBeNull();
  });
});

test("clinical 2.17: images that turn about an axis are one stack by number", () => {
  const turned = [0, 1, 2, 3, 4].map((index) => {
    const angle = (index * 20 * Math.PI) / 180;
    const row = [Math.cos(angle), Math.sin(angle), 0];
    return slice(0, 5 - index, { [Tags.ImageOrientationPatient]: element("DS", ...row, 0, 0, -1) });
  });
  expect(only(turned).order).toBe("number");
  expect(numbers(only(turned))).toEqual([1, 2, 3, 4, 5]);
  expect(stackSpacing(only(turned))).toBeNull();
  expect(sizes(turned.slice(0, 3))).toEqual([1, 1, 1]); // a survey in three planes
});

test("clinical 2.2: an unknown frame of reference is not the same", () => {
  const of = (uid: string | null): ReturnType<typeof frame> =>
    frame({ [Tags.FrameOfReferenceUID]: uid === null ? element("UI") : element("UI", uid) });
  expect([sameFrameOfReference(of("1.1"), of("1.1")), sameFrameOfReference(of("1.1"), of("1.2"))]).toEqual([
    true,
    false,
  ]);
  expect([sameFrameOfReference(of(null), of(null)), sameFrameOfReference(null, of("1.1"))]).toEqual([false, false]);
});
