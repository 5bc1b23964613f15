// Rows of the audit are read by people: what the server writes as sentences and names stands there in both languages.
import { expect, test } from "vitest";
import { actText, detailText, rowActText, subjectText } from "../../src/admin/audit-words";
import { translator } from "../../src/locale/words";

const de = translator("de", String);
const en = translator("en", String);

test("a search of one study is a look at it, every other stays a search", () => {
  for (const subject of ["1.2.3", "1.2.3?study_key=7", "1.2.3/1.2.4"]) {
    expect(rowActText({ act: "find", subject }, de)).toBe("Nachgeschlagen");
    expect(rowActText({ act: "find", subject }, en)).toBe("Looked up");
  }
  for (const subject of ["", "patient_id=4711", "timeline of 1.2.3", "study"])
    expect(rowActText({ act: "find", subject }, de)).toBe("Gesucht");
  expect(rowActText({ act: "read", subject: "1.2.3" }, de)).toBe("Bilder angesehen");
  expect(actText("newer-act", de)).toBe("newer-act");
});

test.each([
  ["find", "timeline of 1.2.3?study_key=7", "Verlauf zu 1.2.3?study_key=7", "Timeline of 1.2.3?study_key=7"],
  ["find", "count state=ready", "Anzahl zu state=ready", "Count for state=ready"],
  ["find", "count ", "Anzahl aller Untersuchungen", "Count of all studies"],
  ["find", "quarantine limit=50", "Ungeklärte Patienten limit=50", "Unresolved patients limit=50"],
  ["find", "study", "Untersuchungen", "Studies"],
  ["retry-work", "jobs end-claim", "alle: Abgelaufene Befundung melden", "all: Report expired claims"],
  ["retry-work", "job 17", "Auftrag 17", "Job 17"],
  ["retry-work", "follower previews", "alle Einträge von previews", "all entries of previews"],
  ["retry-work", "follower previews entry 17", "Eintrag 17 von previews", "Entry 17 of previews"],
  ["import", "files", "Dateien", "Files"],
  ["call", "10.0.0.9 (csrf)", "10.0.0.9: nicht aus der Oberfläche von Kontor", "10.0.0.9: not from Kontor's own pages"],
  [
    "associate",
    "CT 1@10.0.0.9 to KONTOR2 (called-ae-not-recognised)",
    "CT 1 von 10.0.0.9, ruft KONTOR2: Anderer gerufener Name",
    "CT 1 from 10.0.0.9, calling KONTOR2: Wrong called name",
  ],
] as const)("the subject of %s in words: %s", (act, subject, german, english) => {
  expect(subjectText({ act, subject }, de)).toBe(german);
  expect(subjectText({ act, subject }, en)).toBe(english);
});

test("what is a name and no sentence stays as it is", () => {
  expect(subjectText({ act: "change-account", subject: "files" }, de)).toBe("files");
  expect(subjectText({ act: "sign-in", subject: "job 17" }, de)).toBe("job 17");
  expect(subjectText({ act: "find", subject: "patient_id=4711" }, de)).toBe("patient_id=4711");
});

test("details have words for their names and for what they say", () => {
  const failed = { address: "10.0.0.9", reason: "not there" };
  expect(detailText({ detail: failed }, de)).toBe("Adresse: 10.0.0.9 · Grund: nicht vorhanden");
  expect(detailText({ detail: failed }, en)).toBe("address: 10.0.0.9 · reason: not there");
  const peer = { called_ae_title: "", host: "10.0.0.9", port: 11112, may: ["store", "find"], open: false };
  expect(detailText({ detail: peer }, en)).toBe(
    "called name: – · address: 10.0.0.9 · port: 11112 · rights: Store, Find · open: no",
  );
  expect(detailText({ detail: { roles: ["reader"], reason: "Forbidden" } }, en)).toBe(
    "roles: Reader · reason: permission missing",
  );
  expect(detailText({ detail: { newer: "x" } }, de)).toBe("newer: x");
});
