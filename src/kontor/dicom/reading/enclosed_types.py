"""What the document or video within an object is, by its first bytes: what the object says of it is never trusted."""

from __future__ import annotations

from typing import Final

PDF: Final = "application/pdf"
MP4: Final = "video/mp4"
OCTETS: Final = "application/octet-stream"

_TRANSPORT_PACKET: Final = 188
_TRANSPORT_SYNC: Final = 0x47


def enclosed_media_type(head: bytes) -> str:
    """The media type that the first bytes (some hundred) tell; octets for whatever is not among the known ones.

    Only types that a browser plays or a program opens by its own rules are told: never one that runs as a page.
    """
    if head.startswith(b"%PDF-"):
        return PDF
    if head[4:8] == b"ftyp":  # ISO/IEC 14496-12 4.3
        return MP4
    if head.startswith((b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3")):  # ISO/IEC 13818-1 2.5.3.4, 13818-2 6.2.2.1
        return "video/mpeg"
    if _is_transport_stream(head):
        return "video/mp2t"
    return OCTETS


def _is_transport_stream(head: bytes) -> bool:
    """Whether three packets begin with their mark (ISO/IEC 13818-1 2.4.3.2)."""
    marks = head[: 3 * _TRANSPORT_PACKET : _TRANSPORT_PACKET]
    return len(marks) == 3 and set(marks) == {_TRANSPORT_SYNC}
