// What a pane reports of a set that is hung, for tests of what stands over a picture.
import {
  type Dataset,
  type DisplaySet,
  displaySets,
  FITTED,
  type Flips,
  type Instance,
  type Voi,
} from "../../src/display";
import type { PaneContent, PaneReport } from "../../src/viewport";
import { element, instance } from "../display/fixtures";

export function hung(instances: readonly Instance[]): DisplaySet {
  const [set] = displaySets(instances).sets;
  if (set === undefined) throw new Error("no set");
  return set;
}

type Picture = Extract<PaneContent, { kind: "picture" }>["picture"];

export interface Shown extends Partial<PaneReport> {
  readonly voi?: Voi;
  readonly source?: "user" | "image" | "auto";
  readonly picture?: Picture;
  readonly flips?: Flips;
}

const GREY: Picture = { kind: "grey", rows: 8, columns: 10, values: new Uint16Array(80), headerConflict: false };
const WINDOW: Voi = { kind: "window", window: { centre: 40, width: 401, shape: "LINEAR" } };

/** The report of one image of the set, drawn as the image itself asks. */
export function shown(
  set: DisplaySet,
  { voi = WINDOW, source = "image", picture = GREY, flips, ...more }: Shown = {},
): PaneReport {
  const index = more.index ?? 0;
  const active = picture.kind === "grey" ? { voi, source, name: null } : null;
  return {
    set,
    frame: set.frames[index] ?? null,
    index,
    content: { kind: "picture", picture, voi: active, renderer: "2d" },
    view: flips === undefined ? FITTED : { ...FITTED, flips },
    zoom: 1.5,
    inverted: false,
    overlays: true,
    shutter: true,
    presented: null,
    smooth: true,
    isReady: () => true,
    link: null,
    progress: { done: set.frames.length, failed: 0, total: set.frames.length, retryIn: null },
    geometry: null,
    ...more,
  };
}

/** One image of a modality. */
export function image(modality: string, changes: Dataset = {}, frameCount = 1): Instance {
  return instance({ "00080060": element("CS", modality), ...changes }, frameCount);
}
