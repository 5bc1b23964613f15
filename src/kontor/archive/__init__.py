"""The archive: objects come in, are kept, identified and found, and go out again. Everything goes through here."""

from kontor.archive.admission import admit, admit_each
from kontor.archive.bundles import Bundle, series_bundle
from kontor.archive.errors import AdmissionFailed, ArchiveError, NotPromotable, NotThere
from kontor.archive.examination import Finding, examine
from kontor.archive.figure_queries import Figures
from kontor.archive.figures import RECENT_DAYS, count_figures
from kontor.archive.following import followers, job_handlers
from kontor.archive.instance_rows import PrimaryRow
from kontor.archive.intake import NotStorage, UidMismatch, receive
from kontor.archive.model import Admission, ExpectedUids, Identity, Origin, Outcome, Receipt
from kontor.archive.previews import preview_followers, preview_job_handlers, series_thumbnail
from kontor.archive.rebuilding import RebuildReport, is_being_written, is_half_made, rebuild
from kontor.archive.replaying import replay
from kontor.archive.retrieval import give, locate, retrieve
from kontor.archive.retrieval_light import HTJ2K_LOSSLESS, light_frame
from kontor.archive.retrieval_model import (
    AsStored,
    BulkData,
    Enclosed,
    Form,
    FrameCutShort,
    FrameNotThere,
    Frames,
    Metadata,
    NotConvertible,
    NotRenderable,
    Part,
    Parts,
    Rendered,
    Selection,
    StoredInstance,
    Uncompressed,
    ValueNotThere,
    Window,
    etag_of,
)
from kontor.archive.room import Archive, ArchiveSettings
from kontor.archive.search import count_studies, find
from kontor.archive.search_identity import of_one_patient, of_study
from kontor.archive.search_model import (
    COUNT_LIMIT,
    Attribute,
    Condition,
    InstanceRow,
    Level,
    Match,
    Page,
    Query,
    SeriesRow,
    Sort,
    StudyRow,
    UnusableCursor,
)
from kontor.archive.search_restriction_queries import restricted_as_named_study
from kontor.archive.search_terms import UnmatchableKey, dicom_condition
from kontor.archive.search_timeline import Timeline, timeline
from kontor.archive.search_worklist import WorklistFilter, worklist_query
from kontor.archive.settling import settle
from kontor.archive.variant_decisions import KeptUnderOneUid, promote, variants
from kontor.archive.variant_rows import VariantRow, VariantState

__all__ = [
    "COUNT_LIMIT",
    "HTJ2K_LOSSLESS",
    "RECENT_DAYS",
    "Admission",
    "AdmissionFailed",
    "Archive",
    "ArchiveError",
    "ArchiveSettings",
    "AsStored",
    "Attribute",
    "BulkData",
    "Bundle",
    "Condition",
    "Enclosed",
    "ExpectedUids",
    "Figures",
    "Finding",
    "Form",
    "FrameCutShort",
    "FrameNotThere",
    "Frames",
    "Identity",
    "InstanceRow",
    "KeptUnderOneUid",
    "Level",
    "Match",
    "Metadata",
    "NotConvertible",
    "NotPromotable",
    "NotRenderable",
    "NotStorage",
    "NotThere",
    "Origin",
    "Outcome",
    "Page",
    "Part",
    "Parts",
    "PrimaryRow",
    "Query",
    "RebuildReport",
    "Receipt",
    "Rendered",
    "Selection",
    "SeriesRow",
    "Sort",
    "StoredInstance",
    "StudyRow",
    "Timeline",
    "UidMismatch",
    "Uncompressed",
    "UnmatchableKey",
    "UnusableCursor",
    "ValueNotThere",
    "VariantRow",
    "VariantState",
    "Window",
    "WorklistFilter",
    "admit",
    "admit_each",
    "count_figures",
    "count_studies",
    "dicom_condition",
    "etag_of",
    "examine",
    "find",
    "followers",
    "give",
    "is_being_written",
    "is_half_made",
    "job_handlers",
    "light_frame",
    "locate",
    "of_one_patient",
    "of_study",
    "preview_followers",
    "preview_job_handlers",
    "promote",
    "rebuild",
    "receive",
    "replay",
    "restricted_as_named_study",
    "retrieve",
    "series_bundle",
    "series_thumbnail",
    "settle",
    "timeline",
    "variants",
    "worklist_query",
]
