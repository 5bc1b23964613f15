// Standardised uptake values: what they are where the header says all of it, and why there are none (clinical rules 1.52 to 1.56).
import { describe, expect, test } from "vitest";
import { type Dataset, type JsonElement, presetOf, presetsOf, readOutOf, Tags } from "../../src/display";
import { element, frame } from "./fixtures";

const HALF_LIFE_S = 6586.2;
const DRUG: Dataset = {
  [Tags.RadionuclideTotalDose]: element("DS", "370000000"),
  [Tags.RadionuclideHalfLife]: element("DS", HALF_LIFE_S),
  [Tags.RadiopharmaceuticalStartTime]: element("TM", "091112"),
};
const PET: Dataset = {
  [Tags.Modality]: element("CS", "PT"),
  [Tags.Units]: element("CS", "BQML"),
  [Tags.CorrectedImage]: element("CS", "DECY", "ATTN", "SCAT"),
  [Tags.PatientWeight]: element("DS", 72.5),
  [Tags.DecayCorrection]: element("CS", "START"),
  [Tags.SeriesDate]: element("DA", "20200101"),
  [Tags.SeriesTime]: element("TM", "101112"),
  [Tags.RescaleSlope]: element("DS", 1.5),
  [Tags.RescaleIntercept]: element("DS", 0),
};
const drug = (changes: Dataset = {}): Dataset => ({
  [Tags.RadiopharmaceuticalInformationSequence]: { vr: "SQ", Value: [{ ...DRUG, ...changes }] },
});
const read = (changes: Dataset = {}) => readOutOf(frame({ ...PET, ...drug(), ...changes }));
const empty = (vr: string): JsonElement => ({ vr });

/** Of a stored 1000 that is 1500 Bq/ml, `hours` after the injection. */
const expected = (hours: number): number => (1500 * 72_500) / (370e6 * 2 ** (-(hours * 3600) / HALF_LIFE_S));

describe("clinical rule 1.52: by body weight, from the injection to the reference of decay correction", () => {
  test("one hour after it", () => {
    const { unit, toValue, without } = read();
    expect([unit, without]).toEqual(["SUVbw", null]);
    expect(toValue(1000)).toBeCloseTo(expected(1), 9);
    expect(toValue(1000)).toBeCloseTo(0.4294, 3);
  });

  test("a date and time of the injection goes before its time alone", () => {
    const given = { [Tags.RadiopharmaceuticalStartDateTime]: element("DT", "20200101081112.50") };
    expect(read(drug(given)).toValue(1000)).toBeCloseTo(expected(2 - 0.5 / 3600), 9);
  });

  test("its offset is reckoned to that of the header's other times; where those have none, the time alone counts", () => {
    const given = (zone: string): Dataset => ({
      ...drug({ [Tags.RadiopharmaceuticalStartDateTime]: element("DT", "20200101081112+0000") }),
      ...(zone === "" ? {} : { [Tags.TimezoneOffsetFromUTC]: element("SH", zone) }),
    });
    expect(read(given("+0100")).toValue(1000)).toBeCloseTo(expected(1), 9);
    expect(read(given("+0000")).toValue(1000)).toBeCloseTo(expected(2), 9);
    expect(read(given("")).toValue(1000)).toBeCloseTo(expected(1), 9);
    expect(
      read({
        ...given(""),
        ...drug({
          [Tags.RadiopharmaceuticalStartDateTime]: element("DT", "20200101081112+0000"),
          [Tags.RadiopharmaceuticalStartTime]: empty("TM"),
        }),
      }).without,
    ).toBe("suvTime");
  });

  test("clinical rule 3.29: SUV has one decimal, two below 1", () => {
    expect([read().decimals(0.42), read().decimals(2.3)]).toEqual([2, 1]);
  });
});

describe("clinical rule 1.53: refused where a part of it is not said", () => {
  test.each<[string, Dataset]>([
    ["suvCorrection", { [Tags.CorrectedImage]: element("CS", "DECY") }],
    ["suvCorrection", { [Tags.CorrectedImage]: element("CS", "ATTN", "SCAT") }],
    ["suvWeight", { [Tags.PatientWeight]: empty("DS") }],
    ["suvWeight", { [Tags.PatientWeight]: element("DS", 0) }],
    ["suvDose", drug({ [Tags.RadionuclideTotalDose]: empty("DS") })],
    ["suvHalfLife", drug({ [Tags.RadionuclideHalfLife]: element("DS", 0) })],
    ["suvDecay", { [Tags.DecayCorrection]: empty("CS") }],
    ["suvDecay", { [Tags.DecayCorrection]: element("CS", "NONE") }],
    ["suvTime", drug({ [Tags.RadiopharmaceuticalStartTime]: element("TM", "soon") })],
    ["suvTime", { [Tags.SeriesDate]: element("DA", "20209901") }],
  ])("%s", (why, changes) => {
    const { unit, toValue, without } = read(changes);
    expect([unit, without]).toEqual(["Bq/ml", why]);
    expect(toValue(1000)).toBe(1500);
  });
});

test.each([
  ["BQML", { [Tags.RescaleSlope]: element("DS", 0) }],
  ["BQML", { [Tags.RescaleSlope]: empty("DS") }],
  ["CNTS", { [Tags.RescaleIntercept]: empty("DS") }],
  ["GML", { [Tags.RescaleSlope]: element("DS", 0) }],
])("clinical rules 1.20 and 1.21: %s without a valid rescale is no SUV and has no unit", (units, changes) => {
  const { unit, without } = read({ [Tags.Units]: element("CS", units), ...changes });
  expect([unit, without]).toEqual([null, "suvRescale"]);
});

