// Words of going from case to case.
export const cases = {
  "cases.next": "Nächste Untersuchung der Liste",
  "cases.nextShort": "Nächste",
  "cases.previous": "Vorige Untersuchung der Liste",
  "cases.last": "Das war die letzte Untersuchung der Liste, die bereit ist.",
  "cases.first": "Das war die erste Untersuchung der Liste, die bereit ist.",
  "cases.skippedOne": "{name} übergangen: {reason}.",
  "cases.skipped": "{n} Untersuchungen übergangen: {reasons}.",
  "cases.reason.arriving": "trifft noch ein|treffen noch ein",
  "cases.reason.incomplete": "unvollständig",
  "cases.reason.claimed": "in Befundung",
  "cases.skipped.arriving": "{n} trifft noch ein|{n} treffen noch ein",
  "cases.skipped.incomplete": "{n} unvollständig",
  "cases.skipped.claimed": "{n} in Befundung",
  "cases.failed": "Die nächste Untersuchung konnte nicht erfragt werden. Diese bleibt offen.",
  "cases.why.noList": "Nicht aus einer Liste geöffnet",
  "cases.why.second": "Das erste Fenster führt",
} as const;
