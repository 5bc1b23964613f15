// Storage, jobs and audit: what is so is said in words, and each act asks the server for exactly what it says.
import { act } from "react";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ACTS, criteriaOf, EVERYTHING, wrongDates } from "../../src/admin/audit-filter";
import type { AuditRow, JobView, StorageView } from "../../src/api";
import { hostForOthers } from "../../src/shell";
import { button, click, field, leave, press, see, seeText, show, submit, text, type } from "../app/screen";
import { refusal, session, TestServer } from "../app/server";

const json = (body: unknown): Response =>
  new Response(JSON.stringify(body), { headers: { "content-type": "application/json" } });
const job = (id: string, part: Partial<JobView> = {}): JobView => ({
  id,
  kind: "series-previews",
  key: "1.2.3/1.2.4",
  state: "dead",
  attempts: 5,
  error: "NotRenderable: <b>no picture</b>",
  run_after: "2026-11-24T08:00:00Z",
  enqueued_at: "2026-11-24T08:00:00Z",
  ...part,
});
const overview = (part: object = {}) => ({ counts: [], dead: [], running: [], waiting: [], parked: [], ...part });
const parked = {
  follower: "previews",
  seq: 17,
  kind: "study_settled",
  subject: "1.2.3",
  attempts: 5,
  dead: true,
  error: "KeyError: x",
  parked_at: "2026-11-24T08:00:00Z",
  retry_at: "2026-11-24T08:00:00Z",
};
const storage = (part: Partial<StorageView> = {}): StorageView => ({
  total_bytes: 30e12,
  free_bytes: 12e12,
  reserve_bytes: 1e9,
  left_bytes: 12e12 - 1e9,
  receives: true,
  index_is_whole: true,
  figures: {
    counted_at: "2026-11-24T08:00:00Z",
    studies: 1_204_118,
    series: 3_000_000,
    instances: 90_000_000,
    size_bytes: 18e12,
    recent_bytes: 2e12,
    recent_days: 7,
    oldest_received_at: "1998-03-01T08:00:00Z",
    newest_received_at: "2026-11-24T08:00:00Z",
    segments: 70_000,
    segment_bytes: 18e12,
  },
  findings: [],
  examined_at: "2026-11-24T08:00:00Z",
  ...part,
});
const row = (seq: number, part: Partial<AuditRow> = {}): AuditRow => ({
  seq,
  at: "2026-11-24T08:00:00Z",
  actor_kind: "account",
  actor: "b.beispiel",
  act: "read",
  subject: "1.2.3",
  outcome: "success",
  detail: {},
  ...part,
});

let server: TestServer;
beforeEach(() => {
  server = new TestServer();
  server.overrides.set("GET /jobs/waiting-for-somebody", () => json({ count: 3 }));
  server.overrides.set("GET /audit/chain", () =>
    json({ whole: true, length: 300, checked_at: "2026-11-24T08:00:00Z", findings: [] }),
  );
});
afterEach(leave);

