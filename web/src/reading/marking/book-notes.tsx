// What is said of the keeping of marks: what waits, what only this window has, what was changed elsewhere.
import { useWords } from "../../locale";
import type { BookState } from "../../tools";
import { Icon, LinkButton } from "../../ui";
import type { Marking } from "./marking";

interface NoteProps {
  readonly marking: Marking;
  readonly state: BookState;
}

export function BookNote({ marking, state }: NoteProps) {
  const { t } = useWords();
  const { waiting, unsafe, loaded, conflicts, refused } = state;
  const onTheirWay = waiting - conflicts.length - refused.size;
  if (onTheirWay === 0 && unsafe === 0) return loaded ? null : <p className="marks-note">{t("marks.unloaded")}</p>;
  const text =
    unsafe > 0 ? t("marks.unsaved.unsafe", { n: unsafe }) : t("marks.unsaved.text", { n: Math.max(onTheirWay, 1) });
  return (
    <p className="marks-note" role="status">
      <span className="warn row row--tight">
        <Icon name="warn" size="s" />
        {t("marks.unsaved")}
      </span>
      {text} <LinkButton onClick={() => marking.book.hurry()}>{t("marks.unsaved.retry")}</LinkButton>
    </p>
  );
}

export function ConflictNotes({ marking, state }: NoteProps) {
  const { t } = useWords();
  return state.conflicts.map(({ id, mine, theirs }) => (
    <p key={id} className="marks-note" role="status">
      <span className="warn row row--tight">
        <Icon name="warn" size="s" />
        {mine?.text || t(`marks.kind.${(mine ?? theirs)?.kind ?? "length"}`)}
      </span>
      {t(theirs === null ? "marks.changed.gone" : "marks.changed")}{" "}
      <LinkButton onClick={() => marking.book.takeMine(id)}>{t("marks.changed.mine")}</LinkButton>{" "}
      <LinkButton onClick={() => marking.book.takeTheirs(id)}>{t("marks.changed.theirs")}</LinkButton>
    </p>
  ));
}
