// The API's marks behind the words in which the room of tools keeps them: refusals, what came between, and a line that failed.
import {
  type KontorClient,
  type MarkDraft,
  markThatStands,
  Problem,
  type StudyName,
  type Mark as Told,
} from "../../api";
import { picturePoint } from "../../display";
import { KeeperAway, type KeptMark, type Mark, MarkChanged, type MarkKeeper, MarkRefused } from "../../tools";

export function apiKeeper(client: KontorClient, study: StudyName): MarkKeeper {
  return {
    load: (signal) => asked(signal, async () => (await client.marks.list(study, signal)).map(kept)),
    save: (mark, follows, signal) =>
      asked(signal, async () => kept(await client.marks.save(draftOf(mark, follows, study), signal))),
    remove: (id, follows, signal) =>
      asked(signal, async () => {
        const gone = await removed(client, id, follows, signal);
        return { mark: null, version: gone ? follows + 1 : 0 };
      }),
  };
}

/** `false`: the server has never had it, or no longer tells this account of it. */
async function removed(client: KontorClient, id: string, follows: number, signal: AbortSignal): Promise<boolean> {
  try {
    await client.marks.remove(id, follows, signal);
    return true;
  } catch (error) {
    if (error instanceof Problem && error.code === "not-found") return false;
    throw error;
  }
}

async function asked<T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    signal.throwIfAborted();
    const standing = markThatStands(error);
    if (standing !== null) throw new MarkChanged(kept(standing));
    // A session that has ended begins again: what waits is sent then.
    if (error instanceof Problem && !error.repeatable && !error.endsSession) throw new MarkRefused(error.title);
    throw new KeeperAway(error instanceof Error ? error.message : String(error));
  }
}

function kept(told: Told): KeptMark {
  return { version: told.version, mark: told.removed ? null : markOf(told) };
}

function markOf({ id, sop_instance_uid, frame, kind, points, text, detail, changed_at }: Told): Mark {
  const { millimetres, series } = detail;
  return {
    id,
    seriesUid: typeof series === "string" ? series : "",
    sopInstanceUid: sop_instance_uid,
    frame,
    kind,
    points: points.map(([column, row]) => picturePoint(column, row)),
    text,
    millimetres: typeof millimetres === "number" ? millimetres : null,
    changedAt: changed_at,
  };
}

function draftOf(mark: Mark, version: number, study: StudyName): MarkDraft {
  const { id, seriesUid, sopInstanceUid, frame, kind, points, text, millimetres } = mark;
  const detail = {
    ...(seriesUid === "" ? {} : { series: seriesUid }),
    ...(millimetres === null ? {} : { millimetres }),
  };
  return { id, study, sop_instance_uid: sopInstanceUid, frame, kind, points, text, detail, version };
}
