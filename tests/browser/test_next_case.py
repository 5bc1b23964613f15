"""The next case is there before it is opened: its headers and the images it opens with, each read told to the audit."""

from __future__ import annotations

from pathlib import Path

from bench.viewer.cases import FAMILY, slices_of_a_case, write_case

from tests.browser.running import drive
from tests.corridor.house import PASSWORD, USER, living

SLICES = 9
SIDE = 128  # so short that their time says nothing of the line: a busy machine is not taken for a slow one


def test_the_next_case_shows_its_image_without_a_further_request(tmp_path: Path) -> None:
    images = slices_of_a_case(SLICES)
    for image in images:
        image.Rows = image.Columns = SIDE
        image.PixelData = image.PixelData[: 2 * SIDE * SIDE]
    with living(tmp_path, f"sqlite:///{tmp_path}/kontor.db") as house, house.web as web:
        studies = []
        for number in range(2):
            study, files = write_case(tmp_path / str(number), number, images)
            assert web.store(*(path.read_bytes() for path in files)).failed == []
            studies.append(study)
        seen = drive("next-case.mjs", house.root, USER, PASSWORD, FAMILY, *studies)
        reads = [entry for entry in web.audit(act="read") if seen["second"] in entry["subject"]]
    assert seen["troubles"] == []
    assert seen["second"] in seen["address"]
    shown = seen["frame"]["of"].partition(":")[0]
    assert seen["frame"]["number"] == str((SLICES + 1) // 2)
    assert len(seen["brought"]) == 2
    assert seen["brought"][0] == shown
    assert shown not in seen["asked"], "the image on the screen was asked for again"
    assert seen["asked"], "nothing else was wanted: the test shows nothing"
    assert reads, "a case was brought and no read of it is audited"
    assert len(seen["together"]) > 1, "only one image was ever seen: the test shows nothing"
    assert [names for names in seen["together"].values() if len(names) != 1] == [], "an image stood under two names"