describe("jobs", () => {
  test("what was given up stands with its error as text, and its number in the navigation", async () => {
    const counts = [{ kind: "series-previews", state: "dead", count: 1, at_least: false }];
    server.overrides.set("GET /jobs", () => json(overview({ counts, dead: [job("7")] })));
    await show(server, "/admin/jobs");
    await seeText("NotRenderable: <b>no picture</b>");
    expect(text()).toContain("Serie fürs Öffnen vorbereiten");
    await see(() => document.querySelector(".side-list .n")?.textContent?.includes("3 warten auf einen Menschen"));
  });

  test("one job or all of a kind are tried again, and entries by their follower", async () => {
    server.overrides.set("GET /jobs", () =>
      json(
        overview({
          dead: [job("7"), job("8")],
          parked: [parked],
          counts: [1].map(() => ({ kind: "series-previews", state: "dead", count: 2, at_least: false })),
        }),
      ),
    );
    server.overrides.set("POST /jobs/retry", () => json({ count: 2 }));
    server.overrides.set("POST /jobs/parked/retry", () => json({ count: 1 }));
    await show(server, "/admin/jobs");
    await seeText("KeyError: x");
    await click(button("Wiederholen"));
    await see(() => server.askedFor("POST /jobs/retry").length === 1);
    await click(button("Alle dieser Art wiederholen"));
    await see(() => server.askedFor("POST /jobs/retry").length === 2);
    await click(button("Alle von previews wiederholen"));
    await see(() => server.askedFor("POST /jobs/parked/retry").length === 1);
    expect(server.askedFor("POST /jobs").map(({ body }) => body)).toEqual([
      { id: "7" },
      { kind: "series-previews" },
      { follower: "previews" },
    ]);
    await seeText("1 wird wiederholt");
  });

  test("the UIDs of a job break between each other before they break within", async () => {
    server.overrides.set("GET /jobs", () =>
      json(
        overview({
          counts: [{ kind: "end-claim", state: "dead", count: 1, at_least: false }],
          dead: [job("7")],
          parked: [{ ...parked, subject: "1.2.3/1.2.5" }],
        }),
      ),
    );
    await show(server, "/admin/jobs");
    await seeText("Abgelaufene Befundung melden");
    const cells = [...document.querySelectorAll("td.mono")].map((cell) => cell.innerHTML);
    expect(cells).toEqual(["1.2.3/<wbr>1.2.4", "study_settled 1.2.3/<wbr>1.2.5 #17"]);
  });

  test("a refusal stays where it arose", async () => {
    server.overrides.set("GET /jobs", () => json(overview({ parked: [parked] })));
    server.overrides.set("POST /jobs/parked/retry", () => refusal(403, "right-missing", "Dafür fehlt das Recht"));
    await show(server, "/admin/jobs");
    await seeText("KeyError: x");
    await click(button("Wiederholen"));
    await seeText("Dafür fehlt das Recht");
    expect(text()).toContain("KeyError: x");
  });

  test("waiting jobs say on what they wait, and an empty list says that all is done", async () => {
    const waiting = [
      job("1", { state: "waiting", error: "", run_after: "2199-11-24T08:00:00Z" }),
      job("2", { state: "waiting", error: "Busy: x" }),
      job("3", { state: "waiting", error: "" }),
    ];
    server.overrides.set("GET /jobs", () =>
      json(overview({ waiting, counts: [{ kind: "new-kind", state: "waiting", count: 10_001, at_least: true }] })),
    );
    await show(server, "/admin/jobs");
    await seeText("wartet bis");
    for (const words of ["neuer Versuch", "als Nächstes dran", "mehr als 10", "new-kind"])
      expect(text()).toContain(words);
    await leave();
    server.overrides.set("GET /jobs", () => json(overview()));
    await show(server, "/admin/jobs");
    await seeText("Kein Auftrag");
  });
});

describe("storage", () => {
  test("tells room, figures, how long it lasts, and what happens then", async () => {
    server.overrides.set("GET /storage", () => json(storage()));
    await show(server, "/admin/storage");
    await seeText("18 TB von 30 TB");
    for (const words of [
      "reicht etwa 41 Tage",
      "1\u202f204\u202f118",
      "Nimmt Bilder an",
      "A700",
      "Nichts wird gelöscht",
    ])
      expect(text()).toContain(words);
  });

  test("a full house says so, one that is counted says so, and no pace gives no date", async () => {
    server.overrides.set("GET /storage", () =>
      json(storage({ receives: false, left_bytes: 0, figures: null, examined_at: null })),
    );
    await show(server, "/admin/storage");
    await seeText("Nimmt nichts mehr an");
    expect(text()).toContain("Wird gezählt");
    expect(text()).toContain("Erste Prüfung läuft");
    expect(text()).not.toContain("reicht");
  });

  test("a failure keeps the page and offers the next step", async () => {
    server.overrides.set("GET /storage", () => refusal(503, "unavailable", "Zurzeit nicht erreichbar"));
    await show(server, "/admin/storage");
    await seeText("Zurzeit nicht erreichbar");
    server.overrides.set("GET /storage", () => json(storage()));
    await click(button("Jetzt versuchen"));
    await seeText("Nimmt Bilder an");
  });
});

