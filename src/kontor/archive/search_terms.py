"""DICOM keys of a search as conditions on the archive's attributes, PS3.4 C.2.2.2. QIDO-RS and C-FIND share it.

Person names are compared folded (`name_key`: case, umlauts, accents, hyphens), in every component group. Dates and
times match by the span that they can mean. Everything else is compared as written, case-sensitive.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kontor.archive.errors import ArchiveError
from kontor.archive.search_model import Attribute, Condition, Level, Match
from kontor.dicom.dictionary import Tag, Tags, keyword_of
from kontor.dicom.values import InvalidUid, date_span, name_key, parse_uid, split_range, time_span

UIDS_MAX: Final = 4096
"""Members of a UID list; more would not fit an address anyway."""

MODALITIES_MAX: Final = 16

_ATTRIBUTES: Final[Mapping[Tag, Attribute]] = {
    Tags.StudyInstanceUID: Attribute.STUDY_UID,
    Tags.StudyDate: Attribute.STUDY_DATE,
    Tags.StudyTime: Attribute.STUDY_TIME,
    Tags.AccessionNumber: Attribute.ACCESSION,
    Tags.StudyID: Attribute.STUDY_ID,
    Tags.StudyDescription: Attribute.STUDY_DESCRIPTION,
    Tags.ReferringPhysicianName: Attribute.REFERRING_KEY,
    Tags.InstitutionName: Attribute.INSTITUTION,
    Tags.ModalitiesInStudy: Attribute.MODALITIES,
    Tags.SOPClassesInStudy: Attribute.SOP_CLASSES,
    Tags.PatientName: Attribute.PATIENT_NAME_KEY,
    Tags.PatientID: Attribute.PATIENT_ID,
    Tags.IssuerOfPatientID: Attribute.PATIENT_ISSUER,
    Tags.PatientBirthDate: Attribute.BIRTH_DATE,
    Tags.PatientSex: Attribute.SEX,
    Tags.SeriesInstanceUID: Attribute.SERIES_UID,
    Tags.Modality: Attribute.MODALITY,
    Tags.SeriesNumber: Attribute.SERIES_NUMBER,
    Tags.SeriesDescription: Attribute.SERIES_DESCRIPTION,
    Tags.BodyPartExamined: Attribute.BODY_PART,
    Tags.Laterality: Attribute.LATERALITY,
    Tags.StationName: Attribute.STATION,
    Tags.ProtocolName: Attribute.PROTOCOL,
    Tags.Manufacturer: Attribute.MANUFACTURER,
    Tags.PerformedProcedureStepStartDate: Attribute.PERFORMED_DATE,
    Tags.PerformedProcedureStepStartTime: Attribute.PERFORMED_TIME,
    Tags.FrameOfReferenceUID: Attribute.FRAME_OF_REFERENCE,
    Tags.SOPInstanceUID: Attribute.SOP_INSTANCE_UID,
    Tags.SOPClassUID: Attribute.SOP_CLASS_UID,
    Tags.AvailableTransferSyntaxUID: Attribute.TRANSFER_SYNTAX,
    Tags.InstanceNumber: Attribute.INSTANCE_NUMBER,
    Tags.Rows: Attribute.ROWS,
    Tags.Columns: Attribute.COLUMNS,
    Tags.BitsAllocated: Attribute.BITS_ALLOCATED,
    Tags.NumberOfFrames: Attribute.FRAMES,
}
_NAMES: Final = frozenset({Attribute.PATIENT_NAME_KEY, Attribute.REFERRING_KEY})
_DATES: Final = frozenset({Attribute.STUDY_DATE, Attribute.BIRTH_DATE, Attribute.PERFORMED_DATE})
_TIMES: Final = frozenset({Attribute.STUDY_TIME, Attribute.PERFORMED_TIME})
_UIDS: Final = frozenset(
    {
        Attribute.STUDY_UID,
        Attribute.SERIES_UID,
        Attribute.SOP_INSTANCE_UID,
        Attribute.SOP_CLASS_UID,
        Attribute.SOP_CLASSES,
        Attribute.TRANSFER_SYNTAX,
        Attribute.FRAME_OF_REFERENCE,
    }
)
_NUMBERS: Final = frozenset(
    {
        Attribute.SERIES_NUMBER,
        Attribute.INSTANCE_NUMBER,
        Attribute.ROWS,
        Attribute.COLUMNS,
        Attribute.BITS_ALLOCATED,
        Attribute.FRAMES,
    }
)
_LEVELS: Final = {"study": 0, "series": 1, "instance": 2}


class UnmatchableKey(ArchiveError):
    """The key cannot be matched on at this level, or not with this value. `keyword` names it."""

    def __init__(self, keyword: str, reason: str) -> None:
        super().__init__(f"{keyword}: {reason}")
        self.keyword = keyword
        self.reason = reason


def dicom_condition(level: Level, tag: Tag, text: str) -> Condition | None:
    """The condition of one key; None for universal matching (an empty value or `*`).

    Raises:
        UnmatchableKey: the archive does not match on this attribute at this level, or the value has another form.
    """
    attribute = _attribute(level, tag)
    value = text.replace("\0", "").strip(" ")
    if value.strip("*") == "":
        return None
    match attribute:
        case one if one in _NAMES:
            return _name(one, value)
        case one if one in _DATES:
            return _dates(one, tag, value)
        case one if one in _TIMES:
            return _times(one, tag, value)
        case one if one in _UIDS:
            return _uids(one, tag, value)
        case one if one in _NUMBERS:
            return Condition(one, Match.EQUAL, (_number(tag, value),))
        case Attribute.MODALITIES | Attribute.MODALITY:
            return _modalities(attribute, tag, value)
        case _:
            return _text(attribute, value)


def _attribute(level: Level, tag: Tag) -> Attribute:
    attribute = _ATTRIBUTES.get(tag)
    if attribute is Attribute.MODALITY and level is Level.STUDY:
        return Attribute.MODALITIES  # senders mean the study's (standards.md 4)
    if attribute is None:
        raise UnmatchableKey(keyword_of(tag) or f"{tag:08X}", "this archive does not match on it")
    if _LEVELS[attribute.value.partition(".")[0]] > _LEVELS[level.value]:
        raise UnmatchableKey(keyword_of(tag), f"belongs to a level below {level.value}")
    return attribute


def _name(attribute: Attribute, value: str) -> Condition:
    return Condition(attribute, Match.NAME, (name_key(value),))


def _text(attribute: Attribute, value: str) -> Condition:
    wild = "*" in value or "?" in value
    return Condition(attribute, Match.PATTERN if wild else Match.EQUAL, (value,))


def _modalities(attribute: Attribute, tag: Tag, value: str) -> Condition:
    members = tuple(part.strip() for part in value.replace(",", "\\").split("\\") if part.strip())
    if len(members) <= 1:
        return _text(attribute, members[0] if members else value)
    if len(members) > MODALITIES_MAX:
        raise UnmatchableKey(keyword_of(tag), f"more than {MODALITIES_MAX} values")
    return Condition(attribute, Match.ONE_OF, members)


def _uids(attribute: Attribute, tag: Tag, value: str) -> Condition:
    try:
        uids = tuple(parse_uid(part) for part in value.replace(",", "\\").split("\\") if part.strip())
    except InvalidUid as error:
        raise UnmatchableKey(keyword_of(tag), str(error)) from error
    limit = MODALITIES_MAX if attribute is Attribute.SOP_CLASSES else UIDS_MAX
    if not 0 < len(uids) <= limit:
        raise UnmatchableKey(keyword_of(tag), f"not between 1 and {limit} UIDs")
    return Condition(attribute, Match.EQUAL if len(uids) == 1 else Match.ONE_OF, uids)


def _number(tag: Tag, value: str) -> int:
    digits = value.removeprefix("-").removeprefix("+")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 10):
        raise UnmatchableKey(keyword_of(tag), "not a whole number")
    number = int(value)
    if not -(2**31) <= number < 2**31:  # VR IS, PS3.5 table 6.2-1
        raise UnmatchableKey(keyword_of(tag), "beyond 32 bits")
    return number


def _dates(attribute: Attribute, tag: Tag, value: str) -> Condition:
    low, high = split_range(value) or (value, value)
    ends = tuple(_date(tag, end) if end else "" for end in (low, high))
    return _between(attribute, tag, ends[0], ends[1])


def _date(tag: Tag, text: str) -> str:
    span = date_span(text)
    if span is None:
        raise UnmatchableKey(keyword_of(tag), "not a date YYYYMMDD")
    return span.first


def _times(attribute: Attribute, tag: Tag, value: str) -> Condition:
    low, high = split_range(value) or (value, value)
    first, last = (time_span(end) if end else None for end in (low, high))
    if (low and first is None) or (high and last is None):
        raise UnmatchableKey(keyword_of(tag), "not a time HHMMSS")
    return _between(attribute, tag, _shortest(first.first) if first else "", last.last if last else "")


def _shortest(instant: str) -> str:
    """The same first instant in the fewest digits: as text it is not greater than any spelling of that instant."""
    digits, _, fraction = instant.partition(".")
    if fraction.strip("0"):
        return f"{digits}.{fraction.rstrip('0')}"
    while len(digits) > 2 and digits.endswith("00"):
        digits = digits[:-2]
    return digits


def _between(attribute: Attribute, tag: Tag, low: str, high: str) -> Condition:
    if not low and not high:
        raise UnmatchableKey(keyword_of(tag), "a range without ends")
    if low and low == high:
        return Condition(attribute, Match.EQUAL, (low,))
    return Condition(attribute, Match.RANGE, (low, high))
