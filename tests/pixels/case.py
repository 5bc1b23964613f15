"""One image of the corpus: how it is made, what it shows, and how exactly it has to be drawn."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from pydicom import dcmread, dcmwrite
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.uid import UID, generate_uid

BIG_ENDIAN: Final = UID("1.2.840.10008.1.2.2")
_STUDY, _SERIES, _INSTANCE = "study", "series", "instance"


@dataclass(frozen=True)
class Case:
    """`make` builds the data set, with its transfer syntax in `file_meta`; UIDs and names are given here.

    `frame` is counted from 0. `tolerance`: by how many grey levels decoders of this lossy stream, or colour
    engines, may differ; 0 for all others. `without_dcmtk`: why DCMTK's programs cannot be asked; '' where they are.
    """

    name: str
    note: str
    make: Callable[[], Dataset]
    frame: int = 0
    tolerance: int = 0
    without_dcmtk: str = ""

    @property
    def study(self) -> str:
        """Study Instance UID: each case is a study of its own."""
        return self._uid(_STUDY)

    @property
    def series(self) -> str:
        """Series Instance UID."""
        return self._uid(_SERIES)

    @property
    def instance(self) -> str:
        """SOP Instance UID."""
        return self._uid(_INSTANCE)

    @property
    def syntax(self) -> str:
        """Transfer syntax UID."""
        return str(self.dataset().file_meta.TransferSyntaxUID)

    def file(self) -> bytes:
        """The whole file; the same bytes each time."""
        return _file(self)

    def dataset(self) -> FileDataset:
        """The file as pydicom reads it."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return dcmread(io.BytesIO(self.file()))

    def _uid(self, level: str) -> str:
        return str(generate_uid(entropy_srcs=["kontor pixel corpus", self.name, level]))


def item(**attributes: Any) -> Dataset:
    """An item of a sequence, by keyword."""
    made = Dataset()
    for keyword, value in attributes.items():
        setattr(made, keyword, value)
    return made


@lru_cache(maxsize=512)
def _file(case: Case) -> bytes:
    dataset = case.make()
    dataset.StudyInstanceUID, dataset.SeriesInstanceUID, dataset.SOPInstanceUID = case.study, case.series, case.instance
    dataset.PatientName, dataset.PatientID = f"Pixels^{case.name}"[:64], "PIXELS"
    dataset.StudyDescription = "Pixel corpus, generated, not a patient"
    dataset.SeriesDescription, dataset.SeriesNumber, dataset.InstanceNumber = case.name[:64], 1, 1
    dataset.StudyDate, dataset.StudyTime, dataset.AccessionNumber = "20260102", "101112", "PIXELS"
    given = dataset.file_meta.TransferSyntaxUID
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = given
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = dataset.SOPClassUID, case.instance
    meta.FileMetaInformationVersion, meta.ImplementationClassUID = b"\0\1", UID("1.2.3.4.5")
    dataset.file_meta, dataset.preamble = meta, bytes(128)
    written = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        dcmwrite(written, dataset, **_encoding(given))
    return written.getvalue()


def _encoding(syntax: UID) -> dict[str, bool]:
    """What pydicom has to be told where it does not know the transfer syntax."""
    if syntax.is_transfer_syntax:
        return {"enforce_file_format": True}
    return {"implicit_vr": False, "little_endian": True, "force_encoding": True}
