// An act of the reading page before it becomes a command of the registry.
import type { WordKey } from "../locale";
import type { DeskView } from "./desk";
import { paneCount } from "./layouts";
import type { PlaceView } from "./place";

export interface Offer {
  readonly name: string;
  readonly label: WordKey;
  readonly keys: readonly string[];
  readonly why?: WordKey | null;
  readonly keyOnly?: boolean;
  readonly tool?: string;
  readonly run: () => void;
}

/**
 * Why no tool can be taken in hand, or `null`. A tool acts in the pane where it is dragged: it has nothing to do where objects
 * without pixels are shown and no image beside them, nor one on its way.
 */
export function noTool(view: DeskView): WordKey | null {
  const shown = view.large ? [view] : view.places.slice(0, paneCount(view.layout));
  const hasImage = ({ series, set, object }: PlaceView): boolean =>
    set !== null || (series !== null && object === null && view.loaded.get(series)?.kind !== "failed");
  return shown.some(({ object }) => object !== null) && !shown.some(hasImage) ? "reading.why.noImage" : null;
}

/** Why an act on a picture cannot be done, or `null`. */
export const noImage = (view: DeskView): WordKey | null => (view.set === null ? "reading.why.noImage" : null);
