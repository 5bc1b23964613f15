// Marks: a reader's own measurements and pointers, kept with the study as they are made.
import type { Caller } from "./caller";
import { type Mark, parseMark, type SaveMark } from "./generated";
import { Problem } from "./problem";
import { keyQuery, type StudyName } from "./uids";

/** A mark as it is to be kept. `id`: 32 hexadecimal digits made here; `version`: the one it follows, 0 for a new mark. */
export interface MarkDraft extends Omit<SaveMark, "study" | "study_key"> {
  readonly id: string;
  readonly study: StudyName;
}

export class MarkClient {
  constructor(private readonly caller: Caller) {}

  /** One's own marks of the study in the order in which they were made, without removed ones. */
  async list(study: StudyName, signal: AbortSignal): Promise<readonly Mark[]> {
    const given = { path: { study: study.uid }, query: keyQuery(study) };
    return (await this.caller.call("GET /api/v1/studies/{study}/marks", given, signal)).marks;
  }

  /**
   * Keeps a mark; sending the same again changes nothing. Following the version of a removal restores the mark.
   * Throws a `Problem` of which `markThatStands` gives the other version, where one came between.
   */
  async save({ id, study, ...content }: MarkDraft, signal: AbortSignal): Promise<Mark> {
    const body = { ...content, study: study.uid, ...keyQuery(study) };
    return await this.caller.call("PUT /api/v1/marks/{id}", { path: { id }, body }, signal);
  }

  /** Removes a mark: the version after `version`. Throws as `save` does. */
  async remove(id: string, version: number, signal: AbortSignal): Promise<void> {
    await this.caller.call("DELETE /api/v1/marks/{id}", { path: { id }, query: { version } }, signal);
  }
}

/** The mark as somebody changed it meanwhile, `removed` perhaps; null for every other failure. */
export function markThatStands(error: unknown): Mark | null {
  return error instanceof Problem && error.code === "mark-changed" ? parseMark(error.present, "present") : null;
}
