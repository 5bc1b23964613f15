"""Reading data sets: the one-pass scanner, the beginning of files, and why something is refused."""

from kontor.dicom.reading.header import (
    Header,
    InstanceHeader,
    PatientHeader,
    PixelElement,
    Scan,
    SeriesHeader,
    StudyHeader,
)
from kontor.dicom.reading.part10 import FileMeta, Part10Prefix
from kontor.dicom.reading.refusals import (
    BadUid,
    DicomDirectory,
    DicomRefusal,
    Malformed,
    MissingUid,
    NotDicom,
    TooDeep,
    TooLarge,
    Truncated,
)
from kontor.dicom.reading.scanner import Scanner
from kontor.dicom.reading.sink import ScanLimits

__all__ = [
    "BadUid",
    "DicomDirectory",
    "DicomRefusal",
    "FileMeta",
    "Header",
    "InstanceHeader",
    "Malformed",
    "MissingUid",
    "NotDicom",
    "Part10Prefix",
    "PatientHeader",
    "PixelElement",
    "Scan",
    "ScanLimits",
    "Scanner",
    "SeriesHeader",
    "StudyHeader",
    "TooDeep",
    "TooLarge",
    "Truncated",
]
