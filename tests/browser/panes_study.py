"""A study for several panes: stacks of one frame of reference, one across them, one with a frame of its own; a cine."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from demo.phantom import SLICES, attenuation, phantom_image
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.uid import UltrasoundMultiFrameImageStorage, generate_uid

MM = 3.0
"""Edge of the cubes of the volume."""
COUNT = 64
EDGE = 128
PATIENT = "PANES"
OTHER_FRAME_SHIFT_MM = 12.5


def volume() -> NDArray[np.int16]:
    """HU of a chest in cubes of 3 mm, as [z from the feet, y to the back, x to the left]."""
    first = (SLICES - COUNT) // 2
    return np.stack([attenuation(first + at)[::4, ::4][:EDGE, :EDGE] for at in range(COUNT)])


def write_study(folder: Path, study: str) -> list[Path]:
    """Axial 3 mm, axial 6 mm with rows and columns the other way, coronal, axial with another frame of reference."""
    folder.mkdir(parents=True, exist_ok=True)
    body = volume()
    frame, other = generate_uid(), generate_uid()
    half = (EDGE - 1) / 2 * MM
    axial = [(body[at], [-half, -half, at * MM]) for at in range(COUNT)]
    turned = [(body[at][::-1, ::-1], [half, half, at * MM]) for at in range(0, COUNT, 2)]
    coronal = [(body[::-1, row], [-half, -half + row * MM, (COUNT - 1) * MM]) for row in range(0, EDGE, 2)]
    shifted = [(pixels, [x, y, z + OTHER_FRAME_SHIFT_MM]) for pixels, (x, y, z) in axial]
    series = [
        (1, "Axial 3 mm", [1, 0, 0, 0, 1, 0], axial, frame),
        (2, "Axial 6 mm", [-1, 0, 0, 0, -1, 0], turned, frame),
        (3, "Koronal", [1, 0, 0, 0, 0, -1], coronal, frame),
        (4, "Axial anderer Rahmen", [1, 0, 0, 0, 1, 0], shifted, other),
    ]
    written = []
    for number, description, directions, slices, reference in series:
        uid = generate_uid()
        for at, (pixels, position) in enumerate(slices):
            image = _image(study, uid, number, description, at)
            image.ImageOrientationPatient, image.ImagePositionPatient = directions, position
            image.FrameOfReferenceUID = reference
            _put(image, pixels)
            written.append(_save(image, folder / f"{number}-{at:03}.dcm"))
    return written


def write_run(path: Path, study: str, frames: int = 60) -> Path:
    """A run of 30 images a second whose number stands in its pixels: frame n is n × 4 bright."""
    image = _image(study, generate_uid(), 1, "Lauf", 0)
    image.SOPClassUID = image.file_meta.MediaStorageSOPClassUID = UltrasoundMultiFrameImageStorage
    image.Modality, image.FrameTime, image.NumberOfFrames = "US", 1000 / 30, frames
    for name in ("ImagePositionPatient", "ImageOrientationPatient", "PixelSpacing", "FrameOfReferenceUID"):
        delattr(image, name)
    for name in ("RescaleSlope", "RescaleIntercept", "RescaleType", "WindowCenterWidthExplanation"):
        delattr(image, name)
    image.BitsAllocated, image.BitsStored, image.HighBit = 8, 8, 7
    image.WindowCenter, image.WindowWidth = 128, 256
    image.Rows = image.Columns = 64
    image.PixelData = np.repeat(np.arange(frames, dtype=np.uint8) * 4, 64 * 64).tobytes()
    return _save(image, path)


def _image(study: str, series: str, number: int, description: str, at: int) -> Dataset:
    image = phantom_image(0)
    image.StudyInstanceUID, image.SeriesInstanceUID = study, series
    image.SOPInstanceUID = image.file_meta.MediaStorageSOPInstanceUID = generate_uid()
    image.PatientName, image.PatientID, image.AccessionNumber = "Kachel^Viele", PATIENT, "PANES-1"
    image.StudyDescription, image.SeriesDescription = "Mehrere Kacheln", description
    image.SeriesNumber, image.InstanceNumber = number, at + 1
    return image


def _put(image: Dataset, hounsfield: NDArray[np.int16]) -> None:
    image.Rows, image.Columns = hounsfield.shape
    image.PixelSpacing = [MM, MM]
    stored = hounsfield.astype(np.int32) - int(image.RescaleIntercept)
    image.PixelData = np.ascontiguousarray(stored.astype("<u2")).tobytes()


def _save(image: Dataset, path: Path) -> Path:
    image.save_as(path, enforce_file_format=True)
    return path
