// The element that holds the pane. React only mounts it; pixels, overlay and pointer live outside of React.
import { type ReactNode, useEffect, useRef } from "react";
import { useWords } from "../locale";
import { Failure } from "../shell";
import { Empty } from "../ui";
import { attachPointer, type PaneReport } from "../viewport";
import type { Desk, DeskView, SeriesState } from "./desk";
import { mountOverlay, type Overlay } from "./overlay";

export interface PaneViewProps {
  readonly desk: Desk;
  readonly view: DeskView;
  /** What stands in the pane's place: an object without pixels. */
  readonly children: ReactNode;
}

export function PaneView({ desk, view, children }: PaneViewProps) {
  const host = useRef<HTMLElement>(null);
  const overlay = useRef<Overlay | null>(null);
  const last = useRef<PaneReport | null>(null);
  const words = useWords();

  useEffect(() => {
    if (host.current === null) return;
    const mounted = mountOverlay(host.current, words, () => desk.retry());
    overlay.current = mounted;
    if (last.current !== null) mounted.show(last.current);
    return () => {
      overlay.current = null;
      mounted.dispose();
    };
  }, [desk, words]);

  useEffect(() => {
    if (host.current === null) return;
    const pane = desk.attach(host.current, (report) => {
      last.current = report;
      overlay.current?.show(report);
    });
    const letGo = attachPointer(host.current, pane, () => desk.snapshot().tool);
    return () => {
      letGo();
      desk.detach();
    };
  }, [desk]);

  const state = view.series === null ? undefined : view.loaded.get(view.series);
  return (
    <main className="viewports">
      <figure
        ref={host}
        className="viewport is-active"
        aria-label={words.t("reading.images")}
        data-tool={view.tool}
        data-hung={view.set !== null}
      />
      {children}
      <PaneNote state={state} desk={desk} view={view} />
    </main>
  );
}

/** What stands in the pane's place when there is nothing to draw. */
function PaneNote({
  state,
  desk,
  view,
}: {
  readonly state: SeriesState | undefined;
  readonly desk: Desk;
  readonly view: DeskView;
}) {
  const { t } = useWords();
  const { series } = view;
  if (state?.kind === "failed" && series !== null)
    return (
      <div className="pane-note">
        <Failure error={state.error} retry={() => void desk.open(series, undefined, true)} />
      </div>
    );
  if (state?.kind !== "ready" || state.contents.sets.length + state.contents.attachments.length > 0) return null;
  return (
    <div className="pane-note">
      <Empty title={t("reading.seriesEmpty.title")} />
    </div>
  );
}
