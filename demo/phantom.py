"""A CT volume that nobody was scanned for: ellipsoids of known attenuation, written as 96 CT images."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import UID, CTImageStorage, ExplicitVRLittleEndian

SLICES: Final = 96
SIZE: Final = 512
SPACING_MM: Final = 0.8
SLICE_MM: Final = 3.0
_AIR_HU: Final = -1000
_INTERCEPT: Final = -1024
_ROOT: Final = "2.25.197704208893745291083461058203794118"


@dataclass(frozen=True, slots=True)
class Ellipsoid:
    """Centre and half axes in millimetres (x to the left, y to the back, z to the head), attenuation in HU."""

    centre: tuple[float, float, float]
    axes: tuple[float, float, float]
    hounsfield: int


# Later ones replace earlier ones where they overlap. Shapes of a chest, drawn by hand.
BODY: Final[Sequence[Ellipsoid]] = (
    Ellipsoid((0, 0, 0), (180, 118, 400), -90),  # fat
    Ellipsoid((0, 0, 0), (168, 106, 400), 45),  # muscle
    Ellipsoid((-82, -8, 0), (66, 78, 118), -860),  # right lung
    Ellipsoid((82, -8, 0), (66, 78, 118), -860),  # left lung
    Ellipsoid((22, -14, -30), (54, 48, 62), 40),  # heart
    Ellipsoid((0, 78, 0), (24, 20, 400), 380),  # spine
    Ellipsoid((0, 72, 0), (9, 9, 400), 30),  # spinal canal
    Ellipsoid((14, 42, 0), (13, 13, 400), 160),  # aorta, enhanced
    Ellipsoid((0, -98, 20), (22, 7, 90), 260),  # sternum
    Ellipsoid((0, 20, 60), (9, 9, 70), _AIR_HU),  # trachea
    Ellipsoid((-96, -24, 34), (7, 7, 7), 60),  # a nodule of 14 mm
    Ellipsoid((-70, 30, -130), (90, 70, 70), 65),  # liver
)


def attenuation(slice_number: int, seed: int = 20_261_125) -> NDArray[np.int16]:
    """Return one slice in HU, shape (rows, columns), with noise of 12 HU from a fixed seed."""
    steps = (np.arange(SIZE) - (SIZE - 1) / 2) * SPACING_MM
    x, y = np.meshgrid(steps, steps)
    z = (slice_number - (SLICES - 1) / 2) * SLICE_MM
    image = np.full((SIZE, SIZE), _AIR_HU, dtype=np.int16)
    for part in BODY:
        (cx, cy, cz), (ax, ay, az) = part.centre, part.axes
        image[((x - cx) / ax) ** 2 + ((y - cy) / ay) ** 2 + ((z - cz) / az) ** 2 <= 1] = part.hounsfield
    noise = np.random.default_rng(seed + slice_number).normal(0, 12, image.shape)
    return np.clip(image + noise, -1024, 3071).astype(np.int16)


def write_phantom(folder: Path, slices: int = SLICES) -> list[Path]:
    """Write the first `slices` images of the volume as Part 10 files; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for number in range(slices):
        path = folder / f"phantom_{number + 1:03}.dcm"
        phantom_image(number).save_as(path, enforce_file_format=True)
        written.append(path)
    return written


def phantom_image(number: int) -> Dataset:
    """Return slice `number` (0 is nearest the feet) as a CT Image object that says it is generated."""
    image = Dataset()
    image.file_meta = FileMetaDataset()
    image.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    image.file_meta.MediaStorageSOPClassUID = CTImageStorage
    image.file_meta.MediaStorageSOPInstanceUID = UID(f"{_ROOT}.1.{number + 1}")
    _identify(image, number)
    _place(image, number)
    stored = (attenuation(number).astype(np.int32) - _INTERCEPT).astype("<u2")
    image.PixelData = stored.tobytes()
    return image


def _identify(image: Dataset, number: int) -> None:
    image.SpecificCharacterSet = "ISO_IR 192"
    image.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
    image.SOPClassUID, image.SOPInstanceUID = CTImageStorage, f"{_ROOT}.1.{number + 1}"
    image.StudyInstanceUID, image.SeriesInstanceUID = f"{_ROOT}.2", f"{_ROOT}.3"
    image.FrameOfReferenceUID = f"{_ROOT}.4"
    image.StudyDate = image.SeriesDate = image.AcquisitionDate = image.ContentDate = "20261124"
    image.StudyTime = image.SeriesTime = image.AcquisitionTime = image.ContentTime = "081200"
    image.AccessionNumber, image.StudyID = "PHANTOM-1", "1"
    image.Modality, image.Manufacturer = "CT", "Kontor phantom generator"
    image.InstitutionName = "No institution"
    image.ReferringPhysicianName = ""
    image.StudyDescription = "Phantom chest, generated, not a patient"
    image.SeriesDescription = "Phantom 3 mm"
    image.PatientName, image.PatientID = "Phantom^Generated", "PHANTOM-CT"
    image.PatientBirthDate, image.PatientSex = "19610314", "O"
    image.BodyPartExamined, image.PatientPosition = "CHEST", "HFS"
    image.SeriesNumber, image.InstanceNumber, image.AcquisitionNumber = 1, SLICES - number, 1


def _place(image: Dataset, number: int) -> None:
    corner = -(SIZE - 1) / 2 * SPACING_MM
    z = (number - (SLICES - 1) / 2) * SLICE_MM
    image.SliceThickness, image.KVP = SLICE_MM, 120
    image.ImagePositionPatient = [corner, corner, z]
    image.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
    image.SliceLocation = z
    image.SamplesPerPixel, image.PhotometricInterpretation = 1, "MONOCHROME2"
    image.Rows = image.Columns = SIZE
    image.PixelSpacing = [SPACING_MM, SPACING_MM]
    image.BitsAllocated, image.BitsStored, image.HighBit, image.PixelRepresentation = 16, 12, 11, 0
    image.RescaleIntercept, image.RescaleSlope, image.RescaleType = _INTERCEPT, 1, "HU"
    image.WindowCenter, image.WindowWidth = [40, -600], [400, 1500]
    image.WindowCenterWidthExplanation = ["Soft tissue", "Lung"]
