// A server for tests of whole pages: answers like the real one, keeps what it was asked, sends events by hand.
import { type Claim, KontorClient, type StudyRow, type View } from "../../src/api";

export const session = {
  name: "b.beispiel",
  display_name: "Dr. Berta Beispiel",
  organisation: "main",
  roles: ["admin", "chief"],
  rights: ["find", "read", "settle", "manage-accounts", "manage-peers", "operate", "audit"],
  csrf: "secret",
  expires_at: null,
  preferences: { language: "de", density: null },
  version: "0.1.0",
};

export function study(number: number, part: Partial<StudyRow> = {}): StudyRow {
  return {
    study_instance_uid: `1.2.${number}`,
    study_key: "",
    patient: {
      name: `Muster${number}^Anna`,
      patient_id: `47${number}`,
      issuer: "",
      birth_date: "19610314",
      sex: "F",
      identity: "resolved",
    },
    study_date: "20261124",
    study_time: "081200",
    accession_number: "",
    description: "Thorax nativ",
    modalities: ["CT"],
    referring: "",
    institution: "",
    series_count: 1,
    instance_count: 842,
    size_bytes: 443_000_000,
    first_received_at: "2026-11-24T08:12:00Z",
    last_received_at: "2026-11-24T08:14:00Z",
    state: "ready",
    open_variants: 0,
    identity: "resolved",
    claim: null,
    missing: [],
    ...part,
  };
}

/** A claim as somebody else's, or with `own` as that of who is signed in. */
export function claimOf(name: string, own = false): Claim {
  return { account: name, name, own, since: "2026-11-27T08:38:00Z", until: "2026-11-27T08:53:00Z", taken_from: null };
}

type Answer = (request: Request) => Response | Promise<Response>;
const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": status < 400 ? "application/json" : "application/problem+json" },
  });
export const refusal = (status: number, code: string, title: string, more: object = {}): Response =>
  json(
    { type: `urn:kontor:problem:${code}`, code, title, status, remedy: "", repeatable: status >= 500, ...more },
    status,
  );

export class TestServer {
  signedIn = true;
  studies: StudyRow[] = [];
  /** Who holds which study, by its UID. */
  readonly claims = new Map<string, Claim>();
  views: View[] = [];
  readonly asked: { readonly line: string; readonly body: unknown }[] = [];
  /** What happens before an answer is made, and between the answer and its arrival. */
  before = async (): Promise<void> => undefined;
  after = async (): Promise<void> => undefined;
  readonly overrides = new Map<string, Answer>();
  readonly client = new KontorClient("https://kontor.example", (request) => this.answer(request));
  private events: ReadableStreamDefaultController<Uint8Array> | null = null;

  emit(kind: string, uid: string): void {
    const text = `event: ${kind}\ndata: ${JSON.stringify({ study_instance_uid: uid, at: "x" })}\n\n`;
    this.events?.enqueue(new TextEncoder().encode(text));
  }

  /** Questions whose method and path begin like this. */
  askedFor(line: string): readonly { readonly line: string; readonly body: unknown }[] {
    return this.asked.filter((one) => one.line.startsWith(line));
  }

