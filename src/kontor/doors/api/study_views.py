"""What /api/v1 shows of studies, series, instances and variants."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from kontor.doors.api.session_views import ShortText

Identity = Literal["resolved", "provisional", "unresolved"]
State = Literal["arriving", "ready"]
MissingReason = Literal["pixels-cut-short", "objects-cut-short"]
Sort = Literal[
    "received",
    "study_date",
    "patient_name",
    "patient_id",
    "birth_date",
    "description",
    "accession",
    "referring",
]
Order = Literal["asc", "desc"]
VariantState = Literal["open", "closed", "promoted", "replaced"]
Instant = Annotated[str, msgspec.Meta(max_length=40)]
UidText = Annotated[str, msgspec.Meta(pattern="^[0-9.]{1,64}$")]
DicomDate = Annotated[str, msgspec.Meta(pattern="^[0-9]{8}$")]
Limit = Annotated[int, msgspec.Meta(ge=1, le=500)]
Count = int | Literal["more"]
"""Exact up to 10,000; beyond that counting would cost more than it tells."""


class StudyMatch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Filters of the worklist. Texts match as DICOM does: * and ? are wildcards. Instants are ISO 8601.

    `accession_is` and `patient_id_is` are compared as they stand, `study` names any of some Study Instance UIDs.
    `state` says how far a study has arrived; `reading`: somebody reads it now, however far that is.
    `received_from` and `received_until` are about the first image of a study; both ends are included.
    """

    patient_name: ShortText = ""
    patient_id: ShortText = ""
    accession: ShortText = ""
    modality: Annotated[list[Annotated[str, msgspec.Meta(max_length=16)]], msgspec.Meta(max_length=20)] = []
    date_from: DicomDate | Literal[""] = ""
    date_to: DicomDate | Literal[""] = ""
    description: ShortText = ""
    identity: Identity | Literal[""] = ""
    state: State | Literal["reading", ""] = ""
    referring: ShortText = ""
    birth_date: DicomDate | Literal[""] = ""
    study: Annotated[list[UidText], msgspec.Meta(max_length=20)] = []
    accession_is: ShortText = ""
    patient_id_is: ShortText = ""
    received_from: Instant = ""
    received_until: Instant = ""


class StudyFilter(StudyMatch, frozen=True, forbid_unknown_fields=True):
    """Filters, order and place of a page of the worklist."""

    limit: Limit = 100
    after: Annotated[str, msgspec.Meta(max_length=2000)] = ""
    sort: Sort = "received"
    order: Order = "desc"


StudyKeyText = Annotated[str, msgspec.Meta(pattern="^[0-9]*$", max_length=19)]


class StudyKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose study of a Study Instance UID is meant: '' the one kept first, else `StudyRow.study_key`."""

    study_key: StudyKeyText = ""


class TimelinePlace(StudyKey, frozen=True, forbid_unknown_fields=True):
    """Whose studies, and which page of them."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 20
    after: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class FrameKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of which object the frame is wanted: `BundleInstance.digest`; '' takes whichever is shown under the UID.

    `light` 'yes': over a slow line, a frame that is stored uncompressed comes losslessly compressed where it can.
    """

    digest: Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{64})?$")] = ""
    light: Literal["yes", ""] = ""


class PatientView(msgspec.Struct, frozen=True):
    """A patient as the study names it. `name` is 'alphabetic=ideographic=phonetic'; dates as DICOM writes them."""

    name: str
    patient_id: str
    issuer: str
    birth_date: str
    sex: str
    identity: Identity


class StudyClaim(msgspec.Struct, frozen=True):
    """Who reads the study now; `own`: the caller does."""

    name: str
    own: bool
    since: str


class MissingPart(msgspec.Struct, frozen=True):
    """Why a study that nothing more comes for is not whole, and how many of its objects show it."""

    reason: MissingReason
    objects: int


class StudyRow(msgspec.Struct, frozen=True):
    """One study. Instants are ISO 8601 in UTC; study date and time are kept as they were written.

    `study_key` is '' unless the Study Instance UID belongs to another patient's study, kept before this one. Then it
    tells them apart: calls for the study, its bundles and its pictures take it and mean this row.
    `missing` is found when the study becomes ready and is empty while it is arriving: nobody knows yet.
    """

    study_instance_uid: str
    study_key: str
    patient: PatientView
    study_date: str
    study_time: str
    accession_number: str
    description: str
    modalities: list[str]
    referring: str
    institution: str
    series_count: int
    instance_count: int
    size_bytes: int
    first_received_at: str
    last_received_at: str
    state: State
    open_variants: int
    identity: Identity
    claim: StudyClaim | None
    missing: list[MissingPart]


class StudyPage(msgspec.Struct, frozen=True):
    """A page of studies. `next` and `previous` go into `after`; `filtered_out` studies are hidden by the filters."""

    items: list[StudyRow]
    next: str | None
    previous: str | None
    total: Count
    filtered_out: Count


class StudyCount(msgspec.Struct, frozen=True):
    """How many studies match: as many as a list with these filters has rows."""

    total: Count


class TimelineRow(msgspec.Struct, frozen=True):
    """A study of the patient; `picture` is the Series Instance UID whose small picture stands for it."""

    study: StudyRow
    picture: str | None


class Timeline(msgspec.Struct, frozen=True):
    """A page of a patient's studies, newest first, with the one that was asked for among them."""

    items: list[TimelineRow]
    next: str | None
    total: Count


