// The unit of a pixel's modality value (clinical 3.4: 28 to 30): the header's own where it holds, else none. Never a guessed one.
import { itemsOf, textOf } from "./dataset";
import type { Frame } from "./frame";
import { macroOf } from "./functional-groups";
import { isRescaled, toModality } from "./modality";
import { type NoUptake, uptakeOf } from "./suv";
import { Tags } from "./tags";

const CLASSIC_CT = "1.2.840.10008.5.1.4.1.1.2";
/** Cone-beam scanners write CT objects whose greys are no Hounsfield units. */
const CONE_BEAM = /\b(cbct|dvt|cone[\s-]?beam)\b/i;
/** Rescale types as they are read, where the header writes a code (PS3.3 C.11.1.1.2). */
const WRITTEN: Readonly<Record<string, string>> = { MGML: "mg/ml", PCT: "%" };
const POSITRON_UNITS: Readonly<Record<string, string>> = { BQML: "Bq/ml", CNTS: "counts", GML: "g/ml" };
/** A diffusion coefficient, as vendors write it. */
const DIFFUSION = /mm2\/s|mm²\/s|mm\^2\/s/i;
/** Rescale Type US says that nothing is said. */
const UNSPECIFIED = "US";
/** A Rescale Type may have 64 characters; beside a value stands a unit, not a sentence. */
const LONGEST_UNIT = 16;

/** How stored values are read out: in which unit, how finely, and why not as a reader would expect. */
export interface ReadOut {
  readonly unit: string | null;
  readonly toValue: (stored: number) => number;
  readonly decimals: (value: number) => number;
  readonly without: NoUptake | null;
}

export function readOutOf(frame: Frame): ReadOut {
  const uptake = uptakeOf(frame);
  if (uptake?.kind === "suv")
    return {
      unit: uptake.name,
      toValue: (stored) => toModality(frame.transform, stored) * uptake.factor,
      decimals: (value) => (Math.abs(value) < 1 ? 2 : 1),
      without: null,
    };
  const unit = unitOfModality(frame);
  const decimals = valueDecimals(frame, unit);
  return {
    unit,
    toValue: (stored) => toModality(frame.transform, stored),
    decimals: () => decimals,
    without: uptake?.why ?? null,
  };
}

export function isHounsfield(frame: Frame): boolean {
  return readOutOf(frame).unit === "HU";
}

/** A CT without Rescale Type is in HU by its definition (PS3.3 C.8.2.1): enough for a window, not for a number's unit. */
export function takesPresets(frame: Frame): boolean {
  const type = rescaleType(frame);
  return frame.modality === "CT" && (type === null || type === "HU") && isRescaled(frame) && !isConeBeam(frame);
}

function unitOfModality(frame: Frame): string | null {
  const type = rescaleType(frame);
  if (!isRescaled(frame)) return null;
  if (frame.modality === "CT") return computedTomography(frame, type);
  if (frame.modality === "PT") return POSITRON_UNITS[textOf(frame.groups.top, Tags.Units) ?? ""] ?? null;
  if (frame.modality === "MR") return type !== null && DIFFUSION.test(type) ? shortened(type) : null;
  return null;
}

/** Decimals that a value of these pixels can have: whole for HU (clinical 3.5: 29), else as fine as one stored step. */
function valueDecimals(frame: Frame, unit: string | null): number {
  if (unit === "HU" || frame.transform.kind === "lut") return 0;
  if (frame.layout.number !== "integer") return FLOAT_DECIMALS;
  const step = Math.abs(frame.transform.slope);
  return step >= 1 ? 0 : Math.min(Math.ceil(-Math.log10(step)), FLOAT_DECIMALS);
}

const FLOAT_DECIMALS = 4;

function rescaleType(frame: Frame): string | null {
  const lut = itemsOf(frame.groups.top, Tags.ModalityLUTSequence)[0];
  if (lut !== undefined) return textOf(lut, Tags.ModalityLUTType);
  return textOf(macroOf(frame.groups, Tags.PixelValueTransformationSequence), Tags.RescaleType);
}

function computedTomography(frame: Frame, type: string | null): string | null {
  if (isConeBeam(frame)) return null;
  if (type === null) return isPlainTomogram(frame) ? "HU" : null;
  if (type === UNSPECIFIED) return null;
  return type === "HU" ? "HU" : (WRITTEN[type] ?? shortened(type));
}

function isConeBeam({ instance: { dataset } }: Frame): boolean {
  return [Tags.ManufacturerModelName, Tags.SeriesDescription, Tags.ProtocolName].some((tag) =>
    CONE_BEAM.test(textOf(dataset, tag) ?? ""),
  );
}

/** Classic, of one energy, original, no localizer: such a CT is in Hounsfield units without saying it. */
function isPlainTomogram({ instance, imageType, groups }: Frame): boolean {
  return (
    instance.sopClassUid === CLASSIC_CT &&
    imageType[0] === "ORIGINAL" &&
    !imageType.includes("LOCALIZER") &&
    textOf(groups.top, Tags.MultienergyCTAcquisition) !== "YES"
  );
}

const shortened = (type: string): string => type.slice(0, LONGEST_UNIT);
