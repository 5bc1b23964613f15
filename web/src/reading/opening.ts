// What hangs when a study opens: the first series, and beside it the other projections, or as many stacks as the reader's last layout has places.
import type { SeriesRow } from "../api";
import type { Desk, DeskView } from "./desk";
import {
  firstLayout,
  isProjection,
  type Layout,
  MOST_PANES,
  onlyLocalizers,
  paneCount,
  withoutLocalizers,
} from "./layouts";
import type { PlaceView } from "./place";
import { firstSeries, holdsPictures, inStripOrder } from "./series-order";

interface Stop {
  readonly series: string;
  readonly set: number;
}

/**
 * The series that open a study, in their order: of projections all, else the first that holds more than localizers,
 * which is known only when it was brought.
 */
export function openingSeries(series: readonly SeriesRow[]): readonly SeriesRow[] {
  const first = firstSeries(series);
  return first === null ? [] : inStripOrder(series).filter((row) => row === first || goesWith(first, row));
}

/** `remembered`: the layouts that the reader chose last, by modality. */
export async function openStudy(
  desk: Desk,
  series: readonly SeriesRow[],
  remembered: Readonly<Record<string, Layout>>,
): Promise<void> {
  const first = await openFirst(desk, openingSeries(series));
  if (first === null) return;
  const last = remembered[first.modality];
  const wanted = isProjection(first.modality) ? MOST_PANES : last === undefined ? 1 : paneCount(last);
  if (wanted < 2) return;
  const stops = await firstStops(
    desk,
    inStripOrder(series).filter((row) => goesWith(first, row)),
    wanted,
  );
  // Whoever has begun to hang by hand keeps what hangs.
  if (desk.snapshot().layout !== "1x1" || desk.snapshot().series !== first.series_instance_uid) return;
  const layout = firstLayout(first.modality, stops.length, last);
  desk.layOut(layout, "opening");
  const hung = stops.slice(0, paneCount(layout));
  await Promise.all(hung.map(({ series: uid, set }, place) => desk.open(uid, set, false, place)));
}

/** Hangs in the empty places of a layout that was chosen what would hang there had the study opened with it. */
export async function fillPlaces(desk: Desk, series: readonly SeriesRow[]): Promise<void> {
  const first = firstSeries(series);
  if (first === null || emptyPlaces(desk.snapshot()).length === 0) return;
  const stops = await firstStops(
    desk,
    inStripOrder(series).filter((row) => goesWith(first, row)),
    MOST_PANES,
  );
  const view = desk.snapshot();
  const left = stops.filter((stop) => !view.places.some((place) => isHung(stop, place, view)));
  // Asked again after the waiting: whoever has begun to hang by hand keeps what hangs.
  await Promise.all(
    emptyPlaces(view).map((place, at) => {
      const stop = left[at];
      return stop === undefined ? undefined : desk.open(stop.series, stop.set, false, place);
    }),
  );
}

function emptyPlaces({ places, layout }: DeskView): readonly number[] {
  return places.slice(0, paneCount(layout)).flatMap(({ series }, place) => (series === null ? [place] : []));
}

function isHung(stop: Stop, { series, set }: PlaceView, { loaded }: DeskView): boolean {
  const state = series === stop.series ? loaded.get(series) : undefined;
  return state?.kind === "ready" && state.contents.sets[stop.set] === set;
}

/** Opens the first of them that holds more than localizers; `null` where the reader opened another one meanwhile. */
async function openFirst(desk: Desk, rows: readonly SeriesRow[]): Promise<SeriesRow | null> {
  for (const row of rows) {
    if (!(await desk.expect(row.series_instance_uid))) return null;
    const ready = await desk.bring(row.series_instance_uid);
    if (ready !== null && onlyLocalizers(ready.contents.sets)) continue;
    await desk.open(row.series_instance_uid);
    return row;
  }
  const first = rows[0] ?? null;
  if (first !== null) await desk.open(first.series_instance_uid);
  return first;
}

function goesWith(first: SeriesRow, row: SeriesRow): boolean {
  return isProjection(first.modality) ? isProjection(row.modality) : holdsPictures(row);
}

/** The first sets of the series in their order, as many as there are places; localizers only where nothing else is left. */
async function firstStops(desk: Desk, rows: readonly SeriesRow[], wanted: number): Promise<readonly Stop[]> {
  const stops: Stop[] = [];
  const localizers: Stop[] = [];
  for (const { series_instance_uid: series } of rows) {
    if (stops.length >= wanted) break;
    const ready = await desk.bring(series);
    const sets = ready?.contents.sets ?? [];
    const shown = new Set(withoutLocalizers(sets));
    sets.forEach((set, at) => {
      if (shown.has(set)) (set.localizer ? localizers : stops).push({ series, set: at });
    });
  }
  return [...stops, ...localizers].slice(0, wanted);
}
