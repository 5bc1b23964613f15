// What can be done on the reading page, for the one registry: keys, palette and help show the same list.
import { HOUNSFIELD_PRESETS } from "../display";
import type { WordKey } from "../locale";
import type { Command } from "../shell";
import type { Pane } from "../viewport";
import type { Desk, DeskView } from "./desk";
import { noImage, noTool, type Offer } from "./offer";
import { paneCommands } from "./pane-commands";

export interface SeriesSteps {
  /** Steps through the display sets of all series, in the order of the strip. */
  readonly by: (steps: number) => void;
  readonly possible: boolean;
}

const ZOOM_STEP = 1.25;

export function readingCommands(desk: Desk, view: DeskView, steps: SeriesSteps): readonly Command[] {
  return [
    ...toolOffers(desk, view),
    ...viewOffers(desk, view),
    ...presetOffers(desk, view),
    ...stackOffers(desk, view),
    ...seriesOffers(steps),
    ...paneCommands(desk, view),
  ].map(asCommand);
}

/** Offered from the first moment, also while nothing has arrived yet. */
export function closeCommand(leave: () => void): Command {
  return { id: "reading.close", label: "reading.close", group: "reading.title", keys: ["Escape"], run: leave };
}

function asCommand({ name, label, keys, why = null, keyOnly = false, tool, run }: Offer): Command {
  const command = { id: `reading.${name}`, label, group: "reading.title", keys, keyOnly, run } as const;
  return { ...command, unavailable: () => why, ...(tool === undefined ? {} : { tool }) };
}

function toolOffers(desk: Desk, view: DeskView): readonly Offer[] {
  return desk.tools.map(({ id, key, label, held }) => ({
    name: id,
    label,
    keys: [key],
    tool: id,
    why: noTool(view),
    run: () => {
      desk.hold(id);
      held?.(view.tool === id);
    },
  }));
}

function viewOffers(desk: Desk, view: DeskView): readonly Offer[] {
  const why = noImage(view);
  const colour = why ?? (view.kind === "colour" ? "reading.why.colour" : null);
  const presentation = why ?? (view.presented === null ? "reading.why.noPresentation" : null);
  const offer = (name: string, label: WordKey, key: string, act: (pane: Pane) => void, reason = why): Offer => ({
    name,
    label,
    keys: [key],
    why: reason,
    run: () => {
      if (desk.activePane !== null) act(desk.activePane);
    },
  });
  return [
    offer("invert", "reading.invert", "i", (pane) => pane.invert(), colour),
    offer("reset", "reading.reset", "r", (pane) => pane.reset()),
    offer("fit", "reading.fit", "f", (pane) => pane.setZoom("fit")),
    offer("actual", "reading.actual", "0", (pane) => pane.actualSize()),
    offer("zoomIn", "reading.zoomIn", "+", (pane) => pane.zoomBy(ZOOM_STEP)),
    offer("zoomOut", "reading.zoomOut", "-", (pane) => pane.zoomBy(1 / ZOOM_STEP)),
    offer("turnRight", "reading.turn.right", ">", (pane) => pane.turn(1)),
    offer("turnLeft", "reading.turn.left", "<", (pane) => pane.turn(-1)),
    offer("mirrorHorizontal", "reading.mirror.horizontal", "Shift+h", (pane) => pane.mirror("horizontal")),
    offer("mirrorVertical", "reading.mirror.vertical", "Shift+v", (pane) => pane.mirror("vertical")),
    offer("smooth", "reading.smooth", "Shift+i", (pane) => pane.smoothOrNot()),
    offer("overlays", "reading.overlays", "g", (pane) => pane.toggleOverlays()),
    offer("shutter", "reading.shutter", "v", (pane) => pane.toggleShutter()),
    offer("presentation", "reading.presentation.off", "p", (pane) => pane.present(null), presentation),
  ];
}

function presetOffers(desk: Desk, view: DeskView): readonly Offer[] {
  const why = noImage(view) ?? (view.presets.length > 0 ? null : "reading.why.noPresets");
  const presets = view.presets.length > 0 ? view.presets : HOUNSFIELD_PRESETS;
  return presets.map(({ id, key, window }) => ({
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
  const by = (images: number) => () => desk.scroll(images);
  const to = (index: number) => () => desk.scrollTo(index);
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
