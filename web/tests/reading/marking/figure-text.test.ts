// Measurements in the reader's words: decimal mark, minus, units that never part from their number, basis and refusals named.
import { describe, expect, test } from "vitest";
import { Tags } from "../../../src/display";
import { wordsOf } from "../../../src/locale";
import { chiefText, figureText, labelLines, numberText } from "../../../src/reading/marking/figure-text";
import { lengthOf } from "../../../src/reading/marking/length-input";
import { measure } from "../../../src/tools";
import { element } from "../../display/fixtures";
import { frameWith, mark } from "../../tools/pane";

const de = wordsOf("de");
const en = wordsOf("en");

describe("clinical 3.5: 36", () => {
  test("decimal comma in German, point in English, no mark for thousands, a real minus", () => {
    expect([numberText(1234.56, 1, de), numberText(1234.56, 1, en), numberText(-12.34, 1, de)]).toEqual([
      "1234,6",
      "1234.6",
      "−12,3",
    ]);
    expect(numberText(-0.01, 1, de)).toBe("0,0");
  });

  test("a unit stands behind a space that does not break, degrees without one", () => {
    const figure = { name: "length", value: 12.3, decimals: 1 } as const;
    expect([figureText({ ...figure, unit: "mm" }, de), figureText({ ...figure, unit: "°" }, de)]).toEqual([
      "12,3\u00a0mm",
      "12,3°",
    ]);
  });

  test.each([
    ["25", 25],
    ["25,4", 25.4],
    ["25.4 mm", 25.4],
    ["0,125", 0.125],
    ["1234", 1234],
  ])("%s is typed for %s mm", (text, millimetres) => {
    expect(lengthOf(text)).toEqual({ kind: "length", millimetres });
  });

  test.each(["1.234", "12,345"])("%s is asked, not guessed", (text) => {
    expect(lengthOf(text).kind).toBe("ambiguous");
  });

  test.each(["", "0", "-3", "x", "1.2.3", "Infinity", "1e3"])("%o is no length", (text) => {
    expect(lengthOf(text).kind).toBe("invalid");
  });
});

describe("beside a mark stand", () => {
  const said = (frame: ReturnType<typeof frameWith>, words = de) => {
    const made = mark("length", frame, [0, 0], [4, 0]);
    const measured = measure(made, { frame, values: null, calibration: null });
    return labelLines(made, measured, words).map(({ text }) => text);
  };

  test("the value alone where the image has its own millimetre", () => {
    // Rows of 1 mm: a tenth would be finer than half a pixel.
    expect(said(frameWith())).toEqual(["2\u00a0mm"]);
  });

  test("the basis where it has not", () => {
    const detector = { [Tags.Modality]: element("CS", "DX"), [Tags.ImagerPixelSpacing]: element("DS", 0.5, 0.5) };
    const frame = frameWith({ ...detector, [Tags.PixelSpacing]: { vr: "DS" } });
    expect([said(frame), said(frame, en)]).toEqual([
      ["2,0\u00a0mm", "am Detektor"],
      ["2.0\u00a0mm", "at detector"],
    ]);
  });

  test("pixels and the reason where there is none", () => {
    const frame = frameWith({}, "1.2.840.10008.5.1.4.1.1.7");
    expect(said(frame)).toEqual(["4\u00a0px", "kein mm: Bildschirmaufnahme"]);
  });

  test("what the header contradicts, as a warning", () => {
    const changes = { [Tags.Modality]: element("CS", "DX"), [Tags.ImagerPixelSpacing]: element("DS", 0.2, 0.2) };
    const frame = frameWith(changes);
    const made = mark("length", frame, [0, 0], [4, 0]);
    const lines = labelLines(made, measure(made, { frame, values: null, calibration: null }), de);
    expect(lines.map(({ tone }) => tone)).toEqual(["value", "note", "warn"]);
  });

  test("few pixels in the colour of a warning (clinical 3.4: 31)", () => {
    const frame = frameWith();
    const values = new Uint16Array(80).fill(1124);
    const count = (half: number) => {
      const made = mark("ellipse", frame, [4.5 - half, 4.5], [4.5 + half, 4.5], [4.5, 4.5 - half], [4.5, 4.5 + half]);
      return labelLines(made, measure(made, { frame, values, calibration: null }), de).find(({ text }) =>
        text.startsWith("n "),
      );
    };
    expect([count(0.6)?.tone, count(1)?.tone]).toEqual(["warn", "note"]);
  });
});

test("a list shows the chief figure, of two axes both", () => {
  const figures = [
    { name: "deltaX", value: 0.25, decimals: 2, unit: "s" },
    { name: "deltaY", value: 1.5, decimals: 1, unit: "cm" },
  ] as const;
  const measured = { figures, refusals: [], basis: null, by: null, conflict: null, recalibrated: false };
  expect(chiefText(measured, de)).toBe("0,25\u00a0s · 1,5\u00a0cm");
});
