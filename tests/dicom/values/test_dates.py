"""Dates and times: spans of what is written, and ranges."""

from __future__ import annotations

import pytest

from kontor.dicom.values import date_span, date_text, datetime_offset, datetime_span, split_range, time_span


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("20240229", "20240229"),
        ("2024.02.29", "20240229"),
        ("20230229", None),
        ("2024", None),
        ("", None),
        ("20241301", None),
    ],
)
def test_dates_of_the_calendar(text: str, digits: str | None) -> None:
    assert date_text(text) == digits
    assert (date_span(text) is None) == (digits is None)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("10", "100000.000000", "105959.999999"),
        ("1030", "103000.000000", "103059.999999"),
        ("103015.5", "103015.500000", "103015.599999"),
        ("10:30:15", "103015.000000", "103015.999999"),
        ("235960", "235960.000000", "235960.999999"),
    ],
)
def test_a_time_of_low_precision_means_all_between(text: str, first: str, last: str) -> None:
    assert time_span(text) == (first, last)


@pytest.mark.parametrize("text", ["24", "1060", "1", "abc", "103015.1234567"])
def test_times_that_are_none(text: str) -> None:
    assert time_span(text) is None


def test_datetimes_may_end_anywhere_and_carry_an_offset() -> None:
    assert datetime_span("2024") == ("20240101000000.000000", "20241231235959.999999")
    assert datetime_span("20240229103015.25+0100") == ("20240229103015.250000", "20240229103015.259999")
    assert datetime_offset("20240229103015.25+0100") == "+0100"
    assert datetime_offset("20240229") == ""
    assert datetime_span("20241301") is None


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("20240101-20240131", ("20240101", "20240131")),
        ("-20240131", ("", "20240131")),
        ("20240101-", ("20240101", "")),
        ("20240101", None),
    ],
)
def test_ranges_are_split_at_the_hyphen(text: str, ends: tuple[str, str] | None) -> None:
    assert split_range(text) == ends


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("202401011200-0500", None),
        ("202401011200-0500-202401021200-0500", ("202401011200-0500", "202401021200-0500")),
        ("2020-2021", ("2020", "2021")),
        ("20240101-20240131", ("20240101", "20240131")),
    ],
)
def test_an_offset_is_no_range(text: str, ends: tuple[str, str] | None) -> None:
    assert split_range(text, offsets=True) == ends
