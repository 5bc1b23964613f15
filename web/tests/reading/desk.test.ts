// The desk of a study: what opens, what is asked from the server, and what can be done with it.
import { describe, expect, test, vi } from "vitest";
import { KontorClient, Problem, type SeriesRow, seriesUid, studyUid } from "../../src/api";
import { type Dataset, Tags } from "../../src/display";
import { closeCommand, readingCommands } from "../../src/reading/commands";
import { Desk } from "../../src/reading/desk";
import { frameOrigin } from "../../src/reading/frame-origin";
import { firstSeries, inStripOrder, stepTarget } from "../../src/reading/series-order";
import { element, HEADER } from "../display/fixtures";

const STUDY = { uid: studyUid("1.2.3"), key: "" };

function bundleInstance(sop: string, changes: Dataset = {}, count = 1, digest = `digest of ${sop}`) {
  return {
    sop_instance_uid: sop,
    sop_class_uid: "1.2.840.10008.5.1.4.1.1.2",
    transfer_syntax: "1.2.840.10008.1.2.1",
    digest,
    dataset: { ...HEADER, ...changes },
    frames: { count, lossy: false, bytes: [] },
  };
}

const scout: Dataset = { [Tags.ImageType]: element("CS", "ORIGINAL", "PRIMARY", "LOCALIZER") };
const at = (z: number): Dataset => ({ [Tags.ImagePositionPatient]: element("DS", 0, 0, z) });
const BUNDLES: Readonly<Record<string, readonly unknown[]>> = {
  "1.2.3.1": [bundleInstance("1.1", scout), bundleInstance("1.2", at(0)), bundleInstance("1.3", at(3))],
  "1.2.3.2": [bundleInstance("2.1", { [Tags.Rows]: element("US") })],
};

/** A server that knows two series; `requests` are the paths it was asked for. */
function desk(bundles = BUNDLES, study = STUDY) {
  const requests: string[] = [];
  const client = new KontorClient("http://kontor.test", async (request) => {
    const { pathname: path, search } = new URL(request.url);
    requests.push(path + search);
    const series = /series\/([\d.]+)\/bundle/.exec(path)?.[1] ?? "";
    const instances = bundles[series];
    if (instances === undefined)
      return Response.json({ type: "about:blank", title: "Not found", status: 404 }, { status: 404 });
    return Response.json({ study_instance_uid: STUDY.uid, series_instance_uid: series, built_from: "x", instances });
  });
  const decoder = { decode: () => Promise.reject(new Error("not asked")), dispose: vi.fn() };
  return { desk: new Desk({ client, study, decoder, wish: "2d" }), requests, decoder };
}

const row = (uid: string, number: number | null, modality = "CT"): SeriesRow =>
  ({ series_instance_uid: uid, number, modality, first_received_at: uid, instance_count: 1 }) as SeriesRow;

describe("opening", () => {
  test("hangs the first set that is no localizer; its bundle is asked for once", async () => {
    const { desk: study, requests } = desk();
    await study.open("1.2.3.1");
    expect(study.snapshot().set?.frames.map((frame) => frame.instance.sopInstanceUid)).toEqual(["1.3", "1.2"]);
    await study.open("1.2.3.1", 0);
    expect(study.snapshot().set?.localizer).toBe(true);
    expect(requests).toEqual(["/api/v1/studies/1.2.3/series/1.2.3.1/bundle"]);
  });

  test("the study of a second patient under the UID is asked for by its key", async () => {
    const { desk: study, requests } = desk(BUNDLES, { ...STUDY, key: "77" });
    await study.open("1.2.3.1");
    expect(requests).toEqual(["/api/v1/studies/1.2.3/series/1.2.3.1/bundle?study_key=77"]);
  });

  test("a series without pictures hangs nothing and keeps its objects", async () => {
    const { desk: study } = desk();
    await study.open("1.2.3.1");
    await study.open("1.2.3.2");
    const state = study.snapshot().loaded.get("1.2.3.2");
    expect(study.snapshot().set).toBeNull();
    expect(state?.kind === "ready" ? state.contents.attachments.length : 0).toBe(1);
  });

  test("a refused bundle is one failed series, and is asked for again when opened again", async () => {
    const { desk: study, requests } = desk({});
    await study.open("1.2.3.9");
    expect(study.snapshot().loaded.get("1.2.3.9")?.kind).toBe("failed");
    await study.open("1.2.3.9");
    expect(requests).toHaveLength(2);
  });

  test("the answer of a series that was left in the meantime hangs nothing", async () => {
    const { desk: study } = desk();
    await Promise.all([study.open("1.2.3.1"), study.open("1.2.3.2")]);
    expect([study.snapshot().series, study.snapshot().set]).toEqual(["1.2.3.2", null]);
  });

  test("leaving ends the workers", () => {
    const { desk: study, decoder } = desk();
    study.dispose();
    expect(decoder.dispose).toHaveBeenCalledOnce();
  });
});

