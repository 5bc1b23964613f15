// Turns of the wheel as whole steps. A notch of a mouse is always one, whatever length the system gives it; the many small
// lengths of a touchpad are added up.

/** Of a touchpad, in CSS pixels. */
const STEP = 80;
/** The least that a mouse's notch comes as (a display enlarged to 200 % halves the usual 100 or 120). */
const NOTCH = 50;
/** Notches of a quick turn come as one event; the usual lengths of one are between 53 and 120. */
const NOTCH_USUAL = 110;
/** Lines of a notch, where lines are counted. */
const NOTCH_LINES = 3;
/** After such a pause the hand begins anew, and its first touch counts. */
const PAUSE_MS = 250;

export type Turn = Pick<WheelEvent, "deltaMode" | "deltaY" | "timeStamp">;

export class WheelSteps {
  private rest = 0;
  private last = Number.NEGATIVE_INFINITY;

  /** Steps of this event, down is positive; 0 while a touchpad has not gone far enough. */
  of({ deltaMode, deltaY, timeStamp }: Turn): number {
    const begins = timeStamp - this.last > PAUSE_MS || Math.sign(deltaY) !== Math.sign(this.rest || deltaY);
    this.last = timeStamp;
    if (begins) this.rest = 0;
    if (deltaY === 0) return 0;
    if (deltaMode === WheelEvent.DOM_DELTA_LINE) return notches(deltaY, NOTCH_LINES);
    if (Math.abs(deltaY) >= NOTCH) return notches(deltaY, NOTCH_USUAL);
    if (begins) return Math.sign(deltaY);
    this.rest += deltaY;
    const steps = Math.trunc(this.rest / STEP);
    this.rest -= steps * STEP;
    return steps;
  }
}

const notches = (delta: number, one: number): number =>
  Math.sign(delta) * Math.max(1, Math.round(Math.abs(delta) / one));
