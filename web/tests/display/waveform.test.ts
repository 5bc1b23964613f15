// Curves with a known truth: millivolts, seconds, millimetres of paper.
import { describe, expect, test } from "vitest";
import {
  channelValues,
  columnExtremes,
  type Dataset,
  gainOf,
  type MultiplexGroup,
  ObjectTags,
  readAnnotations,
  readWaveforms,
  roomOf,
  STANDARD_PAPER,
} from "../../src/display";
import { base64, element } from "./fixtures";
import { code } from "./report.fixtures";

const channel = (name: string, changes: Dataset = {}): Dataset => ({
  [ObjectTags.ChannelLabel]: element("SH", name),
  [ObjectTags.ChannelSensitivity]: element("DS", "2.5"),
  [ObjectTags.ChannelSensitivityUnitsSequence]: element("SQ", code("uV", "microvolt", "UCUM")),
  ...changes,
});

const item = (changes: Dataset = {}, ...channels: readonly Dataset[]): Dataset => ({
  [ObjectTags.NumberOfWaveformChannels]: element("US", channels.length),
  [ObjectTags.NumberOfWaveformSamples]: element("UL", 3),
  [ObjectTags.SamplingFrequency]: element("DS", "500"),
  [ObjectTags.WaveformBitsAllocated]: element("US", 16),
  [ObjectTags.WaveformSampleInterpretation]: element("CS", "SS"),
  [ObjectTags.ChannelDefinitionSequence]: element("SQ", ...channels),
  ...changes,
});

function group(changes: Dataset = {}, ...channels: readonly Dataset[]): MultiplexGroup {
  const [first] = readWaveforms({ [ObjectTags.WaveformSequence]: element("SQ", item(changes, ...channels)) });
  if (first === undefined) throw new Error("no group");
  return first;
}

function values(of: MultiplexGroup, bytes: Uint8Array, littleEndian = true): readonly (readonly number[])[] {
  return of.channels.map((one) => [...channelValues(of, bytes, one, littleEndian)]);
}

const bytesOf16 = (...samples: readonly number[]): Uint8Array => new Uint8Array(Int16Array.from(samples).buffer);

describe("values", () => {
  test("sample × sensitivity × correction + baseline, channel by channel of each moment", () => {
    const of = group(
      {},
      channel("I"),
      channel("II", {
        [ObjectTags.ChannelSensitivityCorrectionFactor]: element("DS", "2"),
        [ObjectTags.ChannelBaseline]: element("DS", "-10"),
      }),
    );
    // 400 × 2.5 µV = 1 mV; 100 × 2.5 × 2 − 10 = 490 µV
    expect(values(of, bytesOf16(400, 100, -400, 0, 0, -1))).toEqual([
      [1000, -1000, 0],
      [490, -10, -15],
    ]);
  });

  test.each([
    ["SB", 8, Uint8Array.of(0xff, 0x80, 1), [-1, -128, 1]],
    ["UB", 8, Uint8Array.of(0xff, 0x80, 1), [255, 128, 1]],
    ["SS", 16, Uint8Array.of(0xff, 0xff, 0, 0x80, 1, 0), [-1, -32768, 1]],
    ["US", 16, Uint8Array.of(0xff, 0xff, 0, 0x80, 1, 0), [65535, 32768, 1]],
    ["SL", 32, Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 128, 1, 0, 0, 0), [-1, -2147483648, 1]],
  ])("samples of form %s", (form, bits, bytes, expected) => {
    const of = group(
      {
        [ObjectTags.WaveformSampleInterpretation]: element("CS", form),
        [ObjectTags.WaveformBitsAllocated]: element("US", bits),
      },
      channel("I", { [ObjectTags.ChannelSensitivity]: element("DS", 1) }),
    );
    expect(values(of, bytes)).toEqual([expected]);
  });

  test("padding is no value, bytes that end early give whole moments, big endian is told", () => {
    const padding = { [ObjectTags.WaveformPaddingValue]: { vr: "OW", InlineBinary: base64(bytesOf16(-32768)) } };
    const padded = group(padding, channel("I"));
    expect(values(padded, bytesOf16(-32768, 4, 8))).toEqual([[Number.NaN, 10, 20]]);
    expect(values(group({}, channel("I"), channel("II")), bytesOf16(4, 8, 4))).toEqual([[10], [20]]);
    expect(values(group({}, channel("I")), Uint8Array.of(0, 4, 0, 8, 0, 0), false)).toEqual([[10, 20, 0]]);
  });

  test("without a sensitivity there is no unit, and the channel's delay is its offset and skew", () => {
    const [first] = group(
      {},
      channel("I", {
        [ObjectTags.ChannelSensitivity]: element("DS"),
        [ObjectTags.ChannelOffset]: element("DS", "0.1"),
        [ObjectTags.ChannelSampleSkew]: element("DS", "5"),
      }),
    ).channels;
    expect(first).toMatchObject({ unit: "", factor: 1 });
    expect(first?.delay).toBeCloseTo(0.11, 9);
  });

  test("what cannot be told apart is refused with its reason", () => {
    const sound = { [ObjectTags.WaveformSampleInterpretation]: element("CS", "MB") };
    expect(group(sound, channel("I")).refused).toBe("interpretation");
    expect(group({ [ObjectTags.SamplingFrequency]: element("DS") }, channel("I")).refused).toBe("frequency");
    expect(group({ [ObjectTags.NumberOfWaveformChannels]: element("US", 2) }, channel("I")).refused).toBe("channels");
    expect(group({}, channel("I")).refused).toBeNull();
  });
});