describe("an image whose object is replaced by another", () => {
  /** The second image of the first series with other pixels and another intercept. */
  const promoted = () => ({
    ...BUNDLES,
    "1.2.3.1": [
      bundleInstance("1.1", scout),
      bundleInstance("1.2", { ...at(0), [Tags.RescaleIntercept]: element("DS", 0) }, 1, "another"),
      bundleInstance("1.3", at(3)),
    ],
  });
  const outdated = (study: Desk) => {
    const state = study.snapshot().loaded.get("1.2.3.1");
    return state?.kind === "ready" ? state.outdated : null;
  };
  const frameOf = (study: Desk, sop: string) =>
    study.snapshot().set?.frames.find((frame) => frame.instance.sopInstanceUid === sop);

  test("has another place in the cache, and the other images keep theirs", async () => {
    const bundles = { ...BUNDLES };
    const { desk: study } = desk(bundles);
    await study.open("1.2.3.1");
    const before = ["1.2", "1.3"].map((sop) => frameOf(study, sop)?.key);
    Object.assign(bundles, promoted());
    await study.reload();
    const after = ["1.2", "1.3"].map((sop) => frameOf(study, sop)?.key);
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).toBe(before[1]);
  });

  test("is offered once the archive tells of it; what is hung stays until the reader takes it", async () => {
    const bundles = { ...BUNDLES };
    const { desk: study } = desk(bundles);
    await study.open("1.2.3.1");
    const { set } = study.snapshot();
    await study.recheck();
    expect(outdated(study)).toBe(false);
    Object.assign(bundles, promoted());
    await study.recheck();
    expect([outdated(study), study.snapshot().set]).toEqual([true, set]);
    await study.reload();
    expect(outdated(study)).toBe(false);
    expect(frameOf(study, "1.2")?.transform).toMatchObject({ intercept: 0 });
  });

  test("is not what images are that only came to the others", async () => {
    const bundles: Record<string, readonly unknown[]> = { ...BUNDLES };
    const { desk: study } = desk(bundles);
    await study.open("1.2.3.1");
    bundles["1.2.3.1"] = [...(BUNDLES["1.2.3.1"] ?? []), bundleInstance("1.4", at(6))];
    await study.recheck();
    expect(outdated(study)).toBe(false);
  });

  test("in a series that is not open is found when it is opened again", async () => {
    const { desk: study, requests } = desk();
    await study.open("1.2.3.2");
    await study.open("1.2.3.1");
    await study.recheck();
    await study.open("1.2.3.2");
    expect(requests.filter((path) => path.includes("1.2.3.2/bundle"))).toHaveLength(2);
  });

  test("is asked for by the object whose header was read; the server's refusal says that it is another now", async () => {
    const asked: string[] = [];
    const client = new KontorClient("http://kontor.test", async (request) => {
      asked.push(new URL(request.url).search);
      return Response.json({ code: "images-changed", title: "x", status: 409 }, { status: 409 });
    });
    const { desk: study } = desk();
    await study.open("1.2.3.1");
    const frame = frameOf(study, "1.2");
    if (frame === undefined) throw new Error("no frame");
    const origin = frameOrigin(client, STUDY.uid, seriesUid("1.2.3.1"));
    const refusal: unknown = await origin
      .stored(frame, false, new AbortController().signal)
      .catch((error: unknown) => error);
    expect(asked).toEqual(["?digest=digest+of+1.2"]);
    expect(refusal instanceof Problem && refusal.imagesChanged).toBe(true);
  });
});

