// What can be done on the reading page, for the one registry: keys, palette and help show the same list.
import { WINDOW_PRESETS } from "../display";
import type { WordKey } from "../locale";
import type { Command } from "../shell";
import type { Pane, ToolId } from "../viewport";
import type { Desk, DeskView } from "./desk";

export interface SeriesSteps {
  /** Steps through the display sets of all series, in the order of the strip. */
  readonly by: (steps: number) => void;
  readonly possible: boolean;
}

export const TOOLS: readonly { readonly id: ToolId; readonly key: string }[] = [
  { id: "window", key: "w" },
  { id: "pan", key: "b" },
  { id: "zoom", key: "z" },
  { id: "stack", key: "s" },
];

const ZOOM_STEP = 1.25;

interface Offer {
  readonly name: string;
  readonly label: WordKey;
  readonly keys: readonly string[];
  readonly why?: WordKey | null;
  readonly keyOnly?: boolean;
  readonly run: () => void;
}

export function readingCommands(desk: Desk, view: DeskView, steps: SeriesSteps): readonly Command[] {
  return [
    ...toolOffers(desk),
    ...viewOffers(desk, view),
    ...presetOffers(desk, view),
    ...stackOffers(desk, view),
    ...seriesOffers(steps),
  ].map(asCommand);
}

/** Offered from the first moment, also while nothing has arrived yet. */
export function closeCommand(leave: () => void): Command {
  return { id: "reading.close", label: "reading.close", group: "reading.title", keys: ["Escape"], run: leave };
}

function asCommand({ name, label, keys, why = null, keyOnly = false, run }: Offer): Command {
  return { id: `reading.${name}`, label, group: "reading.title", keys, keyOnly, unavailable: () => why, run };
}

function toolOffers(desk: Desk): readonly Offer[] {
  return TOOLS.map(({ id, key }) => ({
    name: id,
    label: `reading.tool.${id}` as const,
    keys: [key],
    run: () => desk.hold(id),
  }));
}

const noImage = (view: DeskView): WordKey | null => (view.set === null ? "reading.why.noImage" : null);

function viewOffers(desk: Desk, view: DeskView): readonly Offer[] {
  const why = noImage(view);
  const colour = why ?? (view.kind === "colour" ? "reading.why.colour" : null);
  const act = (run: (pane: Pane) => void) => () => {
    if (desk.activePane !== null) run(desk.activePane);
  };
  return [
    { name: "invert", label: "reading.invert", keys: ["i"], why: colour, run: act((pane) => pane.invert()) },
    { name: "reset", label: "reading.reset", keys: ["r"], why, run: act((pane) => pane.reset()) },
    { name: "fit", label: "reading.fit", keys: ["f"], why, run: act((pane) => pane.setZoom("fit")) },
    { name: "actual", label: "reading.actual", keys: ["0"], why, run: act((pane) => pane.actualSize()) },
    { name: "zoomIn", label: "reading.zoomIn", keys: ["+"], why, run: act((pane) => pane.zoomBy(ZOOM_STEP)) },
    { name: "zoomOut", label: "reading.zoomOut", keys: ["-"], why, run: act((pane) => pane.zoomBy(1 / ZOOM_STEP)) },
  ];
}

function presetOffers(desk: Desk, view: DeskView): readonly Offer[] {
  const why = noImage(view) ?? (view.hounsfield ? null : "reading.why.noHounsfield");
  return WINDOW_PRESETS.map(({ id, key, window }) => ({
    name: `preset.${id}`,
    label: `reading.preset.${id}.command` as const,
    keys: [key],
    why,
    run: () => desk.activePane?.setVoi({ kind: "window", window }),
  }));
}

function stackOffers(desk: Desk, view: DeskView): readonly Offer[] {
  const last = (view.set?.frames.length ?? 0) - 1;
  const why = noImage(view) ?? (last < 1 ? "reading.why.oneImage" : null);
  const by = (images: number) => () => desk.activePane?.moveBy(images);
  const to = (index: number) => () => desk.activePane?.moveTo(index);
  const offer = (name: string, label: WordKey, keys: readonly string[], run: () => void): Offer => ({
    name,
    label,
    keys,
    why,
    keyOnly: true,
    run,
  });
  return [
    offer("next", "reading.next", ["ArrowDown"], by(1)),
    offer("previous", "reading.previous", ["ArrowUp"], by(-1)),
    offer("nextTen", "reading.nextTen", ["Shift+ArrowDown"], by(10)),
    offer("previousTen", "reading.previousTen", ["Shift+ArrowUp"], by(-10)),
    offer("first", "reading.first", ["Home"], to(0)),
    offer("last", "reading.last", ["End"], to(last)),
  ];
}

function seriesOffers({ by, possible }: SeriesSteps): readonly Offer[] {
  const why = possible ? null : "reading.why.oneSeries";
  return [
    { name: "nextSeries", label: "reading.nextSeries", keys: ["PageDown"], why, keyOnly: true, run: () => by(1) },
    {
      name: "previousSeries",
      label: "reading.previousSeries",
      keys: ["PageUp"],
      why,
      keyOnly: true,
      run: () => by(-1),
    },
  ];
}
