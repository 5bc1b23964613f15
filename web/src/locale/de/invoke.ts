// Words of a call from another program.
export const invoke = {
  "invoke.title": "Aufruf",
  "invoke.none.title": "Keine Untersuchung zu diesem Aufruf",
  "invoke.none.text":
    "Ein anderes Programm hat eine Untersuchung oder einen Patienten genannt, zu dem hier nichts liegt oder nichts zu sehen erlaubt ist.",
  "invoke.unclear.title": "Dieser Aufruf nennt nichts",
  "invoke.unclear.text":
    "Er muss eine Untersuchung (studyUID oder accessionNumber) oder einen Patienten (patientID) nennen. Die Adresse im aufrufenden Programm prüfen.",
} as const;
