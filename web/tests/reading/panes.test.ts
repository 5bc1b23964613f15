// Several panes: what hangs where, which is active, what a study opens with, and what the slider says.
import { afterEach, describe, expect, test, vi } from "vitest";
import { KontorClient, type SeriesRow, studyUid } from "../../src/api";
import { type Dataset, displaySets, Tags } from "../../src/display";
import { wordsOf } from "../../src/locale";
import { Desk } from "../../src/reading/desk";
import { firstLayout, nextLayout } from "../../src/reading/layouts";
import { mouseProfile } from "../../src/reading/mouse-profile";
import { fillPlaces, openStudy } from "../../src/reading/opening";
import { loadedRuns, mountSlider } from "../../src/reading/slice-slider";
import type { PaneReport } from "../../src/viewport";
import { element, HEADER, slice } from "../display/fixtures";

afterEach(() => void vi.restoreAllMocks());

const row = (uid: string, number: number, modality: string): SeriesRow =>
  ({ series_instance_uid: uid, number, modality, first_received_at: uid, instance_count: 1 }) as SeriesRow;

function bundleInstance(sop: string, changes: Dataset) {
  const header = { ...HEADER, ...changes };
  const frames = { count: 1, lossy: false, bytes: [] };
  return {
    sop_instance_uid: sop,
    sop_class_uid: "1.2.840.10008.5.1.4.1.1.2",
    transfer_syntax: "1.2.840.10008.1.2.1",
    digest: sop,
    dataset: header,
    frames,
  };
}

/** More of a series than its images; the answer waits for it. */
type More = (series: string) => Promise<readonly unknown[]>;

/** A server whose series hold as many images as said, each at its own height; `localizers` hold nothing else. */
function desk(
  images: Readonly<Record<string, number>>,
  modality: string,
  localizers: readonly string[] = [],
  more: More = async () => [],
) {
  const requests: string[] = [];
  const client = new KontorClient("http://kontor.test", async (request) => {
    const series = /series\/([\d.]+)\/bundle/.exec(new URL(request.url).pathname)?.[1] ?? "";
    requests.push(series);
    const instances = Array.from({ length: images[series] ?? 0 }, (_, at) =>
      bundleInstance(`${series}.${at}`, {
        [Tags.Modality]: element("CS", modality),
        [Tags.ImageType]: element("CS", "ORIGINAL", "PRIMARY", localizers.includes(series) ? "LOCALIZER" : "AXIAL"),
        [Tags.ImagePositionPatient]: element("DS", 0, 0, at),
      }),
    );
    const all = [...instances, ...(await more(series))];
    return Response.json({ study_instance_uid: "1.2.3", series_instance_uid: series, built_from: "x", instances: all });
  });
  const decoder = { decode: () => Promise.reject(new Error("not asked")), dispose: vi.fn() };
  const made = new Desk({ client, study: { uid: studyUid("1.2.3"), key: "" }, decoder, wish: "2d" });
  return { desk: made, requests };
}

const hung = (made: Desk): readonly (string | null)[] => made.snapshot().places.map(({ series }) => series);

describe("a place", () => {
  test("keeps what hangs in it while others change, and while it is not shown", async () => {
    const { desk: made, requests } = desk({ "1.1": 3, "1.2": 3 }, "CT");
    made.layOut("1x2", "chosen");
    await made.open("1.1");
    made.activate(1);
    await made.open("1.2");
    expect(hung(made)).toEqual(["1.1", "1.2", null, null]);
    expect(made.snapshot().series).toBe("1.2");
    made.layOut("1x1", "chosen");
    expect([made.snapshot().active, made.snapshot().series]).toEqual([0, "1.1"]);
    made.layOut("1x2", "chosen");
    expect(made.snapshot().places[1]?.set?.frames).toHaveLength(3);
    await made.open("1.2");
    expect(requests).toEqual(["1.1", "1.2"]);
  });

  test("that is not shown cannot become the active one; one alone cannot be made large", () => {
    const { desk: made } = desk({}, "CT");
    made.activate(1);
    made.enlarge(true);
    expect([made.snapshot().active, made.snapshot().large]).toEqual([0, false]);
  });

  test("two that ask for one series at once ask the server once", async () => {
    const { desk: made, requests } = desk({ "1.1": 3 }, "CT");
    made.layOut("1x2", "chosen");
    await Promise.all([made.open("1.1", undefined, false, 0), made.open("1.1", undefined, false, 1)]);
    expect(requests).toEqual(["1.1"]);
    expect(hung(made).slice(0, 2)).toEqual(["1.1", "1.1"]);
  });
});

