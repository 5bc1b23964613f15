// A measurement in the reader's words: value with unit first, then whence its millimetre is, or why there is none.
import type { Words } from "../../locale";
import {
  type Figure,
  type LabelLine,
  type Mark,
  type Measurement,
  type Ruler,
  type RulerArm,
  rounded,
} from "../../tools";

const NO_BREAK = "\u00a0";
const MINUS = "\u2212";
const MM_PER_CM = 10;
/** Fewer pixels say little of what lies under an ellipse (clinical 3.4: 31). */
const FEW_PIXELS = 5;

/** Rounded half away from zero, with the language's decimal mark, without a mark for thousands (clinical 3.5: 36). */
export function numberText(value: number, decimals: number, { language }: Words): string {
  const text = Math.abs(rounded(value, decimals)).toFixed(decimals);
  return (rounded(value, decimals) < 0 ? MINUS : "") + (language === "de" ? text.replace(".", ",") : text);
}

/** Number and unit never part. */
export function figureText({ value, decimals, unit }: Figure, words: Words): string {
  const space = unit === "" || unit === "°" ? "" : NO_BREAK;
  return `${numberText(value, decimals, words)}${space}${unit}`;
}

/** What stands beside a mark on the picture. */
export function labelLines(mark: Mark, measured: Measurement, words: Words): readonly LabelLine[] {
  const { t } = words;
  const note = (text: string): LabelLine => ({ text, tone: "note" });
  const named = mark.text === "" ? [] : [note(mark.text)];
  const own = mark.kind === "calibration" ? [note(t("marks.kind.calibration"))] : [];
  return [...named, ...valueLines(measured, words), ...own, ...reasonLines(mark, measured, words)];
}

/** The one figure that stands for a mark in a list; empty where there is none. */
export function chiefText(measured: Measurement, words: Words): string {
  const chief = measured.figures.filter(({ name }) => name !== "count" && name !== "excluded");
  const shown = chief.some(({ name }) => name === "deltaX" || name === "deltaY") ? chief : chief.slice(0, 1);
  return shown.map((figure) => figureText(figure, words)).join(` · `);
}

/** Whence the millimetre is, in words; empty for the image's own. */
export function basisText({ basis, by, recalibrated }: Measurement, { t }: Words): string {
  if (basis === null || basis === "image") return "";
  const text = basis === "user" ? (by === null ? "" : t("marks.basis.user", { name: by })) : t(`marks.basis.${basis}`);
  return recalibrated ? `${text}, ${t("marks.recalibrated")}` : text;
}

function valueLines({ figures }: Measurement, words: Words): readonly LabelLine[] {
  const { t } = words;
  const of = (name: Figure["name"]): Figure | undefined => figures.find((figure) => figure.name === name);
  const value = (text: string): LabelLine => ({ text, tone: "value" });
  const first = of("length") ?? of("angle") ?? of("value") ?? of("area");
  const lines = [
    ...(first === undefined ? [] : [value(figureText(first, words))]),
    ...(["deltaX", "deltaY"] as const).flatMap((name) => {
      const figure = of(name);
      return figure === undefined ? [] : [value(t(`marks.figure.${name}`, { value: figureText(figure, words) }))];
    }),
  ];
  return [...lines, ...statisticLines(of, words)];
}

function statisticLines(of: (name: Figure["name"]) => Figure | undefined, words: Words): readonly LabelLine[] {
  const [mean, sd, min, max, median, count] = [of("mean"), of("sd"), of("min"), of("max"), of("median"), of("count")];
  if (!mean || !sd || !min || !max || !median || !count) return [];
  const { t } = words;
  const bare = (figure: Figure): string => figureText({ ...figure, unit: "" }, words);
  const excluded = of("excluded");
  return [
    {
      text: t("marks.figure.mean", {
        mean: numberText(mean.value, mean.decimals, words),
        sd: figureText(sd, words),
      }),
      tone: "value",
    },
    { text: t("marks.figure.range", { min: bare(min), max: bare(max), median: bare(median) }), tone: "note" },
    {
      text: t("marks.figure.count", { count: bare(count) }),
      tone: count.value < FEW_PIXELS ? "warn" : "note",
    },
    ...(excluded === undefined
      ? []
      : [{ text: t("marks.figure.excluded", { count: bare(excluded) }), tone: "note" } as const]),
  ];
}

function reasonLines(mark: Mark, measured: Measurement, words: Words): readonly LabelLine[] {
  const { t } = words;
  const basis = mark.kind === "calibration" || measured.figures.length === 0 ? "" : basisText(measured, words);
  return [
    ...(basis === "" ? [] : [{ text: basis, tone: "note" } as const]),
    ...(measured.conflict === null ? [] : [{ text: t(`marks.conflict.${measured.conflict}`), tone: "warn" } as const]),
    ...measured.refusals.map((refusal) => ({ text: t(`marks.refusal.${refusal}`), tone: "note" }) as const),
  ];
}

/** `5 cm` with its basis. */
export function rulerText({ millimetres }: RulerArm, { scale }: Ruler, words: Words): string {
  const large = millimetres >= MM_PER_CM;
  const decimals = millimetres < 1 ? Math.ceil(-Math.log10(millimetres)) : 0;
  const text = numberText(large ? millimetres / MM_PER_CM : millimetres, decimals, words);
  const { basis, by } = scale;
  const whence = basisText({ basis, by, figures: [], refusals: [], conflict: null, recalibrated: false }, words);
  return [`${text}${NO_BREAK}${large ? "cm" : "mm"}`, whence].filter((part) => part !== "").join(", ");
}
