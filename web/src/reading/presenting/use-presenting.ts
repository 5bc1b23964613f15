// Binds presentation states to the page: what choosing one does, and what is said where it names nothing here.
import { type StudyDetail, studyName } from "../../api";
import { type Instance, readPresentationState } from "../../display";
import { useWords } from "../../locale";
import { useSurroundings } from "../../shell";
import type { Desk } from "../desk";
import { focusActivePane } from "../pane-view";
import { choosePresentation } from "./presenting";

/** Chosen once it is applied, chosen twice it is taken off. */
export function usePresenting(desk: Desk, detail: StudyDetail): (instance: Instance) => void {
  const { t } = useWords();
  const { toast } = useSurroundings();
  const study = studyName(detail.study);
  const series = detail.series.map((row) => row.series_instance_uid);
  const choose = async (instance: Instance): Promise<void> => {
    const outcome = await choosePresentation(desk, instance, series);
    const { description, label } = readPresentationState(instance);
    const name = description || label || t("presentation.unnamed");
    if (outcome === "nothing") toast({ text: t("presentation.nothingHere", { name }), tone: "warn", of: study });
    else focusActivePane();
  };
  return (instance) => void choose(instance);
}
