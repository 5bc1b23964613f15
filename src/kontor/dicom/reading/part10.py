"""The beginning of a DICOM file, PS3.10 section 7.1: preamble, prefix, file meta information."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from kontor.dicom.dictionary import Tags, element
from kontor.dicom.reading.encoding import FORMS, LONG, SHORT, is_letters
from kontor.dicom.reading.refusals import DicomDirectory, Malformed, NotDicom
from kontor.dicom.values import (
    EXPLICIT_BIG,
    EXPLICIT_LITTLE,
    IMPLICIT_LITTLE,
    MEDIA_STORAGE_DIRECTORY,
    InvalidUid,
    Uid,
    parse_uid,
)

PREAMBLE: Final = 128
MAGIC: Final = b"DICM"
META_BYTES_MAX: Final = 1 << 18
"""File meta information is some hundred bytes; private information (0002,0102) may add some kilobytes."""

_LOOK_AHEAD: Final = 16
_META_GROUP: Final = 2
_FIRST_GROUPS: Final = range(0x0004, 0x0020)
_UIDS: Final = (int(Tags.TransferSyntaxUID), int(Tags.MediaStorageSOPClassUID), int(Tags.MediaStorageSOPInstanceUID))


@dataclass(frozen=True, slots=True)
class FileMeta:
    """What the file says about its data set; empty where it does not. The data set's own UIDs decide."""

    transfer_syntax: Uid
    sop_class_uid: str = ""
    sop_instance_uid: str = ""
    notes: tuple[str, ...] = ()


class Part10Prefix:
    """Takes the first bytes of a file until the data set begins.

    `lenient` (import and STOW, never a network association) also takes files without preamble, without meta
    information or without a transfer syntax in it; the data set's first bytes then tell the encoding.
    """

    def __init__(self, *, lenient: bool = False) -> None:
        self._lenient = lenient
        self._data = bytearray()
        self._uids: dict[int, str] = {}
        self._notes: list[str] = []
        self._meta: FileMeta | None = None
        self.dataset_offset = 0

    @property
    def complete(self) -> bool:
        """Whether the data set's beginning was found."""
        return self._meta is not None

    @property
    def meta(self) -> FileMeta:
        """What the file meta information said.

        Raises:
            NotDicom: asked before `complete`, at the end of a stream too short for a file.
        """
        if self._meta is None:
            raise NotDicom("too short for a DICOM file")
        return self._meta

    @property
    def rest(self) -> memoryview:
        """Bytes of the data set that were fed already."""
        return memoryview(self._data)[self.dataset_offset :]

    @property
    def prefix(self) -> bytes:
        """The bytes before the data set as they came."""
        return bytes(self._data[: self.dataset_offset])

    def feed(self, data: bytes | memoryview) -> None:
        """Take the next bytes; after `complete` they would belong to the scanner.

        Raises:
            NotDicom: no DICOM file. DicomDirectory: an index. Malformed: unreadable meta information.
        """
        self._data += data
        if self._meta is None:
            self._parse(ended=False)

    def end(self) -> None:
        """The stream has ended: decide with what is there.

        Raises:
            NotDicom, DicomDirectory, Malformed: as for `feed`.
        """
        if self._meta is None:
            self._parse(ended=True)

    def _parse(self, *, ended: bool) -> None:
        data = self._data
        if len(data) < PREAMBLE + len(MAGIC) and not ended:
            return
        if data[PREAMBLE : PREAMBLE + len(MAGIC)] == MAGIC:
            start = PREAMBLE + len(MAGIC)
        elif self._lenient:
            start = self._start_without_preamble()
        else:
            raise NotDicom("no DICOM file: preamble and prefix are missing")
        end = self._walk_meta(start, ended=ended)
        if end is None:
            return
        if len(data) - end < _LOOK_AHEAD and not ended and self._uids.get(_UIDS[0], "") == "":
            return
        self.dataset_offset = end
        self._meta = self._judge(end)

    def _start_without_preamble(self) -> int:
        self._notes = ["no-preamble"]
        for offset in (0, PREAMBLE):
            head = self._data[offset : offset + 8]
            if len(head) == 8 and _is_plausible(bytes(head)):
                return offset
        raise NotDicom("neither DICOM file nor data set")

    def _walk_meta(self, at: int, *, ended: bool) -> int | None:
        """The offset of the first element outside group 0002; None while bytes are missing."""
        data = self._data
        while True:
            if at > META_BYTES_MAX:
                raise Malformed("file meta information is too long")
            if len(data) - at < LONG:
                if ended and (len(data) - at < SHORT or not _in_meta(data, at)):
                    return min(at, len(data))
                if not ended:
                    return None
            if not _in_meta(data, at):
                return at
            form, length = _meta_header(bytes(data[at : at + LONG]))
            end = at + form + length
            if length > META_BYTES_MAX:
                raise Malformed("file meta information is unreadable")
            if end > len(data):
                if ended:
                    raise Malformed("file ended in its meta information")
                return None
            tag = _META_GROUP << 16 | int.from_bytes(data[at + 2 : at + 4], "little")
            if tag in _UIDS:
                self._uids.setdefault(tag, data[at + form : end].decode("latin-1").strip(" \0"))
            at = end

    def _judge(self, offset: int) -> FileMeta:
        syntax, sop_class, sop_instance = (self._uids.get(tag, "") for tag in _UIDS)
        if sop_class == MEDIA_STORAGE_DIRECTORY:
            raise DicomDirectory("DICOMDIR, an index and not an object")
        if len(self._data) == offset:
            raise NotDicom("file without data set")
        if not self._uids:
            self._notes.append("no-file-meta")
        try:
            declared = parse_uid(syntax)
        except InvalidUid:
            if not self._lenient:
                raise Malformed("file meta information names no transfer syntax") from None
            self._notes.append("transfer-syntax-assumed")
            declared = _guess_syntax(bytes(self._data[offset : offset + 8]))
        return FileMeta(declared, sop_class, sop_instance, tuple(self._notes))


def _in_meta(data: bytearray, at: int) -> bool:
    return data[at : at + 2] == b"\x02\x00"


def _meta_header(head: bytes) -> tuple[int, int]:
    """Header and value length of an element of the meta group, explicit or (wrongly) implicit."""
    vr = head[4:6]
    form = FORMS.get(vr, SHORT)
    if form == LONG:
        return form, int.from_bytes(head[8:12], "little")
    if is_letters(vr):
        return form, int.from_bytes(head[6:8], "little")
    return SHORT, int.from_bytes(head[4:8], "little")


def _is_plausible(head: bytes) -> bool:
    """Whether eight bytes may begin a data set: a known first tag with a VR or a short length behind it."""
    orders: tuple[Literal["little", "big"], ...] = ("little", "big")
    for order in orders:
        group = int.from_bytes(head[:2], order)
        number = int.from_bytes(head[2:4], order)
        length = int.from_bytes(head[4:8], order)
        known = number == 0 or element(group << 16 | number) is not None
        if (group == _META_GROUP or group in _FIRST_GROUPS) and known:
            return head[4:6] in FORMS or length < META_BYTES_MAX
    return False


def _guess_syntax(head: bytes) -> Uid:
    """The uncompressed syntax a data set's first element is written in."""
    if head[:1] == b"\0" and head[1:2] != b"\0":
        return EXPLICIT_BIG
    return EXPLICIT_LITTLE if head[4:6] in FORMS else IMPLICIT_LITTLE
