// How a picture lies on the canvas: fit, zoom, pan, flips, quarter turns, pixel aspect. Everything in device pixels.

declare const space: unique symbol;
/** Device pixels of the canvas, from its upper left corner. */
export type CanvasPoint = readonly [x: number, y: number] & { readonly [space]: "canvas" };

/**
 * Column, row from the outer corner of the first pixel, so that pixel i covers [i, i + 1): the convention of SCOORD
 * (PS3.3 C.18.6.1.1). The centre of the first pixel is 0.5, 0.5; `PixelPoint` counts from there.
 */
export type PicturePoint = readonly [column: number, row: number] & { readonly [space]: "picture" };

export interface Flips {
  readonly horizontal: boolean;
  readonly vertical: boolean;
  /** Clockwise, 0 to 3, after the flips. */
  readonly quarterTurns: number;
}

export interface ViewState {
  /** Device pixels per image column, or as large as the canvas allows. */
  readonly zoom: number | "fit";
  /** Where the centre of the picture lies from the centre of the canvas, in device pixels. */
  readonly pan: readonly [x: number, y: number];
  readonly flips: Flips;
}

export interface PictureSize {
  readonly columns: number;
  readonly rows: number;
  /** Height of a pixel over its width. */
  readonly aspect: number;
}

export interface CanvasSize {
  readonly width: number;
  readonly height: number;
}

/**
 * Canvas to picture: column = a·x + c·y + e, row = b·x + d·y + f. Picture coordinates count from the corner of the first
 * pixel, so pixel i covers [i, i + 1); a canvas pixel is sampled at its centre, x + 0.5.
 */
export interface Matrix {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

export interface ResolvedView {
  readonly toPicture: Matrix;
  readonly zoom: number;
  /** One image pixel is one device pixel, on whole pixels: nearest and interpolated are the same picture. */
  readonly exact: boolean;
}

export const UPRIGHT: Flips = { horizontal: false, vertical: false, quarterTurns: 0 };
export const FITTED: ViewState = { zoom: "fit", pan: [0, 0], flips: UPRIGHT };
const SMALLEST_ZOOM = 0.02;
export const LARGEST_ZOOM = 64;

export function canvasPoint(x: number, y: number): CanvasPoint {
  return [x, y] as unknown as CanvasPoint; // the brand exists only for the compiler
}

export function picturePoint(column: number, row: number): PicturePoint {
  return [column, row] as unknown as PicturePoint; // the brand exists only for the compiler
}

/** The zoom at which the whole picture is just seen. */
export function fitZoom(picture: PictureSize, canvas: CanvasSize, flips: Flips): number {
  const lying = flips.quarterTurns % 2 === 1;
  const width = lying ? picture.rows * picture.aspect : picture.columns;
  const height = lying ? picture.columns : picture.rows * picture.aspect;
  return Math.max(Math.min(canvas.width / width, canvas.height / height), SMALLEST_ZOOM);
}

/** The zoom where no direction of the picture has less than one device pixel per image pixel. */
export function actualZoom(picture: PictureSize): number {
  return Math.max(1, 1 / picture.aspect);
}

export function zoomOf(view: ViewState, picture: PictureSize, canvas: CanvasSize): number {
  return view.zoom === "fit" ? fitZoom(picture, canvas, view.flips) : view.zoom;
}

export function resolveView(view: ViewState, picture: PictureSize, canvas: CanvasSize): ResolvedView {
  const zoom = zoomOf(view, picture, canvas);
  const [a, b, c, d] = inverseTurn(view.flips, 1 / zoom, 1 / (zoom * picture.aspect));
  const centreX = canvas.width / 2 + view.pan[0];
  const centreY = canvas.height / 2 + view.pan[1];
  const e = picture.columns / 2 - a * centreX - c * centreY;
  const f = picture.rows / 2 - b * centreX - d * centreY;
  const exact = Math.abs(zoom - 1) < 1e-9 && Math.abs(picture.aspect - 1) < 1e-9;
  // On whole pixels a 1:1 picture needs no interpolation; the shift is at most half a device pixel.
  return { toPicture: exact ? { a, b, c, d, e: Math.round(e), f: Math.round(f) } : { a, b, c, d, e, f }, zoom, exact };
}

/** Screen directions → picture directions: the quarter turns backwards, then the flips, then the scale. */
function inverseTurn(flips: Flips, byColumn: number, byRow: number): readonly [number, number, number, number] {
  let x: readonly [number, number] = [1, 0];
  let y: readonly [number, number] = [0, 1];
  for (let turn = 0; turn < flips.quarterTurns % 4; turn++) [x, y] = [[-y[0], -y[1]], x];
  const column = flips.horizontal ? -byColumn : byColumn;
  const row = flips.vertical ? -byRow : byRow;
  return [x[0] * column, x[1] * row, y[0] * column, y[1] * row];
}

export function toPicture({ a, b, c, d, e, f }: Matrix, [x, y]: CanvasPoint): readonly [column: number, row: number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

/** `null` for a matrix without inverse. */
export function toCanvas({ a, b, c, d, e, f }: Matrix, column: number, row: number): CanvasPoint | null {
  const determinant = a * d - b * c;
  if (determinant === 0) return null;
  const u = column - e;
  const v = row - f;
  return canvasPoint((d * u - c * v) / determinant, (a * v - b * u) / determinant);
}

/** Zooms by a factor so that the picture stays where it is under `at`. */
export function zoomedAt(
  view: ViewState,
  factor: number,
  at: CanvasPoint,
  picture: PictureSize,
  canvas: CanvasSize,
): ViewState {
  const before = zoomOf(view, picture, canvas);
  const zoom = Math.min(Math.max(before * factor, SMALLEST_ZOOM), LARGEST_ZOOM);
  const hold = (pan: number, point: number, size: number): number => {
    const fromCentre = point - size / 2;
    return fromCentre - (fromCentre - pan) * (zoom / before);
  };
  return { ...view, zoom, pan: [hold(view.pan[0], at[0], canvas.width), hold(view.pan[1], at[1], canvas.height)] };
}

export function panned(view: ViewState, dx: number, dy: number, picture: PictureSize, canvas: CanvasSize): ViewState {
  return { ...view, zoom: zoomOf(view, picture, canvas), pan: [view.pan[0] + dx, view.pan[1] + dy] };
}
