"""multipart/related: cut anywhere, malformed anyhow, and there and back again."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.doors.http import (
    Problem,
    RelatedLimits,
    RelatedPart,
    boundary_of,
    new_boundary,
    parse_media_type,
    read_related,
    related_content_type,
    write_related,
)

BODY = (
    b"preamble\r\n--B\r\nContent-Type: application/dicom\r\nX-Long: a\r\n  b\r\n\r\none\r\n--notB\r\n"
    b"\r\n--B  \r\n\r\n\r\n--B\r\nContent-Type: x/y\r\n\r\n\r\n--B--\r\nepilogue"
)
PARTS = [
    ({"content-type": "application/dicom", "x-long": "a b"}, b"one\r\n--notB\r\n"),
    ({}, b""),
    ({"content-type": "x/y"}, b""),
]


def read(
    chunks: list[bytes], boundary: bytes = b"B", limits: RelatedLimits | None = None
) -> list[tuple[object, bytes]]:
    return [(dict(part.headers), b"".join(part)) for part in read_related(chunks, boundary, limits)]


def test_the_parts_of_a_body() -> None:
    assert read([BODY]) == PARTS


@pytest.mark.parametrize("cut", range(1, len(BODY)))
def test_a_cut_anywhere_changes_nothing(cut: int) -> None:
    assert read([BODY[:cut], BODY[cut:]]) == PARTS


def test_bytes_one_by_one_change_nothing() -> None:
    assert read([BODY[at : at + 1] for at in range(len(BODY))]) == PARTS


def test_a_part_that_nobody_reads_is_passed_over() -> None:
    assert [part.content_type for part in read_related([BODY], b"B")] == ["application/dicom", "", "x/y"]


def test_content_is_handed_on_before_the_part_has_ended() -> None:
    def chunks() -> Iterator[bytes]:
        yield b"--B\r\n\r\n" + b"x" * 100_000
        raise AssertionError("read further than needed")

    part = next(read_related(chunks(), b"B"))
    assert len(next(iter(part))) > 99_000


def test_an_empty_part_may_end_at_its_empty_line() -> None:
    assert read([b"--B\r\nA: b\r\n\r\n--B\r\nC: d\r\n\r\nx\r\n--B--"]) == [({"a": "b"}, b""), ({"c": "d"}, b"x")]


@pytest.mark.parametrize("end", range(len(BODY) - len(b"--\r\nepilogue") + 1))
def test_a_body_that_ends_too_early_is_refused(end: int) -> None:
    with pytest.raises(Problem) as caught:
        read([BODY[:end]])
    assert caught.value.kind.code == "malformed-multipart"


@pytest.mark.parametrize(
    "body",
    [
        b"--B\r\nno colon\r\n\r\nx\r\n--B--",
        b"--B\r\n: empty name\r\n\r\nx\r\n--B--",
        b"--B\r\nbad name: x\r\n\r\nx\r\n--B--",
        b"--B\r\nA\x00: x\r\n\r\nx\r\n--B--",
        b"--Bx\r\n\r\n\r\n--B--",
        b"--B\r\nA: " + b"x" * 20_000 + b"\r\n\r\n\r\n--B--",
        b"",
        b"no boundary at all",
    ],
)
def test_what_hides_something_is_refused(body: bytes) -> None:
    with pytest.raises(Problem):
        read([body])


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (RelatedLimits(parts=2), "malformed-multipart"),
        (RelatedLimits(part_bytes=5), "body-too-large"),
        (RelatedLimits(header_bytes=10), "malformed-multipart"),
        (RelatedLimits(preamble_bytes=3), "body-too-large"),
    ],
)
def test_limits_hold(limits: RelatedLimits, code: str) -> None:
    with pytest.raises(Problem) as caught:
        read([BODY], limits=limits)
    assert caught.value.kind.code == code


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=5), st.integers(1, 50))
def test_what_is_written_is_read_again(contents: list[bytes], size: int) -> None:
    boundary = new_boundary()
    parts = [RelatedPart({"Content-Type": "application/dicom"}, [content]) for content in contents]
    body = b"".join(write_related(parts, boundary))
    chunks = [body[at : at + size] for at in range(0, len(body), size)]
    found = boundary_of(related_content_type("application/dicom", boundary))
    assert read(chunks, found) == [({"content-type": "application/dicom"}, content) for content in contents]


@given(st.binary(max_size=400), st.integers(1, 40))
def test_any_bytes_are_read_or_refused(body: bytes, size: int) -> None:
    with contextlib.suppress(Problem):  # anything else fails
        read([b"--B\r\n", *(body[at : at + size] for at in range(0, len(body), size))])


def test_a_header_value_cannot_begin_another_field() -> None:
    with pytest.raises(ValueError, match="line break"):
        list(write_related([RelatedPart({"Content-Location": "a\r\nb: c"}, [])], "B"))


@pytest.mark.parametrize(
    ("text", "boundary"),
    [
        ("multipart/related; boundary=abc", b"abc"),
        ('multipart/related; type="application/dicom"; boundary="a b=c"', b"a b=c"),
        ('Multipart/Related;BOUNDARY="x";', b"x"),
    ],
)
def test_boundaries_are_found(text: str, boundary: bytes) -> None:
    assert boundary_of(text) == boundary


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("application/json", "media-type"),
        ("", "media-type"),
        ("multipart/form-data; boundary=x", "media-type"),
        ("multipart/related", "malformed-multipart"),
        ('multipart/related; boundary=""', "malformed-multipart"),
        ("multipart/related; boundary=" + "x" * 71, "malformed-multipart"),
        ('multipart/related; boundary="a\r\nb"', "malformed-multipart"),
        ('multipart/related; boundary="é"', "malformed-multipart"),
    ],
)
def test_what_is_no_boundary_is_refused(text: str, code: str) -> None:
    with pytest.raises(Problem) as caught:
        boundary_of(text)
    assert caught.value.kind.code == code


@pytest.mark.parametrize("text", ["", "x", "/", "a/", "a/b;c d", 'a/b; c="d', "a/b" + ";" * 2_000])
def test_what_is_no_media_type_is_none(text: str) -> None:
    assert parse_media_type(text) is None
