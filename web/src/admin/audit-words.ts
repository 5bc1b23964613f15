// A row of the audit in words. What a newer server writes is shown as it stands there.
import type { AuditRow } from "../api";
import { isWordKey, type Translate } from "../locale";

/** An act in words; what a newer server writes is at least named. */
export function actText(act: string, t: Translate): string {
  return wordFor(`act.name.${act}`, t) ?? act;
}

/** The path of one study, series or object. */
const ONE_THING = /^[\d.]+(\/[\d.]+)*(\?study_key=\d+)?$/;

/** A search whose subject is one thing is no search: a study was opened, renewed in the list, or its reader asked for. */
export function rowActText({ act, subject }: Pick<AuditRow, "act" | "subject">, t: Translate): string {
  return act === "find" && ONE_THING.test(subject) ? t("audit.lookedUp") : actText(act, t);
}

/** The act as it is chosen: every word that its rows bear. */
export function choiceText(act: string, t: Translate): string {
  return act === "find" ? `${actText(act, t)} / ${t("audit.lookedUp")}` : actText(act, t);
}

type Words = (parts: Readonly<Record<string, string>>, t: Translate) => string;
type Form = readonly [form: RegExp, words: Words];

const sender: Form = [
  /^(?<caller>.*)@(?<address>\S+) to (?<called>.*) \((?<reason>[a-z-]+)\)$/,
  ({ reason = "", ...names }, t) => t("audit.subject.sender", { ...names, reason: reasonText(reason, t) }),
];
const caller: Form = [
  /^(?<caller>.*) \((?<reason>[a-z-]+)\)$/,
  ({ caller = "", reason = "" }, t) => t("audit.subject.caller", { caller, reason: reasonText(reason, t) }),
];

/** The sentences that the server writes as subjects, by their acts: an account of such a name is no sentence. */
const FORMS: Partial<Record<AuditRow["act"], readonly Form[]>> = {
  find: [
    [/^timeline of (?<study>\S+)$/, (parts, t) => t("audit.subject.timeline", parts)],
    [/^count (?<query>\S+)$/, (parts, t) => t("audit.subject.count", parts)],
    [/^count ?$/, (_, t) => t("audit.subject.countAll")],
    [/^quarantine ?(?<query>\S*)$/, (parts, t) => t("audit.subject.quarantine", parts).trim()],
  ],
  "retry-work": [
    [
      /^jobs (?<kind>\S+)$/,
      ({ kind = "" }, t) => t("audit.subject.jobsOfKind", { kind: wordFor(`job.${kind}`, t) ?? kind }),
    ],
    [/^job (?<id>\d+)$/, (parts, t) => t("audit.subject.job", parts)],
    [/^follower (?<follower>\S+) entry (?<seq>\d+)$/, (parts, t) => t("audit.subject.entry", parts)],
    [/^follower (?<follower>\S+)$/, (parts, t) => t("audit.subject.follower", parts)],
  ],
  associate: [sender],
  call: [caller],
};

export function subjectText({ act, subject }: Pick<AuditRow, "act" | "subject">, t: Translate): string {
  for (const [form, words] of FORMS[act] ?? []) {
    const found = form.exec(subject);
    if (found !== null) return words(found.groups ?? {}, t);
  }
  return wordFor(`audit.subject.${act}.${subject}`, t) ?? subject;
}

export function detailText({ detail }: Pick<AuditRow, "detail">, t: Translate): string {
  return Object.entries(detail)
    .map(([key, value]) => `${wordFor(`audit.detail.${key}`, t) ?? key}: ${valueText(key, value, t)}`)
    .join(" · ");
}

function valueText(key: string, value: unknown, t: Translate): string {
  if (value === null || value === "") return "–";
  if (typeof value === "boolean") return t(value ? "audit.yes" : "audit.no");
  if (Array.isArray(value)) return value.map((one) => valueText(key, one, t)).join(", ") || "–";
  if (typeof value !== "string") return JSON.stringify(value);
  if (key === "reason") return reasonText(value, t);
  if (key === "roles") return wordFor(`role.${value}`, t) ?? value;
  if (key === "may") return wordFor(`service.${value}`, t) ?? value;
  return wordFor(`audit.value.${key}.${value}`, t) ?? value;
}

/** Errors that were written by their names in code, by the reason they are. */
const REASONS: Readonly<Record<string, string>> = {
  "not there": "not-found",
  NotThere: "not-found",
  NoSuchRow: "not-found",
  Forbidden: "right-missing",
  Inadmissible: "inadmissible",
  AlreadyThere: "name-taken",
  NotPromotable: "conflict",
  LastAdministrator: "last-administrator",
  MarkChanged: "mark-changed",
  Claimed: "claimed",
};

function reasonText(reason: string, t: Translate): string {
  const code = REASONS[reason] ?? reason;
  return wordFor(`audit.reason.${code}`, t) ?? wordFor(`refused.reason.${code}`, t) ?? reason;
}

function wordFor(key: string, t: Translate): string | null {
  return isWordKey(key) ? t(key) : null;
}
