// Turns of the wheel as whole steps. A notch of a mouse is one, whatever length the system gives it; the many small lengths of
// a touchpad, or of a wheel without notches, are added up.

/** CSS pixels of a step: what a wheel without notches gives for the way of one. */
const STEP = 120;
/** An event from here on is a notch of its own, where the browser does not say so (a display enlarged to 200 % halves the usual 100). */
const NOTCH = 50;
/** Notches of a quick turn come as one event; the usual lengths of one are between 53 and 120. */
const NOTCH_USUAL = 110;
/** Lines of a notch, where lines are counted. */
const NOTCH_LINES = 3;
/** What Chromium and WebKit give for a notch beside its length, however the page is enlarged. */
const NOTCH_LEGACY = 120;
/** After such a pause the hand begins anew, and its first touch counts. */
const PAUSE_MS = 120;

export type Turn = Pick<WheelEvent, "deltaMode" | "deltaY" | "timeStamp"> & { readonly wheelDeltaY?: number };

export class WheelSteps {
  private rest = 0;
  private last = Number.NEGATIVE_INFINITY;
  /** What is under way began with a notch: a touchpad may come upon the same number by chance. */
  private notched = false;

  /** Steps of this event, down is positive; 0 while a touchpad has not gone far enough. */
  of({ deltaMode, deltaY, timeStamp, wheelDeltaY = 0 }: Turn): number {
    if (deltaY === 0) return 0;
    const begins = timeStamp - this.last > PAUSE_MS;
    this.last = timeStamp;
    const told = wheelDeltaY !== 0 && wheelDeltaY % NOTCH_LEGACY === 0;
    if (begins) {
      this.notched = told;
      this.rest = 0;
    }
    if (this.notched && told) return -wheelDeltaY / NOTCH_LEGACY;
    const byLine = deltaMode === WheelEvent.DOM_DELTA_LINE;
    if (byLine && Math.abs(deltaY) >= 1) return notches(deltaY, NOTCH_LINES);
    if (!byLine && Math.abs(deltaY) >= NOTCH) return notches(deltaY, NOTCH_USUAL);
    return this.gone(byLine ? (deltaY * STEP) / NOTCH_LINES : deltaY, begins);
  }

  /** The first touch is a step at once, of which half is still to be gone: a hand that trembles goes no further. */
  private gone(length: number, begins: boolean): number {
    const first = begins ? Math.sign(length) : 0;
    this.rest += length - (first * STEP) / 2;
    const more = Math.trunc(this.rest / STEP);
    this.rest -= more * STEP;
    return first + more;
  }
}

const notches = (delta: number, one: number): number =>
  Math.sign(delta) * Math.max(1, Math.round(Math.abs(delta) / one));
