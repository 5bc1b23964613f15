"""The grey-scale pipeline (PS3.4 N.2): stored values, padding, modality, VOI, inversion; and colour beside it.

Then, for both, what lies above: shutters, and overlays above them, so that a side letter outside stays readable.

The order is fixed (clinical rule 1). The client draws by the same rules; the two agree within one of 255 levels.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kontor.dicom.dictionary import Tags
from kontor.dicom.objects.attributes import DicomJson, text
from kontor.dicom.objects.colour import rgb_of_palette, rgb_of_ybr, to_eight_bits, with_supplement
from kontor.dicom.objects.description import PixelDescription, Undisplayable, describe, pixel_aspect
from kontor.dicom.objects.frames import Frame
from kontor.dicom.objects.icc_profile import in_srgb
from kontor.dicom.objects.lookup_tables import HALF_SLACK
from kontor.dicom.objects.modality import ModalityTransform, modality_transform
from kontor.dicom.objects.overlays import canvas_size, has_overlays, overlaid, overlay_mask, overlay_planes
from kontor.dicom.objects.padding import padding_mask
from kontor.dicom.objects.picture import Picture, fitted
from kontor.dicom.objects.shutters import shutter_level, shutter_opening
from kontor.dicom.objects.voi import Voi, VoiTable, auto_window, default_voi

Mask = NDArray[np.bool_]

_TABLE_RANGE: Final = 1 << 16  # a table over the values that occur is exact and quicker than arithmetic on each pixel


def render(
    frame: Frame, dataset: DicomJson, *, number: int = 0, window: Voi | None = None, side: int | None = None
) -> Picture:
    """Draw frame `number` (0-based) with `window`, else with its own default, else automatically.

    `side` bounds height and width in true proportions; the pipeline is the same (clinical rule 3). Colour is never
    windowed. Undisplayable when palette tables are missing.
    """
    description = describe(dataset)
    padding: Mask | None = None
    if frame.space in ("rgb", "ybr"):
        pixels, drawn_with = in_srgb(_colour(frame, description), dataset), "colour"
    elif frame.space == "palette":
        palette = rgb_of_palette(frame.values, dataset, signed=description.signed)
        pixels, drawn_with = in_srgb(palette, dataset), "palette"
    else:
        padding = padding_mask(frame.values, dataset, signed=_is_signed(frame, description))
        pixels, drawn_with = _grey(frame, dataset, description, number, window, padding)
    pixels, covered = _with_graphics(pixels, frame, dataset, number)
    if side is not None:
        left_out = padding & ~covered if padding is not None and covered is not None else padding
        pixels = fitted(pixels, side, pixel_aspect(dataset, number), left_out)
    return Picture(pixels, drawn_with)


def render_overlays(dataset: DicomJson, *, number: int = 0, side: int | None = None) -> Picture:
    """A data set without pixel data: its overlays on black (clinical rule 48); Undisplayable when it has none."""
    if not has_overlays(dataset):
        raise Undisplayable("no pixel data and no overlay")
    black = np.zeros(canvas_size(dataset), np.uint8)
    pixels = overlaid(black, overlay_planes(dataset, number))
    return Picture(pixels if side is None else fitted(pixels, side, pixel_aspect(dataset, number)), "overlay")


def is_inverted(dataset: DicomJson) -> bool:
    """Whether the smallest value is white (clinical rules 36 and 37): Photometric Interpretation decides, once.

    Presentation LUT Shape INVERSE belongs to MONOCHROME1 and states the same; a contradicting one is ignored.
    """
    return text(dataset, Tags.PhotometricInterpretation).upper() == "MONOCHROME1"


def has_polarity_conflict(dataset: DicomJson) -> bool:
    """Whether Presentation LUT Shape contradicts Photometric Interpretation, which the image then has to say."""
    shape = text(dataset, Tags.PresentationLUTShape).upper()
    return shape in ("INVERSE", "IDENTITY") and (shape == "INVERSE") != is_inverted(dataset)


def modality_values(frame: Frame, dataset: DicomJson, number: int = 0) -> NDArray[np.float64]:
    """Values for read-out and statistics, in the unit of `modality_transform`."""
    return _transform(frame, dataset, describe(dataset), number).apply(frame.values)


def _transform(frame: Frame, dataset: DicomJson, description: PixelDescription, number: int) -> ModalityTransform:
    return modality_transform(dataset, number, signed=_is_signed(frame, description))


def _is_signed(frame: Frame, description: PixelDescription) -> bool:
    """As the header says, or as the code stream says against it (clinical rule 10)."""
    return description.signed or frame.values.dtype.kind == "i"


def _with_graphics(
    pixels: NDArray[np.uint8], frame: Frame, dataset: DicomJson, number: int
) -> tuple[NDArray[np.uint8], Mask | None]:
    """The picture with shutters and overlays, and where they cover it (None: nowhere)."""
    rows, columns = pixels.shape[:2]
    covered: Mask | None = None
    opening = shutter_opening(dataset, number, rows, columns)
    if opening is not None:
        pixels, covered = pixels.copy(), ~opening
        pixels[covered] = shutter_level(dataset, number)
    planes = overlay_planes(dataset, number, frame.cells)
    if planes:
        mask = overlay_mask(planes, rows, columns)
        covered = mask if covered is None else covered | mask
    return overlaid(pixels, planes), covered


def _colour(frame: Frame, description: PixelDescription) -> NDArray[np.uint8]:
    samples = to_eight_bits(frame.values, description.bits_stored)
    return rgb_of_ybr(samples) if frame.space == "ybr" else samples


def _grey(
    frame: Frame,
    dataset: DicomJson,
    description: PixelDescription,
    number: int,
    window: Voi | None,
    padding: Mask | None,
) -> tuple[NDArray[np.uint8], str]:
    """Grey levels, coloured where a supplemental palette asks for it, and the name of what they were drawn with."""
    stored, signed = frame.values, _is_signed(frame, description)
    transform = _transform(frame, dataset, description, number)
    negative = transform.can_be_negative(signed=signed)
    voi = window or default_voi(dataset, number, description.modality, signed=negative)
    named = "window" if window else "default"
    if voi is None:
        voi, named = auto_window(transform.apply(stored), padding), "auto"
    levels = _levels(stored, transform, voi, inverted=is_inverted(dataset))
    levels = with_supplement(levels, stored, dataset, signed=signed)
    if padding is not None:
        levels[padding] = 0
    return levels, "table" if isinstance(voi, VoiTable) else named


def _levels(stored: NDArray[Any], transform: ModalityTransform, voi: Voi, *, inverted: bool) -> NDArray[np.uint8]:
    """Stored values to 0…255; through a table of all values that occur, where there are few enough."""
    if stored.dtype.kind == "f":
        return _quantised(voi.apply(transform.apply(np.nan_to_num(stored, posinf=0.0, neginf=0.0))), inverted)
    low, high = int(stored.min()), int(stored.max())
    if high - low >= _TABLE_RANGE:
        return _quantised(voi.apply(transform.apply(stored)), inverted)
    domain = np.arange(low, high + 1, dtype=np.int64)
    table = _quantised(voi.apply(transform.apply(domain)), inverted)
    return table[stored.astype(np.int64) - low]


def _quantised(shares: NDArray[np.float64], inverted: bool) -> NDArray[np.uint8]:
    """0…1 to 0…255, half up; inverted after VOI, never before."""
    y = 255.0 * shares
    return np.floor((255.0 - y if inverted else y) + 0.5 + HALF_SLACK).astype(np.uint8)
