// The slider at the right edge of a pane: where the image lies in its stack, and which images are loaded. Dragged, or moved by keys.
import type { PaneReport } from "../viewport";
import type { MountLayer } from "./pane-layer";

const TEN = 10;

export const mountSlider: MountLayer = (host, { desk, place, words }) => {
  const slider = Object.assign(document.createElement("div"), { className: "slice-rail", tabIndex: 0 });
  const loaded = slider.appendChild(Object.assign(document.createElement("span"), { className: "slice-loaded" }));
  slider.append(Object.assign(document.createElement("span"), { className: "slice-at" }));
  slider.setAttribute("role", "slider");
  slider.setAttribute("aria-orientation", "vertical");
  slider.setAttribute("aria-label", words.t("reading.slider"));
  host.append(slider);
  let count = 0;
  let at = 0;

  const toPointer = ({ clientY }: PointerEvent): void => {
    const { top, height } = slider.getBoundingClientRect();
    const part = Math.min(Math.max((clientY - top) / Math.max(height, 1), 0), 1);
    desk.scrollTo(Math.round(part * (count - 1)), place);
  };
  slider.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    desk.activate(place);
    slider.setPointerCapture(event.pointerId);
    toPointer(event);
  });
  slider.addEventListener("pointermove", (event) => {
    if (slider.hasPointerCapture(event.pointerId)) toPointer(event);
  });
  slider.addEventListener("focus", () => desk.activate(place));
  slider.addEventListener("keydown", (event) => {
    const target = { PageDown: at + TEN, PageUp: at - TEN, ArrowRight: at + 1, ArrowLeft: at - 1 }[event.key];
    if (target === undefined) return; // the other keys of a slider are those of the page
    event.preventDefault();
    event.stopPropagation();
    desk.scrollTo(target, place);
  });

  return {
    show(report) {
      count = report.set?.frames.length ?? 0;
      at = report.index;
      slider.hidden = count < 2;
      if (count < 2) return;
      slider.style.setProperty("--at", `${(100 * at) / (count - 1)}%`);
      for (const [name, value] of [
        ["aria-valuemin", 1],
        ["aria-valuemax", count],
        ["aria-valuenow", at + 1],
      ] as const)
        slider.setAttribute(name, String(value));
      slider.setAttribute("aria-valuetext", words.t("reading.image", { at: at + 1, of: count }));
      markLoaded(loaded, loadedRuns(report));
    },
    dispose: () => slider.remove(),
  };
};

/** Runs of images that can be drawn at once: first and one past the last. */
export function loadedRuns({
  set,
  isReady,
}: Pick<PaneReport, "set" | "isReady">): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (let index = 0; index < (set?.frames.length ?? 0); index++) {
    if (!isReady(index)) continue;
    const last = runs.at(-1);
    if (last?.[1] === index) last[1] = index + 1;
    else runs.push([index, index + 1]);
  }
  return runs;
}

/** Written only when it differs: scrolling a loaded stack changes nothing of it. */
function markLoaded(element: HTMLElement, runs: readonly (readonly [number, number])[]): void {
  const count = Number(element.parentElement?.getAttribute("aria-valuemax") ?? 1);
  const text = runs.map(([from, to]) => `${from}-${to}`).join(" ");
  if (element.dataset["runs"] === `${count}: ${text}`) return;
  element.dataset["runs"] = `${count}: ${text}`;
  const percent = (index: number): string => `${((100 * index) / count).toFixed(2)}%`;
  const stops = runs.map(
    ([from, to]) =>
      `transparent ${percent(from)}, var(--loaded) ${percent(from)}, var(--loaded) ${percent(to)}, transparent ${percent(to)}`,
  );
  element.style.background = stops.length === 0 ? "none" : `linear-gradient(${stops.join(", ")})`;
}
