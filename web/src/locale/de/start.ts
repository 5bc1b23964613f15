// Words of the first steps in an empty archive.
export const start = {
  "start.peers": "Geräte benennen.",
  "start.peers.text": "Nur benannte Absender dürfen herein; wer vergeblich anklopft, steht dort mit Grund.",
  "start.peers.act": "Partner aufnehmen",
  "start.send": "Bilder senden.",
  "start.send.text": "Diese Angaben am Gerät als Ziel eintragen:",
  "start.send.ask": "Bilder kommen von Geräten über DICOM. Name, Adresse und Port kennt die Verwaltung.",
  "start.ae": "Name (AET)",
  "start.host": "Adresse",
  "start.port": "Port",
  "start.loopback":
    "Kontor hört nur auf diesem Rechner. Damit andere Geräte senden können, den Befehl, mit dem der Server gestartet wurde, um --dimse 0.0.0.0:{port} ergänzen.",
  "start.upload": "Oder hochladen.",
  "start.upload.text": "Dateien, Ordner oder ein ZIP-Archiv auf diese Seite ziehen, oder",
  "start.upload.act": "auswählen",
  "start.accounts": "Menschen hereinlassen.",
  "start.accounts.text": "Jede Person hat ihr eigenes Konto mit ihren Rollen.",
  "start.accounts.act": "Konto anlegen",
} as const;
