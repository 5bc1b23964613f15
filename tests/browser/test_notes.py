"""What has no picture says so in the middle of the pane, and what stands over a bright picture can be read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from demo.__main__ import CALLING_AE_TITLE
from demo.phantom import SIZE, phantom_image
from demo.sending import send
from PIL import Image
from pydicom.uid import generate_uid

from tests.browser.running import Demo, drive

pytestmark = pytest.mark.xdist_group("demo")

BLACK = 40
EDGES_AT_LEAST = 0.1
"""The part of a text's box that its black edge takes; a mere shadow leaves none of it black."""


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


def test_a_pane_without_a_picture_says_why_in_its_middle_and_texts_have_a_black_edge(
    demo: Demo, tmp_path: Path
) -> None:
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
    text = np.asarray(Image.open(tmp_path / "bright.png").convert("L"))
    assert (text > 150).mean() > 0.3, "the image under the text is not bright"
    assert (text < BLACK).mean() > EDGES_AT_LEAST
