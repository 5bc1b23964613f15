// The filters in force, as chips, and the way to set one: F opens, typing chooses, Enter sets.
import { useEffect, useRef, useState } from "react";
import { isWordKey, useWords, type Words } from "../locale";
import { Keys } from "../shell";
import { Icon } from "../ui";
import { FILTER_FIELDS, type FieldKind, type Filter, type FilterField, withValue } from "./filter";
import { FilterComposer } from "./filter-composer";

export interface FilterBarProps {
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
  readonly composing: boolean;
  readonly onCompose: (open: boolean) => void;
}

export function FilterBar({ filter, onFilter, composing, onCompose }: FilterBarProps) {
  const words = useWords();
  const { t } = words;
  const [field, setField] = useState<FilterField | null>(null);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!composing) setField(null);
  }, [composing]);
  return (
    <>
      {FILTER_FIELDS.filter((kind) => filter.values.has(kind.field)).map((kind) => (
        <span key={kind.field} className="filter">
          <b>{t(`worklist.filter.${kind.field}`)}</b>
          <button
            type="button"
            className="filter-value"
            onClick={() => {
              setField(kind.field);
              onCompose(true);
            }}
          >
            {shownValue(kind, filter.values.get(kind.field) ?? "", words)}
          </button>
          <button
            type="button"
            aria-label={t("worklist.filter.remove", { name: t(`worklist.filter.${kind.field}`) })}
            onClick={() => onFilter(withValue(filter, kind.field, ""))}
          >
            <Icon name="close" size="s" />
          </button>
        </span>
      ))}
      <div className="menu-place" ref={place}>
        <button type="button" className="filter is-add" aria-expanded={composing} onClick={() => onCompose(!composing)}>
          <Icon name="plus" size="s" />
          {t("worklist.filter")} <Keys of="f" />
        </button>
        {composing ? (
          <FilterComposer
            key={field ?? "choose"}
            filter={filter}
            field={field}
            onField={setField}
            onFilter={onFilter}
            onClose={() => onCompose(false)}
          />
        ) : null}
      </div>
    </>
  );
}

export function shownValue({ field, kind }: FieldKind, value: string, { t, formats }: Words): string {
  if (kind === "date") return formats.date(value);
  if (kind === "modality" || kind === "uids") return value.split(",").join(", ");
  if (kind === "choice") {
    const word = field === "state" ? `tag.${value}` : `worklist.identity.${value}`;
    return isWordKey(word) ? t(word) : value;
  }
  return value;
}