describe("a study opens", () => {
  test("with one stack alone, also where there are more, until the reader wanted more the last time", async () => {
    const series = [row("1.1", 1, "CT"), row("1.2", 2, "CT")];
    const { desk: first } = desk({ "1.1": 3, "1.2": 3 }, "CT");
    await openStudy(first, series, {});
    expect([first.snapshot().layout, ...hung(first)]).toEqual(["1x1", "1.1", null, null, null]);
    const { desk: second } = desk({ "1.1": 3, "1.2": 3 }, "CT");
    await openStudy(second, series, { CT: "2x1", MR: "2x2" });
    expect([second.snapshot().layout, ...hung(second)]).toEqual(["2x1", "1.1", "1.2", null, null]);
  });

  test("with the first series that is read: localizers come where nothing else is left", async () => {
    const series = [row("1.1", 1, "CT"), row("1.2", 2, "CT"), row("1.3", 3, "CT")];
    const images = { "1.1": 1, "1.2": 3, "1.3": 3 };
    const { desk: one, requests } = desk(images, "CT", ["1.1"]);
    await openStudy(one, series, {});
    expect(hung(one)).toEqual(["1.2", null, null, null]);
    expect(requests).toEqual(["1.1", "1.2"]);
    const { desk: four } = desk(images, "CT", ["1.1"]);
    await openStudy(four, series, { CT: "2x2" });
    expect(hung(four)).toEqual(["1.2", "1.3", "1.1", null]);
    const { desk: only } = desk(images, "CT", ["1.1", "1.2", "1.3"]);
    await openStudy(only, series, {});
    expect(hung(only)).toEqual(["1.1", null, null, null]);
  });

  test("and a larger layout is filled with what hangs nowhere yet, where the reader has hung nothing", async () => {
    const series = [row("1.1", 1, "CT"), row("1.2", 2, "CT"), row("1.3", 3, "CT"), row("1.4", 4, "SR")];
    const { desk: made } = desk({ "1.1": 1, "1.2": 3, "1.3": 3 }, "CT", ["1.1"]);
    await openStudy(made, series, {});
    made.layOut("2x2", "chosen");
    await Promise.all([fillPlaces(made, series), made.open("1.1", undefined, false, 2)]);
    expect(hung(made)).toEqual(["1.2", "1.3", "1.1", null]);
    expect(made.snapshot().active).toBe(0);
  });

  test("where it began, also when the reader goes to another pane meanwhile", async () => {
    const series = [row("1.1", 1, "CT"), row("1.2", 2, "CT")];
    const { desk: made } = desk({ "1.1": 3, "1.2": 3 }, "CT");
    const opening = openStudy(made, series, {});
    made.layOut("1x2", "chosen");
    made.activate(1);
    await opening;
    expect(hung(made)).toEqual(["1.1", null, null, null]);
    expect(made.snapshot().places[0]?.set).not.toBeNull();
    await fillPlaces(made, series);
    expect(hung(made)).toEqual(["1.1", "1.2", null, null]);
  });

  test("in the layout that the reader chose meanwhile, whatever was remembered", async () => {
    const { desk: made } = desk({ "1.1": 3, "1.2": 3 }, "CT");
    const opening = openStudy(made, [row("1.1", 1, "CT"), row("1.2", 2, "CT")], { CT: "2x2" });
    made.layOut("2x2", "chosen");
    made.layOut("1x1", "chosen");
    await opening;
    expect([made.snapshot().layout, ...hung(made)]).toEqual(["1x1", "1.1", null, null, null]);
  });

  test("and nothing of a series that is still coming is hung a second time", async () => {
    const { desk: made } = desk({ "1.1": 3 }, "CT");
    made.layOut("1x2", "chosen");
    await made.bring("1.1");
    const coming = made.open("1.1", undefined, true); // asked anew
    await Promise.all([fillPlaces(made, [row("1.1", 1, "CT")]), coming]);
    expect(hung(made)).toEqual(["1.1", null, null, null]);
  });

  test("and a layout that was chosen meanwhile is filled with nothing twice", async () => {
    const series = [row("1.1", 1, "CT"), row("1.2", 2, "CT"), row("1.3", 3, "CT")];
    let arrive = (): void => undefined;
    const arriving = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const { desk: made } = desk({ "1.1": 1, "1.2": 3, "1.3": 3 }, "CT", ["1.1"], async (uid) => {
      if (uid === "1.1") await arriving;
      return [];
    });
    await Promise.all(["1.2", "1.3"].map((uid) => made.bring(uid)));
    const opening = openStudy(made, series, {});
    made.layOut("2x2", "chosen");
    const filling = fillPlaces(made, series);
    arrive();
    await Promise.all([opening, filling]);
    expect(hung(made)).toEqual(["1.2", "1.3", "1.1", null]);
  });

  test("and leaves what the reader chose of the first series while the others came", async () => {
    let come = (): void => undefined;
    const coming = new Promise<void>((resolve) => {
      come = resolve;
    });
    const { desk: made, requests } = desk({ "1.1": 3, "1.2": 3 }, "CT", [], async (series) => {
      if (series === "1.2") await coming;
      const frontal = { [Tags.ImageOrientationPatient]: element("DS", 1, 0, 0, 0, 0, -1) };
      return [bundleInstance(`${series}.frontal`, { [Tags.Modality]: element("CS", "CT"), ...frontal })];
    });
    const opening = openStudy(made, [row("1.1", 1, "CT"), row("1.2", 2, "CT")], { CT: "2x2" });
    await vi.waitFor(() => expect(requests).toEqual(["1.1", "1.2"]));
    await made.open("1.1", 1);
    const chosen = made.snapshot().places[0]?.set;
    come();
    await opening;
    expect(chosen).not.toBeNull();
    expect([made.snapshot().layout, made.snapshot().places[0]?.set]).toEqual(["1x1", chosen]);
  });

  test("and a layout is filled with a stack whose series shows an object without pixels", async () => {
    const raw = { ...bundleInstance("9", {}), sop_class_uid: "1.2.840.10008.5.1.4.1.1.66", dataset: {} };
    const { desk: made } = desk({ "1.1": 3 }, "CT", [], async () => [raw]);
    await made.openObject("1.1", 0);
    expect(made.snapshot().places[0]?.object).not.toBeNull();
    made.layOut("1x2", "chosen");
    await fillPlaces(made, [row("1.1", 1, "CT")]);
    expect(hung(made)).toEqual(["1.1", "1.1", null, null]);
  });

  test("with the localizer, where the reader chose just that while it came", async () => {
    const { desk: made } = desk({ "1.1": 1, "1.2": 3 }, "CT", ["1.1"]);
    const opening = openStudy(made, [row("1.1", 1, "CT"), row("1.2", 2, "CT")], {});
    await Promise.all([opening, made.open("1.1")]);
    expect(hung(made)).toEqual(["1.1", null, null, null]);
  });

  test("not with a series of its modality that holds no picture", async () => {
    const { desk: made } = desk({ "1.1": 0, "1.2": 3 }, "CT");
    await openStudy(made, [row("1.1", 1, "CT"), row("1.2", 2, "CT")], {});
    expect(hung(made)).toEqual(["1.2", null, null, null]);
  });

  test("with what the reader opened while the first series came", async () => {
    const { desk: made } = desk({ "1.1": 1, "1.2": 3, "1.3": 3 }, "CT", ["1.1"]);
    const opening = openStudy(made, [row("1.1", 1, "CT"), row("1.2", 2, "CT"), row("1.3", 3, "CT")], {});
    await Promise.all([opening, made.open("1.3")]);
    expect(hung(made)).toEqual(["1.3", null, null, null]);
  });

  test("with its projections side by side, each image its own pane, and nothing else beside them", async () => {
    const { desk: made } = desk({ "1.1": 2, "1.2": 1, "1.3": 5 }, "DX");
    await openStudy(made, [row("1.1", 1, "DX"), row("1.2", 2, "DX"), row("1.3", 3, "SR")], {});
    expect([made.snapshot().layout, ...hung(made)]).toEqual(["2x2", "1.1", "1.1", "1.2", null]);
    expect(made.snapshot().places[1]?.set).not.toBe(made.snapshot().places[0]?.set);
  });

  test("in a layout that fits", () => {
    expect(firstLayout("DX", 2, undefined)).toBe("1x2");
    expect(firstLayout("DX", 1, "2x2")).toBe("1x1");
    expect(firstLayout("MR", 9, undefined)).toBe("1x1");
    expect(["1x1", "1x2", "2x1", "2x2"].map((layout) => nextLayout(layout as "1x1"))).toEqual([
      "1x2",
      "2x1",
      "2x2",
      "1x1",
    ]);
  });
});

