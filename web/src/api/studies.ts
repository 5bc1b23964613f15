// Studies: the worklist's pages and one study with its series.
import type { Caller } from "./caller";
import type { Operations, StudyCount, StudyDetail, StudyPage, Timeline } from "./generated";
import { keyQuery, type StudyName } from "./uids";

export type StudyQuery = Operations["GET /api/v1/studies"]["query"];
/** What a list is narrowed by, without its order and place. */
export type StudyMatch = Operations["GET /api/v1/study-count"]["query"];

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

  /** As many as a list with these filters has rows. */
  async count(query: StudyMatch, signal: AbortSignal): Promise<StudyCount["total"]> {
    return (await this.caller.call("GET /api/v1/study-count", { query }, signal)).total;
  }

  /** Studies of the same patient, this one among them, newest first. */
  async timeline(study: StudyName, after: string | null, signal: AbortSignal): Promise<Timeline> {
    const query = { ...keyQuery(study), after: after ?? undefined };
    return await this.caller.call(
      "GET /api/v1/studies/{study}/timeline",
      { path: { study: study.uid }, query },
      signal,
    );
  }

  /** Says that no more images of this study are expected; another patient's under the same UID goes on arriving. */
  async settle(study: StudyName, signal: AbortSignal): Promise<void> {
    const input = { path: { study: study.uid }, query: keyQuery(study) };
    await this.caller.call("POST /api/v1/studies/{study}/settle", input, signal);
  }
}
