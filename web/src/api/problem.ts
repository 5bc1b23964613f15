// What a refusal of the server looks like to the rest of the client (RFC 9457).

/** A refusal with its name from the server's catalogue. Texts come from the server in the account's language. */
export class Problem extends Error {
  override readonly name = "Problem";
  constructor(
    /** Last part of the problem's type, for instance `sign-in-refused`. */
    readonly kind: string,
    readonly title: string,
    readonly detail: string,
    /** Fields a program can act on, for instance `retry_after` in seconds or `incident`. */
    readonly fields: Readonly<Record<string, unknown>>,
  ) {
    super(detail === "" ? title : detail);
  }

  /** Nobody is signed in, or the session has ended. */
  get endsSession(): boolean {
    return this.fields["status"] === 401;
  }

  /** Seconds to wait as the server says, or null. */
  get retryAfterSeconds(): number | null {
    const seconds = this.fields["retry_after"] ?? this.fields["retry_after_s"];
    return typeof seconds === "number" ? seconds : null;
  }

  static async from(response: Response): Promise<Problem> {
    const fields = await bodyOf(response);
    const retry = Number(response.headers.get("retry-after"));
    const known = retry > 0 && fields["retry_after"] === undefined ? { ...fields, retry_after: retry } : fields;
    const type = textOf(fields, "type");
    const kind = type === "" || type === "about:blank" ? `status-${response.status}` : lastPart(type);
    const title = textOf(fields, "title") || response.statusText || `HTTP ${response.status}`;
    return new Problem(kind, title, textOf(fields, "detail"), { ...known, status: response.status });
  }
}

/** The server could not be reached at all: nothing was answered, nothing is known. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

const lastPart = (type: string): string => type.split(/[/:#]/).at(-1) ?? type;

const textOf = (fields: Readonly<Record<string, unknown>>, key: string): string => {
  const value = fields[key];
  return typeof value === "string" ? value : "";
};

async function bodyOf(response: Response): Promise<Readonly<Record<string, unknown>>> {
  try {
    const body: unknown = await response.json();
    return typeof body === "object" && body !== null ? { ...body } : {};
  } catch {
    return {}; // a proxy in between answered with something else: the status is all that is known
  }
}
