// An act of the reading page before it becomes a command of the registry.
import type { WordKey } from "../locale";
import type { DeskView } from "./desk";

export interface Offer {
  readonly name: string;
  readonly label: WordKey;
  readonly keys: readonly string[];
  readonly why?: WordKey | null;
  readonly keyOnly?: boolean;
  readonly tool?: string;
  readonly run: () => void;
}

/** Why an act on a picture cannot be done, or `null`. */
export const noImage = (view: DeskView): WordKey | null => (view.set === null ? "reading.why.noImage" : null);
