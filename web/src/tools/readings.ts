// Measurements as they were made last: a mark that rests is not measured anew with every drawing.
import type { UserCalibration } from "../display";
import type { PaneGeometry } from "../viewport";
import type { Mark } from "./mark";
import { type Measurement, measure } from "./measuring";
import type { Slate } from "./slate";

interface Reading {
  readonly frame: string;
  readonly values: unknown;
  readonly calibration: UserCalibration | null;
  readonly measured: Measurement;
}

export class Readings {
  private readonly known = new WeakMap<Mark, Reading>();

  constructor(private readonly slate: Slate) {}

  /** On the picture that is painted. */
  of(mark: Mark, { frame, values }: PaneGeometry): Measurement {
    const calibration = this.slate.calibrationOf(frame);
    const known = this.known.get(mark);
    if (known?.frame === frame.key && known.values === values && known.calibration === calibration)
      return known.measured;
    const measured = measure(mark, { frame, values, calibration, moving: mark === this.slate.draft });
    this.known.set(mark, { frame: frame.key, values, calibration, measured });
    return measured;
  }

  /** As it was measured when its picture was painted; `null` where it was not, or the calibration is another one since. */
  last(mark: Mark, calibration: UserCalibration | null): Measurement | null {
    const known = this.known.get(mark);
    return known === undefined || known.calibration !== calibration ? null : known.measured;
  }
}
