// Setting one filter: first the field, then its value. Backspace in an empty field takes the last filter away.
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useWords, type WordKey, type Words } from "../locale";
import { Keys } from "../shell";
import { Button } from "../ui";
import { acceptable, FILTER_FIELDS, type FieldKind, type Filter, type FilterField, withValue } from "./filter";
import { shownValue } from "./filter-bar";

export interface FilterComposerProps {
  readonly filter: Filter;
  /** The field whose value is being written, or null while it is being chosen. */
  readonly field: FilterField | null;
  readonly onField: (field: FilterField | null) => void;
  readonly onFilter: (filter: Filter) => void;
  readonly onClose: () => void;
}

interface Option {
  readonly value: string;
  readonly label: string;
  /** Other words by which it is found. */
  readonly also?: string;
}

export function FilterComposer({ filter, field, onField, onFilter, onClose }: FilterComposerProps) {
  const words = useWords();
  const { t } = words;
  const kind = FILTER_FIELDS.find((candidate) => candidate.field === field);
  const [text, setText] = useState(() => (kind === undefined ? "" : startText(kind, filter, words)));
  const [at, setAt] = useState(0);
  const [wrong, setWrong] = useState<WordKey | null>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const options = optionsOf(kind, words).filter(({ label, also }) =>
    `${label} ${also ?? ""}`.toLowerCase().includes(text.trim().toLowerCase()),
  );
  const isList = kind === undefined || kind.kind === "choice";

  const set = (value: string | null): void => {
    if (kind === undefined || value === null) {
      setWrong(wrongOf(kind));
    } else {
      onFilter(withValue(filter, kind.field, value));
      onClose();
    }
  };
  const choose = (option: Option | undefined): void => {
    if (option === undefined) return;
    const chosen = FILTER_FIELDS.find((candidate) => candidate.field === option.value);
    if (kind !== undefined) set(option.value);
    else if (chosen !== undefined) onField(chosen.field);
  };
  const press = (event: KeyboardEvent): void => {
    event.stopPropagation();
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.key === "Escape") onClose();
    else if (event.key === "Enter")
      isList ? choose(options[at]) : set(kind === undefined ? null : acceptable(kind, text));
    else if (step !== 0 && isList) setAt((at + step + options.length) % Math.max(1, options.length));
    else if (event.key === "Backspace" && text === "" && kind === undefined) onFilter(withoutLast(filter));
    else return;
    event.preventDefault();
  };
  return (
    <div className="menu composer" role="dialog" aria-label={t("worklist.filter")}>
      <label className="field-label" htmlFor="composer">
        {kind === undefined ? t("worklist.filter.choose") : t(`worklist.filter.${kind.field}`)}
      </label>
      <span className={wrong === null ? "field" : "field is-bad"}>
        <input
          ref={input}
          id="composer"
          autoComplete="off"
          spellCheck={false}
          value={text}
          aria-invalid={wrong === null ? undefined : true}
          aria-describedby="composer-note"
          onKeyDown={press}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
            setWrong(null);
          }}
        />
        <Keys of="Enter" />
      </span>
      <p id="composer-note" className={wrong === null ? "field-note" : "field-note bad"}>
        {wrong !== null ? t(wrong) : isList && options.length === 0 ? t("worklist.filter.none") : noteOf(kind, words)}
      </p>
      {isList ? <OptionList options={options} at={at} onChoose={choose} /> : null}
      {isList ? null : (
        <Button onClick={() => set(kind === undefined ? null : acceptable(kind, text))}>
          {t("worklist.filter.set")}
        </Button>
      )}
    </div>
  );
}

interface OptionListProps {
  readonly options: readonly Option[];
  readonly at: number;
  readonly onChoose: (option: Option) => void;
}

function OptionList({ options, at, onChoose }: OptionListProps) {
  return (
    <ul className="composer-options">
      {options.map((option, index) => (
        <li key={option.value}>
          <button
            type="button"
            className={index === at ? "is-on" : ""}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(option)}
          >
            {option.label}
          </button>
        </li>
      ))}
    </ul>
  );
}

function optionsOf(kind: FieldKind | undefined, words: Words): readonly Option[] {
  if (kind === undefined) {
    return FILTER_FIELDS.map(({ field }) => ({
      value: field,
      label: words.t(`worklist.filter.${field}`),
      also: words.t(`worklist.filter.also.${field}`),
    }));
  }
  return (kind.choices ?? []).map((value) => ({ value, label: shownValue(kind, value, words) }));
}

const startText = (kind: FieldKind, filter: Filter, words: Words): string => {
  const value = filter.values.get(kind.field) ?? "";
  return kind.kind === "choice" || value === ""
    ? ""
    : kind.kind === "date"
      ? words.formats.date(value)
      : shownValue(kind, value, words);
};

function wrongOf(kind: FieldKind | undefined): WordKey {
  if (kind?.kind === "date") return "worklist.filter.badDate";
  return kind?.kind === "uids" ? "worklist.filter.badUid" : "worklist.filter.badModality";
}

function noteOf(kind: FieldKind | undefined, { t }: Words): string {
  if (kind?.kind === "text") return t("worklist.filter.note.text");
  if (kind?.kind === "date") return t("worklist.filter.note.date");
  if (kind?.kind === "uids") return t("worklist.filter.note.uids");
  return kind?.kind === "modality" ? t("worklist.filter.note.modality") : "";
}

function withoutLast(filter: Filter): Filter {
  const last = FILTER_FIELDS.filter(({ field }) => filter.values.has(field)).at(-1);
  return last === undefined ? filter : withValue(filter, last.field, "");
}
