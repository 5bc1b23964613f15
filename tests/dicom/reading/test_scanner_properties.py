"""The scanner on generated and damaged bytes: cuts change nothing, nothing but a refusal comes out."""

from __future__ import annotations

import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kontor.dicom.dictionary import Tag, vr_of
from kontor.dicom.reading import DicomRefusal, Scan, Scanner, TooDeep, TooLarge, to_dicom_json
from kontor.dicom.reading.collector import WANTED
from kontor.dicom.reading.sink import KEEP
from kontor.dicom.values import Uid
from tests.dicom.building import BIG, CT, DEFLATED, EXPLICIT, IMPLICIT, JPEG, WRITERS, Writer, deflated
from tests.dicom.reading.scanning import scan

SYNTAXES = (IMPLICIT, EXPLICIT, BIG)
HOSTILE = (
    b"nan",
    b"inf",
    b"-Infinity",
    b"1e999",
    b"9" * 400,
    b"1e300\\nan\\inf",
    b"\\" * 20,
    b"^=" * 30,
    b"\x1b$B\xff",
    b"ISO 2022 IR 87\\ISO_IR 6",
    b"\xff\xfe\0",
)
"""Texts that a number, a name or a character set may trip over."""
SCANNED = {tag for tag, interest in WANTED.items() if interest == KEEP}


@st.composite
def elements(draw: st.DrawFn, writer: Writer, depth: int = 2) -> bytes:
    """Elements of one level in tag order, sequences among them."""
    parts = []
    for number in sorted(draw(st.sets(st.integers(0, 0xFF), max_size=5))):
        if depth and draw(st.booleans()):
            items = draw(st.lists(elements(writer, depth - 1), max_size=3))
            parts.append(
                writer.sequence(0x00400100 + number if writer.implicit else 0x00091000 + number, items, undefined=True)
            )
        else:
            vr = draw(st.sampled_from(["LO", "UI", "OB", "UN", "UT", "US"]))
            parts.append(writer.element(0x00091000 + number, vr, draw(st.binary(max_size=30))))
    return b"".join(parts)


@st.composite
def datasets(draw: st.DrawFn) -> tuple[str, bytes]:
    """A data set with generated elements, and its transfer syntax."""
    syntax = draw(st.sampled_from(SYNTAXES))
    writer = WRITERS[syntax]
    image = writer.image(4, 4) + writer.element(0x7FE00010, "OW", draw(st.binary(min_size=16, max_size=40)))
    capsule = writer.encapsulated(draw(st.lists(st.binary(max_size=20).map(lambda b: b + b"\0" * (len(b) % 2)))))
    tail = draw(st.sampled_from([b"", image, capsule if syntax == EXPLICIT else image]))
    return syntax, writer.dataset(before=draw(elements(writer)), tail=tail)


@st.composite
def hostile_headers(draw: st.DrawFn) -> tuple[str, bytes]:
    """A data set whose header fields, some or all, say anything in a VR that fits or not, and its transfer syntax."""
    syntax = draw(st.sampled_from(SYNTAXES))
    texts = st.sampled_from(HOSTILE) | st.binary(max_size=40)
    values = draw(st.dictionaries(st.sampled_from(sorted(SCANNED)), texts, min_size=1))
    uids = {0x00080016: CT, 0x00080018: "1.2.3.4", 0x0020000D: "1.2.3", 0x0020000E: "1.2.3.1"}
    said = {tag: uid.encode() for tag, uid in uids.items()} | values
    writer = WRITERS[syntax]
    vrs = {tag: draw(st.sampled_from([vr_of(Tag(tag))[:2], "UN", "LO", "FD"])) for tag in said}
    return syntax, b"".join(writer.element(tag, vrs[tag], said[tag]) for tag in sorted(said))


def outcome(data: bytes, syntax: str, step: int) -> Scan | str:
    """The scan, or the code of the refusal."""
    try:
        return scan(data, syntax, step=step)
    except DicomRefusal as refusal:
        return refusal.code


@settings(max_examples=30, deadline=None)
@given(datasets())
def test_bytes_cut_at_every_offset_give_the_same_scan(generated: tuple[str, bytes]) -> None:
    syntax, data = generated
    whole = scan(data, syntax)
    for cut in range(len(data)):
        scanner = Scanner(Uid(syntax))
        scanner.feed(memoryview(data[:cut]))
        scanner.feed(memoryview(data[cut:]))
        assert scanner.finish() == whole


@settings(deadline=None)
@given(datasets(), st.integers(1, 40))
def test_slices_of_any_size_give_the_same_scan(generated: tuple[str, bytes], step: int) -> None:
    syntax, data = generated
    assert scan(data, syntax, step=step) == scan(data, syntax)


@settings(deadline=None)
@given(datasets(), st.integers(1, 40))
def test_a_deflated_data_set_gives_the_same_header(generated: tuple[str, bytes], step: int) -> None:
    syntax, data = generated
    if syntax == EXPLICIT:
        inflated, scanned = scan(data, EXPLICIT), scan(deflated(data), DEFLATED, step=step)
        assert scanned.pixel == inflated.pixel
        assert scanned.header.patient == inflated.header.patient


@settings(max_examples=200, deadline=None)
@given(
    datasets(),
    st.lists(st.tuples(st.integers(0, 2000), st.binary(min_size=1, max_size=4)), min_size=1, max_size=4),
    st.integers(0, 2000),
    st.sampled_from([*SYNTAXES, DEFLATED, JPEG]),
)
def test_damaged_bytes_are_refused_or_kept_and_cuts_change_nothing(
    generated: tuple[str, bytes], damages: list[tuple[int, bytes]], cut: int, declared: str
) -> None:
    data = bytearray(generated[1])
    for at, replacement in damages:
        place = at % len(data)
        data[place : place + len(replacement)] = replacement
    broken = bytes(data[: len(data) - cut % len(data)])
    assert outcome(broken, declared, 0) == outcome(broken, declared, 5)
    with suppress(TooDeep, TooLarge):
        to_dicom_json(broken, declared)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([*SYNTAXES, DEFLATED, JPEG]))
def test_any_bytes_are_refused_or_kept(data: bytes, syntax: str) -> None:
    assert outcome(data, syntax, 0) == outcome(data, syntax, 3)


@settings(max_examples=300, deadline=None)
@given(hostile_headers())
def test_whatever_a_header_says_it_is_read_or_refused(generated: tuple[str, bytes]) -> None:
    syntax, data = generated
    assert outcome(data, syntax, 0) == outcome(data, syntax, 7)


@pytest.mark.parametrize("tag", [0x00200011, 0x00200013, 0x00280008])
@pytest.mark.parametrize("text", ["nan", "inf", "-inf", "1e999"])
def test_a_number_that_is_none_is_absent_and_the_object_is_kept(tag: int, text: str) -> None:
    header = scan(Writer().dataset(tail=Writer().element(tag, "IS", text)), EXPLICIT).header
    assert (header.series.number, header.instance.number, header.instance.frames) == (None, None, 1)


@pytest.mark.parametrize("length", [0xFFFFFFFE, 0x7FFFFFFF, 1 << 28])
def test_a_lying_length_costs_no_memory(length: int) -> None:
    writer = Writer()
    data = writer.dataset(before=writer.head(0x00091002, "OB", length) + b"x" * 100)
    tracemalloc.start()
    try:
        assert outcome(data, EXPLICIT, 0) == "truncated"
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
    finally:
        tracemalloc.stop()
