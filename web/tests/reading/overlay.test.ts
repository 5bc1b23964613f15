// What stands over a picture: its texts, its badges, and the marks by which tests know what is drawn.
import { describe, expect, test, vi } from "vitest";
import { Problem, Unreachable } from "../../src/api";
import { type Dataset, type DisplaySet, displaySets, FITTED, type Instance, Tags } from "../../src/display";
import { wordsOf } from "../../src/locale";
import { badgesOf } from "../../src/reading/badges";
import { mountOverlay } from "../../src/reading/overlay";
import { overlayLines } from "../../src/reading/overlay-lines";
import { type PaneContent, type PaneReport, Undecodable } from "../../src/viewport";
import { element, instance, slice } from "../display/fixtures";

const de = wordsOf("de");
const en = wordsOf("en");
const values = new Uint16Array(80);

function hung(instances: readonly Instance[]): DisplaySet {
  const [set] = displaySets(instances).sets;
  if (set === undefined) throw new Error("no set");
  return set;
}

function report(set: DisplaySet, changes: Partial<PaneReport> = {}): PaneReport {
  const index = changes.index ?? 0;
  const frame = set.frames[index] ?? null;
  const voi = { kind: "window", window: { centre: -600, width: 1500, shape: "LINEAR" } } as const;
  const content: PaneContent = {
    kind: "picture",
    picture: { kind: "grey", rows: 8, columns: 10, values, headerConflict: false },
    voi: { voi, source: "image", name: null },
    renderer: "2d",
  };
  const progress = { done: 3, failed: 0, total: 3, retryIn: null };
  return {
    set,
    frame,
    index,
    content,
    view: FITTED,
    zoom: 1.42,
    inverted: false,
    smooth: true,
    isReady: () => true,
    link: null,
    overlays: true,
    presented: null,
    shutter: true,
    progress,
    geometry: null,
    ...changes,
  };
}

const CT: Dataset = {
  [Tags.StudyDate]: element("DA", "20261124"),
  [Tags.StudyTime]: element("TM", "081205"),
  [Tags.SeriesDescription]: element("LO", "Lunge"),
  [Tags.SeriesNumber]: element("IS", 3),
  [Tags.SliceThickness]: element("DS", 1),
  [Tags.KVP]: element("DS", 120),
  [Tags.Exposure]: element("IS", 38),
  [Tags.ConvolutionKernel]: element("SH", "Br59"),
};
const chest = hung([-142.5, -143.25, -144].map((z, index) => slice(z, index, CT)));
const texts = (lines: readonly { text: string }[]): string[] => lines.map(({ text }) => text);

describe("corners", () => {
  test("say in German what the look draws", () => {
    const lines = overlayLines(report(chest), de);
    expect(texts(lines.topLeft)).toEqual(["24.11.2026 08:12", "Lunge · Serie 3"]);
    expect(texts(lines.topRight)).toEqual(["Axial · 1 / 0,75 mm", "Br59 · 120 kV · 38 mAs"]);
    expect(texts(lines.bottomLeft)).toEqual(["Bild 1 / 3", "z −142,5 mm"]);
    expect(texts(lines.bottomRight)).toEqual(["W 1\u202f500 L −600", "Lunge · Zoom 1,42"]);
    expect(lines.letters).toEqual({ top: "A", right: "L", bottom: "P", left: "R" });
  });

  test("say the same in English", () => {
    const lines = overlayLines(report(chest, { inverted: true, zoom: 1 }), en);
    expect(texts(lines.topLeft)[0]).toBe("24 Nov 2026 08:12");
    expect(texts(lines.topRight)[0]).toBe("Axial · 1 / 0.75 mm");
    expect(texts(lines.bottomRight)[1]).toBe("Lung · Zoom 1.00");
  });

  test("leave out what is missing, without a trace of it", () => {
    const bare = hung([
      instance({ [Tags.PixelSpacing]: element("DS"), [Tags.ImageOrientationPatient]: element("DS") }),
    ]);
    const { topLeft, topRight, bottomLeft, letters } = overlayLines(report(bare), de);
    expect([...texts(topLeft), ...texts(topRight), ...texts(bottomLeft)]).toEqual(["Bild 1 / 1"]);
    expect(letters).toBeNull();
  });

  test("name a preset only where values are HU", () => {
    const mr = hung([instance({ [Tags.Modality]: element("CS", "MR") })]);
    expect(texts(overlayLines(report(mr), de).bottomRight)[1]).toBe("Zoom 1,42");
  });
});

