"""Images of a body of known size: what a length on them must say is known from how they were drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import (
    CTImageStorage,
    DigitalXRayImageStorageForPresentation,
    ExplicitVRLittleEndian,
    UltrasoundImageStorage,
)

STUDY: Final = "2.25.330718250912043320947702358811201134"
ROWS, COLUMNS = 400, 300
SPACING_MM: Final = (0.3, 0.6)
"""Between rows, between columns: a pixel is twice as wide as high."""
BOX: Final = (100, 300, 60, 160)
"""First row, row after the last, first column, column after the last: 60 by 60 millimetres."""
BOX_HU: Final = 100
_AROUND_HU: Final = -150
"""Black in the window and not below it: interpolated edges then stand where they are, not where black begins."""
_INTERCEPT: Final = -1024


def write(folder: Path) -> list[Path]:
    """A CT of two slices, a radiograph at the detector, and an ultrasound image of two regions."""
    made = [_ct(number) for number in (1, 2)] + [_radiograph(), _ultrasound()]
    paths = []
    for data_set in made:
        path = folder / f"{data_set.SOPInstanceUID}.dcm"
        data_set.save_as(path, enforce_file_format=True)
        paths.append(path)
    return paths


def _box(inside: int, outside: int) -> NDArray[np.uint16]:
    image = np.full((ROWS, COLUMNS), outside, dtype=np.uint16)
    top, bottom, left, right = BOX
    image[top:bottom, left:right] = inside
    return image


def _ct(number: int) -> Dataset:
    made = _image(CTImageStorage, "CT", 1, number, _box(BOX_HU - _INTERCEPT, _AROUND_HU - _INTERCEPT))
    made.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
    made.PixelSpacing = [*SPACING_MM]
    made.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
    made.ImagePositionPatient = [0, 0, 3 * number]
    made.FrameOfReferenceUID = f"{STUDY}.9"
    made.SliceThickness = 3
    made.RescaleIntercept = _INTERCEPT
    made.RescaleSlope = 1
    made.RescaleType = "HU"
    return made


def _radiograph() -> Dataset:
    made = _image(DigitalXRayImageStorageForPresentation, "DX", 2, 1, _box(627, 0))
    made.ImageType = ["ORIGINAL", "PRIMARY"]
    made.ImagerPixelSpacing = [*SPACING_MM]
    made.PresentationLUTShape = "IDENTITY"
    return made


def _ultrasound() -> Dataset:
    made = _image(UltrasoundImageStorage, "US", 3, 1, _box(627, 0))
    made.ImageType = ["ORIGINAL", "PRIMARY"]
    made.SequenceOfUltrasoundRegions = [_region(0, 149, 0.06, 0.03), _region(150, 299, 0.02, 0.02)]
    return made


def _region(left: int, right: int, delta_x: float, delta_y: float) -> Dataset:
    region = Dataset()
    region.RegionSpatialFormat = 1
    region.RegionDataType = 1
    region.RegionFlags = 0
    region.RegionLocationMinX0, region.RegionLocationMaxX1 = left, right
    region.RegionLocationMinY0, region.RegionLocationMaxY1 = 0, ROWS - 1
    region.PhysicalUnitsXDirection = region.PhysicalUnitsYDirection = 3
    region.PhysicalDeltaX, region.PhysicalDeltaY = delta_x, delta_y
    return region


def _image(sop_class: str, modality: str, series: int, number: int, values: NDArray[np.uint16]) -> Dataset:
    made = Dataset()
    made.SOPClassUID, made.SOPInstanceUID = sop_class, f"{STUDY}.{series}.{number}"
    made.StudyInstanceUID, made.SeriesInstanceUID = STUDY, f"{STUDY}.{series}"
    made.StudyDate, made.StudyTime = "20261124", "081200"
    made.Modality, made.SeriesNumber, made.InstanceNumber = modality, series, number
    made.PatientName, made.PatientID = "Maß^Stab", "MEASURED"
    made.PatientBirthDate, made.PatientSex = "19700101", "O"
    made.SpecificCharacterSet = "ISO_IR 100"
    made.StudyDescription, made.AccessionNumber = "Messphantom", ""
    made.Rows, made.Columns, made.SamplesPerPixel = ROWS, COLUMNS, 1
    made.PhotometricInterpretation, made.PixelRepresentation = "MONOCHROME2", 0
    made.BitsAllocated, made.BitsStored, made.HighBit = 16, 12, 11
    made.WindowCenter, made.WindowWidth = ("50", "400") if modality == "CT" else ("500", "1000")
    made.PixelData = values.astype("<u2").tobytes()
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    return made
