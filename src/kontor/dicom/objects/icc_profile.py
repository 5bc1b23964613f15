"""ICC profiles of colour images (0028,2000): matrix profiles to sRGB (ICC.1:2010 annex F.3, clinical rule 46).

Cameras, scanners and microscopes have these. The client converts by the same rules; what is no matrix profile of RGB
is not applied there either, and said.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kontor.dicom.dictionary import Tags
from kontor.dicom.objects.attributes import DicomJson, binary

Floats = NDArray[np.float64]
Curve = Callable[[Floats], Floats]

_FROM_XYZ: Final = np.array(
    [
        [3.1338561, -1.6168667, -0.4906146],
        [-0.9787684, 1.9161415, 0.033454],
        [0.0719453, -0.2289914, 1.4052427],
    ]
)
"""Linear sRGB from the profile connection space: XYZ of D50, adapted by Bradford (IEC 61966-2-1)."""

_LEVELS: Final = np.arange(256) / 255.0
_SIGNATURES_AT_MOST: Final = 100
_PIXELS_AT_ONCE: Final = 1 << 18
_PARAMETERS: Final = (1, 3, 4, 5, 7)


class _Unreadable(Exception):
    """No matrix profile of RGB, or bytes that are not what they say."""


def in_srgb(pixels: NDArray[np.uint8], dataset: DicomJson) -> NDArray[np.uint8]:
    """RGB [rows, columns, 3] as the image's profile means it; unchanged where there is none that can be applied."""
    profile = binary(dataset, Tags.ICCProfile)
    if profile is None:
        return pixels
    try:
        curves, matrix = _conversion(profile)
    except (_Unreadable, struct.error, OverflowError, ZeroDivisionError):
        return pixels
    probes = np.stack(np.meshgrid(*[np.linspace(0, 255, 8).astype(np.uint8)] * 3), axis=-1).reshape(-1, 1, 3)
    changed = np.abs(_converted(probes, curves, matrix).astype(int) - probes).max() > 1  # else sRGB by another name
    return _converted(pixels, curves, matrix) if changed else pixels


def _conversion(profile: bytes) -> tuple[list[Floats], Floats]:
    """Linear values of the 256 levels of red, green and blue, and the matrix from them to linear sRGB."""
    (count,) = struct.unpack_from(">I", profile, 128)
    entries = [struct.unpack_from(">4sI", profile, 132 + 12 * n) for n in range(min(count, _SIGNATURES_AT_MOST))]
    places = dict(entries)
    # A table to the connection space takes precedence over the matrix.
    if profile[16:24] != b"RGB XYZ " or b"A2B0" in places:
        raise _Unreadable("no matrix")
    try:
        columns = [_fixed(profile, places[name] + 8, 3) for name in (b"rXYZ", b"gXYZ", b"bXYZ")]
        curves = [_curve(profile, places[name]) for name in (b"rTRC", b"gTRC", b"bTRC")]
    except KeyError as error:
        raise _Unreadable(str(error)) from error
    with np.errstate(all="ignore"):
        return [np.nan_to_num(curve(_LEVELS)) for curve in curves], _FROM_XYZ @ np.array(columns).T


def _converted(pixels: NDArray[np.uint8], curves: list[Floats], matrix: Floats) -> NDArray[np.uint8]:
    """A few rows at a time: as floating point numbers a large picture would take eight times its room, and more."""
    converted, thresholds = np.empty_like(pixels), _next_level()
    rows = max(1, _PIXELS_AT_ONCE // pixels.shape[1])
    for first in range(0, pixels.shape[0], rows):
        part = pixels[first : first + rows]
        linear = np.stack([curve[part[..., channel]] for channel, curve in enumerate(curves)], axis=-1)
        with np.errstate(all="ignore"):  # numbers of a hostile profile may overflow: what is none is black
            mixed = np.nan_to_num(linear @ matrix.T)
        converted[first : first + rows] = np.searchsorted(thresholds, np.clip(mixed, 0.0, 1.0), side="right")
    return converted


def _next_level() -> Floats:
    """Linear sRGB from which on a level is the next one, of levels 0 to 254."""
    halves = (np.arange(255) + 0.5) / 255.0
    return np.where(halves <= 0.04045, halves / 12.92, ((halves + 0.055) / 1.055) ** 2.4)


def _fixed(profile: bytes, offset: int, count: int) -> list[float]:
    return [value / 65536 for value in struct.unpack_from(f">{count}i", profile, offset)]


def _curve(profile: bytes, offset: int) -> Curve:
    """ICC.1:2010 10.5 and 10.15: a gamma, a table, or one of five formulas."""
    kind = profile[offset : offset + 4]
    if kind == b"para":
        return _formula(profile, offset)
    if kind != b"curv":
        raise _Unreadable(f"curve {kind!r}")
    (count,) = struct.unpack_from(">I", profile, offset + 8)
    if count == 0:
        return lambda x: x
    if count == 1:
        gamma = struct.unpack_from(">H", profile, offset + 12)[0] / 256
        return lambda x: x**gamma
    if 12 + 2 * count > len(profile) - offset:
        raise _Unreadable("a table beyond the end")
    table = np.frombuffer(profile, ">u2", count, offset + 12) / 65535
    return lambda x: np.interp(x * (count - 1), np.arange(count), table)


def _formula(profile: bytes, offset: int) -> Curve:
    (kind,) = struct.unpack_from(">H", profile, offset + 8)
    if kind >= len(_PARAMETERS):
        raise _Unreadable(f"formula {kind}")
    found = _fixed(profile, offset + 12, _PARAMETERS[kind])
    g, a, b, c, d, e, f = found + [1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0][len(found) :]
    power: Curve = lambda x: np.power(a * x + b, g)  # noqa: E731 - one of two halves of a formula
    if kind == 0:
        return lambda x: x**g
    if kind in (1, 2):
        below = c if kind == 2 else 0.0
        return lambda x: np.where(x >= -b / a, power(x) + below, below)
    plus, linear_plus = (e, f) if kind == 4 else (0.0, 0.0)
    return lambda x: np.where(x >= d, power(x) + plus, c * x + linear_plus)
