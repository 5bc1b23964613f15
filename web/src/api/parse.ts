// Narrowing at the border: what the server sent is checked piece by piece, and never believed by a cast.

/** Turns a value of unknown form into T, or throws `Unexpected` naming the place. */
export type Parse<T> = (value: unknown, at: string) => T;

/** The answer does not have the promised form: client and server are of different versions. */
export class Unexpected extends Error {
  override readonly name = "Unexpected";
  constructor(
    readonly at: string,
    readonly wanted: string,
  ) {
    super(`${at} is not ${wanted}`);
  }
}

export const anything: Parse<unknown> = (value) => value;

/** The answer has no body. */
export const nothing: Parse<undefined> = () => undefined;

/** The answer is bytes or events; whoever called reads them. */
export const stream: Parse<Response> = (value, at) => {
  if (value instanceof Response) return value;
  throw new Unexpected(at, "a stream");
};

export const text: Parse<string> = (value, at) => {
  if (typeof value === "string") return value;
  throw new Unexpected(at, "a text");
};

export const numeral: Parse<number> = (value, at) => {
  if (typeof value === "number") return value;
  throw new Unexpected(at, "a number");
};

export const flag: Parse<boolean> = (value, at) => {
  if (typeof value === "boolean") return value;
  throw new Unexpected(at, "true or false");
};

export function nullable<T>(inner: Parse<T>): Parse<T | null> {
  return (value, at) => (value === null ? null : inner(value, at));
}

/** Marks a field of `structure` that may be absent. */
export function optional<T>(inner: Parse<T>): Parse<T | undefined> {
  return (value, at) => (value === undefined ? undefined : inner(value, at));
}

/** A field that the server leaves out when it has its default. */
export function withDefault<T>(inner: Parse<T>, fallback: unknown): Parse<T> {
  return (value, at) => inner(value === undefined ? fallback : value, at);
}

export function list<T>(inner: Parse<T>): Parse<readonly T[]> {
  return (value, at) => {
    if (!Array.isArray(value)) throw new Unexpected(at, "a list");
    return value.map((item, index) => inner(item, `${at}[${index}]`));
  };
}

/** A list of exactly so many members, each of its own form. */
export function tuple<T extends readonly unknown[]>(...inner: { [K in keyof T]: Parse<T[K]> }): Parse<Readonly<T>> {
  return (value, at) => {
    if (!Array.isArray(value) || value.length !== inner.length) throw new Unexpected(at, `a list of ${inner.length}`);
    return inner.map((parse, index) => parse(value[index], `${at}[${index}]`)) as unknown as T; // each by its own parser
  };
}

export function oneOf<const T extends string | number | boolean>(...allowed: readonly T[]): Parse<T> {
  return (value, at) => {
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) throw new Unexpected(at, `one of ${allowed.join(", ")}`);
    return found;
  };
}

/** The first parser that accepts the value. */
export function either<T extends readonly unknown[]>(...inner: { [K in keyof T]: Parse<T[K]> }): Parse<T[number]> {
  return (value, at) => {
    for (const parse of inner) {
      try {
        return parse(value, at);
      } catch (error) {
        if (!(error instanceof Unexpected)) throw error;
      }
    }
    throw new Unexpected(at, "one of the promised forms");
  };
}

/** For schemas that are declared further down or name themselves. */
export function later<T>(inner: () => Parse<T>): Parse<T> {
  return (value, at) => inner()(value, at);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function mapOf<T>(inner: Parse<T>): Parse<Readonly<Record<string, T>>> {
  return (value, at) => {
    if (!isRecord(value)) throw new Unexpected(at, "an object");
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inner(item, `${at}.${key}`)]));
  };
}

type Fields<T> = {
  readonly [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? Parse<T[K] | undefined> : Parse<T[K]>;
};

/** An object with named fields; fields that are not named are dropped, absent optional ones stay absent. */
export function structure<T>(fields: Fields<T>): Parse<T> {
  const named: readonly (readonly [string, Parse<unknown>])[] = Object.entries(fields);
  return (value, at) => {
    if (!isRecord(value)) throw new Unexpected(at, "an object");
    const made: Record<string, unknown> = {};
    for (const [key, parse] of named) {
      const field = parse(value[key], `${at}.${key}`);
      if (field !== undefined) made[key] = field;
    }
    return made as T; // every field of T was parsed by `fields`, which the type of this function demands
  };
}
