// Words of a patient's studies beside each other.
import type { timeline as german } from "../de/timeline";
export const timeline: Readonly<Record<keyof typeof german, string>> = {
  "timeline.title": "Timeline",
  "timeline.current": "Current",
  "timeline.open": "Open {study}",
  "timeline.more": "Show {n} earlier",
  "timeline.unresolved":
    "Identity unresolved: only what came under the same unresolved person stands here. Earlier studies may be missing.",
  "timeline.provisional": "No patient number: earlier studies of this person cannot be assigned and are missing here.",
  "timeline.sameDay": "same day",
  "timeline.before.days": "{n} day ago|{n} days ago",
  "timeline.before.weeks": "{n} wk ago",
  "timeline.before.months": "{n} mo ago",
  "timeline.before.years": "{n} y ago",
  "timeline.after.days": "{n} day later|{n} days later",
  "timeline.after.weeks": "{n} wk later",
  "timeline.after.months": "{n} mo later",
  "timeline.after.years": "{n} y later",
};