describe("series", () => {
  const rows = [row("1.9", null), row("1.2.3.2", 10), row("1.2.3.1", 2), row("1.5", 1, "SR")];

  test("stand by number, numbers as numbers, without number last; the first with pictures opens", () => {
    expect(inStripOrder(rows).map(({ series_instance_uid: uid }) => uid)).toEqual(["1.5", "1.2.3.1", "1.2.3.2", "1.9"]);
    expect(firstSeries(rows)?.series_instance_uid).toBe("1.2.3.1");
    expect(firstSeries([])).toBeNull();
  });

  test.each([
    [["RWV", "SEG", "SR"], "SR"],
    [["RWV", "SEG"], "SEG"],
    [["KO", "PR"], "KO"],
    [["SEG", "MR"], "MR"],
  ])("of %j, in this order, %s opens", (modalities, first) => {
    const all = modalities.map((modality, index) => row(`1.${index}`, index + 1, modality));
    expect(firstSeries(all)?.modality).toBe(first);
  });

  test("an object of the series before is not shown as one of the series that comes", async () => {
    const { desk: study } = desk();
    await study.open("1.2.3.2");
    expect(study.snapshot().object).not.toBeNull();
    const opening = study.open("1.2.3.1");
    expect([study.snapshot().series, study.snapshot().object]).toEqual(["1.2.3.1", null]);
    await opening;
  });

  test("stepping goes through the sets of a series before it goes on, and stops at the ends", async () => {
    const { desk: study } = desk();
    await study.open("1.2.3.1", 0);
    expect(stepTarget(rows, study.snapshot(), 1)).toEqual({ series: "1.2.3.1", set: 1 });
    await study.open("1.2.3.1", 1);
    expect(stepTarget(rows, study.snapshot(), 1)).toEqual({ series: "1.2.3.2" });
    expect(stepTarget(rows, study.snapshot(), -2)).toEqual({ series: "1.5" });
    expect(stepTarget(rows, study.snapshot(), -3)).toBeNull();
  });

  test("stepping stops at each object without a picture", async () => {
    const report = (sop: string) => bundleInstance(sop, { [Tags.Rows]: element("US") }, 0);
    const { desk: study } = desk({ ...BUNDLES, "1.5": [report("5.1"), report("5.2")] });
    await study.open("1.5");
    expect(stepTarget(rows, study.snapshot(), 1)).toEqual({ series: "1.5", object: 1 });
    await study.openObject("1.5", 1);
    expect(stepTarget(rows, study.snapshot(), -1)).toEqual({ series: "1.5", object: 0 });
    expect(stepTarget(rows, study.snapshot(), 1)).toEqual({ series: "1.2.3.1" });
  });
});

describe("commands", () => {
  const commandsOf = (study: Desk) => [
    ...readingCommands(study, study.snapshot(), { possible: false, by: vi.fn() }),
    closeCommand(vi.fn()),
  ];
  const reasons = (study: Desk) =>
    new Map(commandsOf(study).map((command) => [command.id, command.unavailable?.() ?? null]));

  test("no two share a key or a name", () => {
    const commands = commandsOf(desk().desk);
    const keys = commands.flatMap((command) => command.keys);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
  });

  test("presets are refused with the reason until values are known to be HU", async () => {
    const { desk: study } = desk();
    expect(reasons(study).get("reading.preset.lung")).toBe("reading.why.noImage");
    await study.open("1.2.3.1");
    expect(reasons(study).get("reading.preset.lung")).toBe("reading.why.noPresets");
    expect(reasons(study).get("reading.next")).toBeNull();
    await study.open("1.2.3.1", 0);
    expect(reasons(study).get("reading.next")).toBe("reading.why.oneImage");
  });

  describe("with an object in the active pane", () => {
    const why = (study: Desk) => new Set(study.tools.map(({ id }) => reasons(study).get(`reading.${id}`)));
    const [none, refused] = [new Set([null]), new Set(["reading.why.noImage"])];

    async function withObject(): Promise<Desk> {
      const { desk: study } = desk();
      study.layOut("1x2", "chosen");
      await study.open("1.2.3.2");
      expect([study.snapshot().active, study.snapshot().object === null]).toEqual([0, false]);
      return study;
    }

    test("tools are offered while another pane shows an image, or one is on its way; acts on the pane are not", async () => {
      const study = await withObject();
      expect(why(study)).toEqual(refused);
      const opening = study.open("1.2.3.1", undefined, false, 1);
      expect(why(study)).toEqual(none);
      await opening;
      expect(why(study)).toEqual(none);
      expect(reasons(study).get("reading.invert")).toBe("reading.why.noImage");
      expect(reasons(study).get("reading.cine")).toBe("reading.why.noImage");
    });

    test("tools are not where each pane shows an object, or the image's pane is not shown", async () => {
      const study = await withObject();
      await study.open("1.2.3.1", undefined, false, 1);
      study.enlarge(true);
      expect(why(study)).toEqual(refused);
      study.activate(1);
      expect(why(study)).toEqual(none);
      study.activate(0);
      study.layOut("1x1", "chosen");
      expect(why(study)).toEqual(refused);
      study.layOut("1x2", "chosen");
      expect(why(study)).toEqual(none);
      for (const other of ["1.2.3.2", "1.2.3.9"]) {
        await study.open(other, undefined, false, 1);
        expect(why(study)).toEqual(refused);
      }
    });
  });

  test("a tool's key takes it in hand", () => {
    const { desk: study } = desk();
    commandsOf(study)
      .find(({ keys }) => keys.includes("s"))
      ?.run();
    expect(study.snapshot().tool).toBe("stack");
  });
});
