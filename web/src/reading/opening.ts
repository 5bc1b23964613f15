// What hangs when a study opens: the first series, and beside it the other projections, or as many stacks as the reader's last layout has places.
import type { SeriesRow } from "../api";
import type { Desk, DeskView } from "./desk";
import {
  firstLayout,
  isProjection,
  type Layout,
  MOST_PANES,
  nothingToRead,
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
 * The series that open a study, in their order: of projections all, else the first of which something is read,
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
  let chosen = false;
  const unsubscribe = desk.onLayout(() => {
    chosen = true;
  });
  const { active } = desk.snapshot();
  const first = await openFirst(desk, openingSeries(series), active);
  const opened = desk.snapshot().places[active];
  const begun = (): boolean => chosen || !isSameHung(desk.snapshot().places[active], opened);
  if (first !== null) await openBeside(desk, series, first, remembered, begun);
  unsubscribe();
}

/** Of one series another set or object may be hung by hand. */
const isSameHung = (one: PlaceView | undefined, other: PlaceView | undefined): boolean =>
  one?.series === other?.series && one?.set === other?.set && one?.object === other?.object;

/** `begun`: whoever has begun to hang by hand, or has chosen a layout, keeps it. */
async function openBeside(
  desk: Desk,
  series: readonly SeriesRow[],
  first: SeriesRow,
  remembered: Readonly<Record<string, Layout>>,
  begun: () => boolean,
): Promise<void> {
  const last = remembered[first.modality];
  const wanted = isProjection(first.modality) ? MOST_PANES : last === undefined ? 1 : paneCount(last);
  if (wanted < 2) return;
  const stops = await firstStops(
    desk,
    inStripOrder(series).filter((row) => goesWith(first, row)),
    wanted,
  );
  if (begun()) return;
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

function isHung(stop: Stop, { series, set, object }: PlaceView, { loaded }: DeskView): boolean {
  if (series !== stop.series || object !== null) return false;
  const state = loaded.get(series);
  const at = state?.kind === "ready" && set !== null ? state.contents.sets.indexOf(set) : -1;
  return at === stop.set || at < 0; // of a series that is still coming it is not known which set will hang
}

/** Opens the first of them of which something is read; `null` where the reader opened another one meanwhile. */
async function openFirst(desk: Desk, rows: readonly SeriesRow[], place: number): Promise<SeriesRow | null> {
  let localizers: SeriesRow | null = null;
  for (const row of rows) {
    const uid = row.series_instance_uid;
    if (!(await desk.expect(uid, place))) return null;
    const state = desk.snapshot().loaded.get(uid);
    const sets = state?.kind === "ready" ? state.contents.sets : null;
    if (sets === null || !nothingToRead(sets)) {
      await desk.open(uid, undefined, false, place);
      return row;
    }
    if (sets.length > 0) localizers ??= row;
  }
  const first = localizers ?? rows[0] ?? null;
  if (first !== null) await desk.open(first.series_instance_uid, undefined, false, place);
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
