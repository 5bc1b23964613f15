// A presentation state by itself: what it is, who made it, which images it is for. It is not an image, so it names them.
import { readPresentationState } from "../../display";
import { personName, useWords } from "../../locale";
import { Keys, useCommands } from "../../shell";
import { Button, Empty, LinkButton } from "../../ui";
import type { ObjectViewProps } from "./object-view";

/** More than these are told as a number. */
const LISTED = 100;

export function StateView({ instance, onReference, onPresent, presented, seriesHere }: ObjectViewProps) {
  const { t, formats } = useWords();
  const state = readPresentationState(instance);
  const made = [personName(state.creator), formats.date(state.date), formats.time(state.time)];
  const title = state.description || state.label || t("objects.kind.presentationState");
  const images = [...state.references];
  // One that is not named by its series may be in any of them.
  const nowhere = images.every(([sop]) => {
    const of = state.seriesOf.get(sop) ?? "";
    return of !== "" && !seriesHere.includes(of);
  });
  const why = nowhere ? t("presentation.noneHere") : undefined;
  useCommands([
    {
      id: "reading.presentation.apply",
      label: "presentation.apply.command",
      group: "reading.title",
      keys: ["Enter"],
      unavailable: () => (nowhere ? "presentation.noneHere" : null),
      run: () => onPresent(instance),
    },
  ]);
  return (
    <div className="object-note state-view">
      <Empty title={title}>
        <p>{[state.label === title ? "" : state.label, ...made].filter((part) => part !== "").join(" · ")}</p>
        <p>
          <Button kind="main" disabled={nowhere} title={why} onClick={() => onPresent(instance)}>
            {t(presented ? "presentation.takeOff" : "presentation.apply")} <Keys of="Enter" />
          </Button>
        </p>
        {why === undefined ? null : <p className="warn">{why}</p>}
        <p className="dim">{t("presentation.images", { n: images.length })}</p>
        <ul>
          {images.slice(0, LISTED).map(([sop, frames]) => (
            <li key={sop}>
              <LinkButton
                onClick={() =>
                  onReference(
                    { sopClassUid: "", sopInstanceUid: sop, frames, segments: [], channels: [] },
                    state.seriesOf.get(sop) ?? "",
                  )
                }
              >
                {t("report.image")}
              </LinkButton>{" "}
              <span className="dim mono">{sop}</span>
              {frames.length === 0 ? null : (
                <span className="dim"> {t("report.frames", { frames: frames.join(", ") })}</span>
              )}
            </li>
          ))}
        </ul>
      </Empty>
    </div>
  );
}