describe("audit", () => {
  test("pages go both ways by key, and acts are words", async () => {
    server.overrides.set("GET /audit", (request) => {
      const at = new URL(request.url).searchParams;
      if (at.get("before") === "200") return json({ items: [row(199)], next: null, previous: 199 });
      const stranger = row(250, { actor_kind: "door", actor: "door", act: "call", outcome: "refused" });
      return json({ items: [row(300), stranger, row(200, { act: "sign-in" })], next: 200, previous: null });
    });
    await show(server, "/admin/audit");
    await seeText("Bilder angesehen");
    await seeText("Kette lückenlos");
    expect(text()).toContain("Angemeldet");
    expect(text()).toContain("Nr. 300 bis 200");
    expect([...document.querySelectorAll("tbody tr:nth-child(2) td")][2]?.textContent?.trim()).toBe(
      "niemand Bekanntes",
    );
    await press("ArrowRight");
    await seeText("Anfang des Protokolls");
    await press("ArrowLeft");
    await see(() => server.askedFor("GET /audit?after=199").length === 1);
  });

  test("the filters are what the server is asked, and what the file holds", async () => {
    server.overrides.set("GET /audit", () => json({ items: [], next: null, previous: null }));
    await show(server, "/admin/audit");
    await seeText("Kein Eintrag");
    await type(field("Von"), "24.11.2026");
    await type(field("Patientennummer"), "4711");
    await submit(field("Von"));
    const since = encodeURIComponent(new Date(2026, 10, 24).toISOString());
    await see(() =>
      server
        .askedFor("GET /audit?")
        .some(({ line }) => line.includes(`since=${since}`) && line.includes("patient_id=4711")),
    );
    const file = document.querySelector<HTMLAnchorElement>("a[download]")?.href ?? "";
    expect(file).toContain(`/api/v1/audit/rows.csv?since=${since}&patient_id=4711`);
  });

  test("a page stands until the next one is there, but not under another filter, which waits for its own rows", async () => {
    const answers: ((rows: AuditRow[]) => Promise<void>)[] = [];
    server.overrides.set("GET /audit", async () => {
      const items = await new Promise<AuditRow[]>((resolve) => {
        answers.push((rows) => act(async () => resolve(rows)));
      });
      return json({ items, next: items[0]?.seq ?? null, previous: null });
    });
    await show(server, "/admin/audit");
    await see(() => answers.length === 1);
    await answers[0]?.([row(300)]);
    await seeText("Nr. 300 bis 300");
    await press("ArrowRight");
    await see(() => answers.length === 2);
    expect(text()).toContain("Nr. 300 bis 300");
    await answers[1]?.([row(200)]);
    await seeText("Nr. 200 bis 200");
    await type(field("Patientennummer"), "4711");
    await submit(field("Patientennummer"));
    await see(() => answers.length === 3);
    expect(document.querySelector("tbody")).toBeNull();
    await seeText("Lädt");
    await answers[2]?.([row(7)]);
    await seeText("Nr. 7 bis 7");
  });

  test("while a filter is wrong no file of other filters can be taken, and why is said beside it", async () => {
    server.overrides.set("GET /audit", () => json({ items: [row(1)], next: null, previous: null }));
    await show(server, "/admin/audit");
    await see(() => document.querySelector("a[download]"));
    await type(field("Von"), "31.02.2026");
    expect(document.querySelector("a[download]")).toBeNull();
    const file = button("Gefiltertes als CSV");
    expect(file?.disabled).toBe(true);
    const reason = document.getElementById(file?.getAttribute("aria-describedby") ?? "");
    expect(reason?.textContent).toBe("Erst die Filter berichtigen");
    await type(field("Von"), "24.11.2026");
    const since = encodeURIComponent(new Date(2026, 10, 24).toISOString());
    expect(document.querySelector<HTMLAnchorElement>("a[download]")?.href).toContain(`since=${since}`); // not asked yet
  });

  test("a damaged chain is said at the top", async () => {
    server.overrides.set("GET /audit", () => json({ items: [row(1)], next: null, previous: null }));
    server.overrides.set("GET /audit/chain", () =>
      json({ whole: false, length: 1, checked_at: "2026-11-24T08:00:00Z", findings: ["audit-chain: row-altered"] }),
    );
    await show(server, "/admin/audit");
    await seeText("Kette beschädigt");
  });

  test("the last day counts whole, and what is no date is said before it is asked", () => {
    const criteria = criteriaOf({ ...EVERYTHING, since: "24.11.2026", until: "24.11.2026" });
    expect(criteria.since).toBe(new Date(2026, 10, 24).toISOString());
    expect(criteria.until).toBe(new Date(2026, 10, 25).toISOString());
    expect(wrongDates({ ...EVERYTHING, since: "31.02.2026" })).toEqual(["since"]);
    expect(ACTS).toContain("export-audit");
  });
});

describe("an empty archive", () => {
  test("leads by the hand, with this house's own address", async () => {
    server.overrides.set("GET /session", () => json({ ...session, rights: [...session.rights, "import"] }));
    server.overrides.set("GET /system", () =>
      json({
        version: "1",
        engine: "sqlite",
        organisation: "main",
        ae_title: "KONTOR",
        dimse_host: "127.0.0.1",
        dimse_port: 11513,
        free_bytes: 1,
        findings: [],
        examined_at: null,
      }),
    );
    await show(server, "/worklist");
    await seeText("Noch keine Untersuchung");
    await seeText("--dimse 0.0.0.0:11513 ergänzen");
    for (const words of ["Partner aufnehmen", "Konto anlegen", "auswählen", "hört nur auf diesem Rechner"])
      expect(text()).toContain(words);
    await click(button("auswählen"));
    await seeText("Ordner, ZIP oder DICOM-Dateien hierher ziehen");
  });

  test("who may only read is told whom to ask", async () => {
    server.overrides.set("GET /session", () => json({ ...session, roles: ["reader"], rights: ["find", "read"] }));
    await show(server, "/worklist");
    await seeText("kennt die Verwaltung");
    expect(text()).not.toContain("Partner aufnehmen");
  });

  test("the address is the one others can reach", () => {
    expect(hostForOthers("0.0.0.0", "pacs.example")).toBe("pacs.example");
    expect(hostForOthers("10.1.2.3", "pacs.example")).toBe("10.1.2.3");
  });
});
