// What the reading page has beside its panes: the object shown in place of one, and the tag browser over all.
import { lazy, type ReactNode, Suspense, useState } from "react";
import { type StudyDetail, studyName } from "../../api";
import type { Instance, Reference } from "../../display";
import { useWords } from "../../locale";
import { useCommands, useSurroundings } from "../../shell";
import type { Desk, DeskView } from "../desk";
import { presentedOn } from "../presenting/presenting";
import { candidates, jump } from "./jump";
import { ObjectView } from "./object-view";

const TagBrowser = lazy(async () => ({ default: (await import("./tag-browser")).TagBrowser }));

export interface Objects {
  /** In the place of the pane there, or nothing. */
  readonly shownAt: (place: number) => ReactNode;
  readonly dialog: ReactNode;
}

export function useObjects(
  desk: Desk,
  view: DeskView,
  detail: StudyDetail,
  onPresent: (instance: Instance) => void,
): Objects {
  const { t } = useWords();
  const { toast } = useSurroundings();
  const [browsed, setBrowsed] = useState<Instance | null>(null);
  const study = studyName(detail.study);
  useCommands([
    {
      id: "reading.tags",
      label: "tags.title",
      group: "reading.title",
      keys: ["#"],
      unavailable: () => (inHand(desk) === null ? "tags.why.nothing" : null),
      run: () => setBrowsed(inHand(desk)),
    },
  ]);
  const seriesHere = detail.series.map((row) => row.series_instance_uid);
  const follow = async (reference: Reference, series: string): Promise<void> => {
    const found = await jump(desk, reference, candidates(series, seriesHere, view.loaded));
    if (!found) toast({ text: t("objects.notHere"), tone: "warn", of: study });
  };
  const shownAt = (place: number): ReactNode => {
    const { series, object } = view.places[place] ?? view;
    return series === null || object === null ? null : (
      <ObjectView
        study={study}
        series={series}
        instance={object}
        onReference={(reference, of) => void follow(reference, of)}
        onPresent={onPresent}
        presented={presentedOn(view).has(object.digest)}
        seriesHere={seriesHere}
      />
    );
  };
  const { series } = view;
  return {
    shownAt,
    dialog:
      series === null || browsed === null ? null : (
        <Suspense>
          <TagBrowser study={study} series={series} instance={browsed} onClose={() => setBrowsed(null)} />
        </Suspense>
      ),
  };
}

/** The object shown, else the instance whose frame is painted, else the one the stack begins with. */
function inHand(desk: Desk): Instance | null {
  const { object, set } = desk.snapshot();
  return object ?? desk.painted?.instance ?? set?.frames[0]?.instance ?? null;
}
