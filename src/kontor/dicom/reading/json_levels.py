"""Data sets and items while they are turned into DICOM JSON: what an element's meaning depends on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from kontor.dicom.dictionary import PRIVATE_CREATORS, Tags, vr_of
from kontor.dicom.reading.encoding import Encoding
from kontor.dicom.reading.json_values import DicomJson, JsonElement, json_values
from kontor.dicom.values import CharacterSet, character_set

PIXEL_REPRESENTATION: Final = int(Tags.PixelRepresentation)
SPECIFIC_CHARACTER_SET: Final = int(Tags.SpecificCharacterSet)
_LUT_DATA: Final = int(Tags.LUTData)
_LUT_DESCRIPTORS: Final = frozenset(
    int(tag)
    for tag in (
        Tags.LUTDescriptor,
        Tags.RedPaletteColorLookupTableDescriptor,
        Tags.GreenPaletteColorLookupTableDescriptor,
        Tags.BluePaletteColorLookupTableDescriptor,
        Tags.AlphaPaletteColorLookupTableDescriptor,
    )
)


@dataclass(slots=True)
class JsonLevel:
    """A data set or item: its elements so far, its character set, its private creators."""

    charset: CharacterSet
    parent: JsonLevel | None = None
    path: str = ""
    elements: DicomJson = field(default_factory=dict)
    creators: dict[int, str] = field(default_factory=dict)
    pixel_representation: int | None = None
    lut_entries: int | None = None

    def note(self, tag: int, vr: str, value: memoryview, encoding: Encoding) -> None:
        """Remember what later elements of this level depend on."""
        if tag == SPECIFIC_CHARACTER_SET:
            self.charset = character_set(bytes(value).decode("ascii", "replace"))
        elif tag == PIXEL_REPRESENTATION and len(value) >= 2:
            self.pixel_representation = int.from_bytes(value[:2], "big" if encoding.big_endian else "little")
        elif tag in _LUT_DESCRIPTORS and len(value) >= 2:
            self.lut_entries = int.from_bytes(value[:2], "big" if encoding.big_endian else "little")
        elif tag >> 16 & 1 and tag & 0xFFFF in PRIVATE_CREATORS and vr in ("LO", "UN"):
            self.creators[tag >> 16 << 8 | tag & 0xFF] = self.charset.decode(bytes(value)).text.strip(" \0")

    def told_vr(self, tag: int, vr: bytes) -> str:
        """The VR of the stream, or of the dictionary where the stream does not tell (it may name alternatives)."""
        if vr and vr != b"UN":
            return vr.decode("ascii")
        if tag >> 16 & 1:
            if vr:
                return "LO" if tag & 0xFFFF in PRIVATE_CREATORS else "UN"
            return vr_of(tag, self.creators.get(tag >> 16 << 8 | tag >> 8 & 0xFF, ""))
        return vr_of(tag)

    def is_signed(self) -> bool:
        """Pixel Representation of this level or the nearest around it (PS3.5 section A.1 and A.2)."""
        level: JsonLevel | None = self
        while level is not None:
            if level.pixel_representation is not None:
                return level.pixel_representation == 1
            level = level.parent
        return False

    def settle_vr(self, tag: int, vr: str) -> str:
        """Decide between a dictionary's alternatives such as 'US or SS'."""
        if tag == _LUT_DATA:
            return "US" if self.lut_entries == 1 else "OW"
        if "OW" in vr:
            return "OW"
        return "SS" if self.is_signed() else "US"

    def values(self, tag: int, vr: str, value: memoryview, encoding: Encoding) -> JsonElement:
        """The JSON element of a value that is no bulk."""
        values = json_values(value, vr, self.charset, encoding)
        if tag in _LUT_DESCRIPTORS and vr == "SS":  # entries and bits are counts, whatever the VR says
            values = [v & 0xFFFF if at != 1 and isinstance(v, int) else v for at, v in enumerate(values)]
        if tag == SPECIFIC_CHARACTER_SET:
            values = ["ISO_IR 192"]
        return {"vr": vr, "Value": values} if values else {"vr": vr}
