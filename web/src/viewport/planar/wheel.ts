// Turns of the wheel as whole steps. The way of a notch is one image, whatever length the system gives it, and that of ten is
// ten: parts of it, as touchpads and wheels without notches send them, are added up.

/** What `wheelDeltaY` is for a notch, where the browser gives it, however the page is enlarged. */
const NOTCH_TOLD = 120;
/** In parts of a notch of this size, or several of them, wheels without notches tell their way. */
const PART_TOLD = 15;
/** Three pixels as most browsers tell them: no further goes a finger that rests and trembles. */
const TREMBLE_TOLD = 9;

interface Unit {
  /** What is added up to a step. */
  readonly step: number;
  /** A single event from here on is one notch or more. */
  readonly whole: number;
  /** Length of a notch where several come as one event. */
  readonly usual: number;
  /** No further goes a finger that rests and trembles. */
  readonly tremble: number;
}
/** Where nothing is told of notches. Usual are 53 to 120 px, and an enlarged display makes less of them: 50 at 200 %. */
const PIXELS: Unit = { step: 120, whole: 50, usual: 110, tremble: 3 };
const LINES: Unit = { step: 3, whole: 1, usual: 3, tremble: 0.075 };
const PAGES: Unit = { step: 1, whole: 1, usual: 1, tremble: 0.025 };

/** After such a pause the hand begins anew. */
const PAUSE_MS = 120;
/** A wheel without notches that is turned slowly sends its parts so far apart. */
const PART_PAUSE_MS = 1000;

export type Turn = Pick<WheelEvent, "deltaMode" | "deltaY" | "timeStamp"> & { readonly wheelDeltaY?: number };

export class WheelSteps {
  /** In notches: gone, and not yet a step. */
  private rest = 0;
  /** A step was given since the hand began. */
  private moved = false;
  private last = { time: Number.NEGATIVE_INFINITY, down: false };

  /** Steps of this event, down is positive; 0 while the hand has not gone far enough. */
  of({ deltaMode, deltaY, timeStamp, wheelDeltaY = 0 }: Turn): number {
    if (deltaY === 0) return 0;
    this.note(timeStamp, deltaY > 0, wheelDeltaY);
    if (isTold(deltaMode, wheelDeltaY)) return this.gone(-wheelDeltaY / NOTCH_TOLD, TREMBLE_TOLD / NOTCH_TOLD);
    const { step, whole, usual, tremble } = unitOf(deltaMode);
    if (Math.abs(deltaY) < whole) return this.gone(deltaY / step, tremble / step);
    this.moved = true;
    return Math.sign(deltaY) * Math.max(1, Math.round(Math.abs(deltaY) / usual));
  }

  /** What was gone before counts no more after a pause, nor when a wheel without notches is turned back. */
  private note(time: number, down: boolean, wheelDeltaY: number): void {
    const isPart = wheelDeltaY % PART_TOLD === 0 && wheelDeltaY % NOTCH_TOLD !== 0;
    const begins = time - this.last.time > (isPart ? PART_PAUSE_MS : PAUSE_MS);
    if (begins) this.moved = false;
    if (begins || (isPart && down !== this.last.down)) this.rest = 0;
    this.last = { time, down };
  }

  /**
   * The first step of a hand comes as soon as it is further than it trembles from where it began, and half its way is then
   * still to be gone: to and fro around that place is no second one.
   */
  private gone(notches: number, tremble: number): number {
    this.rest += notches;
    const isFirst = !this.moved && Math.abs(this.rest) > tremble && Math.abs(this.rest) < 1;
    const first = isFirst ? Math.sign(this.rest) : 0;
    this.rest -= first / 2;
    const more = Math.trunc(this.rest);
    this.rest -= more;
    this.moved ||= first + more !== 0;
    return first + more;
  }
}

/** Beside lines and pages, Firefox gives what is no notch by the height of a line, which says nothing of the way. */
const isTold = (deltaMode: number, wheelDeltaY: number): boolean =>
  wheelDeltaY !== 0 && (deltaMode === WheelEvent.DOM_DELTA_PIXEL || wheelDeltaY % NOTCH_TOLD === 0);

function unitOf(deltaMode: number): Unit {
  if (deltaMode === WheelEvent.DOM_DELTA_LINE) return LINES;
  return deltaMode === WheelEvent.DOM_DELTA_PAGE ? PAGES : PIXELS;
}
