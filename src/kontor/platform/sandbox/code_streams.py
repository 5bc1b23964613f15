"""What a JPEG or JPEG 2000 code stream says of itself, read before a decoder allocates anything for it."""

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
