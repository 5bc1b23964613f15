"""What may stand in a mark, and which version follows which: rules without a database."""

from __future__ import annotations

import json
import math

import pytest

from kontor.access import Inadmissible
from kontor.reading import MarkKind, mark_content

Points = tuple[tuple[float, float], ...]
ONE: Points = ((0.5, 1.5),)


def nested(levels: int) -> dict[str, object]:
    found: dict[str, object] = {}
    for _ in range(levels - 1):
        found = {"in": found}
    return found


@pytest.mark.parametrize(
    ("field", "points", "text", "detail"),
    [
        ("points", (), "", {}),
        ("points", ONE * 65, "", {}),
        ("points", ((1.0, math.nan),), "", {}),
        ("points", ((math.inf, 1.0),), "", {}),
        ("text", ONE, "x" * 1_001, {}),
        ("detail", ONE, "", {"note": "x" * 4_086}),
        ("detail", ONE, "", {"note": "ü" * 2_043}),
        ("detail", ONE, "", nested(9)),
        ("detail", ONE, "", nested(900)),
    ],
)
def test_what_is_too_much_or_no_number_is_refused_by_its_field(
    field: str, points: Points, text: str, detail: dict[str, object]
) -> None:
    with pytest.raises(Inadmissible) as refused:
        mark_content(MarkKind.LENGTH, points, text, detail)
    assert refused.value.field == field


def test_what_just_fits_is_taken() -> None:
    content = mark_content(MarkKind.LENGTH, ONE * 64, "x" * 1_000, {"note": "ü" * 2_042})
    assert (len(content.points), len(content.text), len(content.detail)) == (64, 1_000, 2_053)
    mark_content(MarkKind.LENGTH, ONE, "", nested(8))


@pytest.mark.parametrize(
    "detail", [{}, {"millimetres": 0}, {"millimetres": -5}, {"millimetres": "5"}, {"millimetres": True}]
)
def test_a_calibration_names_a_length_above_nothing(detail: dict[str, object]) -> None:
    with pytest.raises(Inadmissible):
        mark_content(MarkKind.CALIBRATION, ONE * 2, "", detail)
    assert json.loads(mark_content(MarkKind.CALIBRATION, ONE * 2, "", {"millimetres": 25.4}).detail) == {
        "millimetres": 25.4
    }
