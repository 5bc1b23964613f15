// In which order series stand in the strip, which of them opens first, and where the next and previous display set is.
import type { SeriesRow } from "../api";
import type { DeskView } from "./desk";
import type { SeriesState } from "./series-shelf";

/** Modalities whose objects have no pixels (PS3.3 C.7.3.1.1.1). */
const NO_PIXELS: ReadonlySet<string> = new Set([
  "SR",
  "KO",
  "PR",
  "AU",
  "ECG",
  "HD",
  "REG",
  "DOC",
  "PLAN",
  "RTSTRUCT",
  "RTPLAN",
  "RTRECORD",
  "RWV",
  "FID",
]);

/** What lies over other pictures, and is nothing to begin with. */
const OVER_PICTURES: ReadonlySet<string> = new Set(["SEG"]);
/** What is read by itself where a study has no pictures. */
const DOCUMENTS: ReadonlySet<string> = new Set(["SR", "DOC", "ECG", "HD"]);

/** By series number; series without one come last, as they arrived. */
export function inStripOrder(series: readonly SeriesRow[]): readonly SeriesRow[] {
  const rank = (row: SeriesRow): number => row.number ?? Number.MAX_SAFE_INTEGER;
  return [...series].sort((a, b) => rank(a) - rank(b) || a.first_received_at.localeCompare(b.first_received_at));
}

export function holdsPixels({ modality }: SeriesRow): boolean {
  return !NO_PIXELS.has(modality);
}

export function holdsPictures(row: SeriesRow): boolean {
  return holdsPixels(row) && !OVER_PICTURES.has(row.modality);
}

/** The series that opens by itself: the first with pictures, else with something to read, else with pixels. */
export function firstSeries(series: readonly SeriesRow[]): SeriesRow | null {
  const ordered = inStripOrder(series);
  const document = ordered.find(({ modality }) => DOCUMENTS.has(modality));
  return ordered.find(holdsPictures) ?? document ?? ordered.find(holdsPixels) ?? ordered[0] ?? null;
}

export interface StepTarget {
  readonly series: string;
  /** Position of the set; absent: the one that a series opens with. */
  readonly set?: number;
  /** Position of an object without picture among the attachments of its series. */
  readonly object?: number;
}

/** The display set or the object without picture `by` steps away in the strip; `null` at its ends. */
export function stepTarget(series: readonly SeriesRow[], view: DeskView, by: number): StepTarget | null {
  const stops = inStripOrder(series).flatMap((row) => stopsOf(row, view.loaded.get(row.series_instance_uid)));
  const at = stops.findIndex((stop) => stop.series === view.series && isShown(stop, view));
  return stops[at + by] ?? null;
}

function stopsOf(row: SeriesRow, state: SeriesState | undefined): readonly StepTarget[] {
  const series = row.series_instance_uid;
  if (state?.kind !== "ready") return [{ series }];
  const { sets, attachments } = state.contents;
  return [...sets.map((_, set) => ({ series, set })), ...attachments.map((_, object) => ({ series, object }))];
}

function isShown(stop: StepTarget, view: DeskView): boolean {
  const state = view.series === null ? undefined : view.loaded.get(view.series);
  if (state?.kind !== "ready") return true;
  const { sets, attachments } = state.contents;
  if (stop.object !== undefined) return attachments[stop.object] === view.object;
  return stop.set !== undefined && sets[stop.set] === view.set;
}
