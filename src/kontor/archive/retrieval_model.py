"""What is asked back from the archive and how: selections, forms, and the parts that stream out. Values only."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kontor.archive.errors import ArchiveError

if TYPE_CHECKING:
    from kontor.dicom.values import Uid

Buffer = bytes | bytearray | memoryview
FIRST_FRAME: Final = 1


@dataclass(frozen=True, slots=True)
class Selection:
    """What: a study, a series or an instance; of the instance perhaps one variant by its digest.

    Where two patients came under one Study Instance UID, a study or series is that of the patient kept first;
    `study_row` (`StudyRow.id`) names another's. An instance is found by its path, whosever it is.
    """

    study: Uid
    series: Uid | None = None
    instance: Uid | None = None
    digest: str = ""
    study_row: int | None = None

    def __str__(self) -> str:
        """The path of UIDs, as the audit shows it, and whose study is meant if it is not the first patient's."""
        path = "/".join(uid for uid in (self.study, self.series, self.instance) if uid)
        return path if self.study_row is None else f"{path}?study_key={self.study_row}"


@dataclass(frozen=True, slots=True)
class AsStored:
    """Files of PS3.10: a zero preamble, our own meta information, the data set's bytes as they came."""


@dataclass(frozen=True, slots=True)
class Uncompressed:
    """Files of PS3.10 in Explicit VR Little Endian, pixels decoded."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """DICOM JSON of the header, PS3.18 annex F. `root`: of bulk data's addresses, without a slash at its end."""

    root: str = ""


@dataclass(frozen=True, slots=True)
class Frames:
    """Frames by number from 1, in the order asked for. `decoded`: uncompressed little endian cells."""

    numbers: tuple[int, ...] = (FIRST_FRAME,)
    decoded: bool = False


@dataclass(frozen=True, slots=True)
class BulkData:
    """One element's value, by its path in the metadata: '7FE00010', '00880200/1/7FE00010' (items from 1)."""

    path: str


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The document or video stream that an object carries, as it is."""


@dataclass(frozen=True, slots=True)
class Window:
    """A window in modality values, PS3.3 C.11.2.1.2. `function`: LINEAR, LINEAR_EXACT or SIGMOID."""

    centre: float
    width: float
    function: str = "LINEAR"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A picture of 8 bits: the whole pipeline applied, the image's own shutters and overlays included, nothing else.

    Attributes:
        format: 'jpeg' or 'png'.
        frame: from 1; None takes the middle one.
        side: of the square that it must fit in, in pixels, keeping its proportions; None keeps the pixels.
        quality: of JPEG, 1 to 100.
    """

    format: str = "jpeg"
    frame: int | None = FIRST_FRAME
    window: Window | None = None
    side: int | None = None
    quality: int = 90


Form = AsStored | Uncompressed | Metadata | Frames | BulkData | Enclosed | Rendered


@dataclass(frozen=True, slots=True)
class StoredInstance:
    """An instance as it is kept: what it is, where its data set lies.

    `header_length` None: no pixels, or deflated. `study_row` is set only where the study is not the first of its UID.
    """

    study_instance_uid: str
    series_instance_uid: str
    sop_instance_uid: str
    sop_class_uid: str
    transfer_syntax_uid: Uid
    digest: str
    segment: str
    offset: int
    length: int
    header_length: int | None
    frames: int
    instance_number: int | None = None
    geometry_key: str = ""
    received_at: int = 0
    study_row: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of the answer. `length` in bytes where it is known before; `chunks` is run through once.

    `open_range(start, length)` gives a stretch of it instead, where that is possible.
    """

    of: StoredInstance
    media_type: str
    chunks: Iterable[Buffer]
    length: int | None = None
    transfer_syntax: str = ""
    frame: int | None = None
    open_range: Callable[[int, int], Iterable[Buffer]] | None = None


@dataclass(slots=True)
class Parts:
    """An answer: parts that are made while they are sent. `etag` names this form of exactly these objects."""

    instances: Sequence[StoredInstance]
    stream: Iterator[Part]
    etag: str
    single: bool = field(default=False)  # the form yields one part whatever is selected

    def __iter__(self) -> Iterator[Part]:
        """The parts, in a stable order; can be run through once."""
        return self.stream


class FrameNotThere(ArchiveError):
    """The object has no frame of this number, or none that can be told apart."""


class FrameCutShort(FrameNotThere):
    """The header promises the frame, and the pixel data as received end before or within it."""


class ValueNotThere(ArchiveError):
    """The object has no such element, or none with a value."""


class NotRenderable(ArchiveError):
    """The object holds no picture, or none that can be decoded; the text says why."""


class NotConvertible(ArchiveError):
    """The object cannot be given in this transfer syntax."""


def etag_of(instances: Sequence[StoredInstance], form: object) -> str:
    """A strong validator: the digests of the objects and the form, hashed."""
    hashed = hashlib.sha256(repr(form).encode())
    for one in instances:
        hashed.update(f"|{one.sop_instance_uid}:{one.digest}".encode())
    return f'"{hashed.hexdigest()[:32]}"'
