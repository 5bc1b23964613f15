"""Files to send: CT images of 0.5 MB and MR images of 9 kB, each with UIDs of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pydicom
from demo.phantom import SLICES, phantom_image
from pydicom.dataset import Dataset
from pydicom.uid import UID, generate_uid

_MULTI_FRAME_WORD: Final = UID("1.2.840.10008.5.1.4.1.1.7.3")


def write_large(folder: Path, count: int) -> list[Path]:
    """CT images of 512 x 512 x 16 bit, four series of one study."""
    folder.mkdir(parents=True, exist_ok=True)
    study, series = generate_uid(), [generate_uid() for _ in range(4)]
    paths = []
    for number in range(count):
        image = phantom_image(number % SLICES)
        paths.append(_write(image, folder / f"ct{number:05}.dcm", study, series[number % 4], number))
    return paths


def write_small(folder: Path, count: int) -> list[Path]:
    """MR images of 64 x 64, about 9 kB."""
    folder.mkdir(parents=True, exist_ok=True)
    shipped = Path(pydicom.__file__).parent / "data" / "test_files" / "MR_small.dcm"
    image = pydicom.dcmread(shipped)
    study, series = generate_uid(), generate_uid()
    return [_write(image, folder / f"mr{number:05}.dcm", study, series, number) for number in range(count)]


def write_huge(path: Path, frames: int) -> Path:
    """One multi-frame object of `frames` times 1 MiB of random pixels, written frame by frame."""
    import os

    image = phantom_image(0)
    del image.PixelData
    image.SOPClassUID = image.file_meta.MediaStorageSOPClassUID = _MULTI_FRAME_WORD
    image.SOPInstanceUID = image.file_meta.MediaStorageSOPInstanceUID = generate_uid()
    image.StudyInstanceUID, image.SeriesInstanceUID = generate_uid(), generate_uid()
    image.Rows, image.Columns, image.NumberOfFrames = 512, 1024, frames
    image.save_as(path, enforce_file_format=True)
    frame = os.urandom(1 << 20)
    with path.open("ab") as file:
        file.write(b"\xe0\x7f\x10\x00OW\x00\x00" + (frames << 20).to_bytes(4, "little"))
        for _ in range(frames):
            file.write(frame)
    return path


def _write(image: Dataset, path: Path, study: str, series: str, number: int) -> Path:
    uid = generate_uid()
    image.StudyInstanceUID, image.SeriesInstanceUID, image.SOPInstanceUID = study, series, uid
    image.file_meta.MediaStorageSOPInstanceUID = uid
    image.InstanceNumber = number + 1
    image.save_as(path, enforce_file_format=True)
    return path
