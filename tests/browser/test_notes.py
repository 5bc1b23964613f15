"""What has no picture says so in the middle of the pane, and what stands over a bright picture can be read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from demo.__main__ import CALLING_AE_TITLE
from demo.phantom import SIZE, phantom_image
from demo.sending import send
from numpy.typing import NDArray
from PIL import Image
from pydicom.uid import generate_uid

from tests.browser.running import Demo, drive

pytestmark = pytest.mark.xdist_group("demo")

CONTRAST = 4.5
"""Of text with its ground, as WCAG 2.2 has it (1.4.3); a mere shadow leaves white on white."""


def send_image(demo: Demo, path: Path, *, air: bool) -> str:
    """Send one image into a study of its own: of air alone, or without rows and pixels. Return the study's UID."""
    made = phantom_image(40)
    made.PatientName, made.PatientID, made.AccessionNumber = "Notes^Seen", "NOTES", "NOTES"
    made.StudyInstanceUID, made.SeriesInstanceUID = generate_uid(), generate_uid()
    made.SOPInstanceUID = made.file_meta.MediaStorageSOPInstanceUID = generate_uid()
    if air:
        made.PixelData = bytes(2 * SIZE * SIZE)
    else:
        del made.Rows, made.Columns, made.PixelData
    made.save_as(path, enforce_file_format=True)
    send([path], CALLING_AE_TITLE, "KONTOR", "127.0.0.1", demo.dimse, lambda _: None)
    return str(made.StudyInstanceUID)


def luminances(path: Path) -> NDArray[np.float64]:
    """Relative luminance of a grey picture's pixels (WCAG 2.2)."""
    levels = np.asarray(Image.open(path).convert("L")) / 255
    return np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)


def test_a_pane_without_a_picture_says_why_in_its_middle_and_texts_stand_on_a_plate(demo: Demo, tmp_path: Path) -> None:
    studies = [send_image(demo, tmp_path / f"{air}.dcm", air=air) for air in (False, True)]
    seen = drive("notes.mjs", demo.address, demo.user, demo.password, str(tmp_path), *studies)
    assert seen["troubles"] == []
    assert set(seen["notes"]) == {"empty", "failed"}
    assert "CT Image Storage" in seen["notes"]["empty"]["text"]
    for said in seen["notes"].values():
        box, pane = said["box"], said["pane"]
        assert box["width"] >= 300, said
        middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
        assert middle == pytest.approx([pane["x"] + pane["width"] / 2, pane["y"] + pane["height"] / 2], abs=2)
    line, beside = (luminances(tmp_path / f"{name}.png") for name in ("line", "beside"))
    assert np.median(beside) > 0.9, "the image under the text is not bright"
    ground, letters = np.percentile(line, [50, 98])
    assert (letters + 0.05) / (ground + 0.05) > CONTRAST
