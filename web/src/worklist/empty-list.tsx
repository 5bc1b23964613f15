// No row: because nothing came yet, or because the filters hide what is there.
import { useWords } from "../locale";
import { adminParts, Keys, useGo, useSession } from "../shell";
import { Empty, LinkButton } from "../ui";
import type { StudyList } from "./study-pages";

export interface EmptyListProps {
  readonly list: StudyList;
  readonly filtered: boolean;
  readonly onClear: () => void;
}

export function EmptyList({ list, filtered, onClear }: EmptyListProps) {
  const { t, formats } = useWords();
  const session = useSession();
  const go = useGo();
  if (filtered) {
    const hidden =
      list.filteredOut === "more" ? `> ${formats.numeral(10_000)}` : formats.numeral(list.filteredOut ?? 0);
    return (
      <Empty title={t("worklist.emptyFilter.title")}>
        <p>{t("worklist.emptyFilter.text", { n: hidden })}</p>
        <p>
          <LinkButton onClick={onClear}>{t("worklist.emptyFilter.clear")}</LinkButton> <Keys of="Backspace" />
        </p>
      </Empty>
    );
  }
  return (
    <Empty title={t("worklist.empty.title")}>
      <p>{t("worklist.empty.text")}</p>
      {adminParts(session).includes("peers") ? (
        <p>
          <LinkButton onClick={() => go({ page: "admin", part: "peers" })}>{t("worklist.empty.peers")}</LinkButton>
        </p>
      ) : null}
    </Empty>
  );
}
