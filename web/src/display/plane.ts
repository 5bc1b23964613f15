// Geometry of an image plane in the patient (PS3.3 C.7.6.2.1.1). Spaces are branded: a mix-up of pixel, canvas and patient does not compile.
import { type Dataset, numbersOf, textOf } from "./dataset";
import { type FunctionalGroups, macroOf } from "./functional-groups";
import { Tags } from "./tags";

declare const space: unique symbol;
export type Vector = readonly [x: number, y: number, z: number];
/** LPS, millimetres: +x to the patient's left, +y to the back, +z to the head. */
export type PatientPoint = Vector & { readonly [space]: "patient" };
/** Column, row; the centre of the first pixel is 0, 0. */
export type PixelPoint = readonly [column: number, row: number] & { readonly [space]: "pixel" };

export interface ImagePlane {
  readonly frameOfReference: string | null;
  readonly position: PatientPoint;
  /** Direction of growing column index. */
  readonly rowDirection: Vector;
  /** Direction of growing row index. */
  readonly columnDirection: Vector;
  readonly normal: Vector;
  /** Millimetres between rows, then between columns: the order of Pixel Spacing (PS3.3 10.7.1.3). */
  readonly pixelSpacing: readonly [betweenRows: number, betweenColumns: number];
}

export type PlaneName = "axial" | "sagittal" | "coronal" | "oblique";

/** Within 20° of a patient axis a plane still has that name; beyond, it is oblique (clinical rule 5.7 (k)). */
const NAMED_WITHIN = Math.cos((20 * Math.PI) / 180);
const PERPENDICULAR_WITHIN = 0.01;

export function patientPoint(x: number, y: number, z: number): PatientPoint {
  return [x, y, z] as unknown as PatientPoint; // the brand exists only for the compiler
}

export function pixelPoint(column: number, row: number): PixelPoint {
  return [column, row] as unknown as PixelPoint; // the brand exists only for the compiler
}

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function scaled(a: Vector, factor: number): Vector {
  return [a[0] * factor, a[1] * factor, a[2] * factor];
}

function unit(a: Vector): Vector | null {
  const length = Math.sqrt(dot(a, a));
  return length > 1e-6 ? scaled(a, 1 / length) : null;
}

/** Direction cosines of a frame, normalised; `null` when absent or not perpendicular. */
export function readDirections(groups: FunctionalGroups): { readonly row: Vector; readonly column: Vector } | null {
  const [a, b, c, d, e, f] = numbersOf(macroOf(groups, Tags.PlaneOrientationSequence), Tags.ImageOrientationPatient);
  if (a === undefined || b === undefined || c === undefined || d === undefined || e === undefined || f === undefined)
    return null;
  const row = unit([a, b, c]);
  const column = unit([d, e, f]);
  if (row === null || column === null || Math.abs(dot(row, column)) > PERPENDICULAR_WITHIN) return null;
  return { row, column };
}

/** Needs position, orientation and spacing; what lacks one of them has no place in the patient. */
export function readPlane(groups: FunctionalGroups): ImagePlane | null {
  const directions = readDirections(groups);
  const [x, y, z] = numbersOf(macroOf(groups, Tags.PlanePositionSequence), Tags.ImagePositionPatient);
  const pixelSpacing = readSpacing(macroOf(groups, Tags.PixelMeasuresSequence), Tags.PixelSpacing);
  if (directions === null || pixelSpacing === null || x === undefined || y === undefined || z === undefined)
    return null;
  return {
    frameOfReference: textOf(groups.top, Tags.FrameOfReferenceUID),
    position: patientPoint(x, y, z),
    rowDirection: directions.row,
    columnDirection: directions.column,
    normal: cross(directions.row, directions.column),
    pixelSpacing,
  };
}

export function readSpacing(dataset: Dataset, tag: string): readonly [number, number] | null {
  const [betweenRows, betweenColumns] = numbersOf(dataset, tag);
  if (betweenRows === undefined || betweenColumns === undefined) return null;
  return betweenRows > 0 && betweenColumns > 0 ? [betweenRows, betweenColumns] : null;
}

/** PS3.3 C.7.6.2.1.1, equation C.7.6.2.1-1. */
export function pixelToPatient(plane: ImagePlane, [column, row]: PixelPoint): PatientPoint {
  const [betweenRows, betweenColumns] = plane.pixelSpacing;
  const along = scaled(plane.rowDirection, betweenColumns * column);
  const down = scaled(plane.columnDirection, betweenRows * row);
  const [x, y, z] = plane.position;
  return patientPoint(x + along[0] + down[0], y + along[1] + down[1], z + along[2] + down[2]);
}

/** The foot of the perpendicular on the plane, in pixels. */
export function patientToPixel(plane: ImagePlane, point: PatientPoint): PixelPoint {
  const [betweenRows, betweenColumns] = plane.pixelSpacing;
  const [x, y, z] = plane.position;
  const offset: Vector = [point[0] - x, point[1] - y, point[2] - z];
  return pixelPoint(dot(offset, plane.rowDirection) / betweenColumns, dot(offset, plane.columnDirection) / betweenRows);
}

/** Distance of the plane from the origin along its normal, in millimetres. */
export function depthOf(plane: ImagePlane): number {
  return dot(plane.position, plane.normal);
}

export function planeName(normal: Vector): PlaneName {
  const [x, y, z] = normal.map(Math.abs);
  if ((z ?? 0) >= NAMED_WITHIN) return "axial";
  if ((x ?? 0) >= NAMED_WITHIN) return "sagittal";
  return (y ?? 0) >= NAMED_WITHIN ? "coronal" : "oblique";
}
