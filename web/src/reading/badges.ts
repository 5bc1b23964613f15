// What has to be said about the picture shown, at the place where the reader decides (look, principle 9).
import { lettersOfPatientOrientation, stackSpacing, UPRIGHT } from "../display";
import type { Words } from "../locale";
import type { PaneReport } from "../viewport";
import { manualOffset } from "./link-line";

export interface Badge {
  readonly text: string;
  readonly tone: "plain" | "warn" | "lossy";
}

/** Projections whose sides nobody can tell without letters. */
const NEEDS_LETTERS: ReadonlySet<string> = new Set(["CR", "DX", "MG", "RF"]);

/** In the order of the look: completeness, lossy, derived, the rest. */
export function badgesOf(report: PaneReport, words: Words): readonly Badge[] {
  const { frame, set } = report;
  if (frame === null || set === null) return [];
  const { t } = words;
  return [
    ...gapBadge(report, words),
    ...linkBadge(report, words),
    ...lossyBadge(frame.instance.lossyRatio, words),
    ...serverBadge(report, words),
    ...when(frame.imageType[0] === "DERIVED", { text: t("reading.badge.derived"), tone: "plain" }),
    ...when(frame.conflict, { text: t("reading.badge.conflict"), tone: "warn" }),
    ...when(set.ambiguous, { text: t("reading.badge.ambiguous"), tone: "warn" }),
    ...when(hasNoSides(report), { text: t("reading.badge.noOrientation"), tone: "warn" }),
    ...when(set.order === "number" && set.frames.length > 1 && frame.instance.frameCount === 1, {
      text: t("reading.badge.byNumber"),
      tone: "plain",
    }),
  ];
}

function when(so: boolean, badge: Badge): readonly Badge[] {
  return so ? [badge] : [];
}

function gapBadge({ set, index }: PaneReport, { t, formats }: Words): readonly Badge[] {
  const spacing = set === null ? null : stackSpacing(set);
  const gap = spacing?.gaps.find(({ afterImage }) => afterImage === index + 1);
  if (gap === undefined) return [];
  return [{ text: t("reading.badge.gap", { mm: formats.numeral(gap.millimetres, 1) }), tone: "warn" }];
}

function linkBadge(report: PaneReport, words: Words): readonly Badge[] {
  const text = manualOffset(report, words);
  return text === null ? [] : [{ text, tone: "warn" }];
}

function lossyBadge(ratio: number | null, { t, formats }: Words): readonly Badge[] {
  if (ratio === null) return [];
  if (ratio === 0) return [{ text: t("reading.badge.lossy"), tone: "lossy" }];
  return [
    {
      text: t("reading.badge.lossyRatio", { ratio: formats.numeral(ratio, ratio < 10 && ratio % 1 !== 0 ? 1 : 0) }),
      tone: "lossy",
    },
  ];
}

function serverBadge({ content }: PaneReport, { t }: Words): readonly Badge[] {
  if (content.kind !== "picture" || content.picture.kind !== "colour" || content.picture.fromServer === null) return [];
  const reason = t(`reading.undecodable.${content.picture.fromServer}`);
  return [{ text: t("reading.badge.server", { reason }), tone: "warn" }];
}

function hasNoSides({ frame }: PaneReport): boolean {
  if (frame === null || frame.modality === null || !NEEDS_LETTERS.has(frame.modality)) return false;
  return frame.directions === null && lettersOfPatientOrientation(frame.instance.dataset, UPRIGHT) === null;
}
