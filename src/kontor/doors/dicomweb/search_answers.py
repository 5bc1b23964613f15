"""Rows as DICOM JSON, PS3.18 annex F and tables 10.6.3-3 to 10.6.3-5: from the index to the wire without detours.

The text around every value is made once; a row then costs one look at its attributes and one join. Building the same
as dictionaries cost more than finding the rows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any, Final

from kontor.archive import InstanceRow, Level, SeriesRow, StudyRow
from kontor.dicom.dictionary import Tag, Tags, vr_of

Write = Callable[[Any], str]
_ONLINE: Final = "ONLINE"
_CHARACTER_SET: Final = '"00080005":{"vr":"CS","Value":["ISO_IR 192"]}'
_GROUPS: Final = ("Alphabetic", "Ideographic", "Phonetic")


@dataclass(frozen=True, slots=True)
class Field:
    """One attribute of the answer: the row's attribute that holds it ('' for none) and whether it is given unasked."""

    tag: Tag
    name: str
    default: bool = True
    multiple: bool = False  # values between backslashes


_STUDY: Final = (
    Field(Tags.StudyDate, "study_date"),
    Field(Tags.StudyTime, "study_time"),
    Field(Tags.AccessionNumber, "accession_number"),
    Field(Tags.InstanceAvailability, ""),
    Field(Tags.ModalitiesInStudy, "modalities", multiple=True),
    Field(Tags.SOPClassesInStudy, "sop_classes", default=False, multiple=True),
    Field(Tags.ReferringPhysicianName, "referring_name"),
    Field(Tags.TimezoneOffsetFromUTC, "timezone"),
    Field(Tags.StudyDescription, "description"),
    Field(Tags.InstitutionName, "institution", default=False),
    Field(Tags.PatientName, "patient_name"),
    Field(Tags.PatientID, "patient_id"),
    Field(Tags.IssuerOfPatientID, "patient_issuer", default=False),
    Field(Tags.PatientBirthDate, "patient_birth_date"),
    Field(Tags.PatientSex, "patient_sex"),
    Field(Tags.StudyInstanceUID, "study_instance_uid"),
    Field(Tags.StudyID, "study_id"),
    Field(Tags.NumberOfStudyRelatedSeries, "series_count"),
    Field(Tags.NumberOfStudyRelatedInstances, "instance_count"),
)
_SERIES: Final = (
    Field(Tags.Modality, "modality"),
    Field(Tags.SeriesDescription, "description"),
    Field(Tags.SeriesInstanceUID, "series_instance_uid"),
    Field(Tags.SeriesNumber, "series_number"),
    Field(Tags.NumberOfSeriesRelatedInstances, "instance_count"),
    Field(Tags.PerformedProcedureStepStartDate, "performed_date"),
    Field(Tags.PerformedProcedureStepStartTime, "performed_time"),
    Field(Tags.BodyPartExamined, "body_part", default=False),
    Field(Tags.Laterality, "laterality", default=False),
    Field(Tags.ProtocolName, "protocol", default=False),
    Field(Tags.StationName, "station", default=False),
    Field(Tags.Manufacturer, "manufacturer", default=False),
    Field(Tags.FrameOfReferenceUID, "frame_of_reference_uid", default=False),
)
_INSTANCE: Final = (
    Field(Tags.SOPClassUID, "sop_class_uid"),
    Field(Tags.SOPInstanceUID, "sop_instance_uid"),
    Field(Tags.InstanceAvailability, ""),
    Field(Tags.InstanceNumber, "instance_number"),
    Field(Tags.Rows, "rows"),
    Field(Tags.Columns, "columns"),
    Field(Tags.BitsAllocated, "bits_allocated"),
    Field(Tags.NumberOfFrames, "frames"),
    Field(Tags.AvailableTransferSyntaxUID, "transfer_syntax_uid", default=False),
)
_FIELDS: Final[Mapping[Level, tuple[Field, ...]]] = {
    Level.STUDY: _STUDY,
    Level.SERIES: _SERIES,
    Level.INSTANCE: _INSTANCE,
}
_UIDS: Final = frozenset({Tags.StudyInstanceUID, Tags.SeriesInstanceUID})
_NUMBERS: Final = frozenset({"IS", "US"})


