// The unit of a value (clinical 3.4: 28 to 30): the header's own where it holds, else none.
import { describe, expect, test } from "vitest";
import { type Dataset, framesOf, readOutOf, Tags } from "../../src/display";
import { element, instance } from "./fixtures";

const ENHANCED_CT = "1.2.840.10008.5.1.4.1.1.2.1";

function frameWith(changes: Dataset, sopClass?: string) {
  const found = framesOf(instance(changes, 1, sopClass))[0];
  if (found === undefined) throw new Error("the fixture holds no picture");
  return found;
}
const unit = (changes: Dataset, sopClass?: string): string | null => readOutOf(frameWith(changes, sopClass)).unit;
const decimals = (changes: Dataset): number => readOutOf(frameWith(changes)).decimals(5);
const type = (text: string): Dataset => ({ [Tags.RescaleType]: element("LO", text) });
const modality = (text: string): Dataset => ({ [Tags.Modality]: element("CS", text) });

describe("clinical 3.4: 28, HU", () => {
  test("where the header says so, and on a classic original CT that rescales without saying it", () => {
    expect(unit(type("HU"))).toBe("HU");
    expect(unit({})).toBe("HU");
  });

  test.each<[string, Dataset, string?]>([
    ["not rescaled", { [Tags.RescaleSlope]: { vr: "DS" } }],
    ["a slope of 0", { [Tags.RescaleSlope]: element("DS", 0) }],
    ["a localizer", { [Tags.ImageType]: element("CS", "ORIGINAL", "PRIMARY", "LOCALIZER") }],
    ["derived without a type", { [Tags.ImageType]: element("CS", "DERIVED", "SECONDARY") }],
    ["of several energies without a type", { [Tags.MultienergyCTAcquisition]: element("CS", "YES") }],
    ["enhanced without a type", {}, ENHANCED_CT],
    ["unspecified", type("US")],
    ["a cone beam", { ...type("HU"), [Tags.ManufacturerModelName]: element("LO", "ProMax CBCT") }],
    ["a DVT", { [Tags.SeriesDescription]: element("LO", "DVT Oberkiefer") }],
    ["MR", { ...modality("MR"), ...type("HU") }],
  ])("not where it is %s", (_, changes, sopClass) => {
    expect(unit(changes, sopClass)).toBeNull();
  });

  test.each([
    ["MGML", "mg/ml"],
    ["Z_EFF", "Z_EFF"],
    ["HU_MOD", "HU_MOD"],
    ["PCT", "%"],
  ])("a CT of type %s has that unit", (text, expected) => {
    expect(unit(type(text))).toBe(expected);
  });
});

describe("clinical 3.4: 28 and 30, other modalities", () => {
  test.each(["MR", "CR", "DX", "MG", "US"])("%s has none", (name) => {
    expect(unit(modality(name))).toBeNull();
  });

  test("a diffusion map has the unit that its header says", () => {
    expect(unit({ ...modality("MR"), ...type("10^-6 mm2/s") })).toBe("10^-6 mm2/s");
  });

  test.each([
    ["BQML", "Bq/ml"],
    ["CNTS", "counts"],
    ["PROPCNTS", null],
  ])("PT in %s", (units, expected) => {
    expect(unit({ ...modality("PT"), [Tags.Units]: element("CS", units) })).toBe(expected);
  });
});

test("values have as many decimals as a stored step, HU have none", () => {
  const slope = (value: number): Dataset => ({ ...modality("PT"), [Tags.RescaleSlope]: element("DS", value) });
  expect([slope(2), slope(1), slope(0.25), slope(0.004)].map((changes) => decimals(changes))).toEqual([0, 0, 1, 3]);
  expect(decimals({ ...type("HU"), [Tags.RescaleSlope]: element("DS", 0.5) })).toBe(0);
});
