"""CT studies in which every slice looks like no other, so that a picture of a screen tells which slice it shows."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian, generate_uid

SIZE: Final = 512
CENTRE, WIDTH = 40, 400
_COARSE: Final = 16  # cells of the pattern along a side: survives scaling and lossy screen pictures
_SPACING_MM: Final = 0.7


def hounsfield(slice_number: int) -> NDArray[np.int16]:
    """One slice, (rows, columns): a round body with its own coarse pattern and the noise of a scanner."""
    random = np.random.default_rng(slice_number)
    cells = random.uniform(-160, 240, (_COARSE + 1, _COARSE + 1))
    along = np.linspace(0, _COARSE, SIZE, endpoint=False)
    whole, rest = along.astype(int), along % 1
    left, right = cells[:, whole], cells[:, whole + 1]
    across = left + (right - left) * rest
    image = across[whole] + (across[whole + 1] - across[whole]) * rest[:, None]
    y, x = np.mgrid[-1 : 1 : SIZE * 1j, -1 : 1 : SIZE * 1j]
    image[x * x + y * y > 0.95] = -1000
    return np.clip(np.rint(image + random.normal(0, 12, image.shape)), -1024, 3071).astype(np.int16)


def grey(slice_number: int) -> NDArray[np.float64]:
    """The slice as PS3.3 C.11.2.1.2.1 draws it with the study's window, 0…255."""
    shares = (hounsfield(slice_number) - (CENTRE - 0.5)) / (WIDTH - 1) + 0.5
    drawn: NDArray[np.float64] = np.clip(shares, 0, 1) * 255
    return drawn


def write_study(folder: Path, slices: int) -> str:
    """Write a study of one series with `slices` images; return its UID."""
    folder.mkdir(parents=True)
    study, series, frame = generate_uid(), generate_uid(), generate_uid()
    for number in range(slices):
        _ct_image(number, study, series, frame).save_as(folder / f"{number:05d}.dcm", enforce_file_format=True)
    return str(study)


def _ct_image(number: int, study: str, series: str, frame: str) -> Dataset:
    image = Dataset()
    image.file_meta = FileMetaDataset()
    image.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    image.SOPClassUID = image.file_meta.MediaStorageSOPClassUID = CTImageStorage
    image.SOPInstanceUID = image.file_meta.MediaStorageSOPInstanceUID = generate_uid()
    image.StudyInstanceUID, image.SeriesInstanceUID, image.FrameOfReferenceUID = study, series, frame
    image.PatientName, image.PatientID = "Bench^Viewer", f"BENCH-{study[-12:]}"
    image.PatientBirthDate, image.PatientSex = "19610314", "O"
    image.StudyDate = image.SeriesDate = image.ContentDate = "20261124"
    image.StudyTime = image.SeriesTime = image.ContentTime = "081200"
    image.Modality, image.AccessionNumber, image.StudyID = "CT", study[-12:], "1"
    image.StudyDescription = image.SeriesDescription = "Pattern"
    image.SeriesNumber, image.InstanceNumber = 1, number + 1
    image.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
    image.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
    image.ImagePositionPatient = [-SIZE * _SPACING_MM / 2, -SIZE * _SPACING_MM / 2, -float(number)]
    image.PixelSpacing, image.SliceThickness = [_SPACING_MM, _SPACING_MM], 1
    image.Rows = image.Columns = SIZE
    image.SamplesPerPixel, image.PhotometricInterpretation = 1, "MONOCHROME2"
    image.BitsAllocated, image.BitsStored, image.HighBit, image.PixelRepresentation = 16, 12, 11, 0
    image.RescaleIntercept, image.RescaleSlope, image.RescaleType = -1024, 1, "HU"
    image.WindowCenter, image.WindowWidth = CENTRE, WIDTH
    image.PixelData = (hounsfield(number).astype(np.int32) + 1024).astype("<u2").tobytes()
    return image
