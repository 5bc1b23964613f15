// The rows: only those on the screen exist. Order and place of a row change only by the reader's act.
import { replaceEqualDeep } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, type ReactNode, type RefObject, useEffect, useMemo, useRef } from "react";
import type { StudyRow } from "../api";
import { dicomDate, useWords, type Words } from "../locale";
import { type RoomStyle, useColumnRoom } from "./column-room";
import { COLUMNS, SortMark } from "./columns";
import { type Filter, type Sort, sortedBy } from "./filter";
import { type Group, Lines, useGroups } from "./groups";
import type { ShownRows } from "./list-state";
import { namesAlike, personKey, type TellingApart } from "./names-alike";
import type { StudyList } from "./study-pages";

export interface StudyTableProps {
  readonly list: StudyList;
  readonly filter: Filter;
  /** Number of the taking of the list. */
  readonly edition: number;
  readonly rowHeight: number;
  readonly selected: number | null;
  readonly onSelect: (index: number) => void;
  readonly onOpen: (row: StudyRow) => void;
  readonly onFilter: (filter: Filter) => void;
  /** The row that stands at the top when the table appears. */
  readonly top: number;
  readonly onWindow: (rows: ShownRows) => void;
}

export function StudyTable(props: StudyTableProps) {
  const { list, filter, edition, rowHeight, selected, onWindow } = props;
  const { t } = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const groups = useGroups(filter, edition, list.pages);
  const lines = useMemo(() => new Lines(list.count, groups), [list.count, groups]);
  const room = useColumnRoom(`${filter.sort} ${filter.order} ${edition}`, list.pages);
  const alike = useNamesAlike(list.loaded);
  const acts = useRowActs(props);
  const virtual = useVirtualizer({
    count: lines.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    initialOffset: (props.top === 0 ? 0 : lines.lineOf(props.top)) * rowHeight,
  });
  const scrolledTo = useRef(selected); // a list that was left stands where it was left, also away from the chosen row
  useEffect(() => {
    if (selected !== null && selected !== scrolledTo.current) virtual.scrollToIndex(lines.lineOf(selected));
    scrolledTo.current = selected;
  }, [virtual, selected, lines]);
  const items = virtual.getVirtualItems();
  const [first, last] = [lines.rowFrom(items[0]?.index ?? 0), lines.rowFrom(items.at(-1)?.index ?? 0)];
  const top = virtual.range === null ? props.top : lines.rowFrom(virtual.range.startIndex);
  useEffect(() => onWindow({ first, last, top }), [onWindow, first, last, top]);
  return (
    <Scroller host={scroller} room={room} label={t("worklist.title")} count={list.count} selected={selected}>
      <Head {...props} />
      <div role="rowgroup" className="rows" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index: line, start, size }) => {
          const found = lines.at(line);
          if ("group" in found)
            return (
              <GroupLine key={`g${found.group}`} {...{ list, groups, at: found.group }} top={start} height={size} />
            );
          const row = list.rowAt(found.row);
          const alikeBy = row === null ? null : (alike[personKey(row)] ?? null);
          const isOn = found.row === selected;
          return (
            <Row
              key={found.row}
              index={found.row}
              top={start}
              height={size}
              row={row}
              alike={alikeBy}
              isOn={isOn}
              acts={acts}
            />
          );
        })}
      </div>
    </Scroller>
  );
}

/** By `personKey`; what did not change is the same object over renderings, so that its rows are not drawn again. */
function useNamesAlike(rows: readonly StudyRow[]): Readonly<Record<string, TellingApart>> {
  const kept = useRef<Readonly<Record<string, TellingApart>>>({});
  kept.current = replaceEqualDeep(kept.current, Object.fromEntries(namesAlike(rows)));
  return kept.current;
}

interface ScrollerProps {
  readonly host: RefObject<HTMLDivElement | null>;
  readonly room: RoomStyle;
  readonly label: string;
  readonly count: number;
  readonly selected: number | null;
  readonly children: ReactNode;
}

function Scroller({ host, room, label, count, selected, children }: ScrollerProps) {
  return (
    <div
      ref={host}
      className="studies"
      style={room}
      role="grid"
      aria-label={label}
      aria-rowcount={count + 1}
      aria-activedescendant={selected === null ? undefined : `study-${selected}`}
      tabIndex={0}
    >
      {children}
    </div>
  );
}

