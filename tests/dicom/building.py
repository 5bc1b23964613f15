"""Data sets as bytes, written element by element, so that tests can also write what no library would."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

LONG = {"OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"}
UNDEFINED = 0xFFFFFFFF
CT = "1.2.840.10008.5.1.4.1.1.2"
IMPLICIT, EXPLICIT, BIG = "1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2"
DEFLATED, JPEG, RLE = "1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.5"


@dataclass(frozen=True)
class Writer:
    """Writes elements of one encoding."""

    implicit: bool = False
    big: bool = False

    @property
    def order(self) -> str:
        return ">" if self.big else "<"

    def head(self, tag: int, vr: str, length: int) -> bytes:
        """The bytes before a value."""
        start = struct.pack(self.order + "HH", tag >> 16, tag & 0xFFFF)
        if self.implicit:
            return start + struct.pack(self.order + "I", length)
        if vr in LONG:
            return start + vr.encode() + b"\0\0" + struct.pack(self.order + "I", length)
        return start + vr.encode() + struct.pack(self.order + "H", length)

    def element(self, tag: int, vr: str, value: bytes | str | int) -> bytes:
        """A whole element, padded to even length; numbers are US."""
        if isinstance(value, int):
            value = struct.pack(self.order + "H", value)
        if isinstance(value, str):
            value = value.encode("latin-1")
        if len(value) % 2:
            value += b"\0" if vr in ("UI", "OB", "UN") else b" "
        return self.head(tag, vr, len(value)) + value

    def item_tag(self, number: int, length: int = 0) -> bytes:
        """(FFFE,number)."""
        return struct.pack(self.order + "HHI", 0xFFFE, number, length)

    def sequence(self, tag: int, items: Sequence[bytes], *, undefined: bool = False, vr: str = "SQ") -> bytes:
        """A sequence of ready items."""
        if undefined:
            body = b"".join(self.item_tag(0xE000, UNDEFINED) + item + self.item_tag(0xE00D) for item in items)
            return self.head(tag, vr, UNDEFINED) + body + self.item_tag(0xE0DD)
        body = b"".join(self.item_tag(0xE000, len(item)) + item for item in items)
        return self.head(tag, vr, len(body)) + body

    def encapsulated(self, fragments: Sequence[bytes], table: Sequence[int] = (), *, end: bool = True) -> bytes:
        """Pixel data in fragments, the offset table first."""
        offsets = struct.pack(f"<{len(table)}I", *table)
        parts = [offsets, *fragments]
        body = b"".join(self.item_tag(0xE000, len(part)) + part for part in parts)
        return self.head(0x7FE00010, "OB", UNDEFINED) + body + (self.item_tag(0xE0DD) if end else b"")

    def dataset(self, *, before: bytes = b"", tail: bytes = b"", leave_out: int = 0, **values: str) -> bytes:
        """A small CT header in tag order; `before` stands after the SOP UIDs, `tail` behind all."""
        uids = {
            0x00080016: values.get("sop_class", CT),
            0x00080018: values.get("sop_instance", "1.2.3.4"),
            0x0020000D: values.get("study", "1.2.3"),
            0x0020000E: values.get("series", "1.2.3.1"),
        }
        parts = {tag: self.element(tag, "UI", uid) for tag, uid in uids.items() if tag != leave_out}
        name = self.element(0x00100010, "PN", values.get("name", "Muster^Anna"))
        return b"".join(
            (
                parts.get(0x00080016, b""),
                parts.get(0x00080018, b""),
                self.element(0x00080060, "CS", "CT"),
                before,
                name,
                parts.get(0x0020000D, b""),
                parts.get(0x0020000E, b""),
                tail,
            )
        )

    def image(self, rows: int, columns: int, bits: int = 8, frames: int = 1, samples: int = 1) -> bytes:
        """Group 0028 of an image."""
        return b"".join(
            (
                self.element(0x00280002, "US", samples),
                self.element(0x00280004, "CS", "MONOCHROME2"),
                self.element(0x00280008, "IS", str(frames)),
                self.element(0x00280010, "US", rows),
                self.element(0x00280011, "US", columns),
                self.element(0x00280100, "US", bits),
            )
        )


WRITERS = {IMPLICIT: Writer(implicit=True), EXPLICIT: Writer(), BIG: Writer(big=True)}


def deflated(dataset: bytes) -> bytes:
    """Raw deflate, padded to even length."""
    stream = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = stream.compress(dataset) + stream.flush()
    return body + b"\0" * (len(body) % 2)


def part10(dataset: bytes, syntax: str, *, sop_class: str = CT, preamble: bytes = bytes(128)) -> bytes:
    """A file: preamble, prefix, meta information, data set."""
    writer = Writer()
    meta = b"".join(
        (
            writer.element(0x00020001, "OB", b"\0\1"),
            writer.element(0x00020002, "UI", sop_class),
            writer.element(0x00020003, "UI", "1.2.3.4"),
            writer.element(0x00020010, "UI", syntax),
        )
    )
    length = writer.head(0x00020000, "UL", 4) + struct.pack("<I", len(meta))
    return preamble + b"DICM" + length + meta + dataset


def nested(depth: int, writer: Writer, *, undefined: bool = False) -> bytes:
    """A sequence in a sequence in a sequence …, written without recursion."""
    if undefined:
        opening = writer.head(0x00081115, "SQ", UNDEFINED) + writer.item_tag(0xE000, UNDEFINED)
        closing = writer.item_tag(0xE00D) + writer.item_tag(0xE0DD)
        return opening * depth + closing * depth
    body = b""
    for _ in range(depth):
        body = writer.sequence(0x00081115, [body])
    return body
