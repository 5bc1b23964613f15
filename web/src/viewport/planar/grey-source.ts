// Which values are sampled for a drawing: those of the picture, or a copy of it that was mapped or reduced before.
import type { Lookup, Shading, StoredValues } from "../../display";
import type { Picture } from "../decode/picture";
import type { Drawing } from "./drawing";
import { mappedGrey, type ReducedGrey, reduceGrey, reductionSteps } from "./reduced";

type GreyPicture = Extract<Picture, { kind: "grey" }>;

export interface GreySource {
  readonly rows: number;
  readonly columns: number;
  readonly values: StoredValues;
  /** Of these values. */
  readonly shading: Shading;
  /** Values are no stored ones: NaN is the only padding, and a mean that happens to equal the padding value is picture. */
  readonly averaged: boolean;
  /** How many times the picture was halved. */
  readonly steps: number;
}

export function isInterpolated({ smooth, view }: Drawing): boolean {
  return smooth && !view.exact;
}

export function greySource(
  drawing: Drawing,
  picture: GreyPicture,
  shading: Shading,
  copies: ReducedCopies,
): GreySource {
  const { rows, columns, values } = picture;
  const steps = isInterpolated(drawing) ? reductionSteps(drawing.view.zoom) : 0;
  const { mapped } = shading;
  if (!isInterpolated(drawing) || (steps === 0 && mapped === null))
    return { rows, columns, values, shading, averaged: false, steps: 0 };
  return { ...copies.of(picture, shading, steps), shading: mapped?.shading ?? shading, averaged: true, steps };
}

interface Copy {
  readonly picture: GreyPicture;
  readonly steps: number;
  readonly by: Lookup | null;
  readonly grey: ReducedGrey;
}

/** Keeps the last copy: windowing redraws the same picture many times. */
export class ReducedCopies {
  private last: Copy | null = null;

  /** A presentation state may read the same values by another Modality LUT, or by none: a copy belongs to the one it was made by. */
  of(picture: GreyPicture, shading: Shading, steps: number): ReducedGrey {
    const by = shading.mapped?.lut ?? null;
    const made = preparedCopies(picture, by)[steps - 1];
    if (made !== undefined) return made;
    const { last } = this;
    if (last?.picture === picture && last.steps === steps && last.by === by) return last.grey;
    const grey = copyOf(picture, shading, steps);
    this.last = { picture, steps, by, grey };
    return grey;
  }
}

/** By the worker, of large pictures. */
function preparedCopies({ reduced, reducedBy }: GreyPicture, by: Lookup | null): readonly ReducedGrey[] {
  return reduced !== undefined && (reducedBy ?? null) === by ? reduced : [];
}

function copyOf(picture: GreyPicture, { padding, mapped }: Shading, steps: number): ReducedGrey {
  const made = preparedCopies(picture, mapped?.lut ?? null);
  const smallest = made.at(-1);
  if (steps > made.length && smallest !== undefined) return reduceGrey(smallest, null, steps - made.length);
  if (mapped === null) return reduceGrey(picture, padding, steps);
  const modality = mappedGrey(picture, padding, mapped.toModality);
  return steps === 0 ? modality : reduceGrey(modality, null, steps);
}
