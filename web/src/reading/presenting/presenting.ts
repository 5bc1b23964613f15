// Lays a presentation state over the images that it names, in the panes that show them, and takes it off again.
import { actsOn, type Instance, type PresentationState, readPresentationState } from "../../display";
import type { Desk, DeskView } from "../desk";
import { paneCount } from "../layouts";
import { candidates } from "../objects/jump";

export type Outcome = "on" | "off" | "nothing";

/**
 * Applies the state in every pane that shows an image of it, else opens the first series that holds one in the active
 * pane. Where it lies on all of them already, it is taken off. `series`: those of the study.
 */
export async function choosePresentation(desk: Desk, instance: Instance, series: readonly string[]): Promise<Outcome> {
  const state = readPresentationState(instance);
  const hung = placesOf(desk.snapshot(), state);
  if (hung.length === 0) return await openWith(desk, state, series);
  const off = hung.every((place) => isPresented(desk.snapshot(), place, instance));
  for (const place of hung) desk.paneAt(place)?.present(off ? null : state);
  const [first] = hung;
  if (first !== undefined && !hung.includes(desk.snapshot().active)) desk.activate(first);
  return off ? "off" : "on";
}

export function takeOff(desk: Desk): void {
  desk.activePane?.present(null);
}

/** Digests of the states that lie on images on the screen. */
export function presentedOn(view: DeskView): ReadonlySet<string> {
  const shown = view.places.slice(0, paneCount(view.layout));
  return new Set(shown.flatMap(({ presented }) => (presented === null ? [] : [presented.instance.digest])));
}

function isPresented({ places }: DeskView, place: number, { digest }: Instance): boolean {
  return places[place]?.presented?.instance.digest === digest;
}

/** Places on the screen whose set has an image of the state. */
function placesOf(view: DeskView, state: PresentationState): readonly number[] {
  return view.places.flatMap(({ set }, place) =>
    place < paneCount(view.layout) && set?.frames.some((frame) => actsOn(state, frame)) === true ? [place] : [],
  );
}

async function openWith(desk: Desk, state: PresentationState, all: readonly string[]): Promise<Outcome> {
  const { active } = desk.snapshot();
  // A series of another study is not here: the others are not asked for it. One that is not named may be any of them.
  const here = [...new Set(state.seriesOf.values())].filter((uid) => uid === "" || all.includes(uid));
  const likely = here.flatMap((uid) => candidates(uid, all, desk.snapshot().loaded));
  for (const uid of new Set(likely)) {
    const sets = (await desk.bring(uid))?.contents.sets ?? [];
    const at = sets.findIndex(({ frames }) => frames.some((frame) => actsOn(state, frame)));
    if (at < 0) continue;
    await desk.open(uid, at, false, active);
    desk.paneAt(active)?.present(state);
    return "on";
  }
  return "nothing";
}
