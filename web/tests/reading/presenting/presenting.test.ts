// What choosing a presentation state does on the desk, and what is said of it (clinical rules 8.9 and 8.12).
import { describe, expect, test, vi } from "vitest";
import { seriesUid } from "../../../src/api";
import {
  applied,
  type Dataset,
  type DisplaySet,
  type Instance,
  ObjectTags,
  readPresentationState,
  StateTags,
  Tags,
} from "../../../src/display";
import { wordsOf } from "../../../src/locale";
import type { Desk, DeskView } from "../../../src/reading/desk";
import { NOTHING_HUNG, type PlaceView } from "../../../src/reading/place";
import { choosePresentation } from "../../../src/reading/presenting/presenting";
import { viewBadges } from "../../../src/reading/view-badges";
import { element, instance } from "../../display/fixtures";
import { overlay } from "../../display/graphics";
import { hung, shown } from "../reports";

const de = wordsOf("de");
const SERIES = "1.2.9";

function stateOf(images: readonly Instance[], changes: Dataset = {}): Instance {
  const items = images.map(({ sopInstanceUid }) => ({
    [ObjectTags.ReferencedSopInstanceUid]: element("UI", sopInstanceUid),
  }));
  return instance(
    {
      [StateTags.ContentLabel]: element("CS", "BEFUND"),
      [StateTags.ContentCreatorName]: element("PN", { Alphabetic: "Lesend^Lena" }),
      [StateTags.PresentationCreationDate]: element("DA", "20260412"),
      [ObjectTags.ReferencedSeriesSequence]: element("SQ", {
        [ObjectTags.SeriesInstanceUid]: element("UI", SERIES),
        [ObjectTags.ReferencedImageSequence]: element("SQ", ...items),
      }),
      ...changes,
    },
    0,
    "1.2.840.10008.5.1.4.1.1.11.1",
  );
}

/** A desk of two panes in which these sets hang; what is opened hangs in the active one. */
function desk(sets: readonly (DisplaySet | null)[], stored: DisplaySet | null = null) {
  const places: PlaceView[] = sets.map((set) => ({ ...NOTHING_HUNG, set }));
  const present = vi.fn((place: number, state: PlaceView["presented"]) => {
    const before = places[place];
    if (before !== undefined) places[place] = { ...before, presented: state };
  });
  const view = { active: 1 };
  const bring = vi.fn(async (_: string) => ({ contents: { sets: stored === null ? [] : [stored] } }));
  const made = {
    snapshot: () => ({ places, layout: "1x2", active: view.active, loaded: new Map() }) as unknown as DeskView,
    paneAt: (place: number) => ({ present: (state: PlaceView["presented"]) => present(place, state) }),
    activate: (place: number) => Object.assign(view, { active: place }),
    bring,
    open: async (uid: string, at: number, _: boolean, place: number) => {
      if (at === 0) places[place] = { ...NOTHING_HUNG, series: seriesUid(uid), set: stored };
    },
  };
  return { desk: made as unknown as Desk, places, present, bring, view };
}

const digests = (places: readonly PlaceView[]): readonly (string | null)[] =>
  places.map(({ presented }) => presented?.instance.digest ?? null);

describe("clinical 8.9: a state that is chosen", () => {
  const [one, other] = [instance(), instance({}, 1)];
  const state = stateOf([one]);

  test("lies on its images in every pane that shows one, and on no other pane", async () => {
    const { desk: made, places, view } = desk([hung([one]), hung([other])]);
    expect(await choosePresentation(made, state, [SERIES])).toBe("on");
    expect(digests(places)).toEqual([state.digest, null]);
    expect(view.active).toBe(0);
  });

  test("clinical 8.12: chosen once more it is taken off, another one takes its place", async () => {
    const { desk: made, places } = desk([hung([one]), hung([one])]);
    const second = stateOf([one]);
    await choosePresentation(made, state, [SERIES]);
    expect(await choosePresentation(made, second, [SERIES])).toBe("on");
    expect(digests(places)).toEqual([second.digest, second.digest]);
    expect(await choosePresentation(made, second, [SERIES])).toBe("off");
    expect(digests(places)).toEqual([null, null]);
  });

  test("opens the series that it names in the active pane where no pane shows it", async () => {
    const { desk: made, places } = desk([hung([other]), null], hung([one]));
    expect(await choosePresentation(made, state, [SERIES])).toBe("on");
    expect(digests(places)).toEqual([null, state.digest]);
    expect(places[1]?.series).toBe(SERIES);
  });

  test("that names nothing here changes nothing, and says so", async () => {
    const { desk: made, places, present } = desk([hung([other]), null], hung([other]));
    expect(await choosePresentation(made, state, [SERIES])).toBe("nothing");
    expect(await choosePresentation(made, stateOf([]), [SERIES])).toBe("nothing");
    expect([present.mock.calls.length, places[1]?.series]).toEqual([0, null]);
  });

  test("of a series of another study asks for none of this one, without a series for all", async () => {
    const { desk: made, bring } = desk([null, null]);
    expect(await choosePresentation(made, state, ["1.2.7", "1.2.8"])).toBe("nothing");
    expect(bring).not.toHaveBeenCalled();
    const named = { [ObjectTags.ReferencedSopInstanceUid]: element("UI", one.sopInstanceUid) };
    const sequence = element("SQ", { [ObjectTags.ReferencedImageSequence]: element("SQ", named) });
    const anywhere = stateOf([one], { [ObjectTags.ReferencedSeriesSequence]: sequence });
    await choosePresentation(made, anywhere, ["1.2.7", "1.2.8"]);
    expect(bring.mock.calls.map(([uid]) => uid)).toEqual(["1.2.7", "1.2.8"]);
  });
});