  private async answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const line = `${request.method} ${url.pathname.replace("/api/v1", "")}`;
    const text = request.method === "GET" ? "" : await request.clone().text();
    this.asked.push({ line: line + url.search, body: text === "" ? null : JSON.parse(text) });
    const override = this.overrides.get(line);
    if (override !== undefined) return await override(request);
    if (line === "POST /session") {
      this.signedIn = true;
      return json(session);
    }
    if (!this.signedIn) return refusal(401, "not-signed-in", "Nicht angemeldet");
    await this.before();
    const answer =
      this.claim(request.method, url, text) ?? this.view(request.method, url, text) ?? this.inside(line, url);
    await this.after();
    return answer;
  }

  private inside(line: string, url: URL): Response {
    if (line === "GET /session" || line === "PATCH /session/preferences") return json(session);
    if (line === "GET /events") {
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => {
          this.events = controller;
        },
      });
      return new Response(body, { headers: { "content-type": "text/event-stream" } });
    }
    if (line === "GET /studies") return json(this.page(url.searchParams));
    if (line === "GET /study-count") return json({ total: this.matching(url.searchParams).length });
    if (line.endsWith("/timeline")) return json(this.timeline(line.slice("GET /studies/".length, -"/timeline".length)));
    const key = url.searchParams.get("study_key") ?? "";
    const found = this.studies.find(
      (row) => line === `GET /studies/${row.study_instance_uid}` && row.study_key === key,
    );
    if (found !== undefined) return json({ study: this.claimed(found), series: [] });
    return line.startsWith("DELETE")
      ? new Response(null, { status: 204 })
      : refusal(404, "not-found", "Nicht gefunden");
  }

  private claim(method: string, url: URL, body: string): Response | null {
    const uid = /\/studies\/([^/]+)\/claim$/.exec(url.pathname)?.[1];
    if (uid === undefined) return null;
    const held = this.claims.get(uid) ?? null;
    if (method === "GET") return json({ claim: held });
    if (method === "DELETE") {
      if (held?.own === true) this.claims.delete(uid);
      return new Response(null, { status: 204 });
    }
    if (held !== null && !held.own && !(JSON.parse(body) as { take_over: boolean }).take_over)
      return refusal(409, "claimed", "Jemand anderes befundet diese Untersuchung", { present: held });
    const taken = { ...claimOf("b.beispiel", true), taken_from: held !== null && !held.own ? held.name : null };
    this.claims.set(uid, held?.own === true ? held : taken);
    return json({ ...this.claims.get(uid), renewed: held?.own === true });
  }

  private view(method: string, url: URL, body: string): Response | null {
    const found = /\/views(?:\/([0-9a-f]{32}))?$/.exec(url.pathname);
    if (found === null) return null;
    const id = found[1];
    const others = this.views.filter((view) => view.id !== id);
    if (id === undefined)
      return json({ views: this.views.toSorted((a, b) => a.position - b.position || a.name.localeCompare(b.name)) });
    if (method === "DELETE") {
      this.views = others;
      return new Response(null, { status: 204 });
    }
    const saved = { id, ...(JSON.parse(body) as Omit<View, "id">) };
    this.views = [...others, saved];
    return json(saved);
  }

  private claimed(row: StudyRow): StudyRow {
    const held = this.claims.get(row.study_instance_uid);
    return held === undefined ? row : { ...row, claim: { name: held.name, own: held.own, since: held.since } };
  }

  private matching(parameters: URLSearchParams): readonly StudyRow[] {
    const wanted = (parameters.get("patient_name") ?? "").replace("*", "");
    const state = parameters.get("state") ?? "";
    return this.studies.filter((row) => row.patient.name.startsWith(wanted) && (state === "" || row.state === state));
  }

  private timeline(uid: string): object {
    const patient = this.studies.find((row) => row.study_instance_uid === uid)?.patient.patient_id;
    const theirs = this.studies.filter((row) => row.patient.patient_id === patient);
    return { items: theirs.map((one) => ({ study: one, picture: null })), next: null, total: theirs.length };
  }

  private page(parameters: URLSearchParams): object {
    const limit = Number(parameters.get("limit") ?? 100);
    const rows = this.matching(parameters);
    // By key, as the real server: a page begins after the row that its cursor names, wherever that stands by now.
    const at = rows.findIndex((row) => row.study_instance_uid === parameters.get("after")) + 1;
    const items = rows.slice(at, at + limit).map((row) => this.claimed(row));
    return {
      items,
      next: at + limit < rows.length ? (items.at(-1)?.study_instance_uid ?? null) : null,
      previous: null,
      total: rows.length,
      filtered_out: this.studies.length - rows.length,
    };
  }
}
