"""Both renderers draw what is no plain window: SIGMOID, a VOI LUT, padding under MONOCHROME1; at 1 : 1 and enlarged."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
from demo.__main__ import CALLING_AE_TITLE
from demo.phantom import attenuation, phantom_image
from demo.sending import send
from numpy.typing import NDArray
from PIL import Image
from pydicom.dataset import Dataset
from pydicom.uid import generate_uid

from tests.browser.running import Demo, drive

pytestmark = pytest.mark.xdist_group("demo")

SLICE: Final = 40
INTERCEPT: Final = -1024
PADDING: Final = (0, 100)
TABLE: Final = (np.arange(1500) ** 2 * 4095 // 1499**2).astype("<u2")
HOUNSFIELD: Final = np.arange(4096) + INTERCEPT
Greys = NDArray[np.float64]


def linear(x: NDArray[Any]) -> Greys:
    """PS3.3 C.11.2.1.2.1 with centre 40, width 400."""
    return np.clip((x - 39.5) / 399 + 0.5, 0, 1) * 255


# The grey of each stored value, unrounded, by the formulas of PS3.3; written without the product's code.
GREYS: Final[Mapping[str, Greys]] = {
    "SIGMOID": 255 / (1 + np.exp(-4 * (HOUNSFIELD - 40) / 400)),
    "VOI LUT": TABLE[np.clip(HOUNSFIELD + 600, 0, 1499)] / 4095 * 255,
    "padding": 255 - linear(HOUNSFIELD),
}


def image(kind: str, study: str, number: int) -> Dataset:
    """A slice of the phantom in a series of its own, with the header that `kind` needs."""
    made = phantom_image(SLICE)
    made.PatientName, made.PatientID, made.AccessionNumber = "Levels^Exact", "EXACT-LEVELS", "EXACT"
    made.StudyDescription = "Exact levels, generated, not a patient"
    made.StudyInstanceUID, made.SeriesInstanceUID = study, generate_uid()
    made.SOPInstanceUID = made.file_meta.MediaStorageSOPInstanceUID = generate_uid()
    made.SeriesNumber, made.SeriesDescription = number, kind
    made.WindowCenter, made.WindowWidth, made.WindowCenterWidthExplanation = 40, 400, kind
    if kind == "SIGMOID":
        made.VOILUTFunction = "SIGMOID"
    elif kind == "VOI LUT":
        del made.WindowCenter, made.WindowWidth, made.WindowCenterWidthExplanation
        item = Dataset()
        item.add_new("LUTDescriptor", "SS", [len(TABLE), -600, 12])
        item.add_new("LUTData", "OW", TABLE.tobytes())
        made.VOILUTSequence = [item]
    else:
        made.PhotometricInterpretation = "MONOCHROME1"
        made.PixelPaddingValue, made.PixelPaddingRangeLimit = PADDING
    return made


def send_images(demo: Demo, folder: Path, study: str) -> dict[str, str]:
    """Send one image of each kind; return the kinds by SOP Instance UID."""
    kinds, paths = {}, []
    for number, kind in enumerate(GREYS, 1):
        made = image(kind, study, number)
        paths.append(folder / f"{number}.dcm")
        made.save_as(paths[-1], enforce_file_format=True)
        kinds[str(made.SOPInstanceUID)] = kind
    send(paths, CALLING_AE_TITLE, "KONTOR", "127.0.0.1", demo.dimse, lambda _: None)
    return kinds


def axis(length: int, zoom: float, count: int) -> tuple[NDArray[np.int64], NDArray[np.int64], Greys, NDArray[np.bool_]]:
    """For each canvas line: its two picture lines, how far it is to the second, whether it lies on the picture."""
    shift = count / 2 - length / 2 / zoom
    at = (np.arange(length) + 0.5) / zoom + (np.floor(shift + 0.5) if zoom == 1 else shift)
    below = np.floor(at - 0.5)
    first, second = (np.clip(line, 0, count - 1).astype(np.int64) for line in (below, below + 1))
    return first, second, at - 0.5 - below, (at >= 0) & (at < count)


def reference(kind: str, shape: tuple[int, int], zoom: float) -> Greys:
    """Bilinear over stored values, padded neighbours without weight, then the grey, then one rounding (rule 17)."""
    stored = attenuation(SLICE).astype(np.int64) - INTERCEPT
    picture = (stored < PADDING[0]) | (stored > PADDING[1]) if kind == "padding" else np.ones(stored.shape, np.bool_)
    top, bottom, down, rows = axis(shape[0], zoom, stored.shape[0])
    left, right, across, columns = axis(shape[1], zoom, stored.shape[1])
    value, weight = np.zeros(shape), np.zeros(shape)
    for line, part in ((top, 1 - down), (bottom, down)):
        for column, share in ((left, 1 - across), (right, across)):
            here = np.ix_(line, column)
            counted = np.outer(part, share) * picture[here]
            value, weight = value + counted * stored[here], weight + counted
    mean = np.divide(value, weight, out=np.zeros(shape), where=weight > 1e-6)
    grey = np.floor(np.interp(mean, np.arange(4096), GREYS[kind]) + 0.5)
    return np.where((weight > 1e-6) & np.outer(rows, columns), grey, 0)


def test_functions_tables_and_padding_are_drawn_by_the_formulas_in_both_renderers(demo: Demo, tmp_path: Path) -> None:
    study = str(generate_uid())
    kinds = send_images(demo, tmp_path, study)
    access = (demo.address, demo.user, demo.password)
    seen = drive("exact-functions.mjs", *access, str(tmp_path), study, str(len(kinds)))
    assert seen["troubles"] == []
    drawn = [(each["renderer"], kinds[each["drawn"].partition(":")[0]], each["zoom"] == 1) for each in seen["pictures"]]
    assert len(set(drawn)) == len(drawn) == 12
    assert {renderer for renderer, _, _ in drawn} == {"2d", "webgl"}
    for each, (_, kind, exact) in zip(seen["pictures"], drawn, strict=True):
        shown = np.asarray(Image.open(each["path"]).convert("RGB"), dtype=np.int16)[:, :, 0]
        wanted = reference(kind, shown.shape, each["zoom"])
        assert wanted.std() > 10, "a picture without contrast shows nothing"
        assert np.abs(shown - wanted).max() <= (0 if exact else 1), each
