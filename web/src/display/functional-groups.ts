// Enhanced multi-frame objects keep most facts in functional groups (PS3.3 C.7.6.16): one frame's own item wins over the shared one.
import { asDataset, type Dataset, itemsOf } from "./dataset";
import { Tags } from "./tags";

export interface FunctionalGroups {
  readonly top: Dataset;
  readonly shared: Dataset;
  readonly own: Dataset;
}

/** The groups that hold for one frame, counted from 0. Classic objects have only `top`. */
export function functionalGroups(dataset: Dataset, frameIndex: number): FunctionalGroups {
  return {
    top: dataset,
    shared: itemsOf(dataset, Tags.SharedFunctionalGroups)[0] ?? {},
    own: perFrameItem(dataset, frameIndex),
  };
}

function perFrameItem(dataset: Dataset, frameIndex: number): Dataset {
  return asDataset(dataset[Tags.PerFrameFunctionalGroups]?.Value?.[frameIndex]);
}

/** The item of a macro's sequence that holds for the frame: per-frame, else shared, else the top level itself. */
export function macroOf(groups: FunctionalGroups, sequence: string): Dataset {
  return itemsOf(groups.own, sequence)[0] ?? itemsOf(groups.shared, sequence)[0] ?? groups.top;
}
