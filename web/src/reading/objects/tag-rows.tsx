// The rows of the tag browser; only those on the screen exist. Whatever an object says is shown as text.
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ComponentProps, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { asDataset, type Dataset, type ElementRow, tagText, valueText } from "../../display";
import { useWords, type Words } from "../../locale";
import { Icon } from "../../ui";
import type { Dictionary } from "./dictionary";

const ROW_HEIGHT = 22;

export interface TagRowsProps {
  readonly rows: readonly ElementRow[];
  readonly dataset: Dataset;
  readonly dictionary: Dictionary | null;
  readonly onTurn: (path: string) => void;
  readonly onCopy: (text: string) => void;
}

export function TagRows(props: TagRowsProps) {
  const { rows, dataset, onTurn, onCopy } = props;
  const { t } = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const here = Math.min(at, rows.length - 1);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  useEffect(() => {
    if (here >= 0) virtual.scrollToIndex(here);
  }, [virtual, here]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[here];
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 20, PageUp: -20, Home: -rows.length, End: rows.length }[
      event.key
    ];
    if (step !== undefined) setAt(Math.max(0, Math.min(rows.length - 1, here + step)));
    else if (row !== undefined && isTurn(event.key, row)) onTurn(row.path);
    else if (row !== undefined && event.key === "c" && event.ctrlKey && window.getSelection()?.isCollapsed !== false)
      onCopy(wholeText(dataset, row.path));
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={scroller}
      className="tag-rows"
      role="treegrid"
      tabIndex={0}
      aria-label={t("tags.title")}
      aria-rowcount={rows.length}
      aria-activedescendant={here < 0 ? undefined : `tag-${here}`}
      onKeyDown={onKeyDown}
    >
      <div role="row" tabIndex={-1} className="tag-row tag-heads">
        {(["tag", "name", "vr", "value"] as const).map((name) => (
          <span key={name} role="columnheader" tabIndex={-1}>
            {t(`tags.${name}`)}
          </span>
        ))}
      </div>
      {rows.length === 0 ? <p className="dim tag-none">{t("tags.nothing")}</p> : null}
      <div role="rowgroup" className="rows" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return row === undefined ? null : (
            <TagRow
              key={row.path}
              {...props}
              row={row}
              id={`tag-${index}`}
              top={start}
              on={index === here}
              onChoose={() => setAt(index)}
              onCopyRow={() => onCopy(wholeText(dataset, row.path))}
            />
          );
        })}
      </div>
    </div>
  );
}

function isTurn(key: string, row: ElementRow): boolean {
  if (row.inside === 0) return false;
  return key === "Enter" || key === " " || key === (row.open ? "ArrowLeft" : "ArrowRight");
}

interface RowProps extends TagRowsProps {
  readonly row: ElementRow;
  readonly id: string;
  readonly top: number;
  readonly on: boolean;
  readonly onChoose: () => void;
  readonly onCopyRow: () => void;
}

/** Deeper levels are not set in any further: the value must stay on the screen. */
const INDENTED_LEVELS = 10;

function TagRow({ row, id, top, on, dictionary, onTurn, onChoose, onCopyRow }: RowProps) {
  const words = useWords();
  const { t } = words;
  const choose = (): void => {
    onChoose();
    if (row.inside > 0) onTurn(row.path);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are taken by the table
    <div
      id={id}
      role="row"
      tabIndex={-1}
      className={on ? "tag-row is-on" : "tag-row"}
      aria-level={row.depth + 1}
      aria-expanded={row.inside > 0 ? row.open : undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={choose}
    >
      <Cell className="tag-tag mono" style={{ paddingLeft: Math.min(row.depth, INDENTED_LEVELS) * 14 }}>
        <span className="tag-fold">{row.inside > 0 ? <Icon name={row.open ? "down" : "right"} size="s" /> : null}</span>
        {row.tag === null ? t("tags.item", { n: row.item }) : tagText(row.tag)}
      </Cell>
      <Cell className="cut" title={nameText(row, dictionary, words)}>
        {nameText(row, dictionary, words)}
      </Cell>
      <Cell className="dim mono">{row.vr}</Cell>
      <ValueCell row={row} dictionary={dictionary} />
      <Cell>
        <button
          type="button"
          tabIndex={-1}
          className="tag-copy"
          title={t("tags.copy")}
          aria-label={t("tags.copy")}
          onClick={(event) => {
            event.stopPropagation();
            onCopyRow();
          }}
        >
          <Icon name="doc" size="s" />
        </button>
      </Cell>
    </div>
  );
}

function nameText({ tag, creator }: ElementRow, dictionary: Dictionary | null, { t }: Words): string {
  if (tag === null) return "";
  const name = dictionary?.element(tag, creator) ?? "";
  if (Number.parseInt(tag.slice(0, 4), 16) % 2 === 0 || name === "Private Creator") return name;
  const owner = creator === "" ? t("tags.unclaimed") : t("tags.private", { creator });
  return name === "" ? owner : `${name} (${owner})`;
}

function ValueCell({ row, dictionary }: Pick<RowProps, "row" | "dictionary">) {
  const words = useWords();
  const { value } = row;
  if (value.kind !== "text") return <Cell className="dim">{measure(row, words)}</Cell>;
  const meaning = row.vr === "UI" ? (dictionary?.uid(value.text) ?? "") : "";
  const cut = value.length > value.text.length;
  return (
    <Cell className="cut" title={value.text}>
      <bdi>{value.text}</bdi>
      {cut ? <span className="dim"> … {words.t("tags.characters", { n: value.length })}</span> : null}
      {meaning === "" ? null : <span className="dim"> {meaning}</span>}
    </Cell>
  );
}

/** How much there is of what is no text. */
function measure({ tag, value }: ElementRow, { t }: Words): string {
  switch (value.kind) {
    case "binary":
      return value.bytes === null ? t("tags.bulk") : t("tags.bytes", { n: value.bytes });
    case "items":
      return t(tag === null ? "tags.elements" : "tags.items", { n: value.count });
    default:
      return t("tags.empty");
  }
}

function Cell(props: Omit<ComponentProps<"span">, "role" | "tabIndex">) {
  return <span role="gridcell" tabIndex={-1} {...props} />;
}

/** The whole value at a path; for sequences and items all that lies within, as DICOM JSON. */
function wholeText(dataset: Dataset, path: string): string {
  let here: Dataset = dataset;
  const steps = path.split("/");
  for (let step = 0; step + 2 < steps.length; step += 2)
    here = asDataset(here[steps[step] ?? ""]?.Value?.[Number(steps[step + 1]) - 1]);
  if (steps.length % 2 === 0) {
    const item = here[steps.at(-2) ?? ""]?.Value?.[Number(steps.at(-1)) - 1];
    return JSON.stringify(asDataset(item), null, 1);
  }
  const element = here[steps.at(-1) ?? ""];
  if (element === undefined) return "";
  if (element.vr === "SQ") return JSON.stringify(element.Value ?? [], null, 1);
  return element.InlineBinary ?? element.BulkDataURI ?? valueText(element);
}
