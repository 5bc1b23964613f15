// The texts over a picture, modality by modality, and the letters at its edges.
import { describe, expect, test } from "vitest";
import { type Dataset, type Flips, Tags } from "../../src/display";
import { wordsOf } from "../../src/locale";
import { overlayLines } from "../../src/reading/overlay-lines";
import { element, instance } from "../display/fixtures";
import { hung, image, type Shown, shown } from "./reports";

const de = wordsOf("de");

function lines(modality: string, changes: Dataset, how: Shown = {}, frameCount = 1) {
  const flat = { [Tags.ImagePositionPatient]: element("DS") }; // a time series: no position of its own
  const set = hung([image(modality, { ...flat, ...changes }, frameCount)]);
  const { topRight, bottomLeft, letters } = overlayLines(shown(set, how), de);
  return { technique: topRight.at(-1)?.text, acquisition: bottomLeft.at(-1)?.text, topRight, letters };
}

describe("clinical 5.1: how the image was made", () => {
  test.each<[string, Dataset, string]>([
    [
      "CT",
      {
        [Tags.KVP]: element("DS", 120),
        [Tags.Exposure]: element("IS", 38),
        [Tags.ContrastBolusAgent]: element("LO", "KM"),
      },
      "120 kV · 38 mAs · KM",
    ],
    [
      "MR",
      {
        [Tags.RepetitionTime]: element("DS", 5200),
        [Tags.EchoTime]: element("DS", 81.5),
        [Tags.FlipAngle]: element("DS", 90),
        [Tags.DiffusionBValue]: element("FD", 800),
        [Tags.SequenceName]: element("SH", "*ep_b800"),
      },
      "TR 5\u202f200 ms · TE 81,5 ms · FA 90 ° · b 800 · *ep_b800",
    ],
    [
      "DX",
      { [Tags.ExposureIndex]: element("DS", 412), [Tags.DeviationIndex]: element("DS", -1.3) },
      "EI 412 · DI −1,3",
    ],
    [
      "MG",
      {
        [Tags.KVP]: element("DS", 28),
        [Tags.CompressionForce]: element("DS", 104),
        [Tags.BodyPartThickness]: element("DS", 52),
        [Tags.OrganDose]: element("DS", 0.0123),
      },
      "28 kV · 104 N · 52 mm · 1,23 mGy",
    ],
    [
      "US",
      {
        [Tags.TransducerType]: element("CS", "CURVED LINEAR"),
        [Tags.DepthOfScanField]: element("IS", 120),
        [Tags.MechanicalIndex]: element("DS", 0.9),
      },
      "CURVED LINEAR · 120 mm · MI 0,9",
    ],
    [
      "XA",
      { [Tags.PositionerPrimaryAngle]: element("DS", -30.2), [Tags.PositionerSecondaryAngle]: element("DS", 20) },
      "RAO 30,2° · CRA 20°",
    ],
    [
      "PT",
      {
        [Tags.PatientWeight]: element("DS", 74),
        [Tags.AcquisitionTime]: element("TM", "091500"),
        [Tags.RadiopharmaceuticalInformationSequence]: element("SQ", {
          [Tags.Radiopharmaceutical]: element("LO", "FDG"),
          [Tags.RadionuclideTotalDose]: element("DS", 312_000_000),
          [Tags.RadiopharmaceuticalStartTime]: element("TM", "081200"),
        }),
      },
      "FDG · 312 MBq · Inj. 08:12 · Aufn. 09:15 · 74 kg",
    ],
  ])("of a %s image", (modality, changes, text) => {
    expect(lines(modality, changes).technique).toBe(text);
  });

  test("clinical 5.1.1: what is missing leaves no trace", () => {
    for (const modality of ["CT", "MR", "DX", "MG", "US", "XA", "PT", "NM", "OT"]) {
      const { topRight, acquisition } = lines(modality, {});
      expect([...topRight.map(({ text }) => text), acquisition].join(" ")).not.toMatch(/null|undefined|NaN| · *$/);
    }
  });

  test("a mammogram names its station, a clip the time and rate of its frame", () => {
    expect(
      lines("MG", {
        [Tags.StationName]: element("SH", "MG1"),
        [Tags.OperatorsName]: element("PN", { Alphabetic: "MTR" }),
      }).acquisition,
    ).toMatch(/^MG1/);
    const clip = { [Tags.FrameTime]: element("DS", 40) };
    expect(lines("US", clip, { index: 3 }, 9).acquisition).toBe("0,12 s · 25 Bilder/s");
    const uneven = { [Tags.FrameTimeVector]: element("DS", 0, 30, 50) };
    expect(lines("XA", uneven, { index: 2 }, 3).acquisition).toBe("0,08 s");
    expect(lines("XA", {}, { index: 2 }, 3).acquisition).toBe("Zeit unbekannt");
  });

  test("clinical 5.14: the side of the frame beats that of the image, of the series, and of the region", () => {
    const side = (changes: Dataset): string | undefined => lines("DX", changes).topRight[0]?.text;
    const region = element("SQ", {
      [Tags.AnatomicRegionModifierSequence]: element("SQ", { [Tags.CodeValue]: element("SH", "24028007") }),
    });
    expect(side({ [Tags.AnatomicRegionSequence]: region })).toBe("R");
    expect(side({ [Tags.AnatomicRegionSequence]: region, [Tags.Laterality]: element("CS", "L") })).toBe("L");
    expect(side({ [Tags.ImageLaterality]: element("CS", "R"), [Tags.Laterality]: element("CS", "L") })).toBe("R");
    expect(side({ [Tags.ImageLaterality]: element("CS", "U") })).toBeUndefined();
    const anatomy = element("SQ", { [Tags.FrameLaterality]: element("CS", "B") });
    const shared = element("SQ", { [Tags.FrameAnatomySequence]: anatomy });
    expect(side({ [Tags.SharedFunctionalGroups]: shared, [Tags.ImageLaterality]: element("CS", "R") })).toBe("B");
  });
});

