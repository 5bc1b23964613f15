// What lies over a pane's picture: plain elements, written after each drawing in the same frame of the display, without React.
import type { Words } from "../locale";
import type { PaneReport } from "../viewport";
import type { Desk } from "./desk";

export interface PaneLayer {
  /** Called after each drawing, and when what is said changes while the picture stays. */
  show(report: PaneReport): void;
  dispose(): void;
}

export interface LayerContext {
  readonly desk: Desk;
  /** Which place of the desk this is, from 0. */
  readonly place: number;
  readonly words: Words;
}

export type MountLayer = (host: HTMLElement, context: LayerContext) => PaneLayer;
