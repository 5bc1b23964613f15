// The windows and VOI LUTs that an image itself offers (PS3.3 C.11.2), and which of them is shown at first.
import { type Dataset, itemsOf, numbersOf, textOf, textsOf } from "./dataset";
import { type FunctionalGroups, macroOf } from "./functional-groups";
import { readLookup } from "./lookup";
import type { ModalityTransform } from "./modality";
import { Tags } from "./tags";
import { type Voi, type VoiFunction, validWindow } from "./voi";

export interface NamedVoi {
  readonly voi: Voi;
  readonly name: string | null;
}

const LUT_FIRST: ReadonlySet<string> = new Set(["CR", "DX", "MG", "IO", "PX"]);

/** All alternatives, the first is the default; empty: use an auto window (clinical rules 29, 30, 32). */
export function readVoi(
  groups: FunctionalGroups,
  modality: string | null,
  transform: ModalityTransform,
  signed: boolean,
): readonly NamedVoi[] {
  const item = macroOf(groups, Tags.FrameVOILUTSequence);
  const windows = readWindows(item);
  const holder = hasItems(item, Tags.VOILUTSequence) ? item : groups.top;
  const luts = readLuts(holder, inputIsSigned(transform, signed));
  return modality !== null && LUT_FIRST.has(modality) ? [...luts, ...windows] : [...windows, ...luts];
}

function hasItems(dataset: Dataset, tag: string): boolean {
  return itemsOf(dataset, tag).length > 0;
}

function readWindows(item: Dataset): readonly NamedVoi[] {
  const centres = numbersOf(item, Tags.WindowCenter);
  const widths = numbersOf(item, Tags.WindowWidth);
  const names = textsOf(item, Tags.WindowExplanation);
  const shape = readShape(item);
  const count = Math.min(centres.length, widths.length);
  return Array.from({ length: count }, (_, index): NamedVoi | null => {
    const window = validWindow(centres[index] ?? NaN, widths[index] ?? NaN, shape);
    return window === null ? null : { voi: { kind: "window", window }, name: names[index] || null };
  }).filter((choice) => choice !== null);
}

function readShape(item: Dataset): VoiFunction {
  const name = textOf(item, Tags.VOILUTFunction);
  return name === "SIGMOID" || name === "LINEAR_EXACT" ? name : "LINEAR";
}

function readLuts(dataset: Dataset, signed: boolean): readonly NamedVoi[] {
  return itemsOf(dataset, Tags.VOILUTSequence).flatMap((item) => {
    const lut = readLookup(item, signed);
    return lut === null
      ? []
      : [{ voi: { kind: "lut" as const, lut, window: null }, name: textOf(item, Tags.LUTExplanation) }];
  });
}

/** The first mapped value of a VOI LUT is signed when modality values can be negative (PS3.3 C.11.2.1.1). */
function inputIsSigned(transform: ModalityTransform, signed: boolean): boolean {
  if (transform.kind === "lut") return false;
  return signed || transform.intercept < 0 || transform.slope < 0;
}
