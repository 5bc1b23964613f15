// What a mark measures: figures with unit and basis, or why there are none. Computed from the header each time, never kept as the truth.
import {
  type Basis,
  type Frame,
  isPadding,
  type NoMillimetre,
  type NoUptake,
  type PicturePoint,
  type ReadOut,
  readOutOf,
  type Scale,
  type SpacingConflict,
  type StoredValues,
  scaleOf,
  type UserCalibration,
} from "../display";
import { areaInPixels, type Ellipse, ellipseOf } from "./ellipse";
import type { Mark } from "./mark";
import { lengthDecimals, shownArea } from "./rounding";
import { type NoStatistics, type Statistics, statisticsOf } from "./statistics";

export type FigureName =
  | "length"
  | "deltaX"
  | "deltaY"
  | "angle"
  | "area"
  | "value"
  | "mean"
  | "sd"
  | "min"
  | "max"
  | "median"
  | "count"
  | "excluded";

export interface Figure {
  readonly name: FigureName;
  readonly value: number;
  readonly decimals: number;
  /** As it is written in every language; empty where there is none. */
  readonly unit: string;
}

export type Refusal = NoMillimetre | NoStatistics | NoUptake | "padding" | "axesDiffer";

export interface Measurement {
  readonly figures: readonly Figure[];
  readonly refusals: readonly Refusal[];
  /** Whence the millimetre is; `null` where there is none. */
  readonly basis: Basis | null;
  readonly by: string | null;
  readonly conflict: SpacingConflict | null;
  /** The reader has calibrated the image since the mark was drawn (clinical 3.1: 9). */
  readonly recalibrated: boolean;
}

/** What a mark is measured on: its frame, the values that are painted, and the reader's calibration of that frame. */
export interface Ground {
  readonly frame: Frame;
  /** `null` for colour. */
  readonly values: StoredValues | null;
  readonly calibration: UserCalibration | null;
  /** While the mark still moves: statistics of very many pixels wait until it rests. */
  readonly moving?: boolean;
}

/** Pixels that can be counted between two drawings. */
const COUNTED_WHILE_MOVING = 300_000;

const NOTHING: Measurement = { figures: [], refusals: [], basis: null, by: null, conflict: null, recalibrated: false };
const DEGREES = 180 / Math.PI;

export function measure(mark: Mark, ground: Ground): Measurement {
  const measured = figuresOf(mark, ground);
  const { calibration } = ground;
  const recalibrated =
    mark.kind !== "calibration" && measured.by !== null && calibration !== null && mark.changedAt < calibration.at;
  return recalibrated ? { ...measured, recalibrated } : measured;
}

function figuresOf(mark: Mark, ground: Ground): Measurement {
  const { points } = mark;
  if (mark.kind === "calibration") return ownLength(mark, ground);
  if (mark.kind === "length") return length(points, ground);
  if (mark.kind === "angle") return angle(points, ground);
  if (mark.kind === "ellipse") return ellipse(points, ground);
  return mark.kind === "probe" ? probe(points, ground) : NOTHING;
}

const figure = (name: FigureName, value: number, decimals: number, unit: string): Figure => ({
  name,
  value,
  decimals,
  unit,
});

/** Before its true length is known a calibration line is as long as it is in pixels. */
function ownLength({ points, millimetres }: Mark, { frame }: Ground): Measurement {
  const [a, b] = points;
  if (a === undefined || b === undefined) return NOTHING;
  if (millimetres === null)
    return { ...NOTHING, figures: [figure("length", Math.hypot(b[0] - a[0], (b[1] - a[1]) * frame.aspect), 0, "px")] };
  return { ...NOTHING, figures: [figure("length", millimetres, 1, "mm")], basis: "user" };
}

function length(points: readonly PicturePoint[], { frame, calibration }: Ground): Measurement {
  const [a, b] = points;
  if (a === undefined || b === undefined) return NOTHING;
  const scale = scaleOf(frame, points, calibration);
  const [columns, rows] = [b[0] - a[0], b[1] - a[1]];
  if (scale.kind === "axes") return apart(scale, Math.abs(columns), Math.abs(rows));
  const [betweenRows, betweenColumns] = spacingOf(scale);
  const value = Math.hypot(rows * betweenRows, columns * betweenColumns);
  const metric = scale.kind === "millimetre";
  const decimals = metric ? lengthDecimals(Math.max(betweenRows, betweenColumns)) : 0;
  return { ...told(scale), figures: [figure("length", value, decimals, metric ? "mm" : "px")] };
}

/** Time and depth, time and velocity: each by itself, never a diagonal (clinical 3.2: 14). */
function apart({ x, y }: Extract<Scale, { kind: "axes" }>, columns: number, rows: number): Measurement {
  const figures = [
    ...(x === null ? [] : [figure("deltaX", columns * x.perPixel, decimalsOf(x.perPixel), x.unit)]),
    ...(y === null ? [] : [figure("deltaY", rows * y.perPixel, decimalsOf(y.perPixel), y.unit)]),
  ];
  return { ...NOTHING, figures, basis: "ultrasound" };
}

