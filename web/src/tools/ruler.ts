// The ruler of a pane (clinical 5.4): only with a millimetre, in round steps, one for each axis where they differ.
import {
  canvasPoint,
  type PicturePoint,
  picturePoint,
  readRegions,
  type Scale,
  scaleOf,
  type UserCalibration,
} from "../display";
import type { PaneGeometry } from "../viewport";

export interface RulerArm {
  readonly axis: "horizontal" | "vertical";
  /** In CSS pixels. */
  readonly length: number;
  readonly millimetres: number;
  readonly parts: number;
}

export interface Ruler {
  readonly arms: readonly RulerArm[];
  readonly scale: Extract<Scale, { kind: "millimetre" }>;
}

/** How much of the pane's height a ruler takes at most. */
const PART_OF_PANE = 0.3;
const SHORTEST = 24;
const SAME = 1e-3;

/** `null` without a millimetre, and where a picture has regions of several scales. */
export function rulerOf(geometry: PaneGeometry, calibration: UserCalibration | null): Ruler | null {
  const { frame, size, ratio } = geometry;
  if (readRegions(frame.instance.dataset).length > 1) return null;
  const middle = picturePoint(frame.layout.columns / 2, frame.layout.rows / 2);
  const scale = scaleOf(frame, [middle], calibration);
  if (scale.kind !== "millimetre") return null;
  const perPixel = (dx: number, dy: number): number => millimetres(geometry, scale.spacing, dx * ratio, dy * ratio);
  const [across, down] = [perPixel(1, 0), perPixel(0, 1)];
  const vertical = arm("vertical", down, (size.height / ratio) * PART_OF_PANE);
  // A picture is drawn in its true proportions; where it is not, each axis has its own ruler.
  const horizontal =
    Math.abs(across / down - 1) < SAME ? null : arm("horizontal", across, (size.width / ratio) * PART_OF_PANE);
  const arms = [vertical, horizontal].filter((one) => one !== null);
  return arms.length === 0 ? null : { arms, scale };
}

/** Millimetres that a step on the canvas goes through the picture. */
function millimetres(
  { toPicture }: PaneGeometry,
  [betweenRows, betweenColumns]: readonly [number, number],
  dx: number,
  dy: number,
): number {
  const from: PicturePoint = toPicture(canvasPoint(0, 0));
  const to = toPicture(canvasPoint(dx, dy));
  return Math.hypot((to[0] - from[0]) * betweenColumns, (to[1] - from[1]) * betweenRows);
}

/** The longest of 1, 2, 5, 10 … millimetres that has room. */
function arm(axis: RulerArm["axis"], perPixel: number, room: number): RulerArm | null {
  const most = room * perPixel;
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [5, 2, 1].find((one) => one * power <= most) ?? 1;
  const length = (step * power) / perPixel;
  if (!Number.isFinite(length) || length < SHORTEST) return null;
  return { axis, length, millimetres: step * power, parts: step === 1 ? 10 : step };
}
