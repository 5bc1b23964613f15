// A report in the reader's language: values with their units, facts about the whole, all of it as plain text.
import { type Report, type ReportItem, type ReportValue, referencedItem } from "../../display";
import { isWordKey, personName, type Words } from "../../locale";

/** What stands behind an item's name; `""` for containers. */
export function valueWords(value: ReportValue, items: readonly ReportItem[], words: Words): string {
  const { t, formats } = words;
  switch (value.kind) {
    case "container":
      return "";
    case "text":
    case "uid":
      return value.text;
    case "number":
      return [words.formats.decimal(value.text), value.unit, value.qualifier?.meaning ?? ""]
        .filter((part) => part !== "")
        .join(" ");
    case "code":
      return value.code.meaning;
    case "person":
      return personName(value.text);
    case "date":
      return formats.date(value.text);
    case "time":
      return timeWords(value.text);
    case "dateTime":
      return momentWords(value.text, words);
    case "shape":
      return t("report.shape", { type: value.type, n: value.points });
    case "times":
      return t("report.times", { type: value.type, n: value.count });
    case "link":
      return linkWords(value.path, items, words);
    case "missing":
      return value.type === "" || KNOWN_TYPES.has(value.type)
        ? t("report.missing")
        : t("report.missingType", { type: value.type });
    case "image":
    case "waveform":
    case "object":
      return referenceWords(value, words);
  }
}

/** Types whose own attribute may be absent; others are unknown to us. */
const KNOWN_TYPES: ReadonlySet<string> = new Set([
  ...["TEXT", "NUM", "CODE", "DATE", "TIME", "DATETIME", "UIDREF", "PNAME"],
]);

function referenceWords({ reference }: Extract<ReportValue, { kind: "image" | "waveform" | "object" }>, { t }: Words) {
  if (reference === null) return t("report.noReference");
  return [
    reference.sopInstanceUid,
    reference.frames.length === 0 ? "" : t("report.frames", { frames: reference.frames.join(", ") }),
    reference.segments.length === 0 ? "" : t("report.segments", { segments: reference.segments.join(", ") }),
  ]
    .filter((part) => part !== "")
    .join(", ");
}

function linkWords(path: readonly number[], items: readonly ReportItem[], words: Words): string {
  const at = referencedItem(items, path);
  const target = at === null ? undefined : items[at];
  if (target === undefined) return words.t("report.linkBroken");
  return words.t("report.link", { name: target.name?.meaning ?? words.t("report.noName") });
}

/** `08:12:05` of a DICOM time; what is none comes back as it was. */
function timeWords(tm: string): string {
  const found = /^(\d{2})(\d{2})?(\d{2})?/.exec(tm.replaceAll(":", ""));
  return found === null
    ? tm
    : found
        .slice(1)
        .filter((part) => part !== undefined)
        .join(":");
}

/** Date and time of a DICOM date time; its zone as it was written. */
export function momentWords(dt: string, { formats }: Words): string {
  const found = /^(\d{8})(\d{2}(?:\d{2}(?:\d{2}(?:\.\d+)?)?)?)?([+-]\d{4})?$/.exec(dt.trim());
  if (found === null) return dt;
  const [, day = "", time = "", zone = ""] = found;
  return [formats.date(day), time === "" ? "" : timeWords(time), zone].filter((part) => part !== "").join(" ");
}

/** How an item belongs to the one above it; nothing is said of mere containing. */
export function relationWords(relationship: string, { t }: Words): string {
  if (relationship === "" || relationship === "CONTAINS") return "";
  const key = `report.relation.${relationship}`;
  return isWordKey(key) ? t(key) : relationship;
}

export interface ReportFact {
  readonly text: string;
  readonly tone: "plain" | "warn" | "good";
}

/** What has to be said of the whole before its content: state first, then who and when. */
export function reportFacts(report: Report, words: Words): readonly ReportFact[] {
  const { t, formats } = words;
  const facts: ReportFact[] = [];
  const say = (text: string, tone: ReportFact["tone"] = "plain"): void => {
    if (text !== "") facts.push({ text, tone });
  };
  const note = report.completeNote === "" ? "" : `: ${report.completeNote}`;
  if (report.complete !== null)
    say(t(report.complete ? "report.complete" : "report.partial") + note, report.complete ? "plain" : "warn");
  if (report.preliminary) say(t("report.preliminary"), "warn");
  if (report.verified !== null)
    say(t(report.verified ? "report.verified" : "report.unverified"), report.verified ? "good" : "warn");
  for (const { observer, organization, at } of report.verifications)
    say(
      [t("report.verifiedBy", { name: personName(observer) || "–" }), organization, momentWords(at, words)]
        .filter((part) => part !== "")
        .join(", "),
    );
  for (const author of report.authors) say(t("report.author", { name: personName(author) }));
  say([formats.date(report.date), timeWords(report.time)].filter((part) => part !== "").join(" "));
  if (report.language !== "") say(t("report.language", { name: report.language }));
  say(report.device);
  if (report.predecessors.length > 0) say(t("report.predecessor"), "warn");
  return facts;
}

/** The whole report for a letter or another program: facts, then the tree with two spaces a level. */
export function reportText(report: Report, words: Words): string {
  const facts = reportFacts(report, words).map(({ text }) => text);
  const lines = report.items.map((item) => "  ".repeat(item.depth) + itemText(item, report.items, words));
  return [facts.join(" · "), "", ...lines].join("\n");
}

export function itemText(item: ReportItem, items: readonly ReportItem[], words: Words): string {
  const name = item.name?.meaning ?? (item.value.kind === "container" ? words.t("report.noName") : "");
  const value = valueWords(item.value, items, words).replaceAll(/\r?\n/g, " ");
  return [name, value].filter((part) => part !== "").join(": ");
}
