// When and where a frame was taken, by modality (clinical rules 5.1 and 5.22): station and operator, time within a run, rate.
import { type Frame, numberOf, numbersOf, Tags, textOf } from "../display";
import type { Words } from "../locale";
import { joined, measure, shortNumber } from "./overlay-text";

const MOVING: ReadonlySet<string> = new Set(["US", "XA", "RF", "NM"]);

export function acquisitionLine(frame: Frame, words: Words): string {
  const { top } = frame.groups;
  if (frame.modality === "MG") return joined(textOf(top, Tags.StationName), textOf(top, Tags.OperatorsName));
  if (frame.modality === null || !MOVING.has(frame.modality) || frame.instance.frameCount < 2) return "";
  const time = frameTime(frame);
  return joined(
    time === null ? words.t("overlay.timeUnknown") : measure(Math.round(time) / 1000, "s", words),
    rateOf(frame, words),
  );
}

/** Milliseconds from the first frame: Frame Time, else the vector's steps, else the cine rate. */
function frameTime(frame: Frame): number | null {
  const { top } = frame.groups;
  const step = numberOf(top, Tags.FrameTime);
  if (step !== null && step > 0) return step * (frame.number - 1);
  const vector = numbersOf(top, Tags.FrameTimeVector);
  if (vector.length > 0) return vector.slice(0, frame.number).reduce((sum, each) => sum + each, 0);
  const rate = numberOf(top, Tags.CineRate);
  return rate === null || rate <= 0 ? null : (1000 * (frame.number - 1)) / rate;
}

function rateOf({ groups: { top } }: Frame, words: Words): string | null {
  const step = numberOf(top, Tags.FrameTime);
  const rate = step !== null && step > 0 ? 1000 / step : numberOf(top, Tags.CineRate);
  return rate === null ? null : words.t("overlay.rate", { rate: shortNumber(rate, words, 1) });
}
