// The overlay of a pane as plain elements: written after each drawing, sixty times a second if need be, without React.
import { Problem, Unreachable } from "../api";
import type { Words } from "../locale";
import { type PaneReport, Undecodable } from "../viewport";
import { mountBadgeStrips } from "./badge-strips";
import { badgesOf } from "./badges";
import { type OverlayLine, overlayLines } from "./overlay-lines";
import type { PaneLayer } from "./pane-layer";

const PARTS = ["tl", "tr", "bl", "br", "n", "s", "w", "e"] as const;
type Part = (typeof PARTS)[number];

export function mountOverlay(host: HTMLElement, words: Words, retry: () => void): PaneLayer {
  const layer = host.appendChild(element("div", "overlay"));
  const corners = new Map<Part, HTMLElement>(
    PARTS.map((part) => [part, layer.appendChild(element("div", `ov ov--${part}`))]),
  );
  const badges = mountBadgeStrips(layer, corners.get("tr"), words);
  const progress = layer.appendChild(element("div", "ov ov--progress"));
  const tile = layer.appendChild(element("div", "ov-tile"));
  tile.setAttribute("role", "status");
  tile.hidden = true;
  const write = (part: Part, lines: readonly OverlayLine[]): void => writeLines(corners.get(part), lines);
  let tileOf: Error | null = null;

  return {
    show(report) {
      const lines = overlayLines(report, words);
      write("tl", lines.topLeft);
      write("tr", lines.topRight);
      write("bl", lines.bottomLeft);
      write("br", lines.bottomRight);
      const { letters } = lines;
      for (const [part, text] of [
        ["n", letters?.top],
        ["s", letters?.bottom],
        ["w", letters?.left],
        ["e", letters?.right],
      ] as const)
        setText(corners.get(part), text ?? "");
      badges.show(badgesOf(report, words));
      writeProgress(progress, report, words);
      const error = report.content.kind === "failed" ? report.content.error : null;
      if (error !== tileOf) writeTile(tile, error, words, retry);
      tileOf = error;
      markHost(host, report);
    },
    dispose() {
      layer.remove();
    },
  };
}

function element(name: string, className: string): HTMLElement {
  return Object.assign(document.createElement(name), { className });
}

/** Touches the page only where something differs. */
function setText(target: HTMLElement | undefined, text: string): void {
  if (target !== undefined && target.textContent !== text) target.textContent = text;
}

function writeLines(corner: HTMLElement | undefined, lines: readonly OverlayLine[]): void {
  if (corner === undefined) return;
  const rows = [...corner.querySelectorAll<HTMLElement>(":scope > .ov-line")];
  while (rows.length < lines.length) rows.push(corner.appendChild(element("div", "ov-line")));
  rows.forEach((row, index) => {
    const line = lines[index];
    row.hidden = line === undefined;
    row.classList.toggle("dim", line?.dim === true);
    setText(row, line?.text ?? "");
  });
}

/** `214 von 412`, with a bar that moves only with what really arrived, or when the line is tried again; gone when everything is there. */
function writeProgress(target: HTMLElement, { progress }: PaneReport, { t }: Words): void {
  const { done, failed, total, retryIn } = progress;
  target.hidden = done + failed >= total && retryIn === null;
  target.style.setProperty("--v", `${(100 * done) / Math.max(total, 1)}%`);
  target.classList.toggle("is-interrupted", retryIn !== null);
  setText(target, retryIn === null ? t("reading.loaded", { done, total }) : t("reading.interrupted", { n: retryIn }));
}

function reasonText(error: Error, { t }: Words): string {
  if (error instanceof Problem && error.code === "pixels-incomplete") return t("reading.undecodable.truncated");
  if (error instanceof Undecodable) return t(`reading.undecodable.${error.reason}`);
  return error instanceof Unreachable ? t("reading.failed.unreachable") : error.message;
}

/** What failed, and what the reader can do about it. */
function tileWords(error: Error, { t }: Words): { readonly title: string; readonly act: string } {
  if (error instanceof Problem && error.imagesChanged)
    return { title: t("reading.changed.title"), act: t("reading.changed.act") };
  return { title: t("reading.failed.title"), act: t("reading.failed.act") };
}

/** Whether asking again, or for the series anew, can bring the image: not where the server, or the bytes themselves, said what is so. */
function mayCome(error: Error): boolean {
  if (error instanceof Problem) return error.repeatable || error.imagesChanged;
  return !(error instanceof Undecodable) || error.reason === "truncated" || error.reason === "codec-not-loaded";
}

function writeTile(tile: HTMLElement, error: Error | null, words: Words, retry: () => void): void {
  tile.hidden = error === null;
  if (error === null) return;
  const { title: named, act } = tileWords(error, words);
  const title = element("b", "strong");
  title.textContent = named;
  const reason = element("span", "soft");
  reason.textContent = reasonText(error, words);
  tile.title = error.message;
  tile.replaceChildren(title, reason);
  if (!mayCome(error)) return;
  const again = Object.assign(document.createElement("button"), { type: "button", className: "link" });
  again.textContent = act;
  again.addEventListener("click", retry);
  tile.append(again);
}

/** What is drawn, for tests and for support: the frame only once its pixels are on the canvas. */
function markHost(host: HTMLElement, { content, frame, index, set, zoom, link }: PaneReport): void {
  host.dataset["content"] = content.kind;
  host.dataset["frame"] = String(index + 1);
  host.dataset["frames"] = String(set?.frames.length ?? 0);
  host.dataset["zoom"] = String(zoom);
  if (link === null) {
    delete host.dataset["link"];
    delete host.dataset["offset"];
  } else Object.assign(host.dataset, { link: link.kind, offset: link.offset.toFixed(2) });
  if (content.kind !== "picture" || frame === null) {
    delete host.dataset["drawn"];
    return;
  }
  const voi = content.voi?.voi;
  host.dataset["window"] =
    voi?.kind === "window" ? `${voi.window.centre};${voi.window.width};${voi.window.shape}` : (voi?.kind ?? "");
  host.dataset["renderer"] = content.renderer;
  host.dataset["drawn"] = frame.key;
}
