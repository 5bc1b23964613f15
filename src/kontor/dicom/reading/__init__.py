"""Reading data sets: the one-pass scanner, the beginning of files, and why something is refused."""

from kontor.dicom.reading.bulk import BulkValue, find_bulk
from kontor.dicom.reading.frames import Frame, FrameIndex, FramesUnreadable, frame_index
from kontor.dicom.reading.header import (
    Header,
    InstanceHeader,
    PatientHeader,
    PixelElement,
    Scan,
    SeriesHeader,
    StudyHeader,
)
from kontor.dicom.reading.inflating import inflate
from kontor.dicom.reading.json_dataset import BulkPolicy, to_dicom_json
from kontor.dicom.reading.json_values import DicomJson, JsonElement, JsonValue, little_endian
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
    "BulkPolicy",
    "BulkValue",
    "DicomDirectory",
    "DicomJson",
    "DicomRefusal",
    "FileMeta",
    "Frame",
    "FrameIndex",
    "FramesUnreadable",
    "Header",
    "InstanceHeader",
    "JsonElement",
    "JsonValue",
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
    "find_bulk",
    "frame_index",
    "inflate",
    "little_endian",
    "to_dicom_json",
]
