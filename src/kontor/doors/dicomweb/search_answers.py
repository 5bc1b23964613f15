"""Rows as DICOM JSON, PS3.18 annex F and tables 10.6.3-3 to 10.6.3-5: from the index to the wire without detours."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from kontor.archive import InstanceRow, Level, SeriesRow, StudyRow
from kontor.dicom.dictionary import Tag, Tags, vr_of

Json = dict[str, Any]
_CHARACTER_SET: Final = {"vr": "CS", "Value": ["ISO_IR 192"]}
_ONLINE: Final = "ONLINE"


@dataclass(frozen=True, slots=True)
class Field:
    """One attribute of the answer: how it is read from a row and whether it is given unasked."""

    tag: Tag
    read: Callable[[Any], Any]
    default: bool = True


def _texts(joined: str) -> list[str]:
    return joined.split("\\") if joined else []


_STUDY: Final = (
    Field(Tags.StudyDate, lambda row: row.study_date),
    Field(Tags.StudyTime, lambda row: row.study_time),
    Field(Tags.AccessionNumber, lambda row: row.accession_number),
    Field(Tags.InstanceAvailability, lambda _row: _ONLINE),
    Field(Tags.ModalitiesInStudy, lambda row: _texts(row.modalities)),
    Field(Tags.SOPClassesInStudy, lambda row: _texts(row.sop_classes), default=False),
    Field(Tags.ReferringPhysicianName, lambda row: row.referring_name),
    Field(Tags.TimezoneOffsetFromUTC, lambda row: row.timezone),
    Field(Tags.StudyDescription, lambda row: row.description),
    Field(Tags.InstitutionName, lambda row: row.institution, default=False),
    Field(Tags.PatientName, lambda row: row.patient_name),
    Field(Tags.PatientID, lambda row: row.patient_id),
    Field(Tags.IssuerOfPatientID, lambda row: row.patient_issuer, default=False),
    Field(Tags.PatientBirthDate, lambda row: row.patient_birth_date),
    Field(Tags.PatientSex, lambda row: row.patient_sex),
    Field(Tags.StudyInstanceUID, lambda row: row.study_instance_uid),
    Field(Tags.StudyID, lambda row: row.study_id),
    Field(Tags.NumberOfStudyRelatedSeries, lambda row: row.series_count),
    Field(Tags.NumberOfStudyRelatedInstances, lambda row: row.instance_count),
)
_SERIES: Final = (
    Field(Tags.Modality, lambda row: row.modality),
    Field(Tags.SeriesDescription, lambda row: row.description),
    Field(Tags.SeriesInstanceUID, lambda row: row.series_instance_uid),
    Field(Tags.SeriesNumber, lambda row: row.series_number),
    Field(Tags.NumberOfSeriesRelatedInstances, lambda row: row.instance_count),
    Field(Tags.PerformedProcedureStepStartDate, lambda row: row.performed_date),
    Field(Tags.PerformedProcedureStepStartTime, lambda row: row.performed_time),
    Field(Tags.BodyPartExamined, lambda row: row.body_part, default=False),
    Field(Tags.Laterality, lambda row: row.laterality, default=False),
    Field(Tags.ProtocolName, lambda row: row.protocol, default=False),
    Field(Tags.StationName, lambda row: row.station, default=False),
    Field(Tags.Manufacturer, lambda row: row.manufacturer, default=False),
    Field(Tags.FrameOfReferenceUID, lambda row: row.frame_of_reference_uid, default=False),
)
_INSTANCE: Final = (
    Field(Tags.SOPClassUID, lambda row: row.sop_class_uid),
    Field(Tags.SOPInstanceUID, lambda row: row.sop_instance_uid),
    Field(Tags.InstanceAvailability, lambda _row: _ONLINE),
    Field(Tags.InstanceNumber, lambda row: row.instance_number),
    Field(Tags.Rows, lambda row: row.rows),
    Field(Tags.Columns, lambda row: row.columns),
    Field(Tags.BitsAllocated, lambda row: row.bits_allocated),
    Field(Tags.NumberOfFrames, lambda row: row.frames),
    Field(Tags.AvailableTransferSyntaxUID, lambda row: row.transfer_syntax_uid, default=False),
)
_FIELDS: Final[Mapping[Level, tuple[Field, ...]]] = {
    Level.STUDY: _STUDY,
    Level.SERIES: _SERIES,
    Level.INSTANCE: _INSTANCE,
}
_UIDS: Final = frozenset({Tags.StudyInstanceUID, Tags.SeriesInstanceUID})


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes rows of one level. `named`: levels that the address names; their attributes are not repeated."""

    level: Level
    included: frozenset[Tag] | None
    named: frozenset[Level]
    root: str  # absolute address of the service, without a slash at its end

    def encode(self, rows: Sequence[Any]) -> bytes:
        """The body: a JSON array of data sets."""
        writers = {level: self._written(level) for level in _FIELDS}
        return msgspec.json.encode([self._row(row, writers) for row in rows])

    def _written(self, level: Level) -> list[tuple[str, str, Callable[[Any], Any]]]:
        fields = (field for field in _FIELDS[level] if self._is_wanted(level, field))
        return [(f"{field.tag:08X}", vr_of(field.tag), field.read) for field in fields]

    def _is_wanted(self, level: Level, field: Field) -> bool:
        asked = self.included is None or field.tag in self.included or field.tag in _UIDS
        return asked or (field.default and level not in self.named)

    def _row(self, row: Any, writers: Mapping[Level, Sequence[tuple[str, str, Callable[[Any], Any]]]]) -> Json:
        written: Json = {"00080005": _CHARACTER_SET}
        for level, one in levels_of(row):
            for key, vr, read in writers[level]:
                written[key] = element(vr, read(one))
        written["00081190"] = {"vr": "UR", "Value": [f"{self.root}/{path_of(row)}"]}
        return written


def levels_of(row: StudyRow | SeriesRow | InstanceRow) -> list[tuple[Level, Any]]:
    """The row and those above it, the study first, so that a deeper level's attribute of equal name wins."""
    if isinstance(row, StudyRow):
        return [(Level.STUDY, row)]
    if isinstance(row, SeriesRow):
        return [(Level.STUDY, row.study), (Level.SERIES, row)]
    return [(Level.STUDY, row.series.study), (Level.SERIES, row.series), (Level.INSTANCE, row)]


def path_of(row: StudyRow | SeriesRow | InstanceRow) -> str:
    """The resource's path below the service."""
    if isinstance(row, StudyRow):
        return f"studies/{row.study_instance_uid}"
    if isinstance(row, SeriesRow):
        return f"{path_of(row.study)}/series/{row.series_instance_uid}"
    return f"{path_of(row.series)}/instances/{row.sop_instance_uid}"


def element(vr: str, value: Any) -> Json:
    """One attribute. Without a value there is no `Value` (PS3.18 F.2.5)."""
    if value is None or value == "" or value == []:
        return {"vr": vr}
    if vr == "PN":
        return {"vr": vr, "Value": [person_name(value)]}
    return {"vr": vr, "Value": value if isinstance(value, list) else [value]}


def person_name(text: str) -> Json:
    """A name's groups, PS3.18 F.2.2."""
    groups = zip(("Alphabetic", "Ideographic", "Phonetic"), text.split("="), strict=False)
    return {name: group for name, group in groups if group}
