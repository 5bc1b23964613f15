"""Objects as pictures: stored values, the grey-scale pipeline, colour, small pictures. Pure numpy, no decoder."""

from kontor.dicom.objects.attributes import DicomJson
from kontor.dicom.objects.description import PixelDescription, Undisplayable, describe, pixel_aspect
from kontor.dicom.objects.frames import Frame, FrameDecoding, decoded_frame, decoding_of, is_native, native_frame
from kontor.dicom.objects.modality import ModalityTransform, modality_transform
from kontor.dicom.objects.overlays import has_overlays
from kontor.dicom.objects.padding import padding_mask
from kontor.dicom.objects.picture import Picture
from kontor.dicom.objects.rendering import (
    has_polarity_conflict,
    is_inverted,
    modality_values,
    render,
    render_overlays,
)
from kontor.dicom.objects.voi import Voi, VoiTable, Window, auto_window, default_voi, voi_tables, windows

__all__ = [
    "DicomJson",
    "Frame",
    "FrameDecoding",
    "ModalityTransform",
    "Picture",
    "PixelDescription",
    "Undisplayable",
    "Voi",
    "VoiTable",
    "Window",
    "auto_window",
    "decoded_frame",
    "decoding_of",
    "default_voi",
    "describe",
    "has_overlays",
    "has_polarity_conflict",
    "is_inverted",
    "is_native",
    "modality_transform",
    "modality_values",
    "native_frame",
    "padding_mask",
    "pixel_aspect",
    "render",
    "render_overlays",
    "voi_tables",
    "windows",
]
