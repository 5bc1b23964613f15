// The element that holds one pane. React only mounts it; pixels, overlay and pointer live outside of React.
import { type DragEvent, type ReactNode, useEffect, useRef } from "react";
import { useWords, type Words } from "../locale";
import { Failure, useKeyOf } from "../shell";
import { Empty, Icon } from "../ui";
import { attachPointer, type PaneReport } from "../viewport";
import { mountCineNote } from "./cine-note";
import type { Desk, DeskView } from "./desk";
import { mountOverlay } from "./overlay";
import type { MountLayer, PaneLayer } from "./pane-layer";
import { mountGraphics } from "./presenting/graphics-layer";
import { mountReferenceLines } from "./reference-lines";
import { draggedSeries, isSeriesDrag } from "./series-drag";
import { mountSlider } from "./slice-slider";

interface PaneViewProps {
  readonly desk: Desk;
  readonly view: DeskView;
  readonly place: number;
  /** What stands in the pane's place: an object without pixels. */
  readonly children: ReactNode;
}

const mountTexts: MountLayer = (host, { desk, place, words }) => mountOverlay(host, words, () => desk.retry(place));
const LAYERS: readonly MountLayer[] = [mountGraphics, mountReferenceLines, mountTexts, mountSlider, mountCineNote];
const WHEEL_ZOOM = 1.15;
const TEN = 10;

export function PaneView({ desk, view, place, children }: PaneViewProps) {
  const host = useRef<HTMLElement>(null);
  const words = useWords();
  usePane(host, desk, place, words);
  const here = view.places[place];
  const active = view.active === place;
  const many = view.layout !== "1x1";
  const tool = desk.tools.find(({ id }) => id === view.tool);
  const drop = (event: DragEvent): void => {
    const dragged = draggedSeries(event.dataTransfer);
    if (dragged === null) return;
    event.preventDefault();
    desk.activate(place);
    void desk.open(dragged.series, dragged.set, false, place);
  };
  return (
    <div className={view.large && !active ? "pane-place is-behind" : "pane-place"}>
      <figure
        ref={host}
        className={active ? "viewport is-active" : "viewport"}
        aria-label={many ? words.t("reading.pane.name", { n: place + 1 }) : words.t("reading.images")}
        aria-current={(many && active) || undefined}
        tabIndex={-1}
        data-place={place}
        data-active={active}
        data-tool={view.tool}
        data-hung={here?.set != null}
        data-coupling={here?.link ?? undefined}
        style={{ cursor: tool?.cursor ?? "default" }}
        onDragOver={(event) => {
          if (isSeriesDrag(event.dataTransfer)) event.preventDefault();
        }}
        onDrop={drop}
      />
      {children}
      <PaneNote desk={desk} view={view} place={place} />
      <Unlinked view={view} place={place} />
    </div>
  );
}

export function focusActivePane(): void {
  document.querySelector<HTMLElement>('.viewport[data-active="true"]')?.focus({ preventScroll: true });
}

/** Puts up the pane and what lies over it; both are taken down with the element. */
function usePane(host: { readonly current: HTMLElement | null }, desk: Desk, place: number, words: Words): void {
  const layers = useRef<readonly PaneLayer[]>([]);
  const last = useRef<PaneReport | null>(null);
  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const mounted = [...LAYERS, ...desk.layers].map((mount) => mount(element, { desk, place, words }));
    layers.current = mounted;
    if (last.current !== null) for (const layer of mounted) layer.show(last.current);
    return () => {
      layers.current = [];
      for (const layer of mounted) layer.dispose();
    };
  }, [host, desk, place, words]);
  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const over = (report: PaneReport): void => {
      last.current = report;
      for (const layer of layers.current) layer.show(report);
    };
    desk.attach(element, over, place);
    const letGo = bindPointer(element, desk, place);
    return () => {
      letGo();
      desk.detach(place);
    };
  }, [host, desk, place]);
}

function bindPointer(element: HTMLElement, desk: Desk, place: number): () => void {
  return attachPointer(element, {
    toolOf: (button) => desk.pointerTool(place, button, element),
    geometry: () => desk.reportAt(place)?.geometry ?? null,
    ratio: () => desk.paneAt(place)?.ratio ?? 1,
    onPress: () => {
      desk.activate(place);
      element.focus({ preventScroll: true });
    },
    onWheel: (steps, { shift, ctrl, canvas: [x, y] }) => {
      if (ctrl || desk.mouse.wheel === "zoom") desk.paneAt(place)?.zoomBy(WHEEL_ZOOM ** -steps, x, y);
      else desk.scroll(shift ? steps * TEN : steps, place);
    },
  });
}

/** A pane that does not go along while scrolling is linked says why. */
function Unlinked({ view, place }: Pick<PaneViewProps, "view" | "place">) {
  const { t } = useWords();
  const keyOf = useKeyOf();
  const link = view.places[place]?.link ?? null;
  if (link === null || link === "leads" || link === "absolute" || link === "manual") return null;
  if (view.places[place]?.set === null) return null;
  const why = t(`reading.link.why.${link}`, { n: place + 1, key: keyName(keyOf("reading.coupleHere")) });
  return (
    <span className="pane-unlinked" title={why} role="note" aria-label={why}>
      <Icon name="unlink" />
    </span>
  );
}

/** As the reader's keyboard shows it: `⇧ C`. */
function keyName(key: string | null): string {
  return (key ?? "").replace("Shift+", "⇧ ").toUpperCase();
}

/** What stands in the pane's place when there is nothing to draw. */
function PaneNote({ desk, view, place }: Omit<PaneViewProps, "children">) {
  const { t } = useWords();
  const series = view.places[place]?.series ?? null;
  const state = series === null ? undefined : view.loaded.get(series);
  if (series === null && view.layout !== "1x1")
    return (
      <div className="pane-note pane-note--open">
        <Empty title={t("reading.pane.empty")}>
          <p>{t("reading.pane.emptyText")}</p>
        </Empty>
      </div>
    );
  if (state?.kind === "failed" && series !== null)
    return (
      <div className="pane-note">
        <Failure error={state.error} retry={() => void desk.open(series, undefined, true, place)} />
      </div>
    );
  if (state?.kind !== "ready" || state.contents.sets.length + state.contents.attachments.length > 0) return null;
  return (
    <div className="pane-note">
      <Empty title={t("reading.seriesEmpty.title")} />
    </div>
  );
}
