"""From kept bytes to a `Header`: decoding by Specific Character Set, tolerant numbers, the four UIDs checked."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from math import isfinite, prod
from typing import Final

from kontor.dicom.dictionary import Tag, Tags, vr_of
from kontor.dicom.reading.collector import RawValue
from kontor.dicom.reading.header import Header, InstanceHeader, PatientHeader, PixelElement, SeriesHeader, StudyHeader
from kontor.dicom.reading.refusals import BadUid, MissingUid
from kontor.dicom.values import InvalidUid, PersonName, Uid, character_set, parse_uid, transfer_syntax

_INTEGERS: Final[Mapping[bytes, str]] = {b"US": "H", b"SS": "h", b"UL": "I", b"SL": "i", b"UV": "Q", b"SV": "q"}
_FLOATS: Final[Mapping[bytes, str]] = {b"FL": "f", b"FD": "d"}
_PATIENT_ID: Final = int(Tags.PatientID)
_UNIVERSAL: Final = int(Tags.UniversalEntityID)
_UID_FIELDS: Final = (
    (Tags.SOPClassUID, "sop-class"),
    (Tags.SOPInstanceUID, "sop-instance"),
    (Tags.StudyInstanceUID, "study"),
    (Tags.SeriesInstanceUID, "series"),
)

NestedValue = tuple[int, int, int, RawValue]


class HeaderValues:
    """The kept values of one data set, read by tag."""

    def __init__(self, values: Mapping[int, RawValue], nested: Sequence[NestedValue]) -> None:
        self._values = values
        self._nested = nested
        raw = values.get(int(Tags.SpecificCharacterSet))
        self.specific_character_set = raw.value.decode("ascii", "replace").strip(" \0") if raw else ""
        self._charset = character_set(self.specific_character_set)
        self.assumed = False

    def text(self, tag: Tag) -> str:
        """The decoded value without padding, empty when absent; several values stay joined by backslashes."""
        raw = self._values.get(tag)
        return "" if raw is None else self._decode(raw.value, tag)

    def integer(self, tag: Tag) -> int | None:
        """The first number of a binary or text element; None when absent or no number."""
        raw = self._values.get(tag)
        if raw is None:
            return None
        vr = raw.vr if raw.vr not in (b"", b"UN") else vr_of(tag)[:2].encode()
        form = _INTEGERS.get(vr)
        if form is None:
            number = _number(raw.value.split(b"\\")[0])
            return int(number) if number is not None and isfinite(number) else None
        size = struct.calcsize(form)
        if len(raw.value) < size:
            return None
        return int(struct.unpack_from(raw.encoding.order + form, raw.value)[0])

    def numbers(self, tag: Tag, count: int) -> tuple[float, ...] | None:
        """Exactly `count` finite numbers of a DS or float element, else None."""
        raw = self._values.get(tag)
        if raw is None:
            return None
        form = _FLOATS.get(raw.vr)
        if form is not None:
            if len(raw.value) < count * struct.calcsize(form):
                return None
            found: list[float | None] = list(struct.unpack_from(f"{raw.encoding.order}{count}{form}", raw.value))
        else:
            found = [_number(part) for part in raw.value.split(b"\\")]
        finite = tuple(number for number in found if number is not None and isfinite(number))
        return finite if len(finite) == count == len(found) else None

    def name(self, tag: Tag) -> str:
        """The first value of a PN as 'A=I=P'."""
        return str(PersonName.parse(self.text(tag).split("\\")[0]))

    def items(self, sequence: Tag) -> list[dict[int, str]]:
        """The kept texts of a sequence's items."""
        found: dict[int, dict[int, str]] = {}
        for owner, item, tag, raw in self._nested:
            if owner == sequence:
                found.setdefault(item, {}).setdefault(tag, self._decode(raw.value, tag))
        return [found[item] for item in sorted(found)]

    def uid(self, tag: Tag, which: str) -> Uid:
        """One of the four UIDs that place an object.

        Raises:
            MissingUid, BadUid: by the code of `which`.
        """
        raw = self._values.get(tag)
        text = raw.value.decode("latin-1").strip(" \0") if raw is not None else ""
        if not text:
            raise MissingUid(which)
        return Uid(text)

    def _decode(self, value: bytes, tag: int) -> str:
        if value.isascii() and b"\x1b" not in value:  # nearly always; no dictionary is asked
            return value.decode("ascii").strip(" \0")
        decoded = self._charset.decode(value.rstrip(b"\0 "), vr_of(tag))
        self.assumed |= decoded.assumed
        return decoded.text.strip(" \0")


def build_header(declared: Uid, values: HeaderValues) -> Header:
    """The header of a data set.

    Raises:
        MissingUid, BadUid: the object cannot be placed; absence is told before form.
    """
    uids = [values.uid(tag, which) for tag, which in _UID_FIELDS]
    for uid, (_, which) in zip(uids, _UID_FIELDS, strict=True):
        try:
            parse_uid(uid)
        except InvalidUid:
            raise BadUid(which) from None
    return Header(
        declared,
        values.specific_character_set,
        uids[0],
        uids[1],
        uids[2],
        uids[3],
        patient=_patient(values),
        study=_study(values),
        series=_series(values),
        instance=_instance(values, declared),
    )