class SeriesRow(msgspec.Struct, frozen=True):
    """One series of a study."""

    series_instance_uid: str
    modality: str
    number: int | None
    description: str
    body_part: str
    laterality: str
    protocol: str
    station: str
    manufacturer: str
    performed_date: str
    performed_time: str
    frame_of_reference_uid: str
    instance_count: int
    size_bytes: int
    first_received_at: str
    last_received_at: str
    state: State


class StudyDetail(msgspec.Struct, frozen=True):
    """A study with its series, in the order of their numbers."""

    study: StudyRow
    series: list[SeriesRow]


class BundleFrames(msgspec.Struct, frozen=True):
    """Frames of one instance: how many, whether lossy, and the length in bytes of each."""

    count: int
    lossy: bool
    bytes: list[int]


class BundleInstance(msgspec.Struct, frozen=True):
    """One instance: what a viewer needs before the first pixel. `dataset` is DICOM JSON without bulk data."""

    sop_instance_uid: str
    sop_class_uid: str
    transfer_syntax: str
    digest: str
    dataset: dict[str, Any]
    frames: BundleFrames


class Bundle(msgspec.Struct, frozen=True):
    """All headers of a series in one document, in the stack's order."""

    study_instance_uid: str
    series_instance_uid: str
    built_from: str
    instances: list[BundleInstance]


class OriginView(msgspec.Struct, frozen=True):
    """Through which door and from whom an object came."""

    door: str
    actor: str
    address: str = ""
    calling_ae: str = ""


class VariantRow(msgspec.Struct, frozen=True):
    """Bytes other than the primary's that arrived under the same SOP Instance UID."""

    id: str
    sop_instance_uid: str
    study_instance_uid: str
    series_instance_uid: str
    digest: str
    length: int
    transfer_syntax: str
    state: VariantState
    reason: str
    received_at: str
    closed_at: str | None
    origin: OriginView


class PrimaryView(msgspec.Struct, frozen=True):
    """The object that is shown under a SOP Instance UID that has variants."""

    sop_instance_uid: str
    digest: str
    length: int
    transfer_syntax: str
    received_at: str
    origin: OriginView


class VariantList(msgspec.Struct, frozen=True):
    """All that is kept under one SOP Instance UID."""

    primary: PrimaryView
    variants: list[VariantRow]


class QuarantineRow(msgspec.Struct, frozen=True):
    """A study that is kept and readable, and whose patient is not certain."""

    study: StudyRow
    identity: Identity


class QuarantineFilter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Place of a page."""

    limit: Limit = 100
    after: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class QuarantinePage(msgspec.Struct, frozen=True):
    """Studies without a certain patient, latest first."""

    items: list[QuarantineRow]
    next: str | None
    total: Count
