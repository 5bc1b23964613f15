// What a refusal of the server looks like to the rest of the client (RFC 9457, the server's catalogue of codes).

export interface ProblemFacts {
  /** Code of the catalogue, for instance `wrong-credentials`; `status-502` where something else answered. */
  readonly code: string;
  /** What happened, in the language that was asked for. */
  readonly title: string;
  readonly detail?: string;
  /** What to do. */
  readonly remedy?: string;
  /** Names the incident in the server's log, or empty. */
  readonly incident?: string;
  /** Whether the same request may succeed later. */
  readonly repeatable?: boolean;
  readonly retryAfterSeconds?: number | null;
  /** What is wrong with single fields of the request. */
  readonly fields?: ReadonlyMap<string, string>;
  /** What stands there now, where that is why the server refused. */
  readonly present?: unknown;
}

/** What a proxy answers while the server behind it is away. */
const SERVER_AWAY: ReadonlySet<string> = new Set(["status-502", "status-503", "status-504"]);

/** A refusal. Texts come from the server in the reader's language; nobody else reads status numbers. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly remedy: string;
  readonly incident: string;
  readonly repeatable: boolean;
  readonly retryAfterSeconds: number | null;
  readonly fields: ReadonlyMap<string, string>;
  /** Of a form that depends on `code`: `markThatStands` and `holderOf` read it. */
  readonly present: unknown;

  constructor(facts: ProblemFacts) {
    super(facts.detail || facts.title);
    this.code = facts.code;
    this.title = facts.title;
    this.detail = facts.detail ?? "";
    this.remedy = facts.remedy ?? "";
    this.incident = facts.incident ?? "";
    this.repeatable = facts.repeatable ?? false;
    this.retryAfterSeconds = facts.retryAfterSeconds ?? null;
    this.fields = facts.fields ?? new Map();
    this.present = facts.present ?? null;
  }

  /** Nobody is signed in, or the session has ended. */
  get endsSession(): boolean {
    return this.code === "not-signed-in" || this.code === "session-expired";
  }

  /** The token is not that of the session, as after a sign-in in another window, or the page is not ours. */
  get refusesToken(): boolean {
    return this.code === "csrf";
  }

  /** Another object stands in the place of the one whose header was read. */
  get imagesChanged(): boolean {
    return this.code === "images-changed";
  }

  /** Nothing is wrong with the request: the server, or what stands before it, cannot answer anybody just now. */
  get isMomentary(): boolean {
    return this.repeatable && (this.retryAfterSeconds !== null || SERVER_AWAY.has(this.code));
  }

  static async from(response: Response): Promise<Problem> {
    const body = await bodyOf(response);
    const code = textOf(body, "code") || lastPart(textOf(body, "type"));
    const seconds = body["retry_after_s"] ?? Number(response.headers.get("retry-after") ?? "none");
    const repeatable = body["repeatable"];
    return new Problem({
      code: code || `status-${response.status}`,
      title: textOf(body, "title") || response.statusText || `HTTP ${response.status}`,
      detail: textOf(body, "detail"),
      remedy: textOf(body, "remedy"),
      incident: lastPart(textOf(body, "instance")),
      repeatable: typeof repeatable === "boolean" ? repeatable : response.status >= 500,
      retryAfterSeconds: typeof seconds === "number" && Number.isFinite(seconds) ? seconds : null,
      fields: fieldsOf(body["fields"]),
      present: body["present"],
    });
  }
}

/** The server could not be reached, or its answer broke off: nothing is known. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

/**
 * What a request or the reading of its answer gives; throws `Unreachable` where the line failed or the caller's time ran
 * out. What the caller aborted stays an abort.
 */
export async function overTheLine<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (isTimeout(signal.reason)) throw new Unreachable("no answer in time");
    signal.throwIfAborted();
    if (error instanceof TypeError) throw new Unreachable(error.message); // fetch's only word for a failed line
    throw error;
  }
}

const isTimeout = (reason: unknown): boolean => reason instanceof DOMException && reason.name === "TimeoutError";

type Body = Readonly<Record<string, unknown>>;

const lastPart = (type: string): string => type.split(/[/:#]/).at(-1) ?? type;

const isBody = (value: unknown): value is Body => typeof value === "object" && value !== null;

const textOf = (body: Body, key: string): string => {
  const value = body[key];
  return typeof value === "string" ? value : "";
};

function fieldsOf(value: unknown): ReadonlyMap<string, string> {
  const rows: readonly unknown[] = Array.isArray(value) ? value : [];
  return new Map(rows.filter(isBody).map((row) => [textOf(row, "field"), textOf(row, "reason")]));
}

async function bodyOf(response: Response): Promise<Body> {
  try {
    const body: unknown = await response.json();
    return isBody(body) ? body : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {}; // a proxy in between answered: its status is all that is known
    throw error;
  }
}
