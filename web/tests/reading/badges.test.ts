// Badges: for each row of clinical rules 4 a fixture that triggers it, and a near miss that does not.
import { describe, expect, test } from "vitest";
import { type Dataset, Tags } from "../../src/display";
import { wordsOf } from "../../src/locale";
import { mountBadgeStrips } from "../../src/reading/badge-strips";
import { type Badge, type BadgePlace, badgesOf, folded } from "../../src/reading/badges";
import { element, instance, slice } from "../display/fixtures";
import { overlay } from "../display/graphics";
import { hung, image, type Shown, shown } from "./reports";

const de = wordsOf("de");
const en = wordsOf("en");

function at(place: BadgePlace, instances: Parameters<typeof hung>[0], how: Shown = {}): readonly string[] {
  return badgesOf(shown(hung(instances), how), de)
    .filter((badge) => badge.place === place)
    .map(({ text }) => text);
}
const nature = (changes: Dataset, how: Shown = {}, modality = "CT"): readonly string[] =>
  at("nature", [image(modality, changes)], how);

test("a plain image says nothing", () => {
  expect(badgesOf(shown(hung([instance()])), de)).toEqual([]);
});

describe("clinical 4, at the top", () => {
  test("a raw image is not for diagnosis", () => {
    const intent = (value: string): Dataset => ({ [Tags.PresentationIntentType]: element("CS", value) });
    expect(at("top", [instance(intent("FOR PROCESSING"))])).toEqual(["Nicht zur Befundung: Rohbild"]);
    expect(at("top", [instance(intent("FOR PRESENTATION"))])).toEqual([]);
  });

  test("images that could not be read make a set incomplete", () => {
    const progress = { done: 2, failed: 1, total: 3, retryIn: null };
    expect(at("top", [instance()], { progress })).toEqual(["Unvollständig: 1 von 3 nicht lesbar"]);
    expect(at("top", [instance()], { progress: { ...progress, done: 3, failed: 0 } })).toEqual([]);
  });

  test.each([
    ["R", "Knie li.", true],
    ["R", "Knee left", true],
    ["L", "RE Hand", true],
    ["R", "Knie re", false],
    ["R", "LWS seitlich", false],
    ["R", "L-Spine L5", false],
    ["R", "Röntgen L 5", false],
    ["B", "Knie links", false],
    ["R", "Hände bds.", false],
    ["", "Knie links", false],
  ])("clinical 5.12: header %s and text %s clash: %s", (side, text, clash) => {
    const changes = { [Tags.ImageLaterality]: element("CS", side), [Tags.SeriesDescription]: element("LO", text) };
    expect(at("top", [instance(changes)])).toEqual(clash ? ["Seitenangabe widersprüchlich"] : []);
  });
});

