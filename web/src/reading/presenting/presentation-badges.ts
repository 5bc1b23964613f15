// Which presentation state is applied, and whether all of it is shown (clinical rules 4 and 8.9).
import type { Words } from "../../locale";
import type { PaneReport } from "../../viewport";
import type { Badge } from "../badges";
import { missingParts, stateName } from "./presentation-words";

export function presentationBadges(report: PaneReport, words: Words): readonly Badge[] {
  const { presented } = report;
  const { t } = words;
  if (presented === null) return [];
  const name = stateName(presented.state, words);
  if (presented.applied === null)
    return [{ text: t("badge.presentation.notThis", { name }), tone: "plain", place: "view" }];
  const missing = missingParts(report).map((part) => t(`presentation.part.${part}`));
  const partly = t("badge.presentation.partly", { parts: missing.join(", ") });
  return [
    { text: t("badge.presentation", { name }), tone: "plain", place: "view" },
    ...(missing.length === 0 ? [] : [{ text: partly, tone: "warn", place: "view" } as const]),
  ];
}
