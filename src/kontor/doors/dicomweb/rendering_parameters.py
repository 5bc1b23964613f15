"""Parameters of rendered resources and lists of frames, PS3.18 8.3.5 and 10.4.1.1. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kontor.archive import Rendered, Window
from kontor.doors.dicomweb.search_parameters import BadParameter

FRAMES_MAX: Final = 4096
"""Frames of one request."""

SIDE_MAX: Final = 16_384
QUALITY: Final = 90
_FUNCTIONS: Final = {"linear": "LINEAR", "linear-exact": "LINEAR_EXACT", "sigmoid": "SIGMOID"}
_VALUE_MAX: Final = 1e9


def frame_numbers(text: str) -> tuple[int, ...]:
    """Frame numbers from 1, in the order written.

    Raises:
        BadParameter: not a list of positive whole numbers, or longer than FRAMES_MAX.
    """
    parts = text.split(",")
    if len(parts) > FRAMES_MAX or not all(p.isascii() and p.isdigit() and len(p) <= 9 and int(p) > 0 for p in parts):
        raise BadParameter("frames", f"not a list of at most {FRAMES_MAX} numbers from 1")
    return tuple(map(int, parts))


def rendering(pairs: Sequence[tuple[str, str]], media_type: str, frame: int | None) -> Rendered:
    """How a picture is drawn.

    Raises:
        BadParameter: a value that cannot be obeyed; nothing is drawn otherwise than asked for.
    """
    given = {name.lower(): text for name, text in pairs}
    if "annotation" in given:
        raise BadParameter("annotation", "nothing is burned into pictures here")
    return Rendered(
        media_type.rpartition("/")[2],
        frame,
        _window(given["window"]) if "window" in given else None,
        viewport_side(pairs),
        _quality(given.get("quality", "")),
    )


def viewport_side(pairs: Sequence[tuple[str, str]]) -> int | None:
    """The side of the largest square in the viewport, None without one."""
    text = next((text for name, text in pairs if name.lower() == "viewport"), "")
    if not text:
        return None
    sides = text.split(",")
    if len(sides) != 2 or not all(s.isascii() and s.isdigit() and 0 < int(s[:9]) <= SIDE_MAX for s in sides):
        raise BadParameter("viewport", f"not width,height from 1 to {SIDE_MAX}; a part of the image is not supported")
    return min(int(sides[0]), int(sides[1]))


def _window(text: str) -> Window:
    parts = text.split(",")
    try:
        centre, width = float(parts[0]), float(parts[1])
        function = _FUNCTIONS[parts[2].strip().lower() if len(parts) > 2 else "linear"]
    except (ValueError, IndexError, KeyError) as error:
        raise BadParameter("window", "not centre,width[,linear|linear-exact|sigmoid]") from error
    if not (0 < width < _VALUE_MAX and abs(centre) < _VALUE_MAX):
        raise BadParameter("window", "out of range")
    return Window(centre, width, function)


def _quality(text: str) -> int:
    if not text:
        return QUALITY
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= 100):
        raise BadParameter("quality", "not between 1 and 100")
    return int(text)
