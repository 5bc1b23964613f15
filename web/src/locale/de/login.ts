// Words of the sign-in page.
export const login = {
  "login.title": "Anmelden",
  "login.name": "Benutzername",
  "login.password": "Kennwort",
  "login.capsLock": "Feststelltaste ist an",
  "login.show": "Kennwort zeigen",
  "login.hide": "Kennwort verbergen",
  "login.act": "Anmelden",
  "login.busy": "Wird geprüft",
  "login.throttled": "Nach zu vielen Versuchen gesperrt. Wieder möglich in {n} s.",
  "login.missing": "Benutzername und Kennwort eingeben.",
  "login.picture": "Gezeichnetes Schnittbild, kein Patient",
} as const;
