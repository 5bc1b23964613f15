// Words of a patient's studies beside each other.
export const timeline = {
  "timeline.title": "Verlauf",
  "timeline.current": "Aktuell",
  "timeline.open": "{study} öffnen",
  "timeline.more": "{n} frühere zeigen",
  "timeline.unresolved":
    "Identität ungeklärt: Hier steht nur, was unter derselben ungeklärten Person kam. Frühere Untersuchungen können fehlen.",
  "timeline.provisional":
    "Ohne Patientennummer: Frühere Untersuchungen dieser Person lassen sich nicht zuordnen und fehlen hier.",
  "timeline.sameDay": "selber Tag",
  "timeline.before.days": "vor {n} Tag|vor {n} Tagen",
  "timeline.before.weeks": "vor {n} Wo.",
  "timeline.before.months": "vor {n} Mon.",
  "timeline.before.years": "vor {n} J.",
  "timeline.after.days": "{n} Tag danach|{n} Tage danach",
  "timeline.after.weeks": "{n} Wo. danach",
  "timeline.after.months": "{n} Mon. danach",
  "timeline.after.years": "{n} J. danach",
} as const;
