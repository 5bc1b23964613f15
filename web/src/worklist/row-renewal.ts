// Renews rows whose study changed: at most one request a second, and one for all that came lately. Each request for a
// study of its own is an act in the audit; an import that changes hundreds of studies must not fill it.
import { type KontorClient, Problem, type StudyName, type StudyRow, studyName, Unreachable } from "../api";

const EVERY_MS = 1000;
/** What changes is nearly always among what came last: the same question is one act of the audit for a minute. */
const LATEST = { sort: "received", order: "desc", limit: 100 } as const;

const keyOf = ({ uid, key }: StudyName): string => `${uid} ${key}`;

export class RowRenewal {
  private readonly waiting = new Map<string, StudyName>();
  /** Changed, and not among the latest: asked for one by one. */
  private readonly older = new Map<string, StudyName>();
  private readonly abort = new AbortController();
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly client: KontorClient,
    private readonly patch: (row: StudyRow) => void,
  ) {}

  renew(study: StudyName): void {
    this.waiting.set(keyOf(study), study);
    this.timer ??= setTimeout(() => void this.run(), EVERY_MS);
  }

  dispose(): void {
    this.abort.abort();
    if (this.timer !== null) clearTimeout(this.timer);
  }

  /** A row that cannot be renewed stays as it was; the next event of its study tries again. */
  private async run(): Promise<void> {
    try {
      if (this.waiting.size + this.older.size > 1 && this.waiting.size > 0) await this.latest();
      else await this.one();
    } catch (error) {
      if (!(this.abort.signal.aborted || error instanceof Problem || error instanceof Unreachable)) throw error;
    } finally {
      const more = this.waiting.size + this.older.size > 0 && !this.abort.signal.aborted;
      this.timer = more ? setTimeout(() => void this.run(), EVERY_MS) : null;
    }
  }

  private async latest(): Promise<void> {
    const wanted = new Map(this.waiting);
    this.waiting.clear();
    const { items } = await this.client.studies.page(LATEST, this.abort.signal);
    for (const row of items) {
      const key = keyOf(studyName(row));
      if (!wanted.delete(key) && !this.older.delete(key)) continue;
      this.patch(row);
    }
    for (const [key, study] of wanted) this.older.set(key, study);
  }

  private async one(): Promise<void> {
    const [from] = [this.waiting, this.older].filter(({ size }) => size > 0);
    const [next] = from ?? [];
    if (from === undefined || next === undefined) return;
    const [key, study] = next;
    from.delete(key);
    this.patch((await this.client.studies.detail(study, this.abort.signal)).study);
  }
}
