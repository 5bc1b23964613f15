// Words of going from case to case.
import type { cases as german } from "../de/cases";
export const cases: Readonly<Record<keyof typeof german, string>> = {
  "cases.next": "Next study of the list",
  "cases.nextShort": "Next",
  "cases.previous": "Previous study of the list",
  "cases.last": "That was the last study of the list that is ready.",
  "cases.first": "That was the first study of the list that is ready.",
  "cases.skipped": "{n} study passed over: {reasons}.|{n} studies passed over: {reasons}.",
  "cases.skipped.arriving": "{n} still arrives|{n} still arrive",
  "cases.skipped.incomplete": "{n} incomplete",
  "cases.skipped.claimed": "{n} being read",
  "cases.failed": "The next study could not be asked for. This one stays open.",
  "cases.why.noList": "Not opened from a list",
};
