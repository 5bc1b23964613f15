// Standardised uptake values of PET (clinical rules 1.52 to 1.56): from a header that says all of it, else none.
import { type Dataset, itemsOf, numberOf, textOf, textsOf } from "./dataset";
import type { Frame } from "./frame";
import { macroOf } from "./functional-groups";
import { isRescaled } from "./modality";
import { clockOf, momentOf, momentOfDateTime, sinceClock, zoneOf } from "./moment";
import { Tags } from "./tags";

/** Why a PET image in Bq/ml or counts has no SUV. */
export type NoUptake =
  | "suvRescale"
  | "suvCounts"
  | "suvCorrection"
  | "suvWeight"
  | "suvDose"
  | "suvHalfLife"
  | "suvDecay"
  | "suvTime";

export type Uptake =
  | { readonly kind: "suv"; readonly factor: number; readonly name: string }
  | { readonly kind: "none"; readonly why: NoUptake };

/** Names of SUV Type (0054,1006); absent is by body weight. */
const NAMES: Readonly<Record<string, string>> = {
  BW: "SUVbw",
  BSA: "SUVbsa",
  LBM: "SUVlbm",
  LBMJAMES128: "SUVlbm",
  LBMJANMA: "SUVlbm",
  IBW: "SUVibw",
};
/** A dose below is probably in MBq (clinical rule 1.56). */
const LEAST_DOSE_BQ = 1e5;
const MOST_HALF_LIVES = 10;
/** Both factors are constant in a series whose slopes differ: they hold for counts, not for stored values. */
const PHILIPS = { group: "7053", creator: "Philips PET Private Group", uptake: "00", activity: "09" };
const GENERAL_ELECTRIC = { group: "0009", creator: "GEMS_PETD_01", scanStart: "0D" };

/** What a modality value is to be multiplied by; `null`: no PET, or in a unit that has no SUV. */
export function uptakeOf(frame: Frame): Uptake | null {
  const { top } = frame.groups;
  if (frame.modality !== "PT") return null;
  const units = textOf(top, Tags.Units);
  const type = NAMES[textOf(top, Tags.SUVType) ?? "BW"];
  if (units !== "GML" && units !== "BQML" && units !== "CNTS") return null;
  // Without a valid slope and intercept the pixels are no activity and no SUV, whatever unit stands beside them.
  if (!isRescaled(frame)) return { kind: "none", why: "suvRescale" };
  if (units === "GML") return type === undefined ? null : { kind: "suv", factor: 1, name: type };
  if (units === "BQML") return byWeight(top, frame, 1);
  const ready = privateNumber(top, PHILIPS.group, PHILIPS.creator, PHILIPS.uptake);
  if (ready !== null && ready > 0) return { kind: "suv", factor: ready, name: "SUVbw" };
  const activity = privateNumber(top, PHILIPS.group, PHILIPS.creator, PHILIPS.activity);
  return activity !== null && activity > 0 ? byWeight(top, frame, activity) : { kind: "none", why: "suvCounts" };
}

/** `activity`: Bq/ml of one modality value. */
function byWeight(top: Dataset, frame: Frame, activity: number): Uptake {
  const none = (why: NoUptake): Uptake => ({ kind: "none", why });
  const drug = itemsOf(top, Tags.RadiopharmaceuticalInformationSequence)[0] ?? {};
  const corrected = textsOf(top, Tags.CorrectedImage);
  const weight = numberOf(top, Tags.PatientWeight) ?? 0;
  const dose = numberOf(drug, Tags.RadionuclideTotalDose) ?? 0;
  const halfLife = numberOf(drug, Tags.RadionuclideHalfLife) ?? 0;
  if (!(corrected.includes("ATTN") && corrected.includes("DECY"))) return none("suvCorrection");
  if (weight <= 0) return none("suvWeight");
  if (dose < LEAST_DOSE_BQ) return none("suvDose");
  if (halfLife <= 0) return none("suvHalfLife");
  const correction = textOf(top, Tags.DecayCorrection);
  if (correction !== "START" && correction !== "ADMIN") return none("suvDecay");
  const passed = correction === "ADMIN" ? 0 : untilReference(drug, top, frame);
  if (passed === null || passed < 0 || passed > MOST_HALF_LIVES * halfLife) return none("suvTime");
  const left = dose * 2 ** (-passed / halfLife);
  return { kind: "suv", factor: (activity * weight * 1000) / left, name: "SUVbw" };
}

/** Seconds from the injection to the moment that decay is corrected to. */
function untilReference(drug: Dataset, top: Dataset, frame: Frame): number | null {
  const reference = scanStart(top, frame);
  if (reference === null) return null;
  const injected = momentOfDateTime(textOf(drug, Tags.RadiopharmaceuticalStartDateTime), zoneIn(top));
  if (injected !== null) return reference - injected;
  const clock = clockOf(textOf(drug, Tags.RadiopharmaceuticalStartTime));
  return clock === null ? null : sinceClock(clock, reference);
}

/** Series Time, unless the series was written anew after its images were taken; then what the maker noted (rule 1.54). */
function scanStart(top: Dataset, frame: Frame): number | null {
  const series = momentOf(textOf(top, Tags.SeriesDate), textOf(top, Tags.SeriesTime));
  const taken = acquiredAt(top, frame);
  if (series !== null && (taken === null || series <= taken)) return series;
  return momentOfDateTime(
    privateText(top, GENERAL_ELECTRIC.group, GENERAL_ELECTRIC.creator, GENERAL_ELECTRIC.scanStart),
    zoneIn(top),
  );
}

function acquiredAt(top: Dataset, frame: Frame): number | null {
  const zone = zoneIn(top);
  return (
    momentOfDateTime(textOf(macroOf(frame.groups, Tags.FrameContentSequence), Tags.FrameAcquisitionDateTime), zone) ??
    momentOfDateTime(textOf(top, Tags.AcquisitionDateTime), zone) ??
    momentOf(textOf(top, Tags.AcquisitionDate) ?? textOf(top, Tags.SeriesDate), textOf(top, Tags.AcquisitionTime))
  );
}

const zoneIn = (top: Dataset): number | null => zoneOf(textOf(top, Tags.TimezoneOffsetFromUTC));

/** The element of a private block, whichever block its maker was given (PS3.5 7.8). */
function privateTag(top: Dataset, group: string, creator: string, element: string): string | null {
  for (let block = 0x10; block <= 0xff; block++) {
    const name = block.toString(16).toUpperCase();
    if (textOf(top, `${group}00${name}`) === creator) return `${group}${name}${element}`;
  }
  return null;
}

function privateNumber(top: Dataset, group: string, creator: string, element: string): number | null {
  const tag = privateTag(top, group, creator, element);
  return tag === null ? null : numberOf(top, tag);
}

function privateText(top: Dataset, group: string, creator: string, element: string): string | null {
  const tag = privateTag(top, group, creator, element);
  return tag === null ? null : textOf(top, tag);
}
