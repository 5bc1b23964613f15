// What every tool, mark and overlay sees of a pane: the frame that is painted and where its pixels lie on the canvas. Nothing above knows a renderer.
import {
  type CanvasPoint,
  type CanvasSize,
  type Frame,
  type PicturePoint,
  picturePoint,
  type ResolvedView,
  type StoredValues,
  toCanvas,
  toPicture,
} from "../display";

export interface PaneGeometry {
  /** The frame whose pixels are painted: a mark belongs to its instance and number (clinical rule 3.27). */
  readonly frame: Frame;
  /** Stored values as painted, `null` for colour. */
  readonly values: StoredValues | null;
  readonly size: CanvasSize;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
  readonly zoom: number;
  /** Throws for a view without inverse, which `resolveView` never makes. */
  toCanvas(at: PicturePoint): CanvasPoint;
  toPicture(at: CanvasPoint): PicturePoint;
}

export function paneGeometry(
  painted: { readonly frame: Frame; readonly values: StoredValues | null },
  view: ResolvedView,
  canvas: { readonly size: CanvasSize; readonly ratio: number },
): PaneGeometry {
  return {
    ...painted,
    ...canvas,
    zoom: view.zoom,
    toCanvas([column, row]) {
      const at = toCanvas(view.toPicture, column, row);
      if (at === null) throw new Error("a view without inverse");
      return at;
    },
    toPicture(at) {
      const [column, row] = toPicture(view.toPicture, at);
      return picturePoint(column, row);
    },
  };
}
