"""No list cuts a name, a number, an address or a heading."""

from __future__ import annotations

from pathlib import Path

import pytest
from demo.__main__ import CALLING_AE_TITLE
from demo.phantom import phantom_image
from demo.sending import send
from pydicom.uid import generate_uid

from tests.browser.running import Demo, drive

pytestmark = pytest.mark.xdist_group("demo")

READER = "Prof. Dr. Müller-Lüdenscheidt"


def test_lists_and_views_are_readable_to_the_last_letter_at_1440_pixels(demo: Demo, tmp_path: Path) -> None:
    seen = drive("cut.mjs", demo.address, demo.user, demo.password, str(tmp_path))
    assert seen["troubles"] == []
    assert seen["cut"] == [], seen["cut"]


def test_a_list_cuts_no_number_and_no_name_and_tells_alike_persons_apart(demo: Demo, tmp_path: Path) -> None:
    persons = (
        ("SYN-S-2022110912", "19610314", "Wang^XiaoDong=王^小東"),
        ("", "19700102", "Wang^XiaoDong=王^小棟"),
        ("2022-00012345-1", "19550505", "Wang^Karl"),
        ("2022-00012345-2", "19550505", "Wang^Karl"),
    )
    paths, studies = [], []
    for number, (patient, birth, name) in enumerate(persons):
        made = phantom_image(40)
        made.SpecificCharacterSet = "ISO_IR 192"
        made.PatientName, made.PatientID, made.PatientBirthDate = name, patient, birth
        made.AccessionNumber, made.StudyDescription = f"2020091011223{number:03}", "CT Thorax mit Kontrastmittel"
        studies.append(generate_uid())
        made.StudyInstanceUID, made.SeriesInstanceUID = studies[-1], generate_uid()
        made.SOPInstanceUID = made.file_meta.MediaStorageSOPInstanceUID = generate_uid()
        paths.append(tmp_path / f"{number}.dcm")
        made.save_as(paths[-1], enforce_file_format=True)
    send(paths, CALLING_AE_TITLE, "KONTOR", "127.0.0.1", demo.dimse, lambda _: None)
    arguments = (str(tmp_path), "patient_name=Wang", studies[0], READER)
    seen = drive("list-room.mjs", demo.address, demo.user, demo.password, *arguments)
    assert seen["troubles"] == []
    assert (seen["account"], seen["claim"]) == (201, 200)
    for width in ("wide", "middle", "narrow", "small"):
        assert seen[width]["cut"] == [], width
        assert all(shown >= min(whole, 80) for shown, whole in seen[width]["described"]), (width, seen[width])
    assert "SYN-S-2022110912" in seen["wide"]["numbers"]
    for width in ("narrow", "small"):
        ages = seen[width]["ages"]
        assert [sum(birth in age for age in ages) for birth in ("14.03.1961", "02.01.1970")] == [1, 1], ages
        assert len(seen[width]["looks"]) == len(set(seen[width]["looks"])) == len(persons), width
        (holder,) = seen[width]["holders"]
        assert READER in holder["title"]
        assert holder["ends"] == "ellipsis", (width, holder)
    assert any(seen["wide"]["words"])
    assert seen["sorted"] == "patient_name"
