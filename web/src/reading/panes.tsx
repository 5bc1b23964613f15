// The panes of the desk beside each other. A pane in the background of a large one stays as it is.
import type { ReactNode } from "react";
import type { Desk, DeskView } from "./desk";
import { columnsOf, paneCount, rowsOf } from "./layouts";
import { PaneView } from "./pane-view";

/** Panes are their places: what hangs in them changes, they do not. */
const PLACE_KEYS = ["first", "second", "third", "fourth"];

interface PanesProps {
  readonly desk: Desk;
  readonly view: DeskView;
  /** What stands in the place of the pane there, for instance a report. */
  readonly shownAt: (place: number) => ReactNode;
}

export function Panes({ desk, view, shownAt }: PanesProps) {
  const [rows, columns] = view.large ? [1, 1] : [rowsOf(view.layout), columnsOf(view.layout)];
  return (
    <main
      className="viewports"
      data-layout={view.layout}
      data-large={view.large}
      style={{ gridTemplate: `repeat(${rows}, minmax(0, 1fr)) / repeat(${columns}, minmax(0, 1fr))` }}
    >
      {Array.from({ length: paneCount(view.layout) }, (_, place) => (
        <PaneView key={PLACE_KEYS[place]} desk={desk} view={view} place={place}>
          {shownAt(place)}
        </PaneView>
      ))}
    </main>
  );
}
