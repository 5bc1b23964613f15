// What the page's React parts show of the desk: plain facts, no pixels.
import type { Layout } from "./layouts";
import type { PlaceView } from "./place";
import type { SeriesState } from "./series-shelf";

/** What the page's React parts show; replaced as a whole, never changed. The facts of the active place stand at the top. */
export interface DeskView extends PlaceView {
  readonly places: readonly PlaceView[];
  readonly active: number;
  readonly layout: Layout;
  /** The active pane stands alone for now. */
  readonly large: boolean;
  readonly loaded: ReadonlyMap<string, SeriesState>;
  /** The left button's tool. */
  readonly tool: string;
  readonly linked: boolean;
  readonly localiser: boolean;
  /** The place whose run is played. */
  readonly playing: number | null;
}
