// A presentation state in the reader's language: its name, and what of it is not shown (clinical rules 8.9 and 8.12).
import type { MissingPart, PresentationState } from "../../display";
import { personName, type Words } from "../../locale";
import type { PaneReport } from "../../viewport";

/** Label, creator, date; the parts that it has. */
export function stateName({ label, description, creator, date }: PresentationState, { t, formats }: Words): string {
  const name = label || description || t("presentation.unnamed");
  return [name, personName(creator), formats.date(date)].filter((part) => part !== "").join(", ");
}

/** Parts of the state that are not on the painted image, each named once. */
export function missingParts({ presented, content, geometry }: PaneReport): readonly MissingPart[] {
  const applied = presented?.applied ?? null;
  if (applied === null || content.kind !== "picture") return [];
  const { picture } = content;
  const served = picture.kind === "colour" && picture.fromServer !== null;
  const parts: readonly MissingPart[] = [
    ...applied.missing,
    // The server has made colours of the values, with the header's window and shutters.
    ...(served ? (["voiLut"] as const) : []),
    ...(served && applied.shutter !== null ? (["shutter"] as const) : []),
    ...(served && applied.overlays.shown.length > 0 ? (["overlay"] as const) : []),
    ...(geometry === null && applied.graphics.length > 0 ? (["graphic"] as const) : []),
  ];
  return [...new Set(parts)];
}
