// Badges about the state of the view: window, polarity, turns, what was switched off (clinical rules 4, place C).
import {
  isQuadruped,
  lettersOfPatientOrientation,
  orientationConflicts,
  planesOn,
  presetOf,
  readShutter,
  UPRIGHT,
} from "../display";
import type { Words } from "../locale";
import type { PaneReport } from "../viewport";
import type { Badge } from "./badges";
import { presentationBadges } from "./presenting/presentation-badges";

/** Projections whose sides nobody can tell without letters. */
const NEEDS_LETTERS: ReadonlySet<string> = new Set(["CR", "DX", "MG", "RF", "XA", "PX"]);

export function viewBadges(report: PaneReport, words: Words): readonly Badge[] {
  const { t } = words;
  const { frame, view, inverted } = report;
  if (frame === null) return [];
  const texts = [
    ...orientationTexts(report, words),
    windowText(report, words),
    inverted ? t("reading.inverted") : null,
    turnText(view.flips, words),
    hidesShutter(report) ? t("badge.shutterOpen") : null,
    hidesOverlays(report) ? t("badge.overlaysOff") : null,
    colourText(report, words),
  ];
  const said = texts.filter((text) => text !== null).map((text) => ({ text, tone: "plain", place: "view" }) as const);
  return [...presentationBadges(report, words), ...said];
}

/** Which window is active, where it is not the image's own (clinical rule 1.32). */
function windowText({ content, frame }: PaneReport, { t }: Words): string | null {
  if (content.kind !== "picture" || content.voi === null || frame === null) return null;
  const { voi, source } = content.voi;
  if (source === "image") return null;
  if (source === "auto") return t("badge.window.auto");
  if (voi.kind === "lut") return t("badge.window.lutStretched");
  if (frame.voi[0]?.voi.kind === "lut") return t("badge.window.lutOff");
  const preset = presetOf(frame, voi.window);
  return preset === null ? t("badge.window.changed") : t(`reading.preset.${preset.id}.command`);
}

/** Flips of both axes are half a turn; a flip of one is said with the image's nature. */
function turnText({ horizontal, vertical, quarterTurns }: PaneReport["view"]["flips"], { t }: Words): string | null {
  const quarters = (quarterTurns + (horizontal && vertical ? 2 : 0)) % 4;
  return quarters === 0 ? null : t("badge.turned", { degrees: 90 * quarters });
}

/** Opened by the reader, or left out by a presentation state, which shows an image without the shutter of its own. */
function hidesShutter({ frame, shutter, presented }: PaneReport): boolean {
  if (frame === null) return false;
  const applied = presented?.applied ?? null;
  const own = readShutter(frame.groups, frame.aspect) !== null;
  return applied === null
    ? !shutter && own
    : (own || applied.shutter !== null) && (!shutter || applied.shutter === null);
}

/** Put off by the reader, or of the image and not asked for by the presentation state. */
function hidesOverlays({ frame, overlays, content, presented }: PaneReport): boolean {
  if (frame === null || content.kind !== "picture") return false;
  const { overlayBytes } = content.picture;
  const applied = presented?.applied ?? null;
  const asked = planesOn(frame, applied, overlayBytes).length;
  if (!overlays) return asked > 0 || (applied !== null && applied.graphics.length > 0);
  return applied !== null && asked < planesOn(frame, null, overlayBytes).length;
}

function orientationTexts({ frame }: PaneReport, { t }: Words): readonly string[] {
  if (frame === null) return [];
  const animal = isQuadruped(frame.instance.dataset);
  const stated = frame.directions !== null && !animal;
  const unknown =
    orientationConflicts(frame) ||
    (frame.modality !== null &&
      NEEDS_LETTERS.has(frame.modality) &&
      !stated &&
      lettersOfPatientOrientation(frame.instance.dataset, UPRIGHT) === null);
  return [...(animal ? [t("badge.nonHuman")] : []), ...(unknown ? [t("reading.badge.noOrientation")] : [])];
}

function colourText({ content }: PaneReport, { t }: Words): string | null {
  if (content.kind !== "picture" || content.picture.kind !== "colour") return null;
  return content.picture.profile === "not-applied" ? t("badge.profile") : null;
}
