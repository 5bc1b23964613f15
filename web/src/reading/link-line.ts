// How a pane goes along, in words: the chain with the distance in its line of position, and a badge where the distance was set by hand.
import type { Words } from "../locale";
import type { PaneReport } from "../viewport";

/** Millimetres with their sign: a real minus, a plus. */
export function signedMillimetres(value: number, { formats }: Words): string {
  const rounded = Math.abs(value) < 0.05 ? 0 : value;
  return `${rounded > 0 ? "+" : ""}${formats.numeral(rounded, 1)}`;
}

/** `Versatz +0,7`: how far the image lies beside the leading one's place. */
export function linkOffset({ link }: PaneReport, words: Words): string {
  if (link === null || link.kind === "manual" || Math.abs(link.offset) < 0.05) return "";
  return words.t("reading.link.offset", { mm: signedMillimetres(link.offset, words) });
}

/** `manueller Versatz +12,5 mm`, `null` where none was set (clinical rule 6.2.14). */
export function manualOffset({ link }: PaneReport, words: Words): string | null {
  if (link?.kind !== "manual") return null;
  return words.t("reading.link.manual", { mm: signedMillimetres(link.offset, words) });
}