describe("clinical 4, about the image", () => {
  const compressed = (ratios: readonly number[], method = ""): readonly string[] =>
    at("nature", [
      {
        ...instance({
          [Tags.LossyImageCompressionRatio]: element("DS", ...ratios),
          [Tags.LossyImageCompressionMethod]: element("CS", method),
        }),
        lossyRatio: ratios.at(-1) ?? 0,
      },
    ]);

  test("clinical 4.5: lossy with method, ratio and generations", () => {
    expect(compressed([8], "ISO_10918_1")).toEqual(["verlustbehaftet JPEG 8:1"]);
    expect(compressed([])).toEqual(["verlustbehaftet Faktor unbekannt"]);
    expect(compressed([4, 2.5], "ISO_15444_1")).toEqual(["verlustbehaftet JPEG 2000 10:1 (2 Mal)"]);
  });

  /** Without it nobody says what a derived CT is measured in. */
  const hounsfield = { [Tags.RescaleType]: element("LO", "HU") };

  test("derived, or original", () => {
    expect(nature({ ...hounsfield, [Tags.ImageType]: element("CS", "DERIVED", "PRIMARY") })).toEqual(["abgeleitet"]);
    expect(nature({ [Tags.ImageType]: element("CS", "ORIGINAL", "DERIVED") })).toEqual([]);
  });

  test("a capture by its class, text in any image", () => {
    const capture = (changes: Dataset = {}, sopClass = "1.2.840.10008.5.1.4.1.1.7"): readonly string[] =>
      at("nature", [instance(changes, 1, sopClass)]);
    expect(capture()).toEqual(["Bildkopie"]);
    expect(capture({}, "1.2.840.10008.5.1.4.1.1.7.2")).toEqual(["Bildkopie"]);
    expect(capture(hounsfield, "1.2.840.10008.5.1.4.1.1.77.1.1")).toEqual([]);
    expect(nature({ [Tags.BurnedInAnnotation]: element("CS", "YES") })).toEqual(["Text im Bild"]);
    expect(nature({ [Tags.BurnedInAnnotation]: element("CS", "NO") })).toEqual([]);
  });

  test("clinical 1.37: a polarity that contradicts itself is a header conflict", () => {
    const shape = (value: string): readonly string[] => nature({ [Tags.PresentationLUTShape]: element("CS", value) });
    expect([shape("INVERSE"), shape("IDENTITY")]).toEqual([["Kopfdaten widersprechen sich"], []]);
  });

  test("clinical 5.8: directions more than 45° from Patient Orientation are one too", () => {
    const stated = (row: string, column: string): readonly string[] =>
      nature({ [Tags.PatientOrientation]: element("CS", row, column) });
    expect(stated("R", "P")).toEqual(["Kopfdaten widersprechen sich"]);
    expect([stated("L", "P"), stated("LA", "P")]).toEqual([[], []]);
  });

  test("clinical 5.6: cosines that are no unit vectors are one too", () => {
    const row = (x: number): readonly string[] =>
      nature({ [Tags.ImageOrientationPatient]: element("DS", x, 0, 0, 0, 1, 0) });
    expect([row(1.01), row(1.0005)]).toEqual([["Kopfdaten widersprechen sich"], []]);
  });

  test("uncalibrated where lengths are measured and nothing tells millimetres", () => {
    const without: Dataset = {
      [Tags.PixelSpacing]: element("DS"),
      [Tags.ImageOrientationPatient]: element("DS"),
      [Tags.PatientOrientation]: element("CS", "L", "F"),
    };
    expect(nature(without, {}, "DX")).toEqual(["unkalibriert"]);
    expect(nature({ ...without, [Tags.ImagerPixelSpacing]: element("DS", 0.1, 0.1) }, {}, "DX")).toEqual([]);
    expect(nature(without, {}, "OT")).toEqual([]);
  });

  test("a unit that readers rely on is missing", () => {
    expect(nature({ [Tags.RescaleType]: element("LO", "US") })).toEqual(["Einheit unbekannt"]);
    expect(nature({ [Tags.RescaleType]: element("LO", "US") }, {}, "MR")).toEqual([]);
    expect(nature({}, {}, "PT")).toEqual(["Einheit unbekannt"]);
    expect(nature({ [Tags.Units]: element("CS", "BQML") }, {}, "PT")).toEqual([]);
  });

  test("gaps, uneven spacing, tilt, order", () => {
    const stack = (...depths: readonly number[]): readonly string[] =>
      at(
        "nature",
        depths.map((z, index) => slice(z, index)),
      );
    expect(stack(0, 3, 6)).toEqual([]);
    expect(stack(0, 3, 6.2)).toEqual(["Abstand ungleich"]);
    expect(stack(0, 3, 6, 12)).toEqual(["Lücke 6,0 mm nach diesem Bild"]);
    expect(nature({ [Tags.GantryDetectorTilt]: element("DS", -12.4) })).toEqual(["Kippung 12°"]);
    expect(nature({ [Tags.GantryDetectorTilt]: element("DS", 0) })).toEqual([]);
  });

  test("clinical 5.12: a net mirror is said, half a turn by two flips is none", () => {
    const flipped = (horizontal: boolean, vertical: boolean): readonly string[] =>
      nature({}, { flips: { horizontal, vertical, quarterTurns: 1 } });
    expect(flipped(true, false)).toEqual(["gespiegelt"]);
    expect([flipped(true, true), flipped(false, false)]).toEqual([[], []]);
  });
});

