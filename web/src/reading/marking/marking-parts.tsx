// What the page shows of marks beside the panes: the button of the list, the crosshair's keys, the question for a length.
import { useWords } from "../../locale";
import { Keys } from "../../shell";
import { Icon } from "../../ui";
import { CalibrationDialog } from "./calibration-dialog";
import type { Marking } from "./marking";
import type { MarkingPage } from "./use-marking";

/** Opens and closes the list; says beside it when something is not kept. */
export function MarksButton({ page }: { readonly page: MarkingPage }) {
  const { t } = useWords();
  const { marks, listed, list } = page;
  const unsaved = marks.book.waiting > 0;
  return (
    <button
      type="button"
      className={listed ? "tool tool--act is-on" : "tool tool--act"}
      aria-pressed={listed}
      title={t("marks.list.show")}
      onClick={() => list(!listed)}
    >
      <Icon name="list" />
      <span className="tool-name">{t("marks.list")} </span>
      <span className="num">{marks.marks.length}</span>
      {unsaved ? (
        <span className="warn row row--tight marks-unsaved">
          <Icon name="warn" size="s" />
          {t("marks.unsaved")}
        </span>
      ) : null}
      <Keys of="Shift+m" />
    </button>
  );
}

export function MarkingNotes({ marking, page }: { readonly marking: Marking; readonly page: MarkingPage }) {
  const { t } = useWords();
  const { aiming, calibrating } = page.marks;
  return (
    <>
      {aiming ? (
        <p className="aim-hint" role="status">
          {t("marks.aim.hint")}
        </p>
      ) : null}
      {calibrating === null || calibrating === "tooShort" ? null : (
        <CalibrationDialog marking={marking} open={calibrating} />
      )}
    </>
  );
}
