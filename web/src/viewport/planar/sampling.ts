// Where each canvas row and column falls on the picture. Quarter turns and flips keep both axes apart: two short lists instead of a matrix per pixel.
import type { Matrix } from "../../display";

/** For one canvas axis: the two neighbouring picture lines as offsets into the pixels, and how far it is to the second. */
export interface AxisSamples {
  /** Offset of the nearest line, −1 outside the picture. */
  readonly nearest: Int32Array;
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly fraction: Float64Array;
  /** Offset from one picture line to the next. */
  readonly stride: number;
}

export interface Sampling {
  /** Canvas columns are picture rows. */
  readonly turned: boolean;
  readonly x: AxisSamples;
  readonly y: AxisSamples;
}

export function samplingOf(matrix: Matrix, rows: number, columns: number, width: number, height: number): Sampling {
  const turned = matrix.a === 0 && matrix.d === 0;
  const column = { count: columns, stride: 1 };
  const row = { count: rows, stride: columns };
  return turned
    ? { turned, x: axis(width, matrix.b, matrix.f, row), y: axis(height, matrix.c, matrix.e, column) }
    : { turned, x: axis(width, matrix.a, matrix.e, column), y: axis(height, matrix.d, matrix.f, row) };
}

/** Picture coordinate of canvas line i is scale·(i + 0.5) + shift; the centre of pixel k is k + 0.5. */
function axis(length: number, scale: number, shift: number, line: { count: number; stride: number }): AxisSamples {
  const samples: AxisSamples = {
    nearest: new Int32Array(length),
    first: new Int32Array(length),
    second: new Int32Array(length),
    fraction: new Float64Array(length),
    stride: line.stride,
  };
  const last = line.count - 1;
  for (let i = 0; i < length; i++) {
    const at = scale * (i + 0.5) + shift;
    const inside = at >= 0 && at < line.count;
    const below = Math.floor(at - 0.5);
    samples.nearest[i] = inside ? Math.min(Math.floor(at), last) * line.stride : -1;
    samples.first[i] = Math.min(Math.max(below, 0), last) * line.stride;
    samples.second[i] = Math.min(Math.max(below + 1, 0), last) * line.stride;
    samples.fraction[i] = at - 0.5 - below;
  }
  return samples;
}
