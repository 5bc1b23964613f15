// What hangs when a study opens: the first series, and beside it the other projections, or as many stacks as the reader's last layout has places.
import type { SeriesRow } from "../api";
import type { Desk } from "./desk";
import { firstLayout, isProjection, type Layout, MOST_PANES, paneCount, withoutLocalizers } from "./layouts";
import { firstSeries, holdsPictures, inStripOrder } from "./series-order";

interface Stop {
  readonly series: string;
  readonly set: number;
}

/** The series of which something hangs when a study opens, as long as places are left; layouts are not considered. */
export function openingSeries(series: readonly SeriesRow[]): readonly SeriesRow[] {
  const first = firstSeries(series);
  if (first === null) return [];
  return isProjection(first.modality) ? inStripOrder(series).filter((row) => goesWith(first, row)) : [first];
}

/** `remembered`: the layouts that the reader chose last, by modality. */
export async function openStudy(
  desk: Desk,
  series: readonly SeriesRow[],
  remembered: Readonly<Record<string, Layout>>,
): Promise<void> {
  const first = firstSeries(series);
  if (first === null) return;
  await desk.open(first.series_instance_uid);
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

function goesWith(first: SeriesRow, row: SeriesRow): boolean {
  return isProjection(first.modality) ? isProjection(row.modality) : holdsPictures(row);
}

/** The first sets of the series in their order, as many as there are places. */
async function firstStops(desk: Desk, rows: readonly SeriesRow[], wanted: number): Promise<readonly Stop[]> {
  const stops: Stop[] = [];
  for (const { series_instance_uid: series } of rows) {
    if (stops.length >= wanted) break;
    const ready = await desk.bring(series);
    const sets = ready?.contents.sets ?? [];
    const shown = new Set(withoutLocalizers(sets));
    sets.forEach((set, at) => {
      if (shown.has(set)) stops.push({ series, set: at });
    });
  }
  return stops.slice(0, wanted);
}
