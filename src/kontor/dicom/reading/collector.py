"""The scanner's sink: keeps the few values a header is made of, and where the pixel data lies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from kontor.dicom.dictionary import Tags
from kontor.dicom.reading.encoding import PIXEL_TAGS, UNDEFINED, Encoding
from kontor.dicom.reading.header import PixelElement
from kontor.dicom.reading.refusals import DicomDirectory
from kontor.dicom.reading.sink import ANNOUNCE, KEEP, Interest
from kontor.dicom.values import MEDIA_STORAGE_DIRECTORY

NESTED_MAX: Final = 64
"""Nested values kept of one object: other patient IDs and issuers, never more in an honest one."""

_OUTER: Final = (
    "SpecificCharacterSet ImageType SOPClassUID SOPInstanceUID StudyDate AcquisitionDate ContentDate "
    "AcquisitionDateTime StudyTime AcquisitionTime ContentTime AccessionNumber Modality Manufacturer "
    "InstitutionName ReferringPhysicianName StationName StudyDescription SeriesDescription TimezoneOffsetFromUTC "
    "PatientName PatientID IssuerOfPatientID PatientBirthDate PatientSex OtherPatientIDs BodyPartExamined "
    "ProtocolName StudyInstanceUID SeriesInstanceUID StudyID SeriesNumber InstanceNumber ImagePositionPatient "
    "ImageOrientationPatient FrameOfReferenceUID Laterality ImageLaterality SamplesPerPixel "
    "PhotometricInterpretation NumberOfFrames Rows Columns PixelSpacing BitsAllocated LossyImageCompression "
    "PerformedProcedureStepStartDate PerformedProcedureStepStartTime"
)
WANTED: Final[Mapping[int, int]] = (
    {int(getattr(Tags, keyword)): KEEP for keyword in _OUTER.split()}
    | dict.fromkeys(PIXEL_TAGS, ANNOUNCE)
    | {int(Tags.DirectoryRecordSequence): ANNOUNCE}
)
_NESTED: Final[Mapping[int, Mapping[int, int]]] = {
    int(Tags.IssuerOfAccessionNumberSequence): {
        int(Tags.LocalNamespaceEntityID): KEEP,
        int(Tags.UniversalEntityID): KEEP,
    },
    int(Tags.IssuerOfPatientIDQualifiersSequence): {int(Tags.UniversalEntityID): KEEP},
    int(Tags.OtherPatientIDsSequence): {int(Tags.PatientID): KEEP, int(Tags.IssuerOfPatientID): KEEP},
}
_NOTHING: Final[Mapping[int, int]] = {}
UID_TAGS: Final = (
    int(Tags.SOPClassUID),
    int(Tags.SOPInstanceUID),
    int(Tags.StudyInstanceUID),
    int(Tags.SeriesInstanceUID),
)


class RawValue(NamedTuple):
    """A value's bytes with the VR of the stream (empty when implicit) and its byte order."""

    vr: bytes
    value: bytes
    encoding: Encoding


class Collector:
    """Sink of the scanner. Of repeated elements the first one counts."""

    def __init__(self) -> None:
        self.values: dict[int, RawValue] = {}
        self.nested: list[tuple[int, int, int, RawValue]] = []
        """(sequence, item, tag, value) of the sequences a header needs."""
        self.pixel: PixelElement | None = None
        self.too_long: list[int] = []
        self._path: list[int] = []
        self._item = 0
        self._fragments = 0

    @property
    def placed(self) -> bool:
        """Whether all four UIDs were met."""
        return all(tag in self.values for tag in UID_TAGS)

    def element(self, tag: int, vr: bytes, value: memoryview, encoding: Encoding) -> None:
        """Keep a value."""
        raw = RawValue(vr, bytes(value), encoding)
        if self._path:
            if len(self._path) == 1 and len(self.nested) < NESTED_MAX:
                self.nested.append((self._path[0], self._item, tag, raw))
        elif tag not in self.values:
            self.values[tag] = raw

    def announced(self, tag: int, vr: bytes, offset: int, value_offset: int, length: int) -> None:
        """Note where pixel data lies, or that a wanted value is longer than any honest one."""
        if self._path:
            return
        if tag not in PIXEL_TAGS:
            self.too_long.append(tag)
        elif self.pixel is None:
            undefined = length == UNDEFINED
            end = value_offset if undefined else value_offset + length
            known = None if undefined else length
            self.pixel = PixelElement(tag, vr.decode("ascii") or "OW", offset, value_offset, known, end)
            self._fragments = 0

    def begin_sequence(self, tag: int, vr: bytes) -> Interest:  # noqa: ARG002 - the sink's interface
        """Refuse a DICOMDIR; say what is wanted in the items."""
        outer = not self._path
        if outer and tag == Tags.DirectoryRecordSequence:
            raise DicomDirectory("DICOMDIR, an index and not an object")
        self._path.append(tag)
        self._item = 0
        return _NESTED.get(tag, _NOTHING) if outer else _NOTHING

    def begin_item(self) -> None:
        """Count items, so that values of one item stay together."""
        if len(self._path) == 1:
            self._item += 1

    def end_item(self) -> None:
        """Nothing is kept of an item as a whole."""

    def end_sequence(self) -> None:
        """Back to the level outside."""
        self._path.pop()

    def fragment(self) -> None:
        """Count fragments of the outermost pixel data."""
        self._fragments += 1

    def end_fragments(self, tag: int, end: int) -> None:
        """Encapsulated pixel data is complete."""
        pixel = self.pixel
        if not self._path and pixel is not None and pixel.tag == tag and pixel.length is None:
            count = max(self._fragments - 1, 0)
            self.pixel = PixelElement(tag, pixel.vr, pixel.offset, pixel.value_offset, None, end, count)

    def refuse_directory(self) -> None:
        """Raise DicomDirectory when the SOP class says the data set is one."""
        raw = self.values.get(int(Tags.SOPClassUID))
        if raw is not None and raw.value.strip(b" \0") == MEDIA_STORAGE_DIRECTORY.encode():
            raise DicomDirectory("DICOMDIR, an index and not an object")
