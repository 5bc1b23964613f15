// Displayed Area and Spatial Transformation of a presentation state (PS3.3 C.10.4, C.10.6): which part of the picture is seen, how large, which way round.
import { type Dataset, numberOf, numbersOf, textOf } from "./dataset";
import type { Point } from "./presentation-graphics";
import { StateTags } from "./presentation-tags";
import { type CanvasSize, FITTED, type Flips, fitZoom, LARGEST_ZOOM, type PictureSize, type ViewState } from "./view";

/**
 * Part of the picture to be shown, in picture coordinates. Which of its corners is named first tells how the picture lies,
 * which the spatial transformation says too: only that is believed.
 */
export interface DisplayedArea {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly mode: "fit" | "trueSize" | "magnify";
  /** Screen pixels a picture pixel, for `magnify`. */
  readonly magnification: number | null;
  /** Height of a pixel over its width as the state has it; `null`: as the image has it. */
  readonly aspect: number | null;
}

/**
 * The state turns first and then flips (PS3.3 C.10.6); a view flips first: the turn goes the other way round. `null` for an
 * angle that is no quarter turn.
 */
export function readFlips(dataset: Dataset): Flips | null {
  const turns = ((((numberOf(dataset, StateTags.ImageRotation) ?? 0) / 90) % 4) + 4) % 4;
  if (!Number.isInteger(turns)) return null;
  const horizontal = textOf(dataset, StateTags.ImageHorizontalFlip) === "Y";
  return { horizontal, vertical: false, quarterTurns: horizontal ? (4 - turns) % 4 : turns };
}

const MODES = { "SCALE TO FIT": "fit", "TRUE SIZE": "trueSize", MAGNIFY: "magnify" } as const;

/** Corners name pixels, counted from 1, and both belong to the area (clinical rule 8.10). */
export function readArea(item: Dataset): DisplayedArea | null {
  const [left, top] = numbersOf(item, StateTags.DisplayedAreaTopLeftHandCorner);
  const [right, bottom] = numbersOf(item, StateTags.DisplayedAreaBottomRightHandCorner);
  if (left === undefined || top === undefined || right === undefined || bottom === undefined) return null;
  const mode = textOf(item, StateTags.PresentationSizeMode) ?? "";
  const magnification = numberOf(item, StateTags.PresentationPixelMagnificationRatio);
  return {
    left: Math.min(left, right) - 1,
    top: Math.min(top, bottom) - 1,
    right: Math.max(left, right),
    bottom: Math.max(top, bottom),
    mode: mode in MODES ? MODES[mode as keyof typeof MODES] : "fit",
    magnification: magnification !== null && magnification > 0 ? magnification : null,
    aspect: readAspect(item),
  };
}

/** Spacing or, without one, the ratio: vertical first in both. */
function readAspect(item: Dataset): number | null {
  const spacing = numbersOf(item, StateTags.PresentationPixelSpacing);
  const [vertical, horizontal] =
    spacing.length === 2 ? spacing : numbersOf(item, StateTags.PresentationPixelAspectRatio);
  if (vertical === undefined || horizontal === undefined || !(vertical > 0) || !(horizontal > 0)) return null;
  return vertical / horizontal;
}

interface Matrix {
  readonly rows: number;
  readonly columns: number;
}

/** The whole picture, for a state that names no area. */
export function wholeArea({ rows, columns }: Matrix): DisplayedArea {
  return { left: 0, top: 0, right: columns, bottom: rows, mode: "fit", magnification: null, aspect: null };
}

/**
 * A point of the displayed area, 0 to 1 from its corner at the top left of the screen, in picture coordinates: the turns
 * backwards, then the flips.
 */
export function areaToPicture([u, v]: Point, area: DisplayedArea, flips: Flips): Point {
  let [x, y] = [u, v];
  for (let turn = 0; turn < flips.quarterTurns % 4; turn++) [x, y] = [y, 1 - x];
  const along = flips.horizontal ? 1 - x : x;
  const across = flips.vertical ? 1 - y : y;
  return [area.left + along * (area.right - area.left), area.top + across * (area.bottom - area.top)];
}

/**
 * The view in which the canvas shows the area: the middle of one in the middle of the other. True size needs a measured
 * monitor (clinical rule 5.15), so it is fitted like the others. `header`: the matrix that the area counts in; a picture
 * drawn by the server may have another one.
 */
export function areaView(
  area: DisplayedArea,
  flips: Flips,
  header: Matrix,
  picture: PictureSize,
  canvas: CanvasSize,
): ViewState {
  const [byColumn, byRow] = [picture.columns / header.columns, picture.rows / header.rows];
  const columns = (area.right - area.left) * byColumn;
  const rows = (area.bottom - area.top) * byRow;
  const fixed = area.mode === "magnify" ? area.magnification : null;
  const off = [(header.columns - area.left - area.right) / 2, (header.rows - area.top - area.bottom) / 2] as const;
  if (fixed === null && off[0] === 0 && off[1] === 0 && columns === picture.columns && rows === picture.rows)
    return { ...FITTED, flips };
  const zoom = Math.min(fixed ?? fitZoom({ columns, rows, aspect: picture.aspect }, canvas, flips), LARGEST_ZOOM);
  return { zoom, pan: onScreen([off[0] * byColumn * zoom, off[1] * byRow * picture.aspect * zoom], flips), flips };
}

/** A direction of the picture as it lies on the screen. */
function onScreen([dx, dy]: Point, { horizontal, vertical, quarterTurns }: Flips): Point {
  let [x, y] = [horizontal ? -dx : dx, vertical ? -dy : dy];
  for (let turn = 0; turn < quarterTurns % 4; turn++) [x, y] = [-y, x];
  return [x, y];
}
