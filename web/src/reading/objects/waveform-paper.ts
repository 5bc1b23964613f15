// Curves on paper: the strip of time that is on the screen is drawn on one canvas, outside of React.
import {
  type Channel,
  columnExtremes,
  type Gain,
  gainOf,
  type MultiplexGroup,
  type Paper,
  roomOf,
} from "../../display";

/** CSS pixels of a millimetre (CSS Values 4, 5.2). Screens differ: the grid tells the scale. */
export const PIXELS_PER_MILLIMETRE = 96 / 25.4;

export interface Line {
  readonly channel: Channel;
  readonly values: Float32Array;
  readonly gain: Gain;
  /** Millimetres from the top of the paper to the line's zero. */
  readonly zero: number;
  readonly above: number;
  readonly below: number;
}

export interface Sheet {
  readonly group: MultiplexGroup;
  readonly lines: readonly Line[];
  readonly paper: Paper;
  /** Millimetres. */
  readonly width: number;
  readonly height: number;
}

const MARGIN = 5;
/** Room for the name of a lead above its line. */
const NAME = 5;

export function layOut(group: MultiplexGroup, values: readonly Float32Array[], paper: Paper): Sheet {
  const lines: Line[] = [];
  let top = MARGIN;
  for (const [index, channel] of group.channels.entries()) {
    const own = values[index] ?? new Float32Array();
    const gain = gainOf(channel, own, paper);
    const { above, below } = roomOf(own, gain);
    lines.push({ channel, values: own, gain, zero: top + NAME + above, above, below });
    top += NAME + above + below;
  }
  const seconds = Math.max(0, ...lines.map(({ values: own, channel }) => own.length / group.hertz + channel.delay));
  return { group, lines, paper, width: seconds * paper.millimetresPerSecond, height: top + MARGIN };
}

export interface Inks {
  readonly fine: string;
  readonly coarse: string;
  readonly curve: string;
  readonly text: string;
}

/** Draws what of the sheet is seen from `left` millimetres on. */
export function drawSheet(
  canvas: HTMLCanvasElement,
  sheet: Sheet,
  left: number,
  size: { readonly width: number; readonly ratio: number },
  inks: Inks,
): void {
  const unit = PIXELS_PER_MILLIMETRE * size.ratio;
  canvas.width = Math.round(size.width * size.ratio);
  canvas.height = Math.round(sheet.height * unit);
  const context = canvas.getContext("2d");
  if (context === null) return;
  context.clearRect(0, 0, canvas.width, canvas.height);
  drawGrid(context, canvas, left * unit, unit, inks);
  context.strokeStyle = inks.curve;
  context.lineWidth = Math.max(1, 1.2 * size.ratio);
  context.lineJoin = "round";
  for (const line of sheet.lines) drawLine(context, canvas.width, sheet, line, left, unit);
  context.fillStyle = inks.text;
  context.font = `${12 * size.ratio}px ${getComputedStyle(canvas).fontFamily}`;
  for (const { channel, zero, above } of sheet.lines)
    context.fillText(channel.name || String(channel.number), 4 * size.ratio, (zero - above - 1) * unit);
}

/** A line each millimetre, a stronger one each five; without the fine ones where they would run together. */
function drawGrid(
  context: CanvasRenderingContext2D,
  { width, height }: HTMLCanvasElement,
  left: number,
  unit: number,
  { fine, coarse }: Inks,
): void {
  for (const [step, ink] of [
    [1, fine],
    [5, coarse],
  ] as const) {
    context.beginPath();
    context.strokeStyle = ink;
    context.lineWidth = 1;
    for (let x = -(left % (step * unit)); x < width; x += step * unit) {
      context.moveTo(Math.round(x) + 0.5, 0);
      context.lineTo(Math.round(x) + 0.5, height);
    }
    for (let y = 0; y < height; y += step * unit) {
      context.moveTo(0, Math.round(y) + 0.5);
      context.lineTo(width, Math.round(y) + 0.5);
    }
    context.stroke();
  }
}

function drawLine(
  context: CanvasRenderingContext2D,
  columns: number,
  { group, paper }: Sheet,
  { channel, values, gain, zero, above, below }: Line,
  left: number,
  unit: number,
): void {
  const stretch = { hertz: group.hertz, delay: channel.delay, millimetresPerSecond: paper.millimetresPerSecond };
  // One column more on both sides, so that the line runs in from outside.
  const step = 1 / unit;
  const around = Math.ceil(paper.millimetresPerSecond / group.hertz / step) + 1;
  const extremes = columnExtremes(values, stretch, left - around * step, step, columns + 2 * around);
  const yOf = (value: number): number =>
    (zero - Math.max(-below, Math.min(above, value * gain.millimetresPerUnit))) * unit;
  context.beginPath();
  let before = Number.NEGATIVE_INFINITY;
  for (let column = 0; column < columns + 2 * around; column += 1) {
    const [least, most] = [extremes[2 * column] ?? Number.NaN, extremes[2 * column + 1] ?? Number.NaN];
    if (Number.isNaN(least)) continue;
    const x = column - around;
    // A gap longer than two samples is a gap in the recording, and is not bridged.
    const apart = (x - before) * step > (2.5 * paper.millimetresPerSecond) / group.hertz + step;
    if (apart) context.moveTo(x, yOf(least));
    else context.lineTo(x, yOf(least));
    context.lineTo(x, yOf(most));
    before = x;
  }
  context.stroke();
}
