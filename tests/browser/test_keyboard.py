"""Without a mouse from login to the next case, on an American and on a German keyboard; each key of `?` is taken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from demo.__main__ import CALLING_AE_TITLE
from demo.phantom import phantom_image
from demo.sending import send
from pydicom.uid import generate_uid

from tests.browser.running import Demo, drive

pytestmark = pytest.mark.xdist_group("demo")

SLICES = 12
TOOLS = {
    "Verschieben [B]": "pan",
    "Zoom [Z]": "zoom",
    "Stapel [S]": "stack",
    "Lupe [U]": "lens",
    "Strecke [M]": "length",
    "Winkel [J]": "angle",
    "ROI [O]": "ellipse",
    "Wert [H]": "probe",
    "Pfeil [T]": "arrow",
    "Kalibrieren [⇧ K]": "calibration",
}
SHOWN_ON_IMAGES = {
    "Nächste Aufteilung [Y]": "panes",
    "Vergrößern [+]": "window",
    "Verkleinern [-]": "window",
    "Nach rechts drehen [>]": "letters",
    "Nach links drehen [<]": "letters",
    "Links und rechts spiegeln [⇧ H]": "letters",
    "Fenster Knochen [3]": "window",
    "Nächstes Bild [↓]": "image",
    "Letztes Bild [Ende]": "image",
    "Nächste Serie [Bild ↓]": "series",
    "Messungen zeigen und schließen [⇧ M]": "dock",
    "DICOM-Attribute [#]": "dialog",
    "Befehle zeigen [.]": "dialog",
    "Tasten dieser Seite [?]": "dialog",
    "Patient suchen [,]": "focus",
    "Zweites Fenster öffnen [F2]": "windows",
    "Zur Arbeitsliste [Esc]": "path",
}
SHOWN_ON_THE_LIST = {
    "Zeile hinab [↓]": "row",
    "Nur ansehen [⇧ ↵]": "path",
    "Vorschau auf und zu [Leer]": "preview",
    "Filter setzen [F]": "fields",
    "Ansicht sichern [V]": "fields",
    "Alle Filter entfernen [Rücktaste]": "search",
    "Trifft ein [4]": "title",
    "Patient suchen [,]": "focus",
}


def send_cases(demo: Demo, folder: Path, name: str) -> list[str]:
    """Send three patients, the newest last: that one has two series, one of them with several slices."""
    studies, paths = [], []
    for given, day, slices in (("Carla", "20261120", 1), ("Berta", "20261122", 1), ("Anna", "20261124", SLICES)):
        study, series = generate_uid(), [generate_uid(), generate_uid()]
        for at in range(slices + 1):
            made = phantom_image(40 + at)
            made.PatientName, made.PatientID, made.StudyDate = f"{name}^{given}", f"{name}-{given}", day
            made.StudyInstanceUID, made.SeriesInstanceUID = study, series[at // slices]
            made.SeriesNumber = 1 + at // slices
            made.SOPInstanceUID = made.file_meta.MediaStorageSOPInstanceUID = generate_uid()
            paths.append(folder / f"{made.SOPInstanceUID}.dcm")
            made.save_as(paths[-1], enforce_file_format=True)
        studies.append(str(study))
    send(paths, CALLING_AE_TITLE, "KONTOR", "127.0.0.1", demo.dimse, lambda _: None)
    return studies


@pytest.mark.parametrize("layout", ["american", "german"])
def test_a_morning_without_a_mouse(demo: Demo, tmp_path: Path, layout: str) -> None:
    name = f"Taste{layout.title()}"
    _, berta, anna = studies = send_cases(demo, tmp_path, name)
    access = (demo.address, demo.user, demo.password)
    shown = json.dumps([*SHOWN_ON_IMAGES, *SHOWN_ON_THE_LIST])
    seen = drive("keyboard.mjs", layout, *access, name, str(tmp_path), shown, *studies, within_s=400)
    assert seen["troubles"] == []
    assert seen["first"].startswith("input"), "the login page waits for a name"
    assert seen["chosen"] == seen["back"] == f"{name}, Anna"
    assert (seen["opened"], seen["next"]) == (f"/studies/{anna}/images", f"/studies/{berta}/images")
    assert seen["before"] == seen["opened"]
    assert "Lunge" in seen["window"]
    assert seen["length"].endswith("\u00a0mm")
    assert seen["kept"] == ["length"]
    if layout == "german":
        look_at_keys(seen["listKeys"], SHOWN_ON_THE_LIST)
        look_at_keys(seen["imageKeys"], SHOWN_ON_IMAGES)
        for key, tool in TOOLS.items():
            assert tool in seen["imageKeys"][key]["changed"]["tool"], key
        assert seen["imageKeys"]["Zoom [Z]"]["code"] == "KeyY"
        assert seen["imageKeys"]["Nächste Aufteilung [Y]"]["code"] == "KeyZ"
        return
    for page, found in seen["rounds"].items():
        assert found["back"], f"{page}: Tab does not come back, {found['stops']}"
        assert found["hidden"] == [], page
        assert len(found["stops"]) > 20, page
    for before, after in seen["returned"]:
        assert before == after != "page"
    before, after = seen["laidOut"]
    assert after.startswith("button Aufteilung")
    assert after != before, "the focus is on the button, and the layout is another"


def look_at_keys(told: dict[str, dict[str, object]], shown: dict[str, str]) -> None:
    """Each key that `?` names reaches a command, and those of which the page shows something show it."""
    assert [key for key, heard in told.items() if not heard.get("taken")] == []
    for key, part in shown.items():
        changed = told[key]["changed"]
        assert isinstance(changed, dict)
        assert part in changed, f"{key}: {told[key]}"