/** As fine as half of what a pixel is, in any unit. */
const decimalsOf = (perPixel: number): number => Math.min(Math.max(Math.ceil(-Math.log10(perPixel)), 0), 3);

/** Millimetres, or the true proportions of the pixels in columns. */
function spacingOf(scale: Exclude<Scale, { kind: "axes" }>): readonly [number, number] {
  return scale.kind === "millimetre" ? scale.spacing : [scale.aspect, 1];
}

function told(scale: Exclude<Scale, { kind: "axes" }>): Measurement {
  if (scale.kind === "pixel") return { ...NOTHING, refusals: [scale.reason] };
  const { basis, by, conflict } = scale;
  return { ...NOTHING, basis, by, conflict };
}

/** By `atan2` in millimetres; where they are unknown, in the pixels' true proportions (clinical 3.3: 17). */
function angle(points: readonly PicturePoint[], { frame, calibration }: Ground): Measurement {
  const [a, vertex, b] = points;
  if (a === undefined || vertex === undefined || b === undefined) return NOTHING;
  const scale = scaleOf(frame, points, calibration);
  if (scale.kind === "axes") return { ...NOTHING, refusals: ["axesDiffer"] };
  const [betweenRows, betweenColumns] = spacingOf(scale);
  const direction = ([column, row]: PicturePoint): number =>
    Math.atan2((row - vertex[1]) * betweenRows, (column - vertex[0]) * betweenColumns);
  const between = Math.abs(direction(a) - direction(b)) * DEGREES;
  return { ...NOTHING, figures: [figure("angle", between > 180 ? 360 - between : between, 1, "°")] };
}

function ellipse(points: readonly PicturePoint[], ground: Ground): Measurement {
  const shape = ellipseOf(points);
  if (shape === null) return NOTHING;
  const scale = scaleOf(ground.frame, points, ground.calibration);
  const values = valuesIn(shape, ground);
  if (scale.kind === "axes") return { ...NOTHING, ...values, refusals: ["axesDiffer", ...values.refusals] };
  const base = told(scale);
  return {
    ...base,
    figures: [areaFigure(areaInPixels(shape), scale), ...values.figures],
    refusals: [...base.refusals, ...values.refusals],
  };
}

function areaFigure(pixels: number, scale: Exclude<Scale, { kind: "axes" }>): Figure {
  if (scale.kind === "pixel") return figure("area", pixels, 0, "px²");
  const pixelArea = scale.spacing[0] * scale.spacing[1];
  const { value, decimals, unit } = shownArea(pixels * pixelArea, pixelArea);
  return figure("area", value, decimals, unit);
}

type Values = Pick<Measurement, "figures" | "refusals">;

function valuesIn(shape: Ellipse, { frame, values, moving = false }: Ground): Values {
  if (values === null) return { figures: [], refusals: ["colour"] };
  if (moving && areaInPixels(shape) > COUNTED_WHILE_MOVING) return { figures: [], refusals: [] };
  const { columns, rows } = frame.layout;
  const read = readOutOf(frame);
  const found = statisticsOf(shape, { values, columns, rows, padding: frame.padding, toValue: read.toValue });
  if (typeof found === "string") return { figures: [], refusals: [found] };
  return { figures: statisticFigures(found, read), refusals: withoutUptake(read) };
}

const withoutUptake = ({ without }: ReadOut): readonly Refusal[] => (without === null ? [] : [without]);

function statisticFigures(found: Statistics, { unit, decimals }: ReadOut): readonly Figure[] {
  const names = ["mean", "sd", "min", "max", "median"] as const;
  const excluded = found.excluded === 0 ? [] : [figure("excluded", found.excluded, 0, "")];
  return [
    ...names.map((name) => figure(name, found[name], decimals(found[name]), unit ?? "")),
    figure("count", found.count, 0, ""),
    ...excluded,
  ];
}

/** The stored pixel under the point, through the modality transform. */
function probe([at]: readonly PicturePoint[], { frame, values }: Ground): Measurement {
  if (at === undefined) return NOTHING;
  if (values === null) return { ...NOTHING, refusals: ["colour"] };
  const { columns, rows } = frame.layout;
  const [column, row] = [Math.floor(at[0]), Math.floor(at[1])];
  if (column < 0 || row < 0 || column >= columns || row >= rows) return { ...NOTHING, refusals: ["outsideImage"] };
  const stored = values[row * columns + column];
  if (stored === undefined || isPadding(frame.padding, stored)) return { ...NOTHING, refusals: ["padding"] };
  const read = readOutOf(frame);
  const value = read.toValue(stored);
  return {
    ...NOTHING,
    figures: [figure("value", value, read.decimals(value), read.unit ?? "")],
    refusals: withoutUptake(read),
  };
}
