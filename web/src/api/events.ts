// What happens in the archive, as it happens: server-sent events over the same transport as everything else.
import type { Caller } from "./caller";
import { Problem, Unreachable } from "./problem";

/**
 * `variants_changed`: another object may stand under a SOP Instance UID than before. `claim_changed`: the study was
 * taken, taken over or given up, or its lease has ended.
 */
export type EventKind = (typeof KINDS)[number];
export interface ArchiveEvent {
  readonly kind: EventKind;
  readonly study: string;
}

const KINDS = ["study_arrived", "study_settled", "study_changed", "variants_changed", "claim_changed"] as const;

/** Reads the text of an event stream block by block (HTML standard 9.2.6); comments and unknown kinds are left out. */
export class EventReader {
  private rest = "";

  feed(text: string): readonly ArchiveEvent[] {
    const blocks = (this.rest + text).replaceAll("\r\n", "\n").split("\n\n");
    this.rest = blocks.pop() ?? "";
    return blocks.map(eventOf).filter((event) => event !== null);
  }
}

function eventOf(block: string): ArchiveEvent | null {
  const fields = new Map<string, string>();
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1).trimStart());
  }
  const kind = KINDS.find((candidate) => candidate === fields.get("event"));
  const study = studyOf(fields.get("data") ?? "");
  return kind === undefined || study === null ? null : { kind, study };
}

function studyOf(data: string): string | null {
  try {
    const value: unknown = JSON.parse(data);
    if (typeof value !== "object" || value === null) return null;
    const found: unknown =
      "study_instance_uid" in value ? value.study_instance_uid : "study" in value ? value.study : null;
    return typeof found === "string" ? found : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export interface EventHandlers {
  readonly event: (event: ArchiveEvent) => void;
  /** False from the moment the line is lost until it stands again. */
  readonly connected: (up: boolean) => void;
}

const RETRY_MS = [1000, 2000, 5000, 10_000] as const;

/** Three of the server's words missed. */
const SILENT_MS = 45_000;

export class EventClient {
  constructor(private readonly caller: Caller) {}

  /** Follows until the signal ends it; a lost line is opened again after 1, 2, 5 and then every 10 seconds. */
  async follow(handlers: EventHandlers, signal: AbortSignal): Promise<void> {
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      try {
        await this.once(handlers, signal, () => {
          attempt = 0;
        });
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof Problem && error.endsSession) throw error;
        if (!(error instanceof Problem || error instanceof Unreachable || error instanceof TypeError)) throw error;
      }
      if (signal.aborted) return;
      handlers.connected(false);
      await pause(RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)] ?? 10_000, signal);
    }
  }

  private async once(handlers: EventHandlers, signal: AbortSignal, opened: () => void): Promise<void> {
    const line = new AbortController();
    const end = (): void => line.abort(signal.reason);
    signal.addEventListener("abort", end);
    try {
      await this.hear(handlers, line, opened);
    } finally {
      signal.removeEventListener("abort", end);
      line.abort();
    }
  }

  private async hear(handlers: EventHandlers, line: AbortController, opened: () => void): Promise<void> {
    const silent = (): void => line.abort();
    const response = await notSilent(this.caller.call("GET /api/v1/events", {}, line.signal), silent);
    handlers.connected(true);
    opened();
    const reader = new EventReader();
    const decoder = new TextDecoder();
    const lines = (response.body ?? new Blob([]).stream()).getReader();
    const next = () => notSilent(lines.read(), silent);
    for (let part = await next(); !part.done; part = await next()) {
      for (const event of reader.feed(decoder.decode(part.value, { stream: true }))) handlers.event(event);
    }
  }
}

/** A line that was cut without a word is silent for ever: the server says something every fifteen seconds. */
function notSilent<T>(answer: Promise<T>, giveUp: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      giveUp();
      reject(new Unreachable("the line for events is silent"));
    }, SILENT_MS);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