describe("clinical rule 1.54: the reference", () => {
  const acquired = (time: string): Dataset => ({
    [Tags.AcquisitionDate]: element("DA", "20200101"),
    [Tags.AcquisitionTime]: element("TM", time),
  });

  test("is Series Time where it is not after the acquisition", () => {
    expect(read(acquired("101530")).toValue(1000)).toBeCloseTo(expected(1), 9);
  });

  test("is what the maker noted where the series was written anew", () => {
    const noted = { "00090010": element("LO", "GEMS_PETD_01"), "0009100D": element("DT", "20200101094112.00") };
    expect(read({ ...acquired("094200"), ...noted }).toValue(1000)).toBeCloseTo(expected(0.5), 9);
    const elsewhere = { "00090010": element("LO", "OTHER"), "0009100D": element("DT", "20200101094112.00") };
    expect(read({ ...acquired("094200"), ...elsewhere }).without).toBe("suvTime");
  });

  test("is the injection itself with ADMIN", () => {
    expect(read({ [Tags.DecayCorrection]: element("CS", "ADMIN") }).toValue(1000)).toBeCloseTo(expected(0), 9);
  });
});

describe("clinical rule 1.55: other units", () => {
  const counts = { [Tags.Units]: element("CS", "CNTS") };
  const philips = (last: string, value: number): Dataset => ({
    ...counts,
    "70530011": element("LO", "Philips PET Private Group"),
    [`705311${last}`]: element("DS", value),
  });

  test("counts by either of Philips' factors, in whichever block they are", () => {
    expect(read(philips("00", 0.002)).toValue(1000)).toBeCloseTo(3, 9);
    expect(read(philips("09", 2)).toValue(1000)).toBeCloseTo(2 * expected(1), 9);
    expect(read(counts).unit).toBe("counts");
  });

  test.each([
    ["BW", "SUVbw"],
    ["LBMJANMA", "SUVlbm"],
    ["BSA", "SUVbsa"],
    ["NEW", "g/ml"],
  ])("g/ml of type %s is %s", (type, unit) => {
    const made = read({ [Tags.Units]: element("CS", "GML"), [Tags.SUVType]: element("CS", type) });
    expect([made.unit, made.toValue(1000)]).toEqual([unit, 1500]);
  });

  test("anything else has no SUV", () => {
    expect(read({ [Tags.Units]: element("CS", "PROPCNTS") }).unit).toBeNull();
    expect(read({ [Tags.Modality]: element("CS", "NM") }).without).toBeNull();
  });
});

describe("clinical rule 1.56: nothing is guessed", () => {
  test("a dose that is probably in MBq is refused", () => {
    expect(read(drug({ [Tags.RadionuclideTotalDose]: element("DS", 370) })).without).toBe("suvDose");
  });

  test("a time alone may be of the day before, a date and time may not", () => {
    const late = { [Tags.RadiopharmaceuticalStartTime]: element("TM", "2330") };
    const night = { [Tags.SeriesTime]: element("TM", "003000") };
    expect(read({ ...night, ...drug(late) }).toValue(1000)).toBeCloseTo(expected(1), 9);
    const after = { [Tags.RadiopharmaceuticalStartDateTime]: element("DT", "20200101120000") };
    expect(read(drug(after)).without).toBe("suvTime");
  });

  test("more than ten half-lives are refused", () => {
    const dayBefore = { [Tags.RadiopharmaceuticalStartDateTime]: element("DT", "20191231101112") };
    expect(read(drug(dayBefore)).without).toBe("suvTime");
  });
});

describe("clinical rule 1.33: windows in SUV", () => {
  const pet = frame({ ...PET, ...drug() });
  const toUptake = read().toValue;

  test("go from no uptake to 5, 7, 10 or 15, by the digits", () => {
    const ends = presetsOf(pet).map(({ key, window: { centre, width } }) => [
      key,
      (centre - width / 2) / 1.5,
      Number(toUptake((centre + width / 2) / 1.5).toFixed(9)),
    ]);
    expect(ends).toEqual([
      ["1", 0, 5],
      ["2", 0, 7],
      ["3", 0, 10],
      ["4", 0, 15],
    ]);
  });

  test.each(["LINEAR", "SIGMOID"] as const)(
    "are not a %s window of the same numbers, which ends elsewhere",
    (shape) => {
      const inUptake = frame({ ...PET, [Tags.Units]: element("CS", "GML"), [Tags.RescaleSlope]: element("DS", 1) });
      const [five] = presetsOf(inUptake);
      expect(five && [five.window.centre, five.window.width]).toEqual([2.5, 5]);
      expect(five && presetOf(inUptake, five.window)?.id).toBe("suv5");
      expect(presetOf(inUptake, { centre: 2.5, width: 5, shape })).toBeNull();
    },
  );

  test("are known again, and not offered where there is no SUV", () => {
    const [, seven] = presetsOf(pet);
    expect(seven && presetOf(pet, seven.window)?.id).toBe("suv7");
    expect(presetsOf(frame({ ...PET, ...drug(), [Tags.PatientWeight]: empty("DS") }))).toEqual([]);
  });
});

test("clinical rule 1.55: counts without a factor have no SUV, and it is said why", () => {
  const { unit, without } = read({ [Tags.Units]: element("CS", "CNTS") });
  expect([unit, without]).toEqual(["counts", "suvCounts"]);
});