describe("the badges", () => {
  const image = instance();
  const set = hung([image]);

  function said(changes: Dataset = {}, own: Dataset = {}, report: Parameters<typeof shown>[1] = {}): readonly string[] {
    const shownImage = instance(own);
    const state = readPresentationState(stateOf([shownImage], changes));
    const hungSet = hung([shownImage]);
    const frame = hungSet.frames[0];
    if (frame === undefined) throw new Error("no frame");
    const presented = { state, applied: applied(state, frame) };
    return viewBadges(shown(hungSet, { presented, ...report }), de).map(({ text }) => text);
  }

  test("clinical 4: name the state, its author and its date", () => {
    expect(said()).toEqual(["Präsentation: BEFUND, Lesend, Lena, 12.04.2026"]);
  });

  test("say of an image that the state does not name that it is not for it", () => {
    const presented = { state: readPresentationState(stateOf([])), applied: null };
    expect(viewBadges(shown(set, { presented }), de).map(({ text }) => text)).toEqual([
      "Nicht für dieses Bild: Präsentation BEFUND, Lesend, Lena, 12.04.2026",
    ]);
  });

  test("clinical 8.9: what is not shown of a state is named, each part once, as a warning", () => {
    const changes = {
      [StateTags.MaskSubtractionSequence]: element("SQ", {}),
      [StateTags.IccProfile]: element("OB", 1),
    };
    expect(said(changes)[1]).toBe("Präsentation nur zum Teil gezeigt, es fehlt: Farbprofil, Maske");
    const state = readPresentationState(stateOf([image], changes));
    const [frame] = set.frames;
    const presented = { state, applied: frame === undefined ? null : applied(state, frame) };
    const tones = viewBadges(shown(set, { presented }), de).map(({ tone }) => tone);
    expect(tones).toEqual(["plain", "warn"]);
  });

  test("a picture that the server has drawn has neither the state's window nor its graphics", () => {
    const rgba = new Uint8Array(80);
    const picture = { kind: "colour", rows: 4, columns: 5, rgba, fromServer: "codec-not-loaded" } as const;
    const point = {
      [StateTags.GraphicType]: element("CS", "POINT"),
      [StateTags.GraphicAnnotationUnits]: element("CS", "PIXEL"),
      [StateTags.GraphicData]: element("FL", 1, 1),
    };
    const annotation = { [StateTags.GraphicObjectSequence]: element("SQ", point) };
    const changes = { [StateTags.GraphicAnnotationSequence]: element("SQ", annotation) };
    expect(said(changes, {}, { picture })[1]).toBe("Präsentation nur zum Teil gezeigt, es fehlt: Fenster, Grafik");
  });

  test("clinical 1.49: a shutter of the image that the state leaves out, or the reader opened, is open", () => {
    const shutter: Dataset = {
      [Tags.ShutterShape]: element("CS", "CIRCULAR"),
      [Tags.CenterOfCircularShutter]: element("IS", 4, 5),
      [Tags.RadiusOfCircularShutter]: element("IS", 3),
    };
    expect(said({}, shutter)).toContain("Blende offen");
    expect(said(shutter, shutter)).not.toContain("Blende offen");
    expect(said(shutter, {}, { shutter: false })).toContain("Blende offen");
    expect(said({}, {}, { shutter: false })).not.toContain("Blende offen");
  });

  test("clinical 1.48: overlays that the state does not show, and graphics that the reader put off", () => {
    const letter = overlay(["##"]);
    const active = { "60001001": element("CS", "A") };
    expect(said({}, letter)).toContain("Overlays aus");
    expect(said(active, letter)).not.toContain("Overlays aus");
    expect(said(active, letter, { overlays: false })).toContain("Overlays aus");
    expect(said({}, {}, { overlays: false })).not.toContain("Overlays aus");
  });
});
