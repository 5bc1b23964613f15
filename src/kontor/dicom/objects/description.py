"""What a data set says of its pixels (PS3.3 C.7.6.3), checked once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kontor.dicom.dictionary import Tags
from kontor.dicom.objects.attributes import DicomJson, functional_group, integer, numbers, text

_SAMPLES: Final = frozenset({1, 3, 4})
_BITS: Final = frozenset({1, 8, 16, 32, 64})


class Undisplayable(Exception):
    """The data set does not describe a picture that can be drawn; the message says why."""


@dataclass(frozen=True, slots=True)
class PixelDescription:
    """The image pixel module of one data set; `signed` is Pixel Representation, `planar` Planar Configuration 1."""

    rows: int
    columns: int
    samples: int
    photometric: str
    bits_allocated: int
    bits_stored: int
    high_bit: int
    signed: bool
    planar: bool
    floating: bool
    modality: str

    @property
    def cells(self) -> int:
        """Values in one frame."""
        return self.rows * self.columns * self.samples

    @property
    def is_colour(self) -> bool:
        """Three samples a pixel."""
        return self.samples == 3

    @property
    def native_bits(self) -> int:
        """Bits of one uncompressed frame: YBR_FULL_422 shares its chrominance between two pixels (C.7.6.3.1.2)."""
        if self.photometric == "YBR_FULL_422":
            return self.rows * self.columns * 2 * self.bits_allocated
        return self.cells * self.bits_allocated


def describe(dataset: DicomJson, *, floating: bool | None = None) -> PixelDescription:
    """The description of a data set's pixels; Undisplayable when it contradicts itself.

    `floating`: the pixels are Float or Double Float Pixel Data; None asks the data set for those elements.
    """
    if floating is None:
        floating = any(f"{tag:08X}" in dataset for tag in (Tags.FloatPixelData, Tags.DoubleFloatPixelData))
    allocated = integer(dataset, Tags.BitsAllocated, 0)
    stored = integer(dataset, Tags.BitsStored, allocated)
    if floating or not 0 < stored <= allocated:
        stored = allocated
    high_bit = integer(dataset, Tags.HighBit, stored - 1)
    if not stored - 1 <= high_bit < max(allocated, 1):
        high_bit = stored - 1
    description = PixelDescription(
        rows=integer(dataset, Tags.Rows, 0),
        columns=integer(dataset, Tags.Columns, 0),
        samples=integer(dataset, Tags.SamplesPerPixel, 1),
        photometric=text(dataset, Tags.PhotometricInterpretation).upper() or "MONOCHROME2",
        bits_allocated=allocated,
        bits_stored=stored,
        high_bit=high_bit,
        signed=integer(dataset, Tags.PixelRepresentation, 0) == 1,
        planar=integer(dataset, Tags.PlanarConfiguration, 0) == 1,
        floating=floating,
        modality=text(dataset, Tags.Modality).upper(),
    )
    _check(description)
    return description


def pixel_aspect(dataset: DicomJson, frame: int) -> float:
    """A pixel's height over its width in a frame (0-based): spacing, else Pixel Aspect Ratio, else 1 (rule 50).

    Enhanced objects keep Pixel Spacing in Pixel Measures, per frame or shared (rule 3).
    """
    measures = functional_group(dataset, frame, Tags.PixelMeasuresSequence)
    for source, tag in (
        (measures, Tags.PixelSpacing),
        (dataset, Tags.PixelSpacing),
        (dataset, Tags.ImagerPixelSpacing),
        (dataset, Tags.NominalScannedPixelSpacing),
        (dataset, Tags.PixelAspectRatio),
    ):
        found = numbers(source, tag)
        if len(found) >= 2 and found[0] > 0 and found[1] > 0:
            return min(max(found[0] / found[1], 0.05), 20.0)
    return 1.0


def _check(description: PixelDescription) -> None:
    size = (description.rows, description.columns)
    if not all(0 < side <= 65_535 for side in size):
        raise Undisplayable(f"{size[0]} rows, {size[1]} columns")
    if description.samples not in _SAMPLES or description.bits_allocated not in _BITS:
        raise Undisplayable(f"{description.samples} samples of {description.bits_allocated} bits")
    if description.floating and description.bits_allocated not in (32, 64):
        raise Undisplayable(f"floating point numbers of {description.bits_allocated} bits")