const STATES: readonly Flips[] = [0, 1, 2, 3].flatMap((quarterTurns) => [
  { horizontal: false, vertical: false, quarterTurns },
  { horizontal: true, vertical: false, quarterTurns },
]);

/** Letters by hand: edges of the stored picture, moved like the picture is. */
function movedByHand([top, right, bottom, left]: readonly string[], { horizontal, quarterTurns }: Flips) {
  let edges = horizontal ? [top, left, bottom, right] : [top, right, bottom, left];
  for (let turn = 0; turn < quarterTurns; turn++) edges = [edges[3], edges[0], edges[1], edges[2]];
  const [n, e, s, w] = edges;
  return { top: n, right: e, bottom: s, left: w };
}

describe("clinical 5.6: letters in all eight states", () => {
  test.each<[string, readonly number[], string]>([
    ["axial", [1, 0, 0, 0, 1, 0], "A L P R"],
    ["axial, seen from above", [-1, 0, 0, 0, 1, 0], "A R P L"],
    ["coronal", [1, 0, 0, 0, 0, -1], "H L F R"],
    ["coronal, from behind", [-1, 0, 0, 0, 0, -1], "H R F L"],
    ["sagittal", [0, 1, 0, 0, 0, -1], "H P F A"],
    ["sagittal, from the right", [0, -1, 0, 0, 0, -1], "H A F P"],
    ["oblique", [0.8, 0.6, 0, 0, 0, -1], "H LP F RA"],
  ])("%s", (_, orientation, upright) => {
    const set = hung([instance({ [Tags.ImageOrientationPatient]: element("DS", ...orientation) })]);
    for (const flips of STATES)
      expect(overlayLines(shown(set, { flips }), de).letters).toEqual(movedByHand(upright.split(" "), flips));
  });

  test("clinical 5.7: beyond 20° off every axis the plane is called oblique", () => {
    const name = (degrees: number): string | undefined => {
      const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
      const set = hung([instance({ [Tags.ImageOrientationPatient]: element("DS", 1, 0, 0, 0, c, s) })]);
      return overlayLines(shown(set), de).topRight[0]?.text.split(" ")[0];
    };
    expect([name(19), name(21)]).toEqual(["Axial", "Schräg"]);
  });

  test("clinical 5.8: a radiograph's letters are those of Patient Orientation; contradicting ones are none", () => {
    const bare = { [Tags.ImageOrientationPatient]: element("DS"), [Tags.PatientOrientation]: element("CS", "FL", "P") };
    expect(lines("DX", bare).letters).toEqual({ right: "FL", left: "HR", bottom: "P", top: "A" });
    expect(lines("DX", { [Tags.PatientOrientation]: element("CS", "R", "P") }).letters).toBeNull();
    expect(lines("DX", { [Tags.ImageOrientationPatient]: element("DS") }).letters).toBeNull();
  });

  test("clinical 5.9: a nuclear image takes its directions and its view from the detector", () => {
    const detector = {
      [Tags.ImageOrientationPatient]: element("DS", 1, 0, 0, 0, 0, -1),
      [Tags.ViewCodeSequence]: element("SQ", { [Tags.CodeMeaning]: element("LO", "Anterior") }),
    };
    const bare = {
      [Tags.ImageOrientationPatient]: element("DS"),
      [Tags.DetectorInformationSequence]: element("SQ", detector),
    };
    const { letters, topRight } = lines("NM", bare);
    expect(letters).toEqual({ top: "H", right: "L", bottom: "F", left: "R" });
    expect(topRight[0]?.text).toBe("Anterior");
  });

  test("clinical 5.10: an animal's codes are shown as delivered, never those of humans", () => {
    const animal = {
      [Tags.AnatomicalOrientationType]: element("CS", "QUADRUPED"),
      [Tags.PatientOrientation]: element("CS", "LECD", "V"),
    };
    const at = (flips: Flips) => lines("DX", animal, { flips }).letters;
    expect(at({ horizontal: false, vertical: false, quarterTurns: 0 })).toEqual({
      right: "LECD",
      left: "RTCR",
      bottom: "V",
      top: "D",
    });
    expect(at({ horizontal: true, vertical: false, quarterTurns: 0 })).toEqual({
      right: "RTCR",
      left: "LECD",
      bottom: "V",
      top: "D",
    });
    expect(lines("CT", { [Tags.AnatomicalOrientationType]: element("CS", "QUADRUPED") }).letters).toBeNull();
  });
});
