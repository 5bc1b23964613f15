// Words of a reader's own views.
export const views = {
  "views.saved": "Gespeicherte Ansichten",
  "views.name": "Name der Ansicht",
  "views.save": "Ansicht sichern",
  "views.rename": "Ansicht umbenennen",
  "views.renameOf": "Ansicht {name} umbenennen",
  "views.remove": "Ansicht löschen",
  "views.removeOf": "Ansicht {name} löschen",
  "views.removed": "Ansicht {name} gelöscht",
  "views.up": "Ansicht nach oben",
  "views.down": "Ansicht nach unten",
  "views.open7": "Erste gespeicherte Ansicht",
  "views.open8": "Zweite gespeicherte Ansicht",
  "views.why.notLoaded": "Ihre Ansichten sind noch nicht geladen",
  "views.why.none": "Keine gespeicherte Ansicht gezeigt",
  "views.why.fewer": "So viele sind nicht gespeichert",
} as const;