describe("clinical 4, about the view", () => {
  const view = (how: Shown, changes: Dataset = {}): readonly string[] => at("view", [instance(changes)], how);

  test("clinical 1.32: which window is active, where it is not the image's own", () => {
    const lung = { kind: "window", window: { centre: -600, width: 1500, shape: "LINEAR" } } as const;
    expect(view({ source: "auto" })).toEqual(["Fenster automatisch"]);
    expect(view({ source: "user" })).toEqual(["Fenster geändert"]);
    expect(view({ source: "user", voi: lung })).toEqual(["Fenster Lunge"]);
    expect(view({ source: "image", voi: lung })).toEqual([]);
  });

  test("clinical 1.31: a LUT that was put off or stretched", () => {
    const item = {
      [Tags.LUTDescriptor]: element("US", 2, 0, 8),
      [Tags.LUTData]: element("US", 0, 255),
    };
    const lut = { [Tags.Modality]: element("CS", "MR"), [Tags.VOILUTSequence]: element("SQ", item) };
    const own = hung([instance(lut)]).frames[0]?.voi[0]?.voi;
    if (own?.kind !== "lut") throw new Error("no LUT");
    expect(view({ source: "image", voi: own }, lut)).toEqual([]);
    expect(view({ source: "user" }, lut)).toEqual(["LUT aus"]);
    const window = { centre: 3, width: 9, shape: "LINEAR_EXACT" } as const;
    expect(view({ source: "user", voi: { ...own, window } }, lut)).toEqual(["LUT gestreckt"]);
  });

  test("inverted, turned", () => {
    expect(view({ inverted: true })).toEqual(["invertiert"]);
    const turned = (horizontal: boolean, vertical: boolean, quarterTurns: number): readonly string[] =>
      view({ flips: { horizontal, vertical, quarterTurns } });
    expect([turned(false, false, 1), turned(true, true, 0), turned(true, true, 2)]).toEqual([
      ["gedreht 90°"],
      ["gedreht 180°"],
      [],
    ]);
  });

  test("clinical 1.48: overlays that were put off, only where there are any", () => {
    const letter = overlay(["##"]);
    expect(view({ overlays: false }, letter)).toEqual(["Overlays aus"]);
    expect([view({ overlays: false }), view({}, letter)]).toEqual([[], []]);
  });

  test("clinical 1.49: a shutter that was opened, only where there is one", () => {
    const shutter: Dataset = {
      [Tags.ShutterShape]: element("CS", "CIRCULAR"),
      [Tags.CenterOfCircularShutter]: element("IS", 4, 5),
      [Tags.RadiusOfCircularShutter]: element("IS", 3),
    };
    expect(view({ shutter: false }, shutter)).toEqual(["Blende offen"]);
    expect([view({ shutter: false }), view({}, shutter)]).toEqual([[], []]);
  });

  test("clinical 5.10: an animal on four legs", () => {
    const animal = (orientation: readonly string[]): readonly string[] =>
      view(
        {},
        {
          [Tags.AnatomicalOrientationType]: element("CS", "QUADRUPED"),
          [Tags.PatientOrientation]: element("CS", ...orientation),
        },
      );
    expect(animal(["CD", "V"])).toEqual(["nicht menschlich"]);
    expect(view({}, { [Tags.AnatomicalOrientationType]: element("CS", "BIPED") })).toEqual([]);
  });

  test("clinical 1.46: a colour profile that was not applied", () => {
    const picture = { kind: "colour", rows: 1, columns: 1, rgba: new Uint8Array(4), fromServer: null } as const;
    expect(view({ picture: { ...picture, profile: "not-applied" } })).toEqual(["Farbprofil nicht angewandt"]);
    expect([view({ picture }), view({ picture: { ...picture, profile: "applied" } })]).toEqual([[], []]);
  });
});

describe("clinical 4.2: more than four about the image fold", () => {
  const badge = (text: string, stays = false): Badge => ({ text, tone: "warn", place: "nature", stays });

  test("the first by order stay, the rest is a number", () => {
    const all = ["a", "b", "c", "d", "e", "f"].map((text) => badge(text));
    expect(folded(all, de).map(({ text }) => text)).toEqual(["a", "b", "c", "d", "+2"]);
    expect(folded(all.slice(0, 4), de).map(({ text }) => text)).toEqual(["a", "b", "c", "d"]);
  });

  test("those that never fold push others out", () => {
    const all = ["a", "b", "c", "d"].map((text) => badge(text));
    const folds = folded([...all, badge("gap", true)], de).map(({ text }) => text);
    expect(folds).toEqual(["a", "b", "c", "gap", "+1"]);
  });
});

test("each place has its strip, in both languages", () => {
  const layer = document.createElement("div");
  const corner = document.createElement("div");
  const strips = mountBadgeStrips(layer, corner, en);
  const raw = {
    [Tags.PresentationIntentType]: element("CS", "FOR PROCESSING"),
    [Tags.BurnedInAnnotation]: element("CS", "YES"),
  };
  strips.show(badgesOf(shown(hung([instance(raw)]), { inverted: true }), en));
  const text = (host: HTMLElement, place: string): string | null | undefined =>
    host.querySelector(`.ov-badges--${place}`)?.textContent;
  expect([text(layer, "top"), text(corner, "nature"), text(layer, "view")]).toEqual([
    "Not for diagnosis: raw image",
    "text in the image",
    "inverted",
  ]);
});
