// Words of the sign-in page.
export const login = {
  "login.title": "Anmelden",
  "login.name": "Benutzername",
  "login.password": "Passwort",
  "login.capsLock": "Feststelltaste ist an",
  "login.show": "Passwort zeigen",
  "login.hide": "Passwort verbergen",
  "login.act": "Anmelden",
  "login.busy": "Wird geprüft",
  "login.throttled": "Nach zu vielen Versuchen gesperrt. Wieder möglich in {n} s.",
  "login.missing": "Benutzername und Passwort eingeben.",
  "login.picture": "Gezeichnetes Schnittbild, kein Patient",
} as const;
