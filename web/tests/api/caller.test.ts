// @vitest-environment node
// The way to the server: addresses, headers, refusals; the transport is a function.
import { describe, expect, test } from "vitest";
import { KontorClient, Problem, type Send, seriesUid, sopUid, studyUid, Unexpected, Unreachable } from "../../src/api";

const ROOT = "https://kontor.example";
const signal = new AbortController().signal;

/** A client whose requests are kept and answered by a function. */
function clientAnswering(answer: (request: Request) => Response | Promise<Response>) {
  const requests: Request[] = [];
  const send: Send = async (request) => {
    requests.push(request);
    return await answer(request);
  };
  return { client: new KontorClient(ROOT, send), requests };
}

const json = (body: unknown, status = 200, type = "application/json"): Response =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": type } });

const session = {
  name: "b.beispiel",
  display_name: "",
  organisation: "main",
  roles: ["reader"],
  rights: ["find", "read"],
  csrf: "secret",
  expires_at: null,
  preferences: {},
  version: "0.1.0",
};

test("filters become parameters; what is empty is not asked", async () => {
  const { client, requests } = clientAnswering(() =>
    json({ items: [], next: null, previous: null, total: 0, filtered_out: 0 }),
  );
  await client.studies.page({ patient_name: "Mü*", modality: ["CT", "MR"], accession: "", state: undefined }, signal);
  const url = new URL(requests[0]?.url ?? "");
  expect(url.pathname).toBe("/api/v1/studies");
  expect([...url.searchParams]).toEqual([
    ["patient_name", "Mü*"],
    ["modality", "CT"],
    ["modality", "MR"],
  ]);
});

test("changes carry the session's token, questions do not, and after signing out nothing does", async () => {
  const { client, requests } = clientAnswering((request) =>
    request.method === "DELETE" ? new Response(null, { status: 204 }) : json(session),
  );
  await client.session.signIn("b.beispiel", "geheim", signal);
  await client.session.prefer({ language: "de" }, signal);
  await client.session.current(signal);
  await client.session.signOut(signal);
  await client.session.prefer({ language: "de" }, signal);
  expect(requests.map((request) => request.headers.get("x-kontor-csrf"))).toEqual([
    null,
    "secret",
    null,
    "secret",
    null,
  ]);
});

test("the server is asked in the reader's language", async () => {
  const { client, requests } = clientAnswering(() => json(session));
  client.speak("de");
  await client.session.current(signal);
  expect(requests[0]?.headers.get("accept-language")).toBe("de");
});

test("what the server leaves out because it is the default is filled in", async () => {
  const { client } = clientAnswering(() => json(session));
  expect((await client.session.current(signal)).preferences).toEqual({
    language: null,
    density: null,
    layouts: null,
    keys: null,
    mouse: null,
  });
});

test("names in addresses are escaped", async () => {
  const { client, requests } = clientAnswering(() => json({ password: "x" }));
  await client.accounts.resetPassword("a/b c", signal);
  expect(new URL(requests[0]?.url ?? "").pathname).toBe("/api/v1/accounts/a%2Fb%20c/password");
});

describe("refusals", () => {
  const refusal = {
    type: "urn:kontor:problem:too-many-attempts",
    code: "too-many-attempts",
    title: "Zu viele Anmeldeversuche",
    status: 429,
    repeatable: true,
    remedy: "Warten Sie.",
    retry_after_s: 42,
    instance: "urn:kontor:incident:7f3a",
    fields: [{ field: "name", reason: "missing" }],
  };

  test("carry the catalogue's code, the server's words and what a program can act on", async () => {
    const { client } = clientAnswering(() => json(refusal, 429, "application/problem+json"));
    const problem = await client.session.current(signal).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({
      code: "too-many-attempts",
      remedy: "Warten Sie.",
      retryAfterSeconds: 42,
      incident: "7f3a",
      repeatable: true,
    });
    expect(problem instanceof Problem && problem.fields.get("name")).toBe("missing");
    expect(problem instanceof Problem && problem.endsSession).toBe(false);
  });

  test("that end the session are told to who listens, whatever was asked; not those of what was given up", async () => {
    const { client } = clientAnswering(() => json({ code: "session-expired", title: "x" }, 401));
    let told = 0;
    const unsubscribe = client.onSessionEnd(() => {
      told += 1;
    });
    const [study, series, sop] = [studyUid("1.2"), seriesUid("1.3"), sopUid("1.4")];
    await expect(client.images.rendered(study, series, sop, 1, signal)).rejects.toBeInstanceOf(Problem);
    await expect(client.images.bundle({ uid: study, key: "" }, series, signal)).rejects.toBeInstanceOf(Problem);
    expect(told).toBe(2);
    await client.images.rendered(study, series, sop, 1, AbortSignal.abort()).catch(() => undefined);
    unsubscribe();
    await client.images.rendered(study, series, sop, 1, signal).catch(() => undefined);
    expect(told).toBe(2);
  });

  test.each(["not-signed-in", "session-expired"])("%s ends the session", async (code) => {
    const { client } = clientAnswering(() => json({ code, title: "x" }, 401, "application/problem+json"));
    await expect(client.session.current(signal)).rejects.toMatchObject({ code, endsSession: true });
  });

  test("wrong credentials do not end a session", async () => {
    const { client } = clientAnswering(() => json({ code: "wrong-credentials", title: "x" }, 401));
    await expect(client.session.current(signal)).rejects.toMatchObject({ endsSession: false });
  });

  test("a proxy's page of HTML is a problem of its status", async () => {
    const { client } = clientAnswering(
      () => new Response("<h1>Bad gateway</h1>", { status: 502, statusText: "Bad Gateway" }),
    );
    await expect(client.session.current(signal)).rejects.toMatchObject({
      code: "status-502",
      title: "Bad Gateway",
      repeatable: true,
    });
  });

  test("an answer that breaks off is Unreachable", async () => {
    const broken = () =>
      new ReadableStream<Uint8Array>({ start: (body) => body.error(new TypeError("network error")) });
    const { client } = clientAnswering((request) =>
      request.method === "DELETE"
        ? new Response(broken(), { status: 503 })
        : new Response(broken(), { headers: { "content-type": "application/json" } }),
    );
    await expect(client.session.current(signal)).rejects.toBeInstanceOf(Unreachable);
    await expect(client.session.signOut(signal)).rejects.toBeInstanceOf(Unreachable);
    const drawn = client.images.rendered(studyUid("1.2"), seriesUid("1.3"), sopUid("1.4"), 1, signal);
    await expect(drawn).rejects.toBeInstanceOf(Unreachable);
  });

  test("no answer in time is Unreachable", async () => {
    const abort = new AbortController();
    const { client } = clientAnswering(
      () => new Promise((_, reject) => abort.signal.addEventListener("abort", () => reject(abort.signal.reason))),
    );
    const asked = client.session.current(abort.signal);
    abort.abort(new DOMException("signal timed out", "TimeoutError"));
    await expect(asked).rejects.toBeInstanceOf(Unreachable);
  });

  test("no answer at all is Unreachable, an aborted question is neither", async () => {
    const { client } = clientAnswering(() => Promise.reject(new TypeError("fetch failed")));
    await expect(client.session.current(signal)).rejects.toBeInstanceOf(Unreachable);
    const abort = new AbortController();
    abort.abort();
    await expect(client.session.current(abort.signal)).rejects.toMatchObject({ name: "AbortError" });
  });

  test("an answer of another form names the place", async () => {
    const { client } = clientAnswering(() => json({ ...session, rights: ["find", "fly"] }));
    const error = await client.session.current(signal).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Unexpected);
    expect(error instanceof Unexpected && error.at).toBe("GET /api/v1/session.rights[1]");
  });
});

