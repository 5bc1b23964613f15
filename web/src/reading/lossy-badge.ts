// How lossy an image is: method, ratio, and how many times it was compressed (PS3.3 C.7.6.1.1.5, clinical rule 4.5).
import { type Frame, numbersOf, Tags, textsOf } from "../display";
import type { Words } from "../locale";
import type { Badge } from "./badges";

/** Lossy Image Compression Method, defined terms. */
const METHODS: Readonly<Record<string, string>> = {
  ISO_10918_1: "JPEG",
  ISO_14495_1: "JPEG-LS",
  ISO_15444_1: "JPEG 2000",
  ISO_15444_15: "HTJ2K",
  ISO_18181_1: "JPEG XL",
  ISO_13818_2: "MPEG-2",
  ISO_14496_10: "H.264",
  ISO_23008_2: "H.265",
};

/** One value for each generation: the ratios multiply. Lossless transcoding never removes it. */
export function lossyBadge({ instance }: Frame, { t, formats }: Words): readonly Badge[] {
  const { lossyRatio, dataset } = instance;
  if (lossyRatio === null) return [];
  const ratios = numbersOf(dataset, Tags.LossyImageCompressionRatio);
  const generations = Math.max(ratios.length, 1);
  const product = ratios.length > 1 ? ratios.reduce((all, one) => all * one, 1) : lossyRatio;
  const method = METHODS[textsOf(dataset, Tags.LossyImageCompressionMethod).at(-1) ?? ""] ?? "";
  const ratio =
    product === 0
      ? t("badge.ratioUnknown")
      : `${formats.numeral(product, product < 10 && product % 1 !== 0 ? 1 : 0)}:1`;
  const times = generations > 1 ? t("badge.generations", { n: generations }) : "";
  const text = [t("reading.badge.lossy"), method, ratio, times].filter((part) => part !== "").join(" ");
  return [{ text, tone: "lossy", place: "nature" }];
}
