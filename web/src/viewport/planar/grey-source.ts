// Which values are sampled for a drawing: those of the picture, or a copy of it that was mapped or reduced before.
import type { Shading, StoredValues } from "../../display";
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

/** Keeps the last copy of a picture as long as the picture lives: windowing redraws it many times. */
export class ReducedCopies {
  private readonly copies = new WeakMap<object, { readonly steps: number; readonly copy: ReducedGrey }>();

  of(picture: GreyPicture, shading: Shading, steps: number): ReducedGrey {
    const made = picture.reduced?.[steps - 1]; // by the worker, of large pictures
    if (made !== undefined) return made;
    const known = this.copies.get(picture);
    if (known?.steps === steps) return known.copy;
    const copy = copyOf(picture, shading, steps);
    this.copies.set(picture, { steps, copy });
    return copy;
  }
}

function copyOf(picture: GreyPicture, { padding, mapped }: Shading, steps: number): ReducedGrey {
  const { reduced = [] } = picture;
  const smallest = reduced.at(-1);
  if (steps > reduced.length && smallest !== undefined) return reduceGrey(smallest, null, steps - reduced.length);
  if (mapped === null) return reduceGrey(picture, padding, steps);
  const modality = mappedGrey(picture, padding, mapped.toModality);
  return steps === 0 ? modality : reduceGrey(modality, null, steps);
}
