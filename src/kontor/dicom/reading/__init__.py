"""Reading data sets: the one-pass scanner, beginnings of files, DICOM JSON, frames, queries, refusals."""

from kontor.dicom.reading.bulk import BulkValue, find_bulk
from kontor.dicom.reading.enclosed_types import enclosed_media_type
from kontor.dicom.reading.explicit import LongValue, explicit_head, explicit_pieces
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
from kontor.dicom.reading.inflating import Inflater, inflate
from kontor.dicom.reading.json_dataset import BulkPolicy, streamed_dicom_json, to_dicom_json
from kontor.dicom.reading.json_values import DicomJson, JsonElement, JsonValue, little_endian
from kontor.dicom.reading.matching import matches, matches_dataset
from kontor.dicom.reading.part10 import FileMeta, Part10Prefix
from kontor.dicom.reading.query import (
    INSTANCE_ATTRIBUTES,
    SERIES_ATTRIBUTES,
    STUDY_ATTRIBUTES,
    Query,
    QueryLevel,
    attribute_path,
    level_attributes,
    parse_query,
)
from kontor.dicom.reading.query_terms import InvalidQuery, MatchKind, QueryTerm, query_term
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
from kontor.dicom.reading.sink import DEFAULT_LIMITS, ScanLimits

__all__ = [
    "DEFAULT_LIMITS",
    "INSTANCE_ATTRIBUTES",
    "SERIES_ATTRIBUTES",
    "STUDY_ATTRIBUTES",
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
    "Inflater",
    "InstanceHeader",
    "InvalidQuery",
    "JsonElement",
    "JsonValue",
    "LongValue",
    "Malformed",
    "MatchKind",
    "MissingUid",
    "NotDicom",
    "Part10Prefix",
    "PatientHeader",
    "PixelElement",
    "Query",
    "QueryLevel",
    "QueryTerm",
    "Scan",
    "ScanLimits",
    "Scanner",
    "SeriesHeader",
    "StudyHeader",
    "TooDeep",
    "TooLarge",
    "Truncated",
    "attribute_path",
    "enclosed_media_type",
    "explicit_head",
    "explicit_pieces",
    "find_bulk",
    "frame_index",
    "inflate",
    "level_attributes",
    "little_endian",
    "matches",
    "matches_dataset",
    "parse_query",
    "query_term",
    "streamed_dicom_json",
    "to_dicom_json",
]
