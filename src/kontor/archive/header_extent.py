"""How many bytes of a data set are its header: what is read when nobody asks for pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontor.dicom.values import transfer_syntax

if TYPE_CHECKING:
    from kontor.dicom.reading import Scan
    from kontor.dicom.values import Uid


def header_length(scan: Scan, syntax: Uid) -> int | None:
    """Return the bytes before the pixel data, None where there is none or they are deflated."""
    return None if scan.pixel is None or transfer_syntax(syntax).deflated else scan.pixel.offset
