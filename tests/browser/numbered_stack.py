"""A stack in which every slice carries its own number in its pixels, as eight cells and their complement below."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from demo.phantom import phantom_image
from numpy.typing import NDArray
from pydicom.uid import generate_uid

SLICES: Final = 200
BITS: Final = 8
SIDE: Final = 64
_BAND: Final = slice(SIDE // 4, SIDE // 2), slice(SIDE // 2, 3 * SIDE // 4)
_DARK, _BRIGHT = 900, 1200  # stored: black and white in the soft tissue window


def write_stack(folder: Path) -> tuple[str, list[Path]]:
    """Write the stack; return its study's UID and its files."""
    study, series, frame = generate_uid(), generate_uid(), generate_uid()
    image = phantom_image(0)
    image.Rows = image.Columns = SIDE
    image.PixelSpacing = [3, 3]
    image.WindowCenter, image.WindowWidth = 40, 400
    del image.WindowCenterWidthExplanation
    image.PatientName, image.PatientID = "Stapel^Nummeriert", "STACK"
    image.StudyInstanceUID, image.SeriesInstanceUID, image.FrameOfReferenceUID = study, series, frame
    written = []
    for number in range(1, SLICES + 1):
        image.SOPInstanceUID = image.file_meta.MediaStorageSOPInstanceUID = generate_uid()
        image.InstanceNumber, image.SliceLocation = number, -number
        image.ImagePositionPatient = [0, 0, -number]
        image.PixelData = _pixels(number).tobytes()
        written.append(folder / f"{number:03}.dcm")
        image.save_as(written[-1], enforce_file_format=True)
    return str(study), written


def _pixels(number: int) -> NDArray[np.uint16]:
    bits = np.array([number >> bit & 1 for bit in range(BITS)], dtype=bool).repeat(SIDE // BITS)
    made = np.full((SIDE, SIDE), _DARK, dtype="<u2")
    for rows, pattern in zip(_BAND, (bits, ~bits), strict=True):
        made[rows] = np.where(pattern, _BRIGHT, _DARK)
    return made


def number_in(square: NDArray[np.uint8]) -> int | None:
    """The number that a picture of the whole image shows; None where it shows none, or halves of two."""
    rows, columns = square.shape
    middle = [int((at + 0.5) * columns / BITS) for at in range(BITS)]
    above, below = (square[int(part * rows), middle] > 128 for part in (3 / 8, 5 / 8))
    return int(sum(1 << bit for bit in range(BITS) if above[bit])) if (above != below).all() else None
