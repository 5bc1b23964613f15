"""When the walker cannot follow a header, pydicom may: a second reading of the first bytes, never the rule."""

from __future__ import annotations

import struct
from io import BytesIO
from typing import Final

from kontor.dicom.reading.collector import WANTED, RawValue
from kontor.dicom.reading.encoding import PIXEL_TAGS, Encoding

RESCUE_BYTES: Final = 1 << 20
"""Bytes of a broken data set that are kept for the second reading."""


def reread(head: bytes, encoding: Encoding) -> dict[int, RawValue]:
    """The wanted values pydicom finds in the first bytes of a data set; empty when it cannot read them either."""
    from pydicom.dataelem import RawDataElement
    from pydicom.filereader import read_dataset

    try:
        found = read_dataset(
            BytesIO(head),
            encoding.implicit,
            not encoding.big_endian,
            stop_when=lambda tag, _vr, _length: tag in PIXEL_TAGS,
        )
    except (ValueError, TypeError, LookupError, AttributeError, OSError, EOFError, RuntimeError, struct.error):
        return {}
    values: dict[int, RawValue] = {}
    for tag in WANTED:
        raw: object = found.get_item(tag) if tag in found else None
        if isinstance(raw, RawDataElement) and raw.value is not None:
            vr = b"" if raw.is_implicit_VR or raw.VR is None else raw.VR.encode("ascii")
            values[int(tag)] = RawValue(vr, raw.value, Encoding(raw.is_implicit_VR, not raw.is_little_endian))
    return values