@dataclass(frozen=True, slots=True)
class _LevelWriter:
    """Writes what is wanted of one level: `read` takes the values, `writes` their text, `constant` needs no row."""

    read: Callable[[Any], tuple[Any, ...]]
    writes: tuple[Write, ...]
    constant: str

    def write(self, row: Any) -> list[str]:
        written = [write(value) for write, value in zip(self.writes, self.read(row), strict=True)]
        return [*written, self.constant] if self.constant else written


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
        return ("[" + ",".join([self._row(row, writers) for row in rows]) + "]").encode("utf-8", "replace")

    def _written(self, level: Level) -> _LevelWriter:
        below = {
            one.tag for other in _below(self.level, level) for one in _FIELDS[other] if self._is_wanted(other, one)
        }
        fields = [one for one in _FIELDS[level] if self._is_wanted(level, one) and one.tag not in below]
        held = [field for field in fields if field.name]
        constant = ",".join(_element_text(field)(_ONLINE) for field in fields if not field.name)
        return _LevelWriter(_reader([field.name for field in held]), tuple(map(_element_text, held)), constant)

    def _is_wanted(self, level: Level, field: Field) -> bool:
        asked = self.included is None or field.tag in self.included or field.tag in _UIDS
        return asked or (field.default and level not in self.named)

    def _row(self, row: Any, writers: Mapping[Level, _LevelWriter]) -> str:
        written = [_CHARACTER_SET]
        for level, one in levels_of(row):
            written += writers[level].write(one)
        if is_retrievable(row):
            address = encode_basestring(f"{self.root}/{path_of(row)}")
            written.append(f'"00081190":{{"vr":"UR","Value":[{address}]}}')
        return "{" + ",".join(written) + "}"


def levels_of(row: StudyRow | SeriesRow | InstanceRow) -> list[tuple[Level, Any]]:
    """The row and those above it, the study first."""
    if isinstance(row, StudyRow):
        return [(Level.STUDY, row)]
    if isinstance(row, SeriesRow):
        return [(Level.STUDY, row.study), (Level.SERIES, row)]
    return [(Level.STUDY, row.series.study), (Level.SERIES, row.series), (Level.INSTANCE, row)]


def is_retrievable(row: StudyRow | SeriesRow | InstanceRow) -> bool:
    """Whether the resource's path leads to it: that of a study or series leads to the patient kept first."""
    if isinstance(row, StudyRow):
        return not row.discriminator
    return isinstance(row, InstanceRow) or not row.study.discriminator


def path_of(row: StudyRow | SeriesRow | InstanceRow) -> str:
    """The resource's path below the service."""
    if isinstance(row, StudyRow):
        return f"studies/{row.study_instance_uid}"
    if isinstance(row, SeriesRow):
        return f"{path_of(row.study)}/series/{row.series_instance_uid}"
    return f"{path_of(row.series)}/instances/{row.sop_instance_uid}"


def _below(asked: Level, level: Level) -> list[Level]:
    """Levels between this one and the one that is asked for: an attribute that both have is the deeper one's."""
    order = list(_FIELDS)
    return order[order.index(level) + 1 : order.index(asked) + 1]


def _reader(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda row: tuple(getattr(row, name) for name in names)


def _element_text(field: Field) -> Write:
    """How one attribute is written; without a value there is no `Value` (PS3.18 F.2.5)."""
    vr = vr_of(field.tag)
    empty = f'"{field.tag:08X}":{{"vr":"{vr}"}}'
    begun = empty[:-1] + ',"Value":['
    if vr in _NUMBERS:
        return lambda value: empty if value is None else f"{begun}{value}]}}"
    if vr == "PN":
        return lambda value: f"{begun}{person_name(value)}]}}" if value else empty
    if field.multiple:
        return lambda value: (
            f"{begun}{','.join(map(encode_basestring, value.split(_BACKSLASH)))}]}}" if value else empty
        )
    return lambda value: f"{begun}{encode_basestring(value)}]}}" if value else empty


_BACKSLASH: Final = "\\"


def person_name(text: str) -> str:
    """A name's groups, PS3.18 F.2.2."""
    if "=" not in text:
        return f'{{"Alphabetic":{encode_basestring(text)}}}'
    groups = zip(_GROUPS, text.split("="), strict=False)
    return json.dumps({name: group for name, group in groups if group}, ensure_ascii=False)
