"""What a JPEG, JPEG 2000 or JPEG XL stream says of itself, read before a decoder allocates anything for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kontor.platform.sandbox.errors import Undecodable

_SOI: Final = 0xD8
_EOI: Final = 0xD9
_SOS: Final = 0xDA
_APP0: Final = 0xE0
_APP14: Final = 0xEE
_JPEGLS_SOF: Final = 0xF7
_SOF: Final = frozenset(set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}) | {_JPEGLS_SOF}
_STANDALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
_SIZ: Final = 0xFF51
_COD: Final = 0xFF52
_SOT: Final = 0xFF90
_JXL_SIGNATURE: Final = b"\0\0\0\x0cJXL \r\n\x87\n"
_JXL_WIDTHS: Final = (9, 13, 18, 30)
_JXL_RATIOS: Final = ((1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))
"""Columns to rows, for the values 1 to 7 of the ratio."""

_JP2_SIGNATURE: Final = b"\0\0\0\x0cjP  "


@dataclass(slots=True)
class StreamFacts:
    """Size, components and precision as coded; `colour` is 'rgb', 'ybr' or '' where the stream is silent."""

    rows: int = 0
    columns: int = 0
    components: int = 0
    precision: int = 0
    colour: str = ""


def jpeg_facts(data: bytes) -> StreamFacts:
    """Facts of a JPEG or JPEG-LS stream (ISO 10918-1 B.2, ISO 14495-1 C.2); Undecodable without a frame header."""
    facts = StreamFacts()
    offset = data.find(b"\xff\xd8")
    if offset < 0 or offset > 64:
        raise Undecodable("no JPEG start of image")
    offset += 2
    while offset + 4 <= len(data):
        if data[offset] != 0xFF:
            raise Undecodable("JPEG marker expected")
        marker = data[offset + 1]
        if marker == 0xFF or marker in _STANDALONE:
            offset += 1 if marker == 0xFF else 2
            continue
        if marker in (_SOS, _EOI):
            break
        length = int.from_bytes(data[offset + 2 : offset + 4], "big")
        _read_segment(facts, marker, data[offset + 4 : offset + 2 + length])
        offset += 2 + length
    if not (facts.rows and facts.columns and facts.components):
        raise Undecodable("no JPEG frame header")
    return facts


def _read_segment(facts: StreamFacts, marker: int, body: bytes) -> None:
    """Take from one marker segment what matters. The Adobe marker has the last word on colour."""
    if marker in _SOF and len(body) >= 6 + 3 * body[5]:
        facts.precision, facts.components = body[0], body[5]
        facts.rows, facts.columns = int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big")
        identifiers = bytes(body[6 + 3 * index] for index in range(body[5]))
        facts.colour = facts.colour or ("rgb" if identifiers in (b"RGB", b"rgb") else "")
    elif marker == _APP0 and body.startswith(b"JFIF\0"):
        facts.colour = facts.colour or "ybr"
    elif marker == _APP14 and body.startswith(b"Adobe") and len(body) >= 12:
        facts.colour = "rgb" if body[11] == 0 else "ybr"


def jpeg2000_facts(data: bytes) -> StreamFacts:
    """Facts of a JPEG 2000 or HTJ2K code stream (ISO 15444-1 A.5), bare or in a JP2 file; Undecodable without SIZ."""
    offset = data.find(b"\xff\x4f\xff\x51", 0, 4096) if data.startswith(_JP2_SIGNATURE) else 0
    if offset < 0 or data[offset : offset + 4] != b"\xff\x4f\xff\x51":
        raise Undecodable("no JPEG 2000 code stream")
    facts = StreamFacts()
    offset += 2
    while offset + 4 <= len(data):
        marker = int.from_bytes(data[offset : offset + 2], "big")
        length = int.from_bytes(data[offset + 2 : offset + 4], "big")
        if marker == _SOT or length < 2:
            break
        body = data[offset + 4 : offset + 2 + length]
        if marker == _SIZ and len(body) >= 37:
            _read_size(facts, body)
        elif marker == _COD and len(body) >= 5 and body[4] == 1:
            facts.colour = "rgb"
        offset += 2 + length
    if not (facts.rows > 0 and facts.columns > 0 and facts.components):
        raise Undecodable("no JPEG 2000 image size")
    return facts


def _read_size(facts: StreamFacts, body: bytes) -> None:
    """The SIZ segment: reference grid, offsets, components; tiles must be sane before OpenJPEG counts them."""
    width, height, left, top, tile_width, tile_height = (
        int.from_bytes(body[start : start + 4], "big") for start in range(2, 26, 4)
    )
    facts.columns, facts.rows = width - left, height - top
    facts.components = int.from_bytes(body[34:36], "big")
    facts.precision = (body[36] & 0x7F) + 1
    if not (tile_width and tile_height) or (width // tile_width + 1) * (height // tile_height + 1) > 65_535:
        raise Undecodable("JPEG 2000 tiles")


def jpegxl_size(data: bytes) -> tuple[int, int]:
    """Rows and columns of a JPEG XL code stream (ISO 18181-1 SizeHeader), bare or in a container; else Undecodable."""
    head = data[:16] if data.startswith(b"\xff\x0a") else _jpegxl_code_stream(data)
    if len(head) < 4 or head[:2] != b"\xff\x0a":
        raise Undecodable("no JPEG XL code stream")
    bits = int.from_bytes(head[2:16], "little")

    def take(count: int) -> int:
        nonlocal bits
        value, bits = bits & ((1 << count) - 1), bits >> count
        return value

    small = take(1)

    def size() -> int:
        return 8 * (take(5) + 1) if small else take(_JXL_WIDTHS[take(2)]) + 1

    rows = size()
    ratio = take(3)
    if not ratio:
        return rows, size()
    across, down = _JXL_RATIOS[ratio - 1]
    return rows, rows * across // down


def _jpegxl_code_stream(data: bytes) -> bytes:
    """The first bytes of the code stream in a container (ISO 18181-2): of the box that holds it, or its first part."""
    if not data.startswith(_JXL_SIGNATURE):
        return b""
    offset = len(_JXL_SIGNATURE)
    while offset + 8 <= len(data):
        length, kind, head = int.from_bytes(data[offset : offset + 4], "big"), data[offset + 4 : offset + 8], 8
        if length == 1:
            length, head = int.from_bytes(data[offset + 8 : offset + 16], "big"), 16
        if kind in (b"jxlc", b"jxlp"):
            begin = offset + head + (4 if kind == b"jxlp" else 0)
            return data[begin : begin + 16]
        if length < head:
            break
        offset += length
    return b""
