// No row: because nothing came yet, or because the filters hide what is there.
import { useWords } from "../locale";
import { FirstSteps, Keys } from "../shell";
import { Empty, LinkButton } from "../ui";
import { type Filter, NO_FILTER, withValue } from "./filter";
import type { StudyList } from "./study-pages";

export interface EmptyListProps {
  readonly list: StudyList;
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
}

/** What one text may be: a name, a patient's number, an order's number. */
const MEANINGS = ["patient_name", "patient_id", "accession"] as const;

/** The text that was searched for as the one thing it may be, and what else it may be. */
function otherMeanings({ values }: Filter) {
  const asked = values.size === 1 ? MEANINGS.find((field) => values.has(field)) : undefined;
  const text = asked === undefined ? "" : (values.get(asked) ?? "");
  return text === "" ? [] : MEANINGS.filter((field) => field !== asked).map((field) => ({ field, text }));
}

export function EmptyList({ list, filter, onFilter }: EmptyListProps) {
  const { t, formats } = useWords();
  if (filter.values.size > 0) {
    const hidden =
      list.filteredOut === "more" ? `> ${formats.numeral(10_000)}` : formats.numeral(list.filteredOut ?? 0);
    return (
      <Empty title={t("worklist.emptyFilter.title")}>
        <p>{t("worklist.emptyFilter.text", { n: hidden })}</p>
        {otherMeanings(filter).map(({ field, text }) => (
          <p key={field}>
            <LinkButton onClick={() => onFilter(withValue(NO_FILTER, field, text))}>
              {t(`worklist.emptyFilter.as.${field}`, { text })}
            </LinkButton>
          </p>
        ))}
        <p>
          <LinkButton onClick={() => onFilter(NO_FILTER)}>{t("worklist.emptyFilter.clear")}</LinkButton>{" "}
          <Keys of="Backspace" />
        </p>
      </Empty>
    );
  }
  return (
    <Empty title={t("worklist.empty.title")}>
      <p>{t("worklist.empty.text")}</p>
      <FirstSteps />
    </Empty>
  );
}
