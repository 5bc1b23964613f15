// From a reference in a report to what it names: the series is found, opened, and the frame hung.
import type { Reference, SeriesContents } from "../../display";
import type { Desk } from "../desk";
import type { SeriesState } from "../series-shelf";

/** Series to look through, the likeliest first. */
export function candidates(
  series: string,
  all: readonly string[],
  loaded: ReadonlyMap<string, SeriesState>,
): readonly string[] {
  const rank = (uid: string): number => (uid === series ? 0 : loaded.has(uid) ? 1 : 2);
  const within = all.filter((uid) => series === "" || !all.includes(series) || uid === series);
  return [...within].sort((a, b) => rank(a) - rank(b));
}

/** Whether the object was found and is shown. */
export async function jump(desk: Desk, reference: Reference, series: readonly string[]): Promise<boolean> {
  for (const uid of series) {
    const contents = (await desk.bring(uid))?.contents ?? null;
    const place = contents === null ? null : placeOf(contents, reference);
    if (place === null) continue;
    if (place.kind === "object") await desk.openObject(uid, place.at);
    else {
      await desk.open(uid, place.set);
      desk.activePane?.moveTo(place.frame);
    }
    return true;
  }
  return false;
}

type Place =
  | { readonly kind: "object"; readonly at: number }
  | { readonly kind: "frame"; readonly set: number; readonly frame: number };

export function placeOf({ sets, attachments }: SeriesContents, { sopInstanceUid, frames }: Reference): Place | null {
  const at = attachments.findIndex((instance) => instance.sopInstanceUid === sopInstanceUid);
  if (at >= 0) return { kind: "object", at };
  const wanted = frames[0];
  for (const [set, { frames: stack }] of sets.entries()) {
    const frame = stack.findIndex(
      ({ instance, number }) => instance.sopInstanceUid === sopInstanceUid && (wanted ?? number) === number,
    );
    if (frame >= 0) return { kind: "frame", set, frame };
  }
  return null;
}
