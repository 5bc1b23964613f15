// The tree of a report's items: folded, walked through and followed by keys. Only the rows on the screen exist.
import { useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useMemo, useRef } from "react";
import { type Reference, type ReportItem, referencedItem } from "../../display";
import { useWords } from "../../locale";
import { ReportRow } from "./report-row";
import { afterKey, hasInside, seenItems, type TreeState, turned, unfoldedTo } from "./report-rows";

export interface ReportTreeProps {
  readonly items: readonly ReportItem[];
  readonly state: TreeState;
  readonly onState: (state: TreeState) => void;
  readonly onReference: (reference: Reference) => void;
}

const LINE_HEIGHT = 26;

export function ReportTree({ items, state, onState, onReference }: ReportTreeProps) {
  const { t } = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const seen = useMemo(() => seenItems(items, state.folded), [items, state.folded]);
  const here = seen.findIndex(({ index }) => index === state.at);
  const virtual = useVirtualizer({
    count: seen.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    getItemKey: (index) => seen[index]?.index ?? index,
    overscan: 12,
  });
  useScrollTo(virtual, here);
  const follow = (item: ReportItem): void => {
    const { value } = item;
    if (value.kind === "link") {
      const target = referencedItem(items, value.path);
      if (target !== null) onState({ folded: unfoldedTo(items, state.folded, target), at: target });
    } else if ("reference" in value && value.reference !== null) onReference(value.reference);
    else if (hasInside(item)) onState(turned(state, item.index));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const item = items[state.at];
    if (item === undefined || event.ctrlKey || event.altKey) return;
    const next = afterKey(event.key, items, state);
    if (next !== null) onState(next);
    else if (event.key === "Enter" || event.key === " ") follow(item);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={scroller}
      className="report-tree"
      role="tree"
      tabIndex={0}
      aria-label={t("report.tree")}
      aria-activedescendant={`item-${state.at}`}
      onKeyDown={onKeyDown}
    >
      <div className="rows" role="presentation" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const item = seen[index];
          return item === undefined ? null : (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              className="report-place"
              role="presentation"
              style={{ transform: `translateY(${start}px)` }}
            >
              <ReportRow
                item={item}
                items={items}
                on={index === here}
                open={!state.folded.has(item.index)}
                onChoose={() => onState({ ...state, at: item.index })}
                onTurn={() => onState(turned(state, item.index))}
                onFollow={() => follow(item)}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** The item in hand stays on the screen; where it stands already nothing moves. */
function useScrollTo(virtual: Virtualizer<HTMLDivElement, Element>, row: number): void {
  const before = useRef(row);
  useEffect(() => {
    if (row >= 0 && row !== before.current) virtual.scrollToIndex(row);
    before.current = row;
  }, [virtual, row]);
}
