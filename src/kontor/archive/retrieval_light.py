"""Frames for slow lines: stored uncompressed, losslessly compressed on their way out. What is stored stays as it is.

Each code stream is decoded again and compared before it leaves: a viewer on a slow line sees the same values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kontor.archive.retrieval_model import FrameNotThere, NotConvertible, NotRenderable
from kontor.archive.retrieval_pixels import header_of, stored_frame, stored_values
from kontor.dicom.values import Uid, transfer_syntax
from kontor.platform.sandbox import CodecUnknown, DecodeRequest, EncodeRequest, Overrun, Undecodable

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    from kontor.archive.retrieval_model import StoredInstance
    from kontor.archive.room import Archive
    from kontor.platform.sandbox import Sandbox

HTJ2K_LOSSLESS: Final = Uid("1.2.840.10008.1.2.4.201")


def light_frame(archive: Archive, one: StoredInstance, number: int) -> bytes | None:
    """Frame `number` (from 1) as HTJ2K, whose decoded values are those stored; None where that is not to be had.

    Only grey frames of up to 16 bits that lie uncompressed, and only where fewer bytes come of it.
    """
    if not _is_raw(one):
        return None
    opened = archive.opened.open(archive.segments, one)
    try:
        dataset = header_of(opened)
        data = stored_frame(archive.opened, opened, number)
        frame = stored_values(archive.sandbox, opened, data, dataset, number)
    except (FrameNotThere, NotConvertible, NotRenderable):
        return None
    if frame.space != "grey" or frame.values.dtype.str[1:] not in ("u1", "i1", "u2", "i2"):
        return None
    stream = _verified(archive.sandbox, frame.values)
    return stream if stream is not None and len(stream) < len(data) else None


def _is_raw(one: StoredInstance) -> bool:
    syntax = transfer_syntax(Uid(one.transfer_syntax_uid))
    return syntax.codec == "raw" and not syntax.encapsulated


def _verified(sandbox: Sandbox, values: NDArray[Any]) -> bytes | None:
    """The code stream, once it has been decoded to the same values."""
    rows, columns = values.shape
    bits, signed = values.dtype.itemsize * 8, values.dtype.kind == "i"
    cells = values.astype(values.dtype.newbyteorder("<")).tobytes()
    try:
        stream = sandbox.encode(EncodeRequest("htj2k", cells, rows, columns, bits=bits, signed=signed))
        again = sandbox.decode(DecodeRequest("htj2k", stream, rows, columns, bits, bits, signed=signed))
    except (Undecodable, CodecUnknown, Overrun):
        return None
    return stream if again.data == cells else None
