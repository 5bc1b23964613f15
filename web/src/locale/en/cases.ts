// Words of going from case to case.
import type { cases as german } from "../de/cases";
export const cases: Readonly<Record<keyof typeof german, string>> = {
  "cases.next": "Next study in the list",
  "cases.nextShort": "Next",
  "cases.previous": "Previous study in the list",
  "cases.last": "That was the last study in the list that is ready.",
  "cases.first": "That was the first study in the list that is ready.",
  "cases.skippedOne": "{name} skipped: {reason}.",
  "cases.skipped": "{n} studies skipped: {reasons}.",
  "cases.reason.arriving": "still arriving|still arriving",
  "cases.reason.incomplete": "incomplete",
  "cases.reason.claimed": "being read",
  "cases.skipped.arriving": "{n} still arriving|{n} still arriving",
  "cases.skipped.incomplete": "{n} incomplete",
  "cases.skipped.claimed": "{n} being read",
  "cases.failed": "Could not fetch the next study. This one stays open.",
  "cases.why.noList": "Not opened from a list",
  "cases.why.second": "The first window leads",
};
