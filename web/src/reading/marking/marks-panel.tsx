// The list of a study's measurements: value by value with its image, to go there, name and delete; and what is not kept yet.
import { useEffect, useState } from "react";
import { useWords } from "../../locale";
import { Keys } from "../../shell";
import { Icon, LinkButton } from "../../ui";
import type { Desk, DeskView } from "../desk";
import { BookNote, ConflictNotes } from "./book-notes";
import { MarkRow } from "./mark-row";
import type { Marking } from "./marking";
import type { MarkingView } from "./marking-view";

interface PanelProps {
  readonly marking: Marking;
  readonly marks: MarkingView;
  readonly desk: Desk;
  readonly view: DeskView;
  readonly onClose: () => void;
}

export function MarksPanel({ marking, marks, desk, view, onClose }: PanelProps) {
  const { t } = useWords();
  useHeaders(desk, marks);
  const [renaming, setRenaming] = useState<string | null>(null);
  return (
    <aside className="dock marks-panel" aria-label={t("marks.list")}>
      <header className="dock-head">
        <h2>{t("marks.list")}</h2>
        <span className="dim">{marks.marks.length}</span>
        <span className="push" />
        <LinkButton aria-label={t("marks.list.close")} title={t("marks.list.close")} onClick={onClose}>
          <Icon name="close" size="s" /> <Keys of="Shift+m" />
        </LinkButton>
      </header>
      <BookNote marking={marking} state={marks.book} />
      <ConflictNotes marking={marking} state={marks.book} />
      {marks.marks.length === 0 ? <p className="marks-empty">{t("marks.list.empty")}</p> : null}
      <ol className="marks-list">
        {marks.marks.map((mark) => (
          <MarkRow
            key={mark.id}
            mark={mark}
            chosen={mark.id === marks.selected}
            refusal={marks.book.refused.get(mark.id) ?? null}
            renaming={renaming === mark.id}
            onRename={(on) => setRenaming(on ? mark.id : null)}
            marking={marking}
            desk={desk}
            view={view}
          />
        ))}
      </ol>
    </aside>
  );
}

/** Headers of the series that marks lie in: lengths are computed from them. */
function useHeaders(desk: Desk, { marks }: MarkingView): void {
  const wanted = [...new Set(marks.map(({ seriesUid }) => seriesUid))].filter((uid) => uid !== "").join(" ");
  useEffect(() => {
    for (const uid of wanted.split(" ")) if (uid !== "" && !desk.snapshot().loaded.has(uid)) void desk.bring(uid);
  }, [desk, wanted]);
}
