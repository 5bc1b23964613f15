"""What the house knows of an object without opening it again: the header fields that index and rules use."""

from __future__ import annotations

from dataclasses import dataclass

from kontor.dicom.values import Uid

Point = tuple[float, float, float]
Orientation = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class PatientHeader:
    """Patient module, PS3.3 C.7.1.1. `other_ids` are (id, issuer); `name` is decoded 'A=I=P'."""

    patient_id: str = ""
    issuer: str = ""
    other_ids: tuple[tuple[str, str], ...] = ()
    name: str = ""
    birth_date: str = ""
    sex: str = ""


@dataclass(frozen=True, slots=True)
class StudyHeader:
    """General Study module, PS3.3 C.7.2.1; dates and times as written."""

    date: str = ""
    time: str = ""
    accession_number: str = ""
    accession_issuer: str = ""
    study_id: str = ""
    description: str = ""
    referring_name: str = ""
    institution: str = ""
    timezone: str = ""


@dataclass(frozen=True, slots=True)
class SeriesHeader:
    """General Series and Equipment modules, PS3.3 C.7.3.1 and C.7.5.1."""

    modality: str = ""
    number: int | None = None
    description: str = ""
    body_part: str = ""
    laterality: str = ""
    station: str = ""
    protocol: str = ""
    performed_date: str = ""
    performed_time: str = ""
    manufacturer: str = ""
    frame_of_reference_uid: str = ""


@dataclass(frozen=True, slots=True)
class InstanceHeader:
    """Image modules, PS3.3 C.7.6. Positions in millimetres (LPS), spacing between rows first."""

    number: int | None = None
    rows: int | None = None
    columns: int | None = None
    bits_allocated: int | None = None
    samples: int | None = None
    photometric: str = ""
    frames: int = 1
    image_type: str = ""
    content_date: str = ""
    content_time: str = ""
    acquisition_date: str = ""
    acquisition_time: str = ""
    position: Point | None = None
    orientation: Orientation | None = None
    lossy: bool = False
    pixel_spacing: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """The header of one object. `transfer_syntax` is the declared one, also where the bytes deviate."""

    transfer_syntax: Uid
    specific_character_set: str
    sop_class_uid: Uid
    sop_instance_uid: Uid
    study_instance_uid: Uid
    series_instance_uid: Uid
    patient: PatientHeader
    study: StudyHeader
    series: SeriesHeader
    instance: InstanceHeader


@dataclass(frozen=True, slots=True)
class PixelElement:
    """Where the outermost pixel data lies in the data set (inflated, for a deflated one).

    `offset`: of the element's tag. `value_offset`: of its value, for encapsulated data of the offset table's
    item. `length`: of the value, None when encapsulated. `end`: behind the element. `fragments`: items of
    encapsulated data without the offset table.
    """

    tag: int
    vr: str
    offset: int
    value_offset: int
    length: int | None
    end: int
    fragments: int = 0


@dataclass(frozen=True, slots=True)
class Scan:
    """The result of one pass. `length`: bytes fed. `notes`: tolerated deviations, each a fixed name."""

    header: Header
    length: int
    pixel: PixelElement | None
    notes: tuple[str, ...] = ()

    @property
    def header_length(self) -> int:
        """Bytes of the (inflated) data set before its pixel data; all of it without pixel data."""
        return self.pixel.offset if self.pixel is not None else self.length
