// Window presets (clinical rule 35): for CT where values are Hounsfield units, for PET where they are uptake values.
import type { Frame } from "./frame";
import { uptakeOf } from "./suv";
import { takesPresets } from "./units";
import type { Window } from "./voi";

type HounsfieldPreset =
  | "lung"
  | "softTissue"
  | "bone"
  | "brain"
  | "liver"
  | "mediastinum"
  | "subdural"
  | "stroke"
  | "abdomen";
type UptakePreset = "suv5" | "suv7" | "suv10" | "suv15";

export interface WindowPreset {
  /** Name in the locale: `reading.preset.<id>`. */
  readonly id: HounsfieldPreset | UptakePreset;
  /** The digit that chooses it. */
  readonly key: string;
  /** In modality values. */
  readonly window: Window;
}

const linear = (centre: number, width: number): Window => ({ centre, width, shape: "LINEAR" });

export const HOUNSFIELD_PRESETS: readonly WindowPreset[] = [
  { id: "lung", key: "1", window: linear(-600, 1500) },
  { id: "softTissue", key: "2", window: linear(50, 400) },
  { id: "bone", key: "3", window: linear(500, 2000) },
  { id: "brain", key: "4", window: linear(40, 80) },
  { id: "liver", key: "5", window: linear(90, 150) },
  { id: "abdomen", key: "6", window: linear(60, 400) },
  { id: "mediastinum", key: "7", window: linear(50, 350) },
  { id: "subdural", key: "8", window: linear(80, 200) },
  { id: "stroke", key: "9", window: linear(35, 35) },
];

const UPPER_ENDS: readonly (readonly [id: UptakePreset, suv: number])[] = [
  ["suv5", 5],
  ["suv7", 7],
  ["suv10", 10],
  ["suv15", 15],
];

/** From no uptake to the given one. `factor`: SUV of one modality value. */
function uptakePresets(factor: number): readonly WindowPreset[] {
  return UPPER_ENDS.map(([id, suv], index) => {
    const width = suv / factor;
    return { id, key: String(index + 1), window: { centre: width / 2, width, shape: "LINEAR_EXACT" } };
  });
}

/** The presets that hold for a grey image; none where its values are in another unit. */
export function presetsOf(frame: Frame): readonly WindowPreset[] {
  if (takesPresets(frame)) return HOUNSFIELD_PRESETS;
  const uptake = uptakeOf(frame);
  return uptake?.kind === "suv" ? uptakePresets(uptake.factor) : [];
}

/** The preset that a window is, if it is one: by its shape too, for the same numbers end elsewhere in another one. */
export function presetOf(frame: Frame, of: Window): WindowPreset | null {
  const same = ({ window: { centre, width, shape } }: WindowPreset): boolean =>
    centre === of.centre && width === of.width && shape === of.shape;
  return presetsOf(frame).find(same) ?? null;
}
