// One way to the server: typed operations in, parsed answers out. The transport is injected.
import { answers, type Operations, type SessionView } from "./generated";
import type { Parse } from "./parse";
import { overTheLine, Problem } from "./problem";

/** A body that streams from where it lies, and who is told how many bytes of it have left. */
export interface Sending {
  readonly body: Blob;
  readonly onSent: (bytes: number) => void;
}

/** Sends one request; the browser's transport, a function in a test. */
export type Send = (request: Request, sending?: Sending) => Promise<Response>;

type Given<T> = { readonly [K in keyof T as T[K] extends undefined ? never : K]: T[K] };
export type Arguments<K extends keyof Operations> = Given<Pick<Operations[K], "path" | "query" | "body">>;
export type Answer<K extends keyof Operations> = Operations[K]["answer"];

interface LooseArguments {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | null | undefined>>;
  readonly body?: unknown;
}

/** Whose session it is, and its token: another one as soon as the same person signs in again. */
export type Holder = Pick<SessionView, "name" | "organisation" | "csrf">;

export class Caller {
  private csrf: string | null = null;
  private holder: Holder | null = null;
  private language: string | null = null;
  private readonly endListeners = new Set<() => void>();
  private readonly callListeners = new Set<() => void>();

  /** `root` is where the server stands, for instance `https://pacs.example` or the page's own origin. */
  constructor(
    private readonly root: string,
    private readonly send: Send,
  ) {}

  /** The token every changing request carries until the session ends. */
  carryCsrf(token: string | null): void {
    this.csrf = token;
  }

  /** Whose calls they are from now on. */
  belongTo(holder: Holder): void {
    this.holder = holder;
    this.carryCsrf(holder.csrf);
  }

  /**
   * Asks who is signed in, because the windows of a browser share its cookie. The same person's token of now is taken
   * over; somebody else ends the session as nobody does, and is told as its end is. Throws as `call` does.
   */
  async confirm(signal: AbortSignal): Promise<void> {
    if (this.holder === null) return;
    const { name, organisation } = this.holder;
    const there = await this.call("GET /api/v1/session", {}, signal);
    if (there.name === name && there.organisation === organisation) this.carryCsrf(there.csrf);
    else {
      this.tellEnd();
      throw new Problem({ code: "session-expired", title: "somebody else has signed in in this browser" });
    }
  }

  private tellEnd(): void {
    for (const listener of this.endListeners) listener();
  }

  /** The language in which the server phrases its refusals. */
  speak(language: string): void {
    this.language = language;
  }

  /** Tells of every refusal that ends the session, whatever was asked; not where the caller gave the question up. */
  onSessionEnd(listener: () => void): () => void {
    this.endListeners.add(listener);
    return () => this.endListeners.delete(listener);
  }

  /** Tells of every request before it is sent. */
  onCall(listener: () => void): () => void {
    this.callListeners.add(listener);
    return () => this.callListeners.delete(listener);
  }

  /** Address of an operation, for pictures that the browser fetches itself. */
  address<K extends keyof Operations>(operation: K, given: Arguments<K>): string {
    return this.addressOf(operation, given);
  }

  private addressOf(operation: string, { path, query }: LooseArguments): string {
    const template = operation.slice(operation.indexOf(" ") + 1);
    const filled = template.replace(/\{(\w+)[^}]*\}/g, (_, name: string) => encodeURIComponent(path?.[name] ?? ""));
    return `${this.root}${filled}${queryText(query ?? {})}`;
  }

  /** Throws `Problem` for a refusal, `Unreachable` without a whole answer, `Unexpected` for a form that was not promised. */
  async call<K extends keyof Operations>(operation: K, given: Arguments<K>, signal: AbortSignal): Promise<Answer<K>> {
    const response = await this.request(operation, given, signal);
    const parse: Parse<Answer<K>> = answers[operation];
    const isJson = (response.headers.get("content-type") ?? "").startsWith("application/json");
    return parse(isJson ? await overTheLine(response.json(), signal) : response, operation);
  }

  /** A call whose body is not JSON but streams from where it lies. Throws as `call` does. */
  async upload<K extends keyof Operations>(
    operation: K,
    sending: Sending,
    contentType: string,
    signal: AbortSignal,
  ): Promise<Answer<K>> {
    const make = (): Request => {
      const headers = this.headers("POST");
      headers.set("content-type", contentType);
      return new Request(this.addressOf(operation, {}), { method: "POST", headers, body: sending.body, signal });
    };
    const response = await this.sent(make, signal, sending);
    const parse: Parse<Answer<K>> = answers[operation];
    return parse(await overTheLine(response.json(), signal), operation);
  }

  /** Something whole from outside of `/api`, for instance a picture drawn by the DICOMweb door. */
  async picture(path: string, mediaType: string, signal: AbortSignal): Promise<Blob> {
    const request = new Request(`${this.root}${path}`, { headers: { accept: mediaType }, signal });
    return await overTheLine((await this.once(request, signal)).blob(), signal);
  }

  private async request<K extends keyof Operations>(
    operation: K,
    given: Arguments<K>,
    signal: AbortSignal,
  ): Promise<Response> {
    const { body }: LooseArguments = given;
    const method = operation.slice(0, operation.indexOf(" "));
    const text = body === undefined ? null : JSON.stringify(body);
    const make = (): Request => {
      const headers = this.headers(method);
      if (body !== undefined) headers.set("content-type", "application/json");
      return new Request(this.address(operation, given), { method, headers, body: text, signal });
    };
    return await this.sent(make, signal);
  }

  private headers(method: string): Headers {
    const headers = new Headers();
    if (this.language !== null) headers.set("accept-language", this.language);
    if (method !== "GET" && this.csrf !== null) headers.set("x-kontor-csrf", this.csrf);
    return headers;
  }

  /** A call whose token was refused goes once more where the same person signed in again in another window. */
  private async sent(make: () => Request, signal: AbortSignal, sending?: Sending): Promise<Response> {
    const told = this.csrf;
    try {
      return await this.once(make(), signal, sending);
    } catch (error) {
      if (!(error instanceof Problem && error.refusesToken)) throw error;
      await this.confirm(signal);
      if (this.csrf === told) throw error;
      return await this.once(make(), signal, sending);
    }
  }

  private async once(request: Request, signal: AbortSignal, sending?: Sending): Promise<Response> {
    for (const listener of this.callListeners) listener();
    const response = await overTheLine(this.send(request, sending), signal);
    if (response.ok) return response;
    const problem = await overTheLine(Problem.from(response), signal);
    if (problem.endsSession && !signal.aborted) this.tellEnd();
    throw problem;
  }
}

function queryText(query: NonNullable<LooseArguments["query"]>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === "") continue;
    for (const one of Array.isArray(value) ? value : [value]) parameters.append(name, String(one));
  }
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}