describe("a token that is refused", () => {
  /** A client of `session` whose browser is signed in as `there` by now. */
  function overtaken(there: object) {
    const now = { ...session, ...there };
    const { client, requests } = clientAnswering(({ method, headers }) =>
      method === "GET" || headers.get("x-kontor-csrf") === now.csrf
        ? json(now)
        : json({ code: "csrf", title: "x" }, 403, "application/problem+json"),
    );
    const inside = client.inSession(session, signal);
    let ends = 0;
    inside.onSessionEnd(() => {
      ends += 1;
    });
    return { client: inside, asked: () => requests.map(({ method }) => method), ends: () => ends };
  }

  test("is replaced where the same person signed in again, and the calls go once more", async () => {
    const { client, asked, ends } = overtaken({ csrf: "new" });
    await Promise.all([client.session.prefer({}, signal), client.session.prefer({ language: "de" }, signal)]);
    await client.session.prefer({ language: "en" }, signal);
    expect(asked().filter((method) => method === "PATCH")).toHaveLength(5);
    expect(ends()).toBe(0);
  });

  test("ends the session where somebody else is signed in, in whose name nothing is changed", async () => {
    const { client, asked, ends } = overtaken({ name: "c.zweite", csrf: "new" });
    await expect(client.session.prefer({}, signal)).rejects.toMatchObject({ code: "session-expired" });
    expect(asked()).toEqual(["PATCH", "GET"]);
    expect(ends()).toBe(1);
  });

  test("is no loop where it was refused for another reason", async () => {
    const { client, requests } = clientAnswering(({ method }) =>
      method === "GET" ? json(session) : json({ code: "csrf", title: "x" }, 403, "application/problem+json"),
    );
    await expect(client.inSession(session, signal).session.prefer({}, signal)).rejects.toMatchObject({ code: "csrf" });
    expect(requests).toHaveLength(2);
  });
});

test("a frame arrives as it is stored, with its transfer syntax", async () => {
  const headers = {
    "x-kontor-transfer-syntax": "1.2.840.10008.1.2.4.80",
    "content-type": "application/octet-stream",
    "content-length": "3",
  };
  const { client, requests } = clientAnswering(() => new Response(new Uint8Array([1, 2, 3]), { headers }));
  const wanted = { sop: sopUid("1.4"), digest: "ab", number: 7, light: true };
  const frame = await client.images.frame(studyUid("1.2"), seriesUid("1.3"), wanted, signal);
  const { pathname, search } = new URL(requests[0]?.url ?? "");
  expect(pathname + search).toBe("/api/v1/studies/1.2/series/1.3/instances/1.4/frames/7?digest=ab&light=yes");
  expect([frame.transferSyntax, frame.length]).toEqual(["1.2.840.10008.1.2.4.80", 3]);
  expect(new Uint8Array(await frame.arriving)).toEqual(new Uint8Array([1, 2, 3]));
});

test("a frame whose bytes break off is a broken line", async () => {
  const broken = () => new ReadableStream<Uint8Array>({ start: (body) => body.error(new TypeError("network error")) });
  const { client } = clientAnswering(() => new Response(broken(), { headers: { "content-length": "4" } }));
  const wanted = { sop: sopUid("1.4"), digest: "ab", number: 1, light: false };
  const frame = await client.images.frame(studyUid("1.2"), seriesUid("1.3"), wanted, signal);
  await expect(frame.arriving).rejects.toBeInstanceOf(Unreachable);
});

test("what is no UID does not get into an address", () => {
  expect(() => studyUid("1.2/../x")).toThrow("not a UID");
  expect(() => studyUid("1".repeat(65))).toThrow("not a UID");
});
