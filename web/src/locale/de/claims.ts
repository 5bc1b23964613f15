// Words of who reads a study.
export const claims = {
  "claims.read": "Befunden",
  "claims.look": "Nur ansehen",
  "claims.lookingOnly": "Nur Ansicht",
  "claims.takeOver": "Übernehmen",
  "claims.takeBack": "Zurückübernehmen",
  "claims.you": "Sie",
  "claims.own": "In Befundung durch Sie seit {time}",
  "claims.other": "In Befundung durch {name} seit {time}",
  "claims.lost": "Übernommen von {name} um {time}",
  "claims.takenOver": "{name} hat {study} um {time} übernommen. Die Bilder bleiben sichtbar, Gesichertes bleibt Ihres.",
  "claims.failed": "Die Untersuchung konnte nicht übernommen werden. Ansehen geht weiter.",
  "claims.heldTitle": "Untersuchung übernehmen",
  "claims.held": "In Befundung durch {name} seit {time}.",
  "claims.heldText": "Nach dem Übernehmen sieht {name} sofort, wer übernommen hat.",
  "claims.recorded": "Wird protokolliert",
  "tag.reading": "In Befundung",
} as const;
