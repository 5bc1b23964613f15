"""Two readers and one list: what one reads the other sees, taking over has a name, the list stands as it was left."""

from __future__ import annotations

from pathlib import Path

import pytest
from demo.__main__ import CALLING_AE_TITLE
from demo.phantom import phantom_image
from demo.sending import send
from pydicom.uid import generate_uid

from tests.browser.running import Demo, drive

pytestmark = pytest.mark.xdist_group("demo")


def send_study(demo: Demo, path: Path, name: str, number: str, day: str) -> str:
    """Send one image as a study of its own. Return the study's UID."""
    made = phantom_image(40)
    made.PatientName, made.PatientID, made.StudyDate = name, number, day
    made.StudyInstanceUID, made.SeriesInstanceUID = generate_uid(), generate_uid()
    made.SOPInstanceUID = made.file_meta.MediaStorageSOPInstanceUID = generate_uid()
    made.save_as(path, enforce_file_format=True)
    send([path], CALLING_AE_TITLE, "KONTOR", "127.0.0.1", demo.dimse, lambda _: None)
    return str(made.StudyInstanceUID)


def test_two_readers_share_a_list(demo: Demo, tmp_path: Path) -> None:
    second, prior, newest = (
        send_study(demo, tmp_path / f"{number}.dcm", name, patient, day)
        for number, (name, patient, day) in enumerate(
            (("Reihe^Berta", "R-2", "20261120"), ("Reihe^Anna", "R-1", "20260414"), ("Reihe^Anna", "R-1", "20261124"))
        )
    )
    seen = drive("worklist.mjs", demo.address, demo.user, demo.password, str(tmp_path), newest, prior, second)
    assert seen["troubles"] == []
    assert (seen["settled"], seen["account"]) == ([204] * 3, 201)
    assert seen["rows"] == ["Reihe, Anna", "Reihe, Anna", "Reihe, Berta"]
    assert seen["title"] == "Meine Reihe"
    assert "Meine Reihe" in seen["view"]
    assert [("Aktuell" in entry, "vor 7 Mon." in entry) for entry in seen["timeline"]] == [(True, False), (False, True)]
    assert seen["read"] == seen["taken"] == f"/studies/{newest}/images"
    assert f"In Befundung durch {demo.user} seit" in seen["dialog"]
    assert "Reihe, Anna" in seen["dialog"]
    assert seen["told"].startswith("Dr. Karla Kollegin hat Reihe, Anna · CT · 24.11.2026 um")
    assert "Übernommen von Dr. Karla Kollegin um" in seen["lost"]
    assert seen["next"] == f"/studies/{prior}/images"
    assert "Reihe, Anna" in seen["announced"]
    assert seen["back"] == {"address": "?patient_name=Reihe", "chosen": "Reihe, Anna"}
