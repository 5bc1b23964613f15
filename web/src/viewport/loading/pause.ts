// The pause after an interrupted line: counted down in seconds, longer each time until something arrives.

/** Runs `act` once after a time, unless the function it gave back is called before. */
export type After = (milliseconds: number, act: () => void) => () => void;

export const afterByClock: After = (milliseconds, act) => {
  const timer = setTimeout(act, milliseconds);
  return () => clearTimeout(timer);
};

const STEPS_S = [1, 2, 4, 8, 15] as const;
const LONGEST_S = 60;

export class Pause {
  private left = 0;
  private attempts = 0;
  private cancel = (): void => undefined;

  /** `onSecond` is called after each second, also after the last. */
  constructor(
    private readonly after: After,
    private readonly onSecond: () => void,
  ) {}

  /** Whole seconds until the next attempt, `null` while none is waited for. */
  get secondsLeft(): number | null {
    return this.left === 0 ? null : this.left;
  }

  /** Several requests that fail together are one interruption. `atLeast`: what the server asked for, in seconds. */
  begin(atLeast: number): void {
    if (this.left > 0) return;
    const step = STEPS_S[Math.min(this.attempts, STEPS_S.length - 1)] ?? LONGEST_S;
    this.attempts += 1;
    this.left = Math.min(LONGEST_S, Math.max(step, Math.ceil(atLeast)));
    this.count();
  }

  end(): void {
    this.cancel();
    this.left = 0;
  }

  /** The next interruption begins with the shortest pause again. */
  lineStands(): void {
    this.attempts = 0;
  }

  private count(): void {
    this.cancel = this.after(1000, () => {
      this.left -= 1;
      if (this.left > 0) this.count();
      this.onSecond();
    });
  }
}
