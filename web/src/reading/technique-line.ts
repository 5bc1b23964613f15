// How an image was made, by modality (clinical rules 5.1): one line, each value with its name or unit, nothing for what is missing.
import { bValueOf, type Dataset, type Frame, frameNumber, itemsOf, numberOf, Tags, textOf } from "../display";
import type { Words } from "../locale";
import { joined, measure, shortNumber } from "./overlay-text";

type Line = (frame: Frame, words: Words) => string;

const LINES: Readonly<Record<string, Line>> = {
  CT: ctLine,
  MR: mrLine,
  CR: exposureLine,
  DX: exposureLine,
  MG: mammographyLine,
  US: ultrasoundLine,
  XA: anglesLine,
  RF: anglesLine,
  PT: tracerLine,
  NM: tracerLine,
};

export function techniqueLine(frame: Frame, words: Words): string {
  return (LINES[frame.modality ?? ""] ?? ctLine)(frame, words);
}

const top = (frame: Frame, tag: string): number | null => numberOf(frame.groups.top, tag);
const topText = (frame: Frame, tag: string): string | null => textOf(frame.groups.top, tag);

function ctLine(frame: Frame, words: Words): string {
  return joined(
    topText(frame, Tags.ConvolutionKernel),
    measure(frameNumber(frame, Tags.CTXRayDetailsSequence, Tags.KVP), "kV", words),
    measure(top(frame, Tags.Exposure), "mAs", words),
    topText(frame, Tags.ContrastBolusAgent),
  );
}

function mrLine(frame: Frame, words: Words): string {
  const b = bValueOf(frame);
  return joined(
    measure(frameNumber(frame, Tags.MRTimingSequence, Tags.RepetitionTime), "ms", words, "TR "),
    measure(frameNumber(frame, Tags.MREchoSequence, Tags.EffectiveEchoTime, Tags.EchoTime), "ms", words, "TE "),
    measure(top(frame, Tags.InversionTime), "ms", words, "TI "),
    measure(frameNumber(frame, Tags.MRTimingSequence, Tags.FlipAngle), "°", words, "FA "),
    b === null ? null : `b ${shortNumber(b, words)}`,
    topText(frame, Tags.SequenceName),
    topText(frame, Tags.ContrastBolusAgent),
  );
}

function exposureLine(frame: Frame, words: Words): string {
  const index = top(frame, Tags.ExposureIndex);
  const deviation = top(frame, Tags.DeviationIndex);
  return joined(
    measure(top(frame, Tags.KVP), "kV", words),
    measure(top(frame, Tags.Exposure), "mAs", words),
    index === null ? null : `EI ${shortNumber(index, words)}`,
    deviation === null ? null : `DI ${shortNumber(deviation, words)}`,
  );
}

/** Organ dose is stated in decigray (PS3.3 C.8.7.2). */
function mammographyLine(frame: Frame, words: Words): string {
  const dose = top(frame, Tags.OrganDose);
  return joined(
    measure(top(frame, Tags.KVP), "kV", words),
    measure(top(frame, Tags.Exposure), "mAs", words),
    measure(top(frame, Tags.CompressionForce), "N", words),
    measure(top(frame, Tags.BodyPartThickness), "mm", words),
    measure(dose === null ? null : 100 * dose, "mGy", words),
  );
}

function ultrasoundLine(frame: Frame, words: Words): string {
  const index = (name: string, tag: string): string | null => {
    const value = top(frame, tag);
    return value === null ? null : `${name} ${shortNumber(value, words)}`;
  };
  return joined(
    topText(frame, Tags.TransducerType),
    measure(top(frame, Tags.DepthOfScanField), "mm", words),
    index("MI", Tags.MechanicalIndex),
    index("TIS", Tags.SoftTissueThermalIndex),
    index("TIB", Tags.BoneThermalIndex),
  );
}

/** PS3.3 C.8.7.5: a positive primary angle turns to the patient's left, a positive secondary one to the head. */
function anglesLine(frame: Frame, words: Words): string {
  const angle = (tag: string, positive: string, negative: string): string | null => {
    const value = frameNumber(frame, Tags.PositionerPositionSequence, tag);
    return value === null ? null : `${value < 0 ? negative : positive} ${shortNumber(Math.abs(value), words, 1)}°`;
  };
  return joined(
    angle(Tags.PositionerPrimaryAngle, "LAO", "RAO"),
    angle(Tags.PositionerSecondaryAngle, "CRA", "CAU"),
    measure(top(frame, Tags.KVP), "kV", words),
  );
}

/** The dose is in becquerel for PET and in megabecquerel for NM (PS3.3 C.8.9.2, C.8.4.10). */
function tracerLine(frame: Frame, words: Words): string {
  const item: Dataset = itemsOf(frame.groups.top, Tags.RadiopharmaceuticalInformationSequence)[0] ?? {};
  const dose = numberOf(item, Tags.RadionuclideTotalDose);
  const injected = words.formats.time(textOf(item, Tags.RadiopharmaceuticalStartTime) ?? "");
  const scanned = words.formats.time(topText(frame, Tags.AcquisitionTime) ?? "");
  return joined(
    textOf(item, Tags.Radiopharmaceutical),
    measure(dose === null ? null : Math.round(frame.modality === "PT" ? dose / 1e6 : dose), "MBq", words),
    injected === "" ? null : words.t("overlay.injected", { time: injected }),
    scanned === "" ? null : words.t("overlay.scanned", { time: scanned }),
    measure(top(frame, Tags.PatientWeight), "kg", words),
  );
}
