// What has to be said about the picture shown, at the place where the reader decides (look, principle 9; clinical rules 4).
import { sidesClash, Tags, textOf } from "../display";
import type { Words } from "../locale";
import type { PaneReport } from "../viewport";
import { manualOffset } from "./link-line";
import { natureBadges } from "./nature-badges";
import { viewBadges } from "./view-badges";

/** `top`: identity and safety. `nature`: what kind of image it is. `view`: what was done to its look. */
export type BadgePlace = "top" | "nature" | "view";

export interface Badge {
  readonly text: string;
  readonly tone: "plain" | "warn" | "lossy" | "bad";
  readonly place: BadgePlace;
  /** Never part of a "+n". */
  readonly stays?: boolean;
}

/** Of the frame that is drawn, in the order in which they matter. */
export function badgesOf(report: PaneReport, words: Words): readonly Badge[] {
  if (report.frame === null || report.set === null) return [];
  const nature = [...linkBadge(report, words), ...natureBadges(report, words)];
  return [...safetyBadges(report, words), ...nature, ...viewBadges(report, words)];
}

function safetyBadges({ frame, progress }: PaneReport, { t }: Words): readonly Badge[] {
  if (frame === null) return [];
  const red = (text: string): Badge => ({ text, tone: "bad", place: "top" });
  const { dataset } = frame.instance;
  const badges: Badge[] = [];
  if (textOf(dataset, Tags.PresentationIntentType) === "FOR PROCESSING") badges.push(red(t("badge.forProcessing")));
  if (progress.failed > 0) badges.push(red(t("badge.failed", { n: progress.failed, total: progress.total })));
  if (sidesClash(frame)) badges.push(red(t("badge.sidesClash")));
  return badges;
}

/** What is seen of the badges about the image's nature: four, and how many more there are. */
const MOST_SHOWN = 4;

function linkBadge(report: PaneReport, words: Words): readonly Badge[] {
  const text = manualOffset(report, words);
  return text === null ? [] : [{ text, tone: "warn", place: "nature", stays: true }];
}

export function folded(badges: readonly Badge[], { t }: Words): readonly Badge[] {
  const foldable = badges.filter(({ stays }) => stays !== true);
  const room = Math.max(MOST_SHOWN - (badges.length - foldable.length), 0);
  const hidden = foldable.slice(room);
  if (hidden.length === 0) return badges;
  const shown = badges.filter((badge) => !hidden.includes(badge));
  return [...shown, { text: t("badge.more", { n: hidden.length }), tone: "plain", place: "nature" }];
}