describe("badges", () => {
  const of = (set: DisplaySet, changes: Partial<PaneReport> = {}): string[] =>
    texts(badgesOf(report(set, changes), de));

  test("lossy with its ratio, or without when the header does not say it", () => {
    const lossy = (lossyRatio: number): DisplaySet => hung([{ ...instance(), lossyRatio }]);
    expect([of(lossy(8)), of(lossy(3.5)), of(lossy(0))]).toEqual([
      ["verlustbehaftet 8:1"],
      ["verlustbehaftet 3,5:1"],
      ["verlustbehaftet Faktor unbekannt"],
    ]);
  });

  test("derived, contradicting, ambiguous", () => {
    expect(
      of(
        hung([
          instance({
            [Tags.ImageType]: element("CS", "DERIVED", "SECONDARY"),
            [Tags.RescaleType]: element("LO", "HU"),
          }),
        ]),
      ),
    ).toEqual(["abgeleitet"]);
    expect(of(hung([instance({ [Tags.RescaleSlope]: element("DS", 0) })]))).toEqual([
      "Kopfdaten widersprechen sich",
      "Einheit unbekannt",
    ]);
    expect(of(hung([slice(0, 1), slice(1, 2), slice(0, 1), slice(1, 2)]))).toEqual(["Serie mehrdeutig"]);
  });

  test("a gap is said at the image before it", () => {
    const gap = hung([0, 1, 2, 5, 6].map((z) => slice(z, z)));
    expect([0, 1, 2].map((index) => of(gap, { index }))).toEqual([[], ["Lücke 3,0 mm nach diesem Bild"], []]);
  });

  test("a picture drawn by the server says so and why", () => {
    const picture = {
      kind: "colour",
      rows: 1,
      columns: 1,
      rgba: new Uint8Array(4),
      fromServer: "twelve-bit-jpeg",
    } as const;
    const content: PaneContent = { kind: "picture", picture, voi: null, renderer: "2d" };
    expect(of(chest, { content })).toEqual(["Serverbild: JPEG mit 12 Bit"]);
  });

  test("a radiograph whose sides nobody states says so", () => {
    const dx = { [Tags.Modality]: element("CS", "DX"), [Tags.ImageOrientationPatient]: element("DS") };
    expect(of(hung([instance(dx)]))).toEqual(["Ausrichtung unbekannt"]);
    expect(of(hung([instance({ ...dx, [Tags.PatientOrientation]: element("CS", "L", "F") })]))).toEqual([]);
  });
});

describe("on the page", () => {
  const mount = () => {
    const host = document.createElement("figure");
    const retry = vi.fn();
    return { host, retry, overlay: mountOverlay(host, de, retry) };
  };
  const shown = (host: HTMLElement, selector: string): string | null => {
    const found = host.querySelector<HTMLElement>(selector);
    return found === null || found.hidden ? null : found.textContent;
  };

  test("a drawn image is marked by instance and frame, with its window", () => {
    const { host, overlay } = mount();
    overlay.show(report(chest, { index: 1 }));
    expect(host.dataset).toMatchObject({
      drawn: chest.frames[1]?.key,
      frame: "2",
      frames: "3",
      window: "-600;1500;LINEAR",
      renderer: "2d",
    });
    expect(shown(host, ".ov-tile")).toBeNull();
  });

  test("nothing is marked as drawn while the next image is on its way", () => {
    const { host, overlay } = mount();
    overlay.show(report(chest));
    overlay.show(
      report(chest, {
        index: 1,
        content: { kind: "waiting" },
        progress: { done: 1, failed: 0, total: 3, retryIn: null },
      }),
    );
    expect(host.dataset["drawn"]).toBeUndefined();
    expect(shown(host, ".ov--progress")).toBe("1 von 3");
    expect(shown(host, ".ov--br")).toBe("");
  });

  test("an interrupted line says when it is tried again, also over a picture that is there", () => {
    const { host, overlay } = mount();
    overlay.show(report(chest, { progress: { done: 1, failed: 0, total: 3, retryIn: 4 } }));
    expect(shown(host, ".ov--progress")).toBe("Verbindung unterbrochen, neuer Versuch in 4 s");
    overlay.show(report(chest));
    expect(shown(host, ".ov--progress")).toBeNull();
  });

  test.each([
    [new Undecodable("truncated", "3 of 4"), "Bilddaten unvollständig"],
    [new Unreachable("refused"), "Kontor antwortet nicht. Geladene Bilder bleiben lesbar."],
  ])("a failed image says why and offers to load it again", (error, reason) => {
    const { host, retry, overlay } = mount();
    overlay.show(report(chest, { content: { kind: "failed", error } }));
    expect(shown(host, ".ov-tile")).toContain(reason);
    host.querySelector("button")?.click();
    expect(retry).toHaveBeenCalledOnce();
    overlay.show(report(chest));
    expect(shown(host, ".ov-tile")).toBeNull();
  });

  test("an image in whose place another stands says so, and offers the series instead", () => {
    const { host, retry, overlay } = mount();
    const error = new Problem({ code: "images-changed", title: "Dieses Bild wurde inzwischen ersetzt" });
    overlay.show(report(chest, { content: { kind: "failed", error } }));
    expect(shown(host, ".ov-tile")).toBe("Bilder geändertDieses Bild wurde inzwischen ersetztSerie neu laden");
    host.querySelector("button")?.click();
    expect(retry).toHaveBeenCalledOnce();
  });

  test.each([
    [new Problem({ code: "pixels-incomplete", title: "Nicht alles da" }), "Bilddaten unvollständig"],
    [new Problem({ code: "not-found", title: "Nicht gefunden" }), "Nicht gefunden"],
    [new Undecodable("corrupt", "no end"), "Bilddaten beschädigt"],
  ])("an image that cannot come by asking again says why and offers nothing", (error, reason) => {
    const { host, overlay } = mount();
    overlay.show(report(chest, { content: { kind: "failed", error } }));
    expect(shown(host, ".ov-tile")).toBe(`Bild nicht lesbar${reason}`);
    overlay.show(
      report(chest, {
        content: { kind: "failed", error: new Problem({ code: "internal", title: "Fehler", repeatable: true }) },
      }),
    );
    expect(host.querySelector("button")?.textContent).toBe("Erneut laden");
  });
});
