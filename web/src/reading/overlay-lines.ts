// The texts over a picture, by corner (clinical rules 5.1): pure, from what the pane reports. A missing value leaves its line out.
import {
  type EdgeLetters,
  type Frame,
  frameNumber,
  isQuadruped,
  itemsOf,
  lateralityOf,
  lettersOfDirections,
  lettersOfPatientOrientation,
  orientationConflicts,
  planeName,
  presetOf,
  scrollDepth,
  shownWindow,
  stackSpacing,
  Tags,
  textOf,
} from "../display";
import type { Words } from "../locale";
import type { PaneReport } from "../viewport";
import { acquisitionLine } from "./acquisition-line";
import { linkOffset } from "./link-line";
import { joined, measure, shortNumber } from "./overlay-text";
import { techniqueLine } from "./technique-line";

export interface OverlayLine {
  readonly text: string;
  readonly dim: boolean;
}

export interface OverlayLines {
  readonly topLeft: readonly OverlayLine[];
  readonly topRight: readonly OverlayLine[];
  readonly bottomLeft: readonly OverlayLine[];
  readonly bottomRight: readonly OverlayLine[];
  readonly letters: EdgeLetters | null;
}

export function overlayLines(report: PaneReport, words: Words): OverlayLines {
  const { frame } = report;
  if (frame === null) return { topLeft: [], topRight: [], bottomLeft: [], bottomRight: [], letters: null };
  return {
    topLeft: lines([dateLine(frame, words)], seriesLine(frame, words)),
    topRight: lines([institutionLine(frame), planeLine(report, frame, words)], techniqueLine(frame, words)),
    bottomLeft: lines(
      [imageLine(report, words)],
      joined(positionLine(frame, words), acquisitionLine(frame, words), linkOffset(report, words)),
    ),
    bottomRight: lines([windowLine(report, words)], zoomLine(report, words)),
    letters: edgeLetters(report, frame),
  };
}

function lines(strong: readonly string[], dim: string): readonly OverlayLine[] {
  return [...strong.map((text) => ({ text, dim: false })), { text: dim, dim: true }].filter(({ text }) => text !== "");
}

function dateLine(frame: Frame, { formats }: Words): string {
  const { dataset } = frame.instance;
  const date = textOf(dataset, Tags.StudyDate) ?? "";
  const time = textOf(dataset, Tags.StudyTime) ?? "";
  return [formats.date(date), formats.time(time)].filter((part) => part !== "").join(" ");
}

function institutionLine(frame: Frame): string {
  return textOf(frame.instance.dataset, Tags.InstitutionName) ?? "";
}

function seriesLine(frame: Frame, { t }: Words): string {
  const { dataset } = frame.instance;
  const number = textOf(dataset, Tags.SeriesNumber);
  return joined(
    textOf(dataset, Tags.SeriesDescription),
    number === null ? null : t("reading.seriesNumber", { number: String(number) }),
  );
}

function planeLine(report: PaneReport, frame: Frame, words: Words): string {
  const view = joined(textOf(frame.instance.dataset, Tags.ViewPosition), lateralityOf(frame), viewWord(frame));
  if (frame.plane === null) return view;
  const thickness = frameNumber(frame, Tags.PixelMeasuresSequence, Tags.SliceThickness);
  const spacing = report.set === null ? null : stackSpacing(report.set);
  const apart =
    spacing === null || thickness === null || Math.abs(spacing.median - thickness) < 0.05 ? null : spacing.median;
  const width = measure(thickness, "mm", words);
  const both = apart === null ? width : `${shortNumber(thickness ?? 0, words)} / ${measure(apart, "mm", words)}`;
  return joined(words.t(`reading.plane.${planeName(frame.plane.normal)}`), both);
}

/** Code meaning of a nuclear projection: ANT, POST … (clinical rule 5.9). */
function viewWord(frame: Frame): string | null {
  const detector = itemsOf(frame.instance.dataset, Tags.DetectorInformationSequence)[0];
  const view = detector === undefined ? undefined : itemsOf(detector, Tags.ViewCodeSequence)[0];
  return view === undefined ? null : textOf(view, Tags.CodeMeaning);
}

function imageLine({ index, set }: PaneReport, { t }: Words): string {
  return t("reading.image", { at: index + 1, of: set?.frames.length ?? 0 });
}

/** The coordinate that scrolling changes, as the patient coordinate system has it. */
function positionLine({ plane }: Frame, words: Words): string {
  if (plane === null) return "";
  const name = planeName(plane.normal);
  const axis = { axial: 2, sagittal: 0, coronal: 1, oblique: -1 }[name];
  const value = axis === -1 ? scrollDepth(plane) : (plane.position[axis] ?? 0);
  return `${{ axial: "z", sagittal: "x", coronal: "y", oblique: "d" }[name]} ${words.formats.numeral(value, 1)} mm`;
}

function windowLine({ content }: PaneReport, words: Words): string {
  if (content.kind !== "picture" || content.voi === null) return "";
  const { centre, width } = shownWindow(content.voi.voi);
  const decimals = width >= 100 ? 0 : 2; // hundredths of a wide window are no information
  return words.t("reading.window", {
    width: shortNumber(width, words, decimals),
    centre: shortNumber(centre, words, decimals),
  });
}

function zoomLine(report: PaneReport, words: Words): string {
  const { content, zoom } = report;
  if (content.kind !== "picture") return "";
  const exact = Math.abs(zoom - 1) < 1e-9 && report.frame?.aspect === 1;
  return joined(
    windowName(report, words),
    report.smooth ? null : words.t("reading.nearest"),
    exact ? words.t("reading.zoom.exact") : words.t("reading.zoom", { zoom: words.formats.numeral(zoom, 2) }),
  );
}

/** Which window is active: a preset's name, the image's own explanation, the LUT, or that it was computed (clinical rule 32). */
function windowName({ content, frame }: PaneReport, { t }: Words): string | null {
  if (content.kind !== "picture" || content.voi === null || frame === null) return null;
  const { voi, source, name } = content.voi;
  if (voi.kind === "lut") return name ?? t(voi.window === null ? "reading.window.lut" : "reading.window.lutStretched");
  if (source === "auto") return t("reading.window.auto");
  if (name !== null) return name;
  const preset = presetOf(frame, voi.window);
  return preset === null ? null : t(`reading.preset.${preset.id}`);
}

/** Letters from the plane, else from Patient Orientation; `null`: unknown or contradicting, no letter is shown. */
function edgeLetters({ view }: PaneReport, frame: Frame): EdgeLetters | null {
  if (orientationConflicts(frame)) return null;
  // A, P, R, L, H, F are letters of humans (clinical rule 5.10).
  if (frame.directions === null || isQuadruped(frame.instance.dataset))
    return lettersOfPatientOrientation(frame.instance.dataset, view.flips);
  return lettersOfDirections(frame.directions.row, frame.directions.column, view.flips);
}
