// What the display sets of one series are called in the strip: by their image type, and where that is the same, by what differs.
import { type DisplaySet, type Frame, frameNumber, planeName, Tags } from "../display";
import type { Words } from "../locale";
import { joined, measure } from "./overlay-text";

type Detail = (frame: Frame, words: Words) => string;

/** In the order in which they are tried. */
const DETAILS: readonly Detail[] = [echo, plane];

function echo(frame: Frame, words: Words): string {
  return measure(frameNumber(frame, Tags.MREchoSequence, Tags.EffectiveEchoTime, Tags.EchoTime), "ms", words, "TE ");
}

function plane({ plane: of }: Frame, { t }: Words): string {
  return of === null ? "" : t(`reading.plane.${planeName(of.normal)}`);
}

function typeOf({ frames }: DisplaySet): string {
  const types = frames[0]?.imageType.slice(2).filter((part) => part !== "") ?? [];
  return types.slice(0, 2).join(" ");
}

/** One name for each set, in their order. */
export function setNames(sets: readonly DisplaySet[], words: Words): readonly string[] {
  return sets.map((set, index) => {
    if (set.localizer) return words.t("reading.localizer");
    const alike = sets.filter((other) => !other.localizer && typeOf(other) === typeOf(set));
    const said = DETAILS.map((detail) => alike.map(({ frames: [frame] }) => (frame ? detail(frame, words) : "")));
    const telling = said.find((texts) => new Set(texts).size > 1);
    return joined(String(index + 1), typeOf(set), telling?.[alike.indexOf(set)] ?? "");
  });
}
