// Words of who reads a study.
import type { claims as german } from "../de/claims";
export const claims: Readonly<Record<keyof typeof german, string>> = {
  "claims.read": "Read",
  "claims.readStudy": "Read {study}",
  "claims.look": "View only",
  "claims.lookingOnly": "Viewing only",
  "claims.takeOver": "Take over",
  "claims.takeBack": "Take back",
  "claims.you": "You",
  "claims.own": "Being read by you since {time}",
  "claims.other": "Being read by {name} since {time}",
  "claims.lost": "Taken over by {name} at {time}",
  "claims.takenOver": "{name} took over {study} at {time}. The images stay visible, and what you saved stays yours.",
  "claims.failed": "The study could not be claimed. You can go on viewing it.",
  "claims.heldTitle": "Take over the study",
  "claims.held": "Being read by {name} since {time}.",
  "claims.heldText": "If you take over, {name} sees at once who did.",
  "claims.recorded": "This is recorded",
  "tag.reading": "Being read",
};
