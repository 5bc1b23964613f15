// Which side of the body an image shows, and how sure that is (clinical rules 5.3).
import { type Dataset, itemsOf, textOf } from "./dataset";
import type { Frame } from "./frame";
import { macroOf } from "./functional-groups";
import { Tags } from "./tags";

/** Right, left, both. Unpaired and unknown are none of them. */
export type Side = "R" | "L" | "B";

/** Codes of right, left, and both (SNOMED CT, and the retired SRT), PS3.16 CID 244. */
const CODES: Readonly<Record<string, Side>> = {
  "24028007": "R",
  "7771000": "L",
  "51440002": "B",
  "G-A100": "R",
  "G-A101": "L",
  "G-A102": "B",
};

/** As the header states it: frame, image, series, then the modifier of the region. Text is a hint only and is not asked. */
export function lateralityOf(frame: Frame): Side | null {
  const { top } = frame.groups;
  const stated =
    textOf(macroOf(frame.groups, Tags.FrameAnatomySequence), Tags.FrameLaterality) ??
    textOf(top, Tags.ImageLaterality) ??
    textOf(top, Tags.Laterality);
  if (stated === "R" || stated === "L" || stated === "B") return stated;
  return stated === null ? regionSide(frame) : null;
}

function regionSide(frame: Frame): Side | null {
  const anatomy = macroOf(frame.groups, Tags.FrameAnatomySequence);
  const region = itemsOf(anatomy, Tags.AnatomicRegionSequence)[0];
  const modifier: Dataset = region === undefined ? {} : (itemsOf(region, Tags.AnatomicRegionModifierSequence)[0] ?? {});
  return CODES[textOf(modifier, Tags.CodeValue) ?? ""] ?? null;
}

const WORDS: Readonly<Record<string, Side>> = {
  ...sides("R", "re", "rechts", "rechter", "rechte", "rechtes", "r", "dex", "right"),
  ...sides("L", "li", "links", "linker", "linke", "linkes", "l", "sin", "left"),
  ...sides("B", "bds", "beidseits", "bilateral", "beiderzijds", "bdz"),
};

function sides(side: Side, ...words: readonly string[]): Readonly<Record<string, Side>> {
  return Object.fromEntries(words.map((word) => [word, side]));
}

/** What may stand behind a lone letter that names no side: L 5, L-Spine, R 2. */
const NO_SIDE_BEHIND = /^(\d|spine|ws$|wirbel)/;

/**
 * The side that a text names, `null` for none and for several. "L" in LWS, L5 and L-Spine is none: letters count as whole
 * words only.
 */
export function sideOfText(text: string): Side | null {
  const words = text.toLowerCase().match(/[\p{L}\d]+/gu) ?? [];
  const found = new Set(
    words.flatMap((word, index) => {
      const side = WORDS[word];
      const spine = word.length === 1 && NO_SIDE_BEHIND.test(words[index + 1] ?? "");
      return side === undefined || spine ? [] : [side];
    }),
  );
  const [only, ...more] = found;
  return only === undefined || more.length > 0 ? null : only;
}

/** The header says one side and the series' own texts another. */
export function sidesClash(frame: Frame): boolean {
  const stated = lateralityOf(frame);
  if (stated === null || stated === "B") return false;
  return [Tags.SeriesDescription, Tags.ProtocolName].some((tag) => {
    const named = sideOfText(textOf(frame.groups.top, tag) ?? "");
    return named !== null && named !== "B" && named !== stated;
  });
}
