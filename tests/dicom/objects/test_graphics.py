"""Overlays, shutters and segments that are odd or hostile: nothing is drawn that is not there, nothing breaks."""

from __future__ import annotations

import random
import time
from typing import Any

import numpy as np
import pytest

from kontor.dicom.objects.overlays import overlaid, overlay_planes
from kontor.dicom.objects.polygons import inside_polygon
from kontor.dicom.objects.segments import expanded
from kontor.dicom.objects.shutters import shutter_opening
from tests.dicom.objects.data_sets import a_data_set

SEED = 20260102


def brute_force(corners: list[tuple[int, int]], rows: int, columns: int) -> np.ndarray:
    """Each pixel by itself: on a line, or an odd number of lines to its right."""
    found = np.zeros((rows, columns), np.bool_)
    for row in range(1, rows + 1):
        for column in range(1, columns + 1):
            inside, on_line = False, False
            for (r0, c0), (r1, c1) in zip(corners, [*corners[1:], corners[0]], strict=True):
                side = (column - c0) * (r1 - r0) - (row - r0) * (c1 - c0)
                on_line |= side == 0 and min(r0, r1) <= row <= max(r0, r1) and min(c0, c1) <= column <= max(c0, c1)
                inside ^= (r0 <= row) != (r1 <= row) and (side < 0) == (r1 > r0)
            found[row - 1, column - 1] = inside or on_line
    return found


def test_polygons_equal_a_pixel_by_pixel_look_also_where_they_cross_themselves() -> None:
    chance = random.Random(SEED)
    for _ in range(60):
        corners = [(chance.randint(-5, 18), chance.randint(-5, 20)) for _ in range(chance.randint(3, 8))]
        found = inside_polygon(corners, 12, 15)
        assert found is not None
        assert np.array_equal(found, brute_force(corners, 12, 15)), (SEED, corners)


def test_a_polygon_of_many_corners_over_a_mammogram_takes_no_minutes() -> None:
    corners = [(1 + 4000 * (n % 2), 1 + n % 3000) for n in range(1000)]
    begin = time.process_time()
    assert inside_polygon(corners, 4000, 3000) is not None
    assert time.process_time() - begin < 10


@pytest.mark.parametrize("corners", [[], [(1, 1), (5, 5)], [(1, 1), (1 << 30, 5), (3, 3)], [(1, 1), (9, 9)] * 501])
def test_what_is_no_polygon_hides_nothing(corners: list[tuple[int, int]]) -> None:
    assert inside_polygon(corners, 10, 10) is None


@pytest.mark.parametrize(
    "module",
    [
        {"ShutterShape": "RECTANGULAR", "ShutterLeftVerticalEdge": 3},
        {"ShutterShape": "CIRCULAR", "CenterOfCircularShutter": [4]},
        {"ShutterShape": "POLYGONAL"},
        {"ShutterShape": "ROUNDISH"},
    ],
)
def test_a_shutter_without_its_numbers_hides_nothing(module: dict[str, Any]) -> None:
    assert shutter_opening(a_data_set(**module), 0, 8, 8) is None


def an_overlay(**more: object) -> dict[str, dict[str, Any]]:
    """Group 6000 in DICOM JSON: 2 rows, 3 columns, all set."""
    made: dict[str, dict[str, Any]] = {
        "60000010": {"vr": "US", "Value": [2]},
        "60000011": {"vr": "US", "Value": [3]},
        "60000050": {"vr": "SS", "Value": [1, 1]},
        "60003000": {"vr": "OW", "InlineBinary": "Pw=="},
    }
    return made | {tag: {"vr": "US", "Value": value} for tag, value in more.items()}


def drawn(dataset: dict[str, dict[str, Any]], frame: int = 0) -> int:
    return int((overlaid(np.zeros((4, 4), np.uint8), overlay_planes(dataset, frame)) == 255).sum())


def test_overlays_are_cut_at_every_edge_and_left_out_when_their_bits_are_missing() -> None:
    assert drawn(an_overlay()) == 6
    assert drawn(an_overlay(**{"60000050": [0, 0]})) == 2
    assert drawn(an_overlay(**{"60000050": [4, 3]})) == 2
    assert drawn(an_overlay(**{"60000050": [-32768, 32767]})) == 0
    assert drawn(an_overlay(**{"60000010": [65535], "60000011": [65535]})) == 0


def test_an_overlay_that_names_its_frame_lies_on_that_one_only() -> None:
    assert [drawn(an_overlay(**{"60000051": [2]}), frame) for frame in range(3)] == [0, 6, 0]
    assert [drawn(an_overlay(**{"60000051": [0]}), frame) for frame in range(3)] == [0, 0, 0]


def words(*numbers: int) -> bytes:
    return np.array(numbers, "<u2").tobytes()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        words(0, 9, 1, 2),  # ends too early
        words(0, 0),  # no entry, for ever
        words(1, 5, 100),  # a line without a beginning
        words(0, 1, 7, 2, 1, 6, 0),  # an indirect segment that leads to itself
        words(0, 1, 7, 2, 65535, 0xFFFF, 0xFFFF),  # an offset far away
        words(9, 1, 1),  # an unknown kind
    ],
)
def test_segments_that_cannot_be_read_are_no_table(data: bytes) -> None:
    assert expanded(data, 16, 256) is None


def test_a_line_ends_at_its_value_and_begins_after_the_entry_before() -> None:
    found = expanded(words(0, 1, 10, 1, 4, 20), 16, 5)
    assert found is not None
    assert found.tolist() == [10, 13, 15, 18, 20]
