// Binds the marks to the page: its keys, its active pane, what it shows of them.
import { useEffect, useState, useSyncExternalStore } from "react";
import { useWords } from "../../locale";
import { type Command, useCommands, useSurroundings } from "../../shell";
import type { Desk, DeskView } from "../desk";
import type { Marking } from "./marking";
import { crosshairCommands, giveUpCommand, historyCommands } from "./marking-commands";
import type { MarkingView } from "./marking-view";

export interface MarkingPage {
  readonly marks: MarkingView;
  readonly listed: boolean;
  readonly list: (on: boolean) => void;
}

export function useMarking(marking: Marking, desk: Desk, view: DeskView): MarkingPage {
  const marks = useSyncExternalStore(marking.subscribe, marking.view);
  const [listed, list] = useState(false);
  useEffect(() => {
    marking.activePlace = () => placeOf(desk);
  }, [marking, desk]);
  useEndOfAim(marking, view);
  useTooShort(marking, marks);
  useCommands([...historyCommands(marking), listCommand(() => list(!listed))]);
  useCommands(crosshairCommands(marking));
  useCommands(giveUpCommand(marking));
  return { marks, listed, list };
}

/** The crosshair belongs to the tool in hand and to the active pane: it goes with either. */
function useEndOfAim(marking: Marking, { tool, active }: DeskView): void {
  useEffect(() => {
    if (!marking.tools.some(({ id, group }) => group === "mark" && id === tool)) marking.endAim();
  }, [marking, tool]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the active pane is what is watched
  useEffect(() => marking.endAim(), [marking, active]);
}

function listCommand(run: () => void): Command {
  return { id: "marks.list", label: "marks.list.show", group: "marks.title", keys: ["Shift+m"], run };
}

function placeOf(desk: Desk): ReturnType<Marking["activePlace"]> {
  const { active } = desk.snapshot();
  const host = document.querySelector<HTMLElement>(`.viewport[data-place="${active}"]`);
  return host === null ? null : { host, geometry: () => desk.reportAt(active)?.geometry ?? null };
}

function useTooShort(marking: Marking, { calibrating }: MarkingView): void {
  const { toast } = useSurroundings();
  const { t } = useWords();
  useEffect(() => {
    if (calibrating !== "tooShort") return;
    marking.closeCalibration();
    toast({ tone: "warn", text: t("marks.calibrate.tooShort") });
  }, [marking, calibrating, toast, t]);
}