def expected_native_length(instance: InstanceHeader) -> int | None:
    """Bytes native pixel data must have, None when the header does not say. Bits are packed over frames."""
    sizes = (instance.rows, instance.columns, instance.bits_allocated)
    if any(size is None or size <= 0 for size in sizes):
        return None
    bits = prod(size for size in sizes if size is not None) * max(instance.samples or 1, 1) * instance.frames
    if instance.photometric == "YBR_FULL_422":
        bits = bits * 2 // 3
    return (bits + 7) // 8


def is_short(pixel: PixelElement | None, instance: InstanceHeader) -> bool:
    """Whether native pixel data declares fewer bytes than its image needs."""
    if pixel is None or pixel.length is None:
        return False
    expected = expected_native_length(instance)
    return expected is not None and pixel.length < expected


def _patient(values: HeaderValues) -> PatientHeader:
    others = [
        (item.get(_PATIENT_ID, ""), item.get(int(Tags.IssuerOfPatientID), ""))
        for item in values.items(Tags.OtherPatientIDsSequence)
    ]
    plain = [(text.strip(), "") for text in values.text(Tags.OtherPatientIDs).split("\\")]
    qualifiers = values.items(Tags.IssuerOfPatientIDQualifiersSequence)
    universal = qualifiers[0].get(_UNIVERSAL, "") if qualifiers else ""
    return PatientHeader(
        patient_id=values.text(Tags.PatientID),
        issuer=values.text(Tags.IssuerOfPatientID) or universal,
        other_ids=tuple(dict.fromkeys(other for other in others + plain if other[0])),
        name=values.name(Tags.PatientName),
        birth_date=values.text(Tags.PatientBirthDate),
        sex=values.text(Tags.PatientSex),
    )


def _study(values: HeaderValues) -> StudyHeader:
    issuers = values.items(Tags.IssuerOfAccessionNumberSequence)
    issuer = issuers[0] if issuers else {}
    return StudyHeader(
        date=values.text(Tags.StudyDate),
        time=values.text(Tags.StudyTime),
        accession_number=values.text(Tags.AccessionNumber),
        accession_issuer=issuer.get(int(Tags.LocalNamespaceEntityID)) or issuer.get(_UNIVERSAL, ""),
        study_id=values.text(Tags.StudyID),
        description=values.text(Tags.StudyDescription),
        referring_name=values.name(Tags.ReferringPhysicianName),
        institution=values.text(Tags.InstitutionName),
        timezone=values.text(Tags.TimezoneOffsetFromUTC),
    )


def _series(values: HeaderValues) -> SeriesHeader:
    return SeriesHeader(
        modality=values.text(Tags.Modality),
        number=values.integer(Tags.SeriesNumber),
        description=values.text(Tags.SeriesDescription),
        body_part=values.text(Tags.BodyPartExamined),
        laterality=values.text(Tags.Laterality) or values.text(Tags.ImageLaterality),
        station=values.text(Tags.StationName),
        protocol=values.text(Tags.ProtocolName),
        performed_date=values.text(Tags.PerformedProcedureStepStartDate),
        performed_time=values.text(Tags.PerformedProcedureStepStartTime),
        manufacturer=values.text(Tags.Manufacturer),
        frame_of_reference_uid=values.text(Tags.FrameOfReferenceUID),
    )


def _instance(values: HeaderValues, declared: Uid) -> InstanceHeader:
    acquired = values.text(Tags.AcquisitionDateTime)
    spacing = values.numbers(Tags.PixelSpacing, 2)
    position = values.numbers(Tags.ImagePositionPatient, 3)
    orientation = values.numbers(Tags.ImageOrientationPatient, 6)
    return InstanceHeader(
        number=values.integer(Tags.InstanceNumber),
        rows=values.integer(Tags.Rows),
        columns=values.integer(Tags.Columns),
        bits_allocated=values.integer(Tags.BitsAllocated),
        samples=values.integer(Tags.SamplesPerPixel),
        photometric=values.text(Tags.PhotometricInterpretation),
        frames=max(values.integer(Tags.NumberOfFrames) or 1, 1),
        image_type=values.text(Tags.ImageType),
        content_date=values.text(Tags.ContentDate),
        content_time=values.text(Tags.ContentTime),
        acquisition_date=values.text(Tags.AcquisitionDate) or acquired[:8],
        acquisition_time=values.text(Tags.AcquisitionTime) or acquired[8:].split("+")[0].split("-")[0],
        position=None if position is None else (position[0], position[1], position[2]),
        orientation=None if orientation is None else (*orientation[:3], *orientation[3:6]),  # type: ignore[arg-type]  # six by count
        lossy=transfer_syntax(declared).lossy or values.text(Tags.LossyImageCompression) == "01",
        pixel_spacing=None if spacing is None else (spacing[0], spacing[1]),
    )


def _number(text: bytes) -> float | None:
    """The number of a DS or IS; None for text, and for what Python reads as one but no VR knows: nan, inf, 1e999."""
    try:
        number = float(text.strip(b" \0"))
    except ValueError:
        return None
    return number if isfinite(number) else None
