// Badges about the nature of the image: lossy, derived, captured, contradicting, uncalibrated, out of order (clinical rules 4, place B).
import {
  type Frame,
  gantryTilt,
  isHounsfield,
  orientationConflicts,
  pixelSpacingOf,
  stackSpacing,
  Tags,
  textOf,
} from "../display";
import type { Words } from "../locale";
import type { PaneReport } from "../viewport";
import type { Badge } from "./badges";
import { lossyBadge } from "./lossy-badge";

const SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7";
/** Modalities in which lengths are measured. */
const MEASURABLE: ReadonlySet<string> = new Set(["CR", "DX", "MG", "IO", "PX", "XA", "RF", "US", "CT", "MR", "PT"]);
/** Modalities whose values have a unit that readers rely on. */
const WITH_UNIT: ReadonlySet<string> = new Set(["CT", "PT"]);

/** Completeness, lossy, derived, then the rest. */
export function natureBadges(report: PaneReport, words: Words): readonly Badge[] {
  const { frame, set } = report;
  if (frame === null || set === null) return [];
  const { t } = words;
  return [
    ...gapBadge(report, words),
    ...lossyBadge(frame, words),
    ...serverBadge(report, words),
    ...when(isMirrored(report), t("badge.mirrored"), "warn", true),
    ...when(frame.imageType[0] === "DERIVED", t("reading.badge.derived")),
    ...captureBadge(frame, words),
    ...when(frame.conflict || orientationConflicts(frame), t("reading.badge.conflict"), "warn"),
    ...when(set.ambiguous, t("reading.badge.ambiguous"), "warn"),
    ...when(isByNumber(report), t("reading.badge.byNumber")),
    ...spacingBadges(report, words),
    ...when(isUncalibrated(frame), t("badge.uncalibrated"), "warn"),
    ...when(lacksUnit(report), t("badge.unitUnknown"), "warn"),
  ];
}

function when(so: boolean, text: string, tone: Badge["tone"] = "plain", stays = false): readonly Badge[] {
  return so ? [{ text, tone, place: "nature", stays }] : [];
}

function gapBadge({ set, index }: PaneReport, { t, formats }: Words): readonly Badge[] {
  const gap = (set === null ? null : stackSpacing(set))?.gaps.find(({ afterImage }) => afterImage === index + 1);
  if (gap === undefined) return [];
  return when(true, t("reading.badge.gap", { mm: formats.numeral(gap.millimetres, 1) }), "warn", true);
}

function serverBadge({ content }: PaneReport, { t }: Words): readonly Badge[] {
  if (content.kind !== "picture" || content.picture.kind !== "colour" || content.picture.fromServer === null) return [];
  const reason = t(`reading.undecodable.${content.picture.fromServer}`);
  return when(true, t("reading.badge.server", { reason }), "warn", true);
}

/** Lead markers in the pixels win for the human: a net mirror is always said (clinical rule 5.12). */
function isMirrored({ view }: PaneReport): boolean {
  return view.flips.horizontal !== view.flips.vertical;
}

const isCapture = ({ sopClassUid }: Frame["instance"]): boolean =>
  sopClassUid === SECONDARY_CAPTURE || sopClassUid.startsWith(`${SECONDARY_CAPTURE}.`);

/** A capture is one by its class; text may be burned into anything. */
function captureBadge({ instance }: Frame, { t }: Words): readonly Badge[] {
  if (isCapture(instance)) return when(true, t("badge.capture"));
  return when(textOf(instance.dataset, Tags.BurnedInAnnotation) === "YES", t("badge.burnedIn"));
}

function isByNumber({ set, frame }: PaneReport): boolean {
  return set?.order === "number" && set.frames.length > 1 && frame?.instance.frameCount === 1;
}

function spacingBadges({ set }: PaneReport, { t, formats }: Words): readonly Badge[] {
  if (set === null) return [];
  const spacing = stackSpacing(set);
  const uneven = spacing !== null && !spacing.uniform && spacing.gaps.length === 0;
  const tilt = gantryTilt(set);
  return [
    ...when(uneven, t("badge.spacingVaries"), "warn", true),
    ...when(tilt !== null, t("badge.tilt", { degrees: formats.numeral(tilt ?? 0, 0) })),
  ];
}

/** No spacing of any kind: lengths can be given in pixels only (clinical rules 3.1). */
function isUncalibrated(frame: Frame): boolean {
  if (frame.modality === null || !MEASURABLE.has(frame.modality) || pixelSpacingOf(frame) !== null) return false;
  const { dataset } = frame.instance;
  return ![Tags.ImagerPixelSpacing, Tags.NominalScannedPixelSpacing, Tags.SequenceOfUltrasoundRegions].some(
    (tag) => (dataset[tag]?.Value?.length ?? 0) > 0,
  );
}

function lacksUnit({ frame, content }: PaneReport): boolean {
  if (content.kind !== "picture" || content.picture.kind !== "grey" || frame === null) return false;
  if (frame.modality === null || !WITH_UNIT.has(frame.modality) || isCapture(frame.instance)) return false;
  return frame.modality === "CT" ? !isHounsfield(frame) : textOf(frame.instance.dataset, Tags.Units) === null;
}
