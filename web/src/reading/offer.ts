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

/** A tool may be taken in hand before its image is there, but an object that is none has nothing for it. */
export const noTool = (view: DeskView): WordKey | null => (view.object === null ? null : "reading.why.noImage");

/** Why an act on a picture cannot be done, or `null`. */
export const noImage = (view: DeskView): WordKey | null => (view.set === null ? "reading.why.noImage" : null);
