// Studies: the worklist's pages and one study with its series.
import type { Caller } from "./caller";
import type { Operations, StudyDetail, StudyPage } from "./generated";
import { keyQuery, type StudyName, type StudyUid } from "./uids";

export type StudyQuery = Operations["GET /api/v1/studies"]["query"];

export class StudyClient {
  constructor(private readonly caller: Caller) {}

  /** One page; `after` is the key of a neighbouring page as an earlier answer named it. */
  async page(query: StudyQuery, signal: AbortSignal): Promise<StudyPage> {
    return await this.caller.call("GET /api/v1/studies", { query }, signal);
  }

  async detail(study: StudyName, signal: AbortSignal): Promise<StudyDetail> {
    const input = { path: { study: study.uid }, query: keyQuery(study) };
    return await this.caller.call("GET /api/v1/studies/{study}", input, signal);
  }

  /** Says that no more images of this study are expected. */
  async settle(study: StudyUid, signal: AbortSignal): Promise<void> {
    await this.caller.call("POST /api/v1/studies/{study}/settle", { path: { study } }, signal);
  }
}