describe("paper", () => {
  const [lead] = group({}, channel("I")).channels;
  if (lead === undefined) throw new Error("no channel");

  test("a millivolt is ten millimetres whatever the unit; half the gain is half of it", () => {
    const one = { ...lead, unit: "uV" };
    expect(gainOf(one, Float32Array.of(1000), STANDARD_PAPER).millimetresPerUnit * 1000).toBeCloseTo(10, 9);
    expect(gainOf({ ...lead, unit: "mV" }, Float32Array.of(1), STANDARD_PAPER).millimetresPerUnit).toBe(10);
    const half = { ...STANDARD_PAPER, millimetresPerMillivolt: 5 };
    expect(gainOf(one, Float32Array.of(1000), half).millimetresPerUnit * 1000).toBeCloseTo(5, 9);
  });

  test("other units are fitted by a round gain, which says that it is none of the standard", () => {
    const pressure = gainOf({ ...lead, unit: "mm[Hg]" }, Float32Array.of(60, 140), STANDARD_PAPER);
    expect(pressure).toEqual({ millimetresPerUnit: 0.2, standard: false });
    expect(gainOf({ ...lead, unit: "" }, Float32Array.of(7, 7), STANDARD_PAPER).standard).toBe(false);
  });

  test("room holds the curve, in steps of five millimetres, and an artefact does not fill the page", () => {
    const gain = { millimetresPerUnit: 10, standard: true };
    expect(roomOf(Float32Array.of(-0.4, 1.2), gain)).toEqual({ above: 15, below: 5 });
    expect(roomOf(Float32Array.of(0, 1000), gain).above).toBe(60);
  });

  test("a second is 25 millimetres: each sample stands in the column of its time, least and most are kept", () => {
    const stretch = { hertz: 500, delay: 0, millimetresPerSecond: 25 };
    const curve = Float32Array.from({ length: 1000 }, (_, sample) => (sample === 500 ? 7 : sample % 2 === 0 ? -1 : 1));
    // One column a millimetre: 20 samples each; sample 500 lies at 25 mm.
    const columns = columnExtremes(curve, stretch, 0, 1, 50);
    expect([columns[48], columns[49]]).toEqual([-1, 1]);
    expect([columns[50], columns[51]]).toEqual([-1, 7]);
    expect([columns[52], columns[53]]).toEqual([-1, 1]);
    const later = columnExtremes(curve, { ...stretch, delay: 0.04 }, 0, 1, 50);
    expect(Number.isNaN(later[0] ?? 0)).toBe(true);
    expect(later[53]).toBe(7);
    expect(columnExtremes(curve, { ...stretch, delay: 0.04 }, 25, 1, 10)[1]).toBe(1);
    const scrolled = columnExtremes(curve, stretch, 25, 1, 10);
    expect(scrolled[1]).toBe(7);
    expect(Number.isNaN(columnExtremes(curve, stretch, 50, 1, 10)[0] ?? 0)).toBe(true);
  });
});

test("annotations: free text, numbers with units, codes; positions count from one", () => {
  const groups = [group({}, channel("I"))];
  const annotations = {
    [ObjectTags.WaveformAnnotationSequence]: element(
      "SQ",
      { [ObjectTags.UnformattedTextValue]: element("ST", "sinus rhythm") },
      {
        [ObjectTags.ConceptNameCodeSequence]: element("SQ", code("1", "QT Interval")),
        [ObjectTags.NumericValue]: element("DS", "368"),
        [ObjectTags.MeasurementUnitsCodeSequence]: element("SQ", code("ms", "millisecond", "UCUM")),
        [ObjectTags.ReferencedWaveformChannels]: element("US", 1, 0),
        [ObjectTags.ReferencedSamplePositions]: element("UL", 1, 251),
      },
    ),
  };
  expect(readAnnotations(annotations, groups)).toEqual([
    { channels: [], text: "sinus rhythm", seconds: [] },
    { channels: [[1, 0]], text: "QT Interval: 368 ms", seconds: [0, 0.5] },
  ]);
});
