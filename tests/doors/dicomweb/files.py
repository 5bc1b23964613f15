"""Files for the DICOMweb tests: from pydicom's wheel, or made here."""

from __future__ import annotations

import io
from pathlib import Path

import pydicom
from pydicom.data import get_testdata_file
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

NAMES = (
    "CT_small.dcm",
    "MR_small_bigendian.dcm",
    "image_dfl.dcm",
    "JPEG2000.dcm",
    "SC_rgb_rle_2frame.dcm",
    "examples_overlay.dcm",
    "test-SR.dcm",
    "rtplan.dcm",
    "liver_1frame.dcm",
    "693_J2KI.dcm",
)


def sample(name: str = "CT_small.dcm") -> bytes:
    """A file of pydicom's wheel."""
    path = get_testdata_file(name, download=False)
    assert path is not None, f"pydicom's wheel has no {name}"
    return Path(str(path)).read_bytes()


def changed(data: bytes, **values: object) -> bytes:
    """The same object with other values; '' removes."""
    dataset = pydicom.dcmread(io.BytesIO(data))
    for keyword, value in values.items():
        setattr(dataset, keyword, value)
    if "SOPInstanceUID" in values:
        dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    buffer = io.BytesIO()
    dataset.save_as(buffer)
    return buffer.getvalue()


def new_object(data: bytes | None = None, **values: object) -> bytes:
    """An object that nobody has yet: with a SOP Instance UID of its own."""
    return changed(data or sample(), **({"SOPInstanceUID": generate_uid()} | values))


def uids(data: bytes) -> tuple[str, str, str]:
    """Study, series and SOP Instance UID."""
    dataset = pydicom.dcmread(io.BytesIO(data), stop_before_pixels=True)
    return dataset.StudyInstanceUID, dataset.SeriesInstanceUID, dataset.SOPInstanceUID


def path_of(data: bytes) -> str:
    """The instance's path below the service."""
    study, series, instance = uids(data)
    return f"/studies/{study}/series/{series}/instances/{instance}"


def body_of(data: bytes) -> bytes:
    """The data set's bytes, without preamble and file meta information."""
    meta = pydicom.dcmread(io.BytesIO(data), stop_before_pixels=True).file_meta
    return data[128 + 4 + 12 + meta.FileMetaInformationGroupLength :]


__all__ = ["NAMES", "ExplicitVRLittleEndian", "body_of", "changed", "new_object", "path_of", "sample", "uids"]
