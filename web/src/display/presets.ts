// Window presets for CT (clinical rule 35). They apply only where values are Hounsfield units.
import type { Window } from "./voi";

export interface WindowPreset {
  /** Name in the locale: `reading.preset.<id>`. */
  readonly id: "lung" | "softTissue" | "bone" | "brain" | "liver" | "mediastinum" | "subdural" | "stroke" | "abdomen";
  /** The digit that chooses it. */
  readonly key: string;
  readonly window: Window;
}

const linear = (centre: number, width: number): Window => ({ centre, width, shape: "LINEAR" });

export const WINDOW_PRESETS: readonly WindowPreset[] = [
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
