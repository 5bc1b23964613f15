// Plays one pane's run by the clock of the display: what is late is passed over, and what is really shown is counted.
import type { DisplaySet } from "../display";
import type { Pane, PaneReport } from "../viewport";
import { type CineSpeed, cineSpeed, dueIndex } from "./cine-speed";

/** The display's clock, given from outside. */
export interface FrameClock {
  /** Calls back before the next frame of the display with the time in milliseconds. */
  readonly request: (act: (now: number) => void) => number;
  readonly cancel: (id: number) => void;
}

export const displayClock: FrameClock = {
  request: (act) => requestAnimationFrame(act),
  cancel: (id) => cancelAnimationFrame(id),
};

export interface CineNote {
  readonly wanted: number;
  /** Images a second that were really drawn; `null` in the first second. */
  readonly shown: number | null;
  readonly unknown: boolean;
}

interface Run {
  readonly place: number;
  readonly pane: Pick<Pane, "index" | "moveTo" | "isReady">;
  readonly set: DisplaySet;
  readonly speed: CineSpeed;
  readonly firstIndex: number;
  started: number | null;
  now: number;
  drawn: number | null;
  /** Times at which another image was drawn, of the last second. */
  times: readonly number[];
}

const WINDOW_MS = 1000;

export class Cine {
  private run: Run | null = null;
  private asked = 0;

  constructor(
    private readonly clock: FrameClock,
    private readonly onChange: (place: number | null) => void,
  ) {}

  start(place: number, pane: Run["pane"], set: DisplaySet): void {
    this.stop();
    const speed = cineSpeed(set);
    const firstIndex = pane.index;
    this.run = { place, pane, set, speed, firstIndex, started: null, now: 0, drawn: null, times: [] };
    this.ask();
    this.onChange(place);
  }

  stop(): void {
    if (this.run === null) return;
    this.clock.cancel(this.asked);
    this.run = null;
    this.onChange(null);
  }

  get place(): number | null {
    return this.run?.place ?? null;
  }

  /** After each drawing of the pane. Another set in its place ends the run. */
  drew({ set, index, content }: PaneReport): void {
    const { run } = this;
    if (run === null) return;
    if (set !== run.set) this.stop();
    else if (content.kind === "picture" && index !== run.drawn) {
      run.drawn = index;
      run.times = [...run.times.filter((time) => time > run.now - WINDOW_MS), run.now];
    }
  }

  note(): CineNote | null {
    const { run } = this;
    if (run === null) return null;
    const first = run.started === null || run.now - run.started < WINDOW_MS;
    const shown = first ? null : run.times.filter((time) => time > run.now - WINDOW_MS).length;
    return { wanted: run.speed.perSecond, unknown: run.speed.unknown, shown };
  }

  private ask(): void {
    this.asked = this.clock.request((now) => this.step(now));
  }

  /** An image that has not arrived is not waited for: the last one stays until a due one is there. */
  private step(now: number): void {
    const { run } = this;
    if (run === null) return;
    run.started ??= now;
    run.now = now;
    const steps = run.firstIndex + ((now - run.started) / 1000) * run.speed.perSecond;
    const due = dueIndex(steps + 1e-6, run.set.frames.length, run.speed.sweep);
    if (due !== run.pane.index && run.pane.isReady(due)) run.pane.moveTo(due);
    if (this.run === run) this.ask();
  }
}