function Head({ filter, onFilter }: StudyTableProps) {
  const { t } = useWords();
  return (
    <div role="rowgroup" className="studies-head">
      <div role="row" className="study-row" aria-rowindex={1} tabIndex={-1}>
        {COLUMNS.map(({ name, label, sort, sortWord, unsorted, numeric }) => (
          <span
            key={name}
            role="columnheader"
            tabIndex={-1}
            className={`c-${name}${numeric === true ? " num" : ""}${sort === undefined ? "" : " is-sortable"}`}
            aria-sort={ariaSort(filter, sort)}
            title={unsorted === undefined ? undefined : t(unsorted)}
            aria-description={unsorted === undefined ? undefined : t(unsorted)}
          >
            {sort === undefined ? (
              t(label)
            ) : (
              <button
                type="button"
                title={t(sortWord ?? "worklist.sortBy", { column: t(label) })}
                className={filter.sort === sort ? "is-sorted" : ""}
                onClick={() => onFilter(sortedBy(filter, sort))}
              >
                {t(label)}
                <SortMark order={filter.sort === sort ? filter.order : null} />
              </button>
            )}
          </span>
        ))}
      </div>
    </div>
  );
}

function ariaSort(filter: Filter, sort: Sort | undefined): "ascending" | "descending" | "none" | undefined {
  if (sort === undefined) return undefined;
  if (filter.sort !== sort) return "none";
  return filter.order === "asc" ? "ascending" : "descending";
}

interface GroupLineProps {
  readonly list: StudyList;
  readonly groups: readonly Group[];
  readonly at: number;
  readonly top: number;
  readonly height: number;
}

/** A day, month or year and, where its last row is known, how many studies it has. */
function GroupLine({ list, groups, at, top, height }: GroupLineProps) {
  const words = useWords();
  const group = groups[at];
  if (group === undefined) return null;
  const end = groups[at + 1]?.row ?? (list.ended ? list.count : null);
  return (
    <div role="row" tabIndex={-1} className="group-line" style={{ transform: `translateY(${top}px)`, height }}>
      <span role="gridcell" tabIndex={-1}>
        {spanName(group.span, words)}
        {end === null ? null : ` · ${words.formats.numeral(end - group.row)}`}
      </span>
    </div>
  );
}

function spanName(span: string, { t, formats }: Words): string {
  const today = new Date();
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  if (span === dicomDate(today)) return t("worklist.today");
  if (span === dicomDate(yesterday)) return t("worklist.yesterday");
  return formats.span(span) || t("worklist.noDay");
}

interface RowActs {
  readonly select: (index: number) => void;
  readonly open: (row: StudyRow) => void;
}

/** The same object over renderings, so that rows which did not change are not drawn again. */
function useRowActs({ onSelect, onOpen }: StudyTableProps): RowActs {
  const latest = useRef({ onSelect, onOpen });
  latest.current = { onSelect, onOpen };
  return useMemo(
    () => ({ select: (index) => latest.current.onSelect(index), open: (row) => latest.current.onOpen(row) }),
    [],
  );
}

interface RowProps {
  readonly alike: TellingApart | null;
  readonly isOn: boolean;
  readonly acts: RowActs;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly row: StudyRow | null;
}

const Row = memo(function Row({ index, top, height, row, alike, isOn, acts }: RowProps) {
  const words = useWords();
  return (
    // The grid has the focus and carries the keys (commands of the page); a row is only pointed at.
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are commands of the page
    <div
      id={`study-${index}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isOn}
      tabIndex={-1}
      className={isOn ? "study-row is-on" : "study-row"}
      style={{ transform: `translateY(${top}px)`, height }}
      onClick={() => row !== null && acts.select(index)}
      onDoubleClick={() => row !== null && acts.open(row)}
    >
      {row === null ? (
        <span className="waiting-bar" />
      ) : (
        COLUMNS.map(({ name, numeric, cell }) => (
          <span key={name} role="gridcell" tabIndex={-1} className={`c-${name}${numeric === true ? " num" : ""}`}>
            {cell(row, words, alike)}
          </span>
        ))
      )}
    </div>
  );
});
