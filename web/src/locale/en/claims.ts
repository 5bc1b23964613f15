// Words of who reads a study.
import type { claims as german } from "../de/claims";
export const claims: Readonly<Record<keyof typeof german, string>> = {
  "claims.read": "Read",
  "claims.look": "View only",
  "claims.lookingOnly": "Viewing only",
  "claims.takeOver": "Take over",
  "claims.takeBack": "Take back",
  "claims.you": "You",
  "claims.own": "Read by you since {time}",
  "claims.other": "Read by {name} since {time}",
  "claims.lost": "Taken over by {name} at {time}",
  "claims.takenOver": "{name} took over {study} at {time}. The images stay visible, what was saved stays yours.",
  "claims.failed": "The study could not be taken. Viewing goes on.",
  "claims.heldTitle": "Take over the study",
  "claims.held": "Read by {name} since {time}.",
  "claims.heldText": "After taking over, {name} sees at once who took over.",
  "claims.recorded": "Is recorded",
  "tag.reading": "Being read",
};
