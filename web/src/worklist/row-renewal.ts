// Renews rows whose study changed. Changes within half a second are one request a study.
import { type KontorClient, Problem, type StudyName, type StudyRow, Unreachable } from "../api";

const GATHER_MS = 500;

export class RowRenewal {
  private readonly waiting = new Map<string, StudyName>();
  private readonly abort = new AbortController();
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly client: KontorClient,
    private readonly patch: (row: StudyRow) => void,
  ) {}

  renew(study: StudyName): void {
    this.waiting.set(`${study.uid} ${study.key}`, study);
    this.timer ??= setTimeout(() => void this.run(), GATHER_MS);
  }

  dispose(): void {
    this.abort.abort();
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private async run(): Promise<void> {
    const studies = [...this.waiting.values()];
    this.waiting.clear();
    this.timer = null;
    for (const study of studies) await this.one(study);
  }

  /** A row that cannot be renewed stays as it was; the next event of its study tries again. */
  private async one(study: StudyName): Promise<void> {
    try {
      this.patch((await this.client.studies.detail(study, this.abort.signal)).study);
    } catch (error) {
      if (this.abort.signal.aborted || error instanceof Problem || error instanceof Unreachable) return;
      throw error;
    }
  }
}
