"""What a mark is and what may stand in it. Pure.

A mark lies in its image's own coordinates: column and row from the outer corner of the first pixel (decision 0007).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from kontor.access import Inadmissible

POINTS_MAX: Final = 64
TEXT_MAX: Final = 1_000
DETAIL_MAX: Final = 4_096
_DETAIL_DEPTH: Final = 8


class MarkKind(Enum):
    """What a mark measures or says. Values are stored and never change their meaning."""

    LENGTH = "length"
    ANGLE = "angle"
    ELLIPSE = "ellipse"
    PROBE = "probe"
    ARROW = "arrow"
    CALIBRATION = "calibration"  # detail: {"millimetres": a known length}


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a mark lies and what it is: it keeps both for life."""

    study_instance_uid: str
    discriminator: str
    sop_instance_uid: str
    frame: int  # counted from 1
    kind: MarkKind


@dataclass(frozen=True, slots=True)
class MarkContent:
    """What a version of a mark says. Points are (column, row); `detail` is canonical JSON of an object."""

    points: tuple[tuple[float, float], ...]
    text: str
    detail: str
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark in its newest version, the first being 1. Instants are microseconds since 1970 UTC."""

    id: str
    anchor: Anchor
    content: MarkContent
    version: int
    created_at_us: int
    changed_at_us: int


def mark_content(
    kind: MarkKind, points: tuple[tuple[float, float], ...], text: str, detail: Mapping[str, object]
) -> MarkContent:
    """The content of a mark of this kind. Raises Inadmissible, naming the field."""
    if not 1 <= len(points) <= POINTS_MAX:
        raise Inadmissible("points", f"1 to {POINTS_MAX}")
    if not all(math.isfinite(number) for point in points for number in point):
        raise Inadmissible("points", "finite numbers")
    if len(text) > TEXT_MAX:
        raise Inadmissible("text", f"at most {TEXT_MAX} characters")
    if kind is MarkKind.CALIBRATION:
        _check_millimetres(detail.get("millimetres"))
    return MarkContent(points, text, _canonical(detail))


def _check_millimetres(value: object) -> None:
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
    if not (math.isfinite(number) and number > 0):
        raise Inadmissible("detail", "millimetres: a number above 0")


def _canonical(detail: Mapping[str, object]) -> str:
    if not _within(detail, _DETAIL_DEPTH):
        raise Inadmissible("detail", f"at most {_DETAIL_DEPTH} levels")
    text = json.dumps(detail, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if len(text.encode()) > DETAIL_MAX:
        raise Inadmissible("detail", f"at most {DETAIL_MAX} bytes of JSON")
    return text


def _within(value: object, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return levels > 0 and all(_within(one, levels - 1) for one in inner)