test("the mouse is the reader's; a tool that is not known here is the default one", () => {
  const mouse = { left: "stack", middle: null, right: "from the future", wheel: "zoom" } as const;
  expect(mouseProfile(mouse, ["window", "stack"])).toEqual({
    left: "stack",
    middle: "pan",
    right: "zoom",
    wheel: "zoom",
  });
  expect(mouseProfile(null, [])).toEqual({ left: "window", middle: "pan", right: "zoom", wheel: "images" });
});

describe("the slider", () => {
  const [set] = displaySets([0, 1, 2, 3, 4].map((z, index) => slice(z, index))).sets;
  const report = (index: number, part: Partial<PaneReport> = {}): PaneReport =>
    ({ set, index, isReady: () => true, ...part }) as unknown as PaneReport; // what the slider reads of it

  function mounted() {
    const { desk: made } = desk({}, "CT");
    const host = document.body.appendChild(document.createElement("figure"));
    const slider = mountSlider(host, { desk: made, place: 0, words: wordsOf("de") });
    return { made, slider, rail: host.querySelector<HTMLElement>(".slice-rail") };
  }

  test("says where in the stack the image lies, and is not there for one image", () => {
    const { slider, rail } = mounted();
    slider.show(report(1));
    expect(rail?.style.getPropertyValue("--at")).toBe("25%");
    expect([rail?.getAttribute("aria-valuenow"), rail?.getAttribute("aria-valuetext")]).toEqual(["2", "Bild 2 / 5"]);
    slider.show(report(0, { set: displaySets([slice(0, 0)]).sets[0] ?? null }));
    expect(rail?.hidden).toBe(true);
  });

  test("shows the runs of what is loaded", () => {
    expect(loadedRuns(report(0, { isReady: (index) => index !== 2 }))).toEqual([
      [0, 2],
      [3, 5],
    ]);
  });

  test("is moved by keys of its own", () => {
    const { made, slider, rail } = mounted();
    const moves = vi.spyOn(made, "scrollTo").mockImplementation(() => undefined);
    slider.show(report(1));
    rail?.dispatchEvent(new KeyboardEvent("keydown", { key: "PageDown", bubbles: true, cancelable: true }));
    expect(moves).toHaveBeenCalledWith(11, 0);
  });
});
