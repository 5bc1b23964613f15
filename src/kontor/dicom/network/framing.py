"""Cuts a byte stream into PDUs without holding P-DATA (PS3.8 9.3.1, 9.3.5, annex E).

Bodies of P-DATA-TF are passed on in slices of the caller's buffer while they arrive; every other PDU is small and is
collected. Lengths are checked when they are read, before anything is kept.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

from kontor.dicom.network.errors import AbortReason, RemoteProtocolError
from kontor.dicom.network.limits import NetworkLimits
from kontor.dicom.network.pdu_codec import PDV_HEADER_BYTES
from kontor.dicom.network.pdus import Fragment, PduType

_HEADER_BYTES: Final = 6  # a PDU's header and a presentation data value's header have the same size
_PDU_HEADER = struct.Struct(">BxL")
_PDV_HEADER = struct.Struct(">LBB")
_FIXED_BODY: Final = 4


class PDataBegun(NamedTuple):
    """A P-DATA-TF begins; its fragments follow."""


class WholePdu(NamedTuple):
    """A complete PDU of another type, not yet decoded."""

    kind: int
    body: bytes


Framed = PDataBegun | WholePdu | Fragment
_P_DATA_BEGUN: Final = PDataBegun()


class Framing:
    """The reading side of one connection: any cut of the stream gives the same PDUs."""

    __slots__ = (
        "_body",
        "_body_left",
        "_context_id",
        "_control",
        "_head",
        "_kind",
        "_limits",
        "_pdu_left",
        "_pdv_left",
    )

    def __init__(self, limits: NetworkLimits) -> None:
        self._limits = limits
        self._head = bytearray()  # a header that is not complete yet
        self._kind = 0
        self._body = bytearray()
        self._body_left = 0  # bytes missing of a PDU that is collected
        self._pdu_left = 0  # bytes missing of a P-DATA-TF
        self._pdv_left = 0  # bytes missing of its present value
        self._context_id = 0
        self._control = 0

    @property
    def inside_pdu(self) -> bool:
        """Whether a PDU has begun and is not complete: the peer owes us bytes."""
        return bool(self._head or self._body_left or self._pdu_left)

    def feed(self, data: memoryview) -> Iterator[Framed]:
        """Yield what the bytes complete.

        Raises:
            RemoteProtocolError: a length is beyond the limits or contradicts the one around it, or a type is unknown.
        """
        position, end = 0, len(data)
        while position < end:
            if self._pdv_left:
                taken = min(self._pdv_left, end - position)
                self._pdv_left -= taken
                self._pdu_left -= taken
                yield self._fragment(data[position : position + taken])
                position += taken
            elif self._body_left:
                taken = min(self._body_left, end - position)
                self._body += data[position : position + taken]
                self._body_left -= taken
                position += taken
                if not self._body_left:
                    yield self._collected()
            else:
                header, position = self._header(data, position)
                if header is not None:
                    begun = self._begin_value(header) if self._pdu_left else self._begin_pdu(header)
                    if begun is not None:
                        yield begun

    def _header(self, data: memoryview, position: int) -> tuple[memoryview | bytes | None, int]:
        """The next six bytes, or None when they have not all arrived."""
        missing = _HEADER_BYTES - len(self._head)
        if missing == _HEADER_BYTES and len(data) - position >= _HEADER_BYTES:
            return data[position : position + _HEADER_BYTES], position + _HEADER_BYTES
        self._head += data[position : position + missing]
        if len(self._head) < _HEADER_BYTES:
            return None, len(data)
        header = bytes(self._head)
        self._head.clear()
        return header, position + missing

    def _fragment(self, piece: memoryview) -> Fragment:
        control = self._control
        return Fragment(self._context_id, control & 1 == 1, control & 2 == 2 and not self._pdv_left, piece)

    def _begin_pdu(self, header: memoryview | bytes) -> Framed | None:
        kind, length = _PDU_HEADER.unpack(header)
        if kind == PduType.P_DATA_TF:
            # Some peers forget that the maximum counts the header of the value: six bytes of grace.
            if length > self._limits.pdu + PDV_HEADER_BYTES:
                raise RemoteProtocolError(f"a P-DATA-TF of {length} bytes is larger than announced")
            self._pdu_left = length
            return _P_DATA_BEGUN
        self._check_collected(kind, length)
        self._kind, self._body_left = kind, length
        return None

    def _check_collected(self, kind: int, length: int) -> None:
        """Refuse a body before a byte of it is kept."""
        if kind in (PduType.ASSOCIATE_RQ, PduType.ASSOCIATE_AC):
            if not 0 < length <= self._limits.associate:
                raise RemoteProtocolError(f"an A-ASSOCIATE of {length} bytes is outside the limits")
        elif not PduType.ASSOCIATE_RJ <= kind <= PduType.ABORT:
            raise RemoteProtocolError(f"there is no PDU of type {kind:02X}", AbortReason.UNRECOGNISED_PDU)
        elif length != _FIXED_BODY:
            raise RemoteProtocolError(f"a PDU of type {kind:02X} has a body of {length} bytes instead of 4")

    def _collected(self) -> WholePdu:
        whole = WholePdu(self._kind, bytes(self._body))
        self._body.clear()
        return whole

    def _begin_value(self, header: memoryview | bytes) -> Fragment | None:
        length, context_id, control = _PDV_HEADER.unpack(header)
        self._pdu_left -= _HEADER_BYTES
        if length < 2 or length - 2 > self._pdu_left:
            raise RemoteProtocolError(f"a data value claims {length} bytes, the PDU has {self._pdu_left + 2} left")
        if 0 < self._pdu_left - (length - 2) < _HEADER_BYTES:
            raise RemoteProtocolError("a P-DATA-TF ends inside the header of a data value")
        self._context_id, self._control, self._pdv_left = context_id, control, length - 2
        # The last-fragment bit may come on an empty value.
        return self._fragment(memoryview(b"")) if length == 2 else None
