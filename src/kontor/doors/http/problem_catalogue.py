"""Catalogue of problem kinds: code, HTTP status, whether the same call may succeed later, texts in German and English.

Title says what happened, remedy says what to do; where something might be feared lost, the title says that it is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem. `repeatable`: the same call may succeed later without being changed."""

    code: str
    status: int
    repeatable: bool
    title_de: str
    title_en: str
    remedy_de: str
    remedy_en: str

    def title(self, language: str) -> str:
        """What happened, in 'de' or 'en'."""
        return self.title_de if language == "de" else self.title_en

    def remedy(self, language: str) -> str:
        """What to do, in 'de' or 'en'."""
        return self.remedy_de if language == "de" else self.remedy_en


_KINDS: Final = (
    Kind(
        "not-signed-in", 401, False,
        "Nicht angemeldet", "Not signed in",
        "Melden Sie sich an und wiederholen Sie den Vorgang.", "Sign in and repeat.",
    ),
    Kind(
        "session-expired", 401, False,
        "Die Anmeldung ist abgelaufen", "The session has ended",
        "Melden Sie sich neu an. Gespeichertes ist nicht verloren.", "Sign in again. Nothing saved was lost.",
    ),
    Kind(
        "unknown-token", 401, False,
        "Das Zugangstoken gilt nicht", "The access token is not valid",
        "Erzeugen Sie ein neues Token: kontor token create --user NAME.",
        "Create a new token: kontor token create --user NAME.",
    ),
    Kind(
        "wrong-credentials", 401, False,
        "Name oder Passwort stimmt nicht", "Name or password is wrong",
        "Prüfen Sie beide; die Verwaltung kann ein neues Passwort setzen.",
        "Check both; an administrator can set a new password.",
    ),
    Kind(
        "wrong-password", 403, False,
        "Das bisherige Passwort stimmt nicht", "The present password is wrong",
        "Geben Sie es noch einmal ein; es gilt weiter.", "Enter it again; it still holds.",
    ),
    Kind(
        "too-many-attempts", 429, True,
        "Zu viele Anmeldeversuche", "Too many attempts to sign in",
        "Warten Sie die angegebene Zeit und versuchen Sie es erneut.", "Wait for the time given, then try again.",
    ),
    Kind(
        "too-many-requests", 429, True,
        "Zu viele gleichzeitige Anfragen", "Too many requests at once",
        "Warten Sie einen Augenblick und wiederholen Sie den Vorgang.", "Wait a moment and repeat.",
    ),
    Kind(
        "right-missing", 403, False,
        "Dafür fehlt Ihnen das Recht", "You lack the right to do this",
        "Die Verwaltung kann Ihrem Konto eine weitere Rolle geben.",
        "An administrator can give your account another role.",
    ),
    Kind(
        "csrf", 403, False,
        "Die Anfrage kam nicht aus der Oberfläche von Kontor", "The request did not come from Kontor's own pages",
        "Laden Sie die Seite neu. Programme melden sich mit einem Token an.",
        "Reload the page. Programs authenticate by a token.",
    ),
    Kind(
        "not-found", 404, False,
        "Nicht gefunden", "Not found",
        "Es gibt dies hier nicht, oder es gehört nicht zu Ihrem Bereich.",
        "It does not exist here, or is not yours to see.",
    ),
    Kind(
        "pixels-incomplete", 404, False,
        "Die Bilddaten sind unvollständig eingetroffen", "The pixel data arrived incomplete",
        "Was eintraf, ist gesichert. Prüfen Sie das Original am sendenden Gerät.",
        "What arrived is kept. Check the original at the sending device.",
    ),
    Kind(
        "method-not-allowed", 405, False,
        "Diese Methode gibt es hier nicht", "This method does not exist here",
        "Das Feld Allow nennt die möglichen.", "The Allow field names those that do.",
    ),
    Kind(
        "not-acceptable", 406, False,
        "In keiner der verlangten Formen lieferbar", "Cannot be given in any of the forms asked for",
        "Nennen Sie im Feld Accept eine der lieferbaren Formen.", "Name a form that can be given in Accept.",
    ),
    Kind(
        "body-too-slow", 408, True,
        "Die Übertragung stockte zu lange", "The transfer stalled for too long",
        "Was schon bestätigt war, ist gespeichert. Senden Sie den Rest erneut.",
        "What was acknowledged is kept. Send the rest again.",
    ),
    Kind(
        "conflict", 409, False,
        "Das widerspricht dem, was schon da ist", "This contradicts what is already there",
        "Laden Sie den neuen Stand und entscheiden Sie erneut.", "Load the present state and decide again.",
    ),
    Kind(
        "images-changed", 409, False,
        "Dieses Bild wurde inzwischen ersetzt; das frühere ist erhalten",
        "This image has been replaced meanwhile; the former one is kept",
        "Laden Sie die Serie neu.", "Load the series again.",
    ),
    Kind(
        "mark-changed", 409, False,
        "Diese Markierung wurde inzwischen an anderer Stelle geändert; ihr Stand ist gespeichert",
        "This mark has been changed elsewhere meanwhile; that state is kept",
        "Das Feld present nennt den neuen Stand; entscheiden Sie erneut.",
        "The field present holds the new state; decide again.",
    ),
    Kind(
        "claimed", 409, False,
        "Jemand anderes befundet diese Untersuchung", "Somebody else is reading this study",
        "Ansehen können Sie sie. Wollen Sie sie befunden, übernehmen Sie sie ausdrücklich.",
        "You can look at it. To read it, take it over expressly.",
    ),
    Kind(
        "name-taken", 409, False,
        "Der Name ist vergeben", "The name is taken",
        "Wählen Sie einen anderen Namen.", "Choose another name.",
    ),
    Kind(
        "last-administrator", 409, False,
        "Danach könnte niemand mehr verwalten", "Nobody could administer afterwards",
        "Geben Sie zuerst einem anderen Konto die Rolle admin.", "Give the role admin to another account first.",
    ),
    Kind(
        "not-dicom", 409, False,
        "Kein annehmbares DICOM-Objekt; nichts davon wurde gespeichert",
        "Not an acceptable DICOM object; nothing of it was stored",
        "Das Feld detail nennt den Grund; prüfen Sie das sendende Gerät.",
        "The detail names the reason; check the sender.",
    ),
    Kind(
        "body-too-large", 413, False,
        "Die Anfrage ist zu groß", "The request is too large",
        "Teilen Sie sie auf.", "Split it.",
    ),
    Kind(
        "media-type", 415, False,
        "Diese Art von Inhalt wird hier nicht angenommen", "This kind of content is not accepted here",
        "Das Feld detail nennt die angenommenen.", "The detail names those that are.",
    ),
    Kind(
        "range-not-satisfiable", 416, False,
        "Der verlangte Bereich liegt außerhalb", "The range asked for lies outside",
        "Fragen Sie zuerst die Länge ab.", "Ask for the length first.",
    ),
    Kind(
        "invalid-request", 400, False,
        "Die Anfrage ist nicht lesbar", "The request cannot be read",
        "Berichtigen Sie, was genannt ist, und wiederholen Sie den Vorgang.", "Correct what is named, then repeat.",
    ),
    Kind(
        "malformed-multipart", 400, False,
        "Die Teile der Anfrage sind nicht zu trennen", "The parts of the request cannot be told apart",
        "Prüfen Sie Grenze und Kopfzeilen der Teile.", "Check the boundary and the parts' header fields.",
    ),
    Kind(
        "bad-host", 400, False,
        "Der Rechnername der Anfrage ist ungültig", "The request's host name is not valid",
        "Rufen Sie Kontor unter seinem eigenen Namen auf.", "Call Kontor by its own name.",
    ),
    Kind(
        "inadmissible", 422, False,
        "Ein Wert ist nicht zulässig", "A value is not admissible",
        "Berichtigen Sie die genannte Angabe und wiederholen Sie den Vorgang.",
        "Correct the value that is named, then repeat.",
    ),
    Kind(
        "not-decodable", 422, False,
        "Die Bilddaten lassen sich nicht entschlüsseln; das Original ist vollständig erhalten",
        "The pixels cannot be decoded; the original is kept whole",
        "Laden Sie das Original herunter.", "Retrieve the original.",
    ),
    Kind(
        "storage-full", 507, True,
        "Der Speicher ist fast voll; es wird nichts angenommen und nichts gelöscht",
        "Storage is almost full; nothing is accepted, nothing is deleted",
        "Der Betrieb muss Speicher schaffen. Senden Sie danach erneut.",
        "The operator must add storage. Send again afterwards.",
    ),
    Kind(
        "unavailable", 503, True,
        "Zurzeit nicht erreichbar; Gespeichertes ist nicht verloren",
        "Not available now; nothing that was kept is lost",
        "Wiederholen Sie den Vorgang in einigen Sekunden.", "Repeat in a few seconds.",
    ),
    Kind(
        "audit-unwritable", 503, True,
        "Der Zugriff kann nicht protokolliert werden, deshalb wird nichts herausgegeben",
        "The access cannot be audited, so nothing is given out",
        "Benachrichtigen Sie den Betrieb.", "Tell the operator.",
    ),
    Kind(
        "internal", 500, True,
        "Ein Fehler in Kontor; Gespeichertes ist nicht verloren", "A fault in Kontor; nothing that was kept is lost",
        "Nennen Sie dem Betrieb die Vorfallnummer.", "Give the operator the incident number.",
    ),
)  # fmt: skip

CATALOGUE: Final[Mapping[str, Kind]] = MappingProxyType({kind.code: kind for kind in _KINDS})
