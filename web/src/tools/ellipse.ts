// The ellipse of a mark, by the ends of its axes: made of a box, changed by an end, asked whether a point lies in it.
import { type PicturePoint, picturePoint } from "../display";

export interface Ellipse {
  readonly centre: PicturePoint;
  /** From the centre to the first end of each axis. */
  readonly u: readonly [column: number, row: number];
  readonly v: readonly [column: number, row: number];
}

/** On the contour is inside, also after the rounding of a division. */
const ON_CONTOUR = 1 + 1e-9;

/** `null` where the points are no ends of two axes or enclose nothing. */
export function ellipseOf(points: readonly PicturePoint[]): Ellipse | null {
  const [a, b, c, d] = points;
  if (a === undefined || b === undefined || c === undefined || d === undefined) return null;
  const centre = picturePoint((a[0] + b[0] + c[0] + d[0]) / 4, (a[1] + b[1] + c[1] + d[1]) / 4);
  const ellipse: Ellipse = {
    centre,
    u: [(a[0] - b[0]) / 2, (a[1] - b[1]) / 2],
    v: [(c[0] - d[0]) / 2, (c[1] - d[1]) / 2],
  };
  return determinant(ellipse) === 0 ? null : ellipse;
}

const determinant = ({ u, v }: Ellipse): number => u[0] * v[1] - u[1] * v[0];

/** Area in square pixels, by geometry and not by counting (clinical 3.4: 32). */
export function areaInPixels(ellipse: Ellipse): number {
  return Math.PI * Math.abs(determinant(ellipse));
}

/** Whether a point lies inside or on the contour (clinical 3.4: 31). */
export function isInside(ellipse: Ellipse, column: number, row: number): boolean {
  const { centre, u, v } = ellipse;
  const [x, y] = [column - centre[0], row - centre[1]];
  const size = determinant(ellipse);
  const along = (x * v[1] - y * v[0]) / size;
  const across = (y * u[0] - x * u[1]) / size;
  return along * along + across * across <= ON_CONTOUR;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function boxOf({ centre, u, v }: Ellipse): Box {
  const width = Math.hypot(u[0], v[0]);
  const height = Math.hypot(u[1], v[1]);
  return { left: centre[0] - width, top: centre[1] - height, right: centre[0] + width, bottom: centre[1] + height };
}

/** The ellipse in the box of two opposite corners, its axes along columns and rows. */
export function inBox(a: PicturePoint, b: PicturePoint): readonly PicturePoint[] {
  const column = (a[0] + b[0]) / 2;
  const row = (a[1] + b[1]) / 2;
  return [picturePoint(a[0], row), picturePoint(b[0], row), picturePoint(column, a[1]), picturePoint(column, b[1])];
}

/** Pulls one end of an axis to a point: the other end stays, the other axis goes along with the middle. */
export function withEnd(points: readonly PicturePoint[], end: number, to: PicturePoint): readonly PicturePoint[] {
  const opposite = end ^ 1;
  const [from, fixed] = [points[end], points[opposite]];
  if (from === undefined || fixed === undefined) return points;
  const axis: readonly [number, number] = [from[0] - fixed[0], from[1] - fixed[1]];
  const size = axis[0] ** 2 + axis[1] ** 2;
  if (size === 0) return points;
  // Only the part along the axis counts: the ellipse keeps its direction.
  const by = ((to[0] - fixed[0]) * axis[0] + (to[1] - fixed[1]) * axis[1]) / size;
  const moved = picturePoint(fixed[0] + by * axis[0], fixed[1] + by * axis[1]);
  const shift: readonly [number, number] = [(moved[0] - from[0]) / 2, (moved[1] - from[1]) / 2];
  return points.map((point, index) => {
    if (index === end) return moved;
    return index === opposite ? point : picturePoint(point[0] + shift[0], point[1] + shift[1]);
  });
}

/** The longer axis first, as SCOORD wants it. */
export function longerFirst(points: readonly PicturePoint[]): readonly PicturePoint[] {
  const ellipse = ellipseOf(points);
  if (ellipse === null || Math.hypot(...ellipse.u) >= Math.hypot(...ellipse.v)) return points;
  return [...points.slice(2), ...points.slice(0, 2)];
}
