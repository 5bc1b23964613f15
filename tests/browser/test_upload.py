"""A person uploads two thousand files with hostile names over a line that breaks."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.archive.objects import dataset, part10
from tests.browser.running import SCREENSHOTS, drive
from tests.corridor.house import PASSWORD, USER, House, living
from tests.hostile import HOSTILE, fitting

IMAGES = 2_000
TEXTS = 60
NAME_BYTES = 120


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with living(tmp_path / "house", f"sqlite:///{tmp_path}/house/kontor.db") as lived_in:
        yield lived_in


def hostile_name(number: int) -> str:
    """A name that a file system takes: without its two signs, and not longer than it allows."""
    text = fitting(HOSTILE[number % len(HOSTILE)], NAME_BYTES, "/\0")
    return f"{number} " + text.encode()[:NAME_BYTES].decode(errors="ignore")


@pytest.fixture
def medium(tmp_path: Path) -> Path:
    """A folder as a medium has it: images in folders, an index, a viewer, texts, and three files that are broken."""
    folder = tmp_path / "CD extern"
    for number in range(IMAGES):
        place = folder / f"S{number // 500}" / f"{number // 100}"
        place.mkdir(parents=True, exist_ok=True)
        (place / hostile_name(number)).write_bytes(part10(dataset(str(number + 1))))
    for number in range(TEXTS):
        (folder / f"{hostile_name(number)}.txt").write_bytes(b"Bilder vom 1.1.2026\n" * 20)
    (folder / "DICOMDIR").write_bytes(part10(b""))
    (folder / "leer").write_bytes(b"")
    for number in range(len(HOSTILE)):
        (folder / f"bad {hostile_name(number)}").write_bytes(part10(dataset("x.y")))
    return folder


def zipped(folder: Path, path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted((folder / "S0").rglob("*")):
            if file.is_file():
                archive.write(os.fsencode(file).decode(errors="replace"), str(file.relative_to(folder)))
    return path


def test_a_medium_is_uploaded_whole_over_a_line_that_breaks(house: House, medium: Path, tmp_path: Path) -> None:
    archive = zipped(medium, tmp_path / "CD.zip")
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    seen = drive("upload.mjs", house.root, USER, PASSWORD, str(medium), str(archive), str(SCREENSHOTS), within_s=300)
    refused = len(HOSTILE)
    kept, repeated, variants, not_accepted, left = seen["folder"]
    assert (kept, repeated, variants, not_accepted, left) == (IMAGES, 0, 0, refused, TEXTS + 2)
    assert seen["lost"] == 1
    assert sum(seen["whileWaiting"]) < IMAGES
    assert seen["stayedAt"] == "/upload"
    assert "Hochladen" in seen["hint"]
    assert len(seen["refused"]) == refused
    assert [line.split()[0] for line in seen["left"]] == [str(TEXTS), "1", "1"]
    assert seen["csv"].count("\r\n") >= refused + TEXTS + 2 + 1
    # Again as an archive: what is there is told as there, and nothing changed.
    assert seen["archive"][:2] == [IMAGES, 500]
    assert seen["study"] == [IMAGES]
    assert seen["sideways"] <= 0
    assert seen["troubles"] == []
