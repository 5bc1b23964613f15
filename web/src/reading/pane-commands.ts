// What can be done with several panes: their layout, which is active, how they go together, cine.
import type { WordKey } from "../locale";
import type { Desk, DeskView } from "./desk";
import { LAYOUTS, nextLayout, paneCount } from "./layouts";
import { noImage, type Offer } from "./offer";

export function paneCommands(desk: Desk, view: DeskView): readonly Offer[] {
  return [
    ...layoutOffers(desk, view),
    ...activeOffers(desk, view),
    ...togetherOffers(desk, view),
    cineOffer(desk, view),
  ];
}

function layoutOffers(desk: Desk, view: DeskView): readonly Offer[] {
  return [
    {
      name: "layout",
      label: "reading.layout.next",
      keys: ["y"],
      run: () => desk.layOut(nextLayout(view.layout), "chosen"),
    },
    ...LAYOUTS.map((layout) => ({
      name: `layout.${layout}`,
      label: `reading.layout.${layout}.command` as const,
      keys: [],
      run: () => desk.layOut(layout, "chosen"),
    })),
  ];
}

function onePane(view: DeskView): WordKey | null {
  return paneCount(view.layout) < 2 ? "reading.why.onePane" : null;
}

function activeOffers(desk: Desk, view: DeskView): readonly Offer[] {
  const count = paneCount(view.layout);
  const why = onePane(view);
  const step = (by: number) => () => desk.activate((view.active + by + count) % count);
  return [
    { name: "nextPane", label: "reading.pane.next", keys: ["ArrowRight"], why, keyOnly: true, run: step(1) },
    { name: "previousPane", label: "reading.pane.previous", keys: ["ArrowLeft"], why, keyOnly: true, run: step(-1) },
    { name: "large", label: "reading.pane.large", keys: ["Enter"], why, run: () => desk.enlarge(!view.large) },
  ];
}

function togetherOffers(desk: Desk, view: DeskView): readonly Offer[] {
  const why = noImage(view);
  return [
    { name: "link", label: "reading.link.command", keys: ["c"], run: () => desk.link(!view.linked) },
    { name: "coupleHere", label: "reading.link.here", keys: ["Shift+c"], why, run: () => desk.coupleHere() },
    {
      name: "localiser",
      label: "reading.localiser.command",
      keys: ["x"],
      run: () => desk.showLines(!view.localiser),
    },
  ];
}

function cineOffer(desk: Desk, view: DeskView): Offer {
  const why = noImage(view) ?? ((view.set?.frames.length ?? 0) < 2 ? "reading.why.oneImage" : null);
  return { name: "cine", label: "reading.cine.command", keys: ["q"], why, run: () => desk.playOrStop() };
}
