"""CT images made for a test: real pixels, new UIDs, written in any uncompressed transfer syntax."""

from __future__ import annotations

import io

import pydicom
from pydicom.dataset import FileDataset
from pydicom.uid import UID, ExplicitVRBigEndian, ImplicitVRLittleEndian, generate_uid

from tests.corridor.samples import sample


def new_image() -> FileDataset:
    """A CT image that no other test knows."""
    image = pydicom.dcmread(sample("CT_small.dcm").path)
    for keyword in ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"):
        setattr(image, keyword, generate_uid())
    image.PatientID = f"T{image.SOPInstanceUID[-12:]}"
    return image


def written(image: FileDataset, syntax: str | None = None) -> bytes:
    """The image as a file, in another uncompressed little endian transfer syntax if one is named."""
    file = io.BytesIO()
    image.file_meta.MediaStorageSOPInstanceUID = image.SOPInstanceUID
    chosen = UID(syntax) if syntax else image.file_meta.TransferSyntaxUID
    before, image.file_meta.TransferSyntaxUID = image.file_meta.TransferSyntaxUID, chosen
    assert chosen != ExplicitVRBigEndian, "pixels would have to be swapped"
    pydicom.dcmwrite(file, image, implicit_vr=chosen == ImplicitVRLittleEndian, little_endian=True, force_encoding=True)
    image.file_meta.TransferSyntaxUID = before
    return file.getvalue()


def bare(file: bytes) -> bytes:
    """The data set of a file that begins with preamble and a true group length."""
    return file[144 + int.from_bytes(file[140:144], "little") :]
