"""Giving out takes little memory, however long an object is or inflates to."""

from __future__ import annotations

import errno
import io
import json
import os
import tracemalloc
from collections.abc import Iterator

import pydicom
import pytest

from kontor.archive import (
    AsStored,
    BulkData,
    Metadata,
    NotConvertible,
    Origin,
    Rendered,
    Selection,
    Uncompressed,
    admit,
    receive,
    retrieve,
)
from kontor.dicom.values import Uid
from kontor.platform.blobs import ReadOnlyStorage, StorageFull, StorageUnavailable
from kontor.platform.database import Database
from kontor.platform.sandbox import Sandbox
from tests.archive.objects import Desk, archive_on
from tests.dicom.building import BIG, DEFLATED, EXPLICIT, IMPLICIT, WRITERS, Writer, deflated

ALLOWED = 16 << 20
LONG = 48 << 20
OBJECT = Selection(Uid("1.2.3"), Uid("1.2.3.1"), Uid("1.2.3.4"))
RAW = 0x00420011
"""Encapsulated Document: a long value that is no pixel data."""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox(1)
    yield sandbox
    sandbox.close()


@pytest.fixture
def desk(sqlite_database: Database, sandbox: Sandbox) -> Desk:
    return archive_on(sqlite_database, sandbox=sandbox)


def bring(desk: Desk, data: bytes, syntax: str) -> None:
    origin = Origin("dimse", "CT1")
    admit(desk.archive, [receive(desk.archive, desk.scope, origin, [data], transfer_syntax=Uid(syntax))])


def counted(desk: Desk, form: object) -> tuple[int, int]:
    """Bytes given out, and the most memory that it took beyond what was there."""
    tracemalloc.start()
    try:
        parts = retrieve(desk.archive, desk.scope, OBJECT, form)  # type: ignore[arg-type] # any form
        given = sum(len(chunk) for part in parts for chunk in part.chunks)
        return given, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def a_document(syntax: str, length: int = LONG) -> bytes:
    """An object whose one long value makes nearly all of it, with something behind."""
    writer = WRITERS[syntax]
    value = bytes(range(256)) * (length // 256)
    return writer.dataset(tail=writer.element(RAW, "OB", value) + writer.element(0x00420012, "LO", "application/pdf"))


@pytest.mark.parametrize("form", [Uncompressed(), Metadata("root"), BulkData("00420011")], ids=repr)
def test_a_long_value_passes_through(desk: Desk, form: object) -> None:
    bring(desk, a_document(IMPLICIT), IMPLICIT)
    given, most = counted(desk, form)
    assert most < ALLOWED
    assert given >= LONG or isinstance(form, Metadata)


@pytest.mark.parametrize("syntax", [IMPLICIT, BIG])
def test_a_long_value_is_the_same_in_another_transfer_syntax(desk: Desk, syntax: str) -> None:
    writer, length = WRITERS[syntax], 3 << 20
    words = bytes(range(256)) * (length // 256)
    inside = writer.element(0x00420011, "OB", words) + writer.element(0x00420012, "LO", "text/plain")
    tail = writer.sequence(0x00400555, [inside], undefined=True) + writer.element(0x00660016, "OF", words)
    bring(desk, writer.dataset(tail=tail), syntax)
    (part,) = retrieve(desk.archive, desk.scope, OBJECT, Uncompressed())
    found = pydicom.dcmread(io.BytesIO(b"".join(bytes(chunk) for chunk in part.chunks)))
    assert found.file_meta.TransferSyntaxUID == EXPLICIT
    assert found[0x00400555].value[0][0x00420011].value == words
    assert found[0x00400555].value[0][0x00420012].value == "text/plain"
    swapped = b"".join(words[at : at + 4][::-1] for at in range(0, length, 4))
    assert found[0x00660016].value == (swapped if syntax == BIG else words)


def test_a_long_value_that_is_cut_off_is_left_out(desk: Desk) -> None:
    bring(desk, a_document(IMPLICIT, 4 << 20)[: 2 << 20], IMPLICIT)
    (part,) = retrieve(desk.archive, desk.scope, OBJECT, Uncompressed())
    found = pydicom.dcmread(io.BytesIO(b"".join(bytes(chunk) for chunk in part.chunks)))
    assert RAW not in found
    assert found.PatientName == "Muster^Anna"


def test_a_long_text_is_an_address_in_the_metadata_that_gives_it(desk: Desk) -> None:
    text = "0.5\\" * (1 << 19)
    bring(desk, Writer().dataset(tail=Writer().element(0x30060050, "UN", text)), EXPLICIT)
    (part,) = retrieve(desk.archive, desk.scope, OBJECT, Metadata("root"))
    (document,) = json.loads(b"".join(bytes(chunk) for chunk in part.chunks))
    assert document["30060050"]["BulkDataURI"].endswith("/bulkdata/30060050")
    (part,) = retrieve(desk.archive, desk.scope, OBJECT, BulkData("30060050"))
    assert b"".join(bytes(chunk) for chunk in part.chunks) == text.encode()


def a_deflated_image(side: int) -> bytes:
    """An image whose bytes hardly repeat less than the limit on ratios allows."""
    writer = WRITERS[EXPLICIT]
    noise = bytes((number * number >> 7) & 0xFF for number in range(1 << 14))
    pixels = (noise * (side * side * 2 // len(noise) + 1))[: side * side * 2]
    return deflated(writer.dataset(tail=writer.image(side, side, 16) + writer.element(0x7FE00010, "OW", pixels)))


@pytest.mark.parametrize("form", [Uncompressed(), Metadata("root"), BulkData("7FE00010")], ids=repr)
def test_a_deflated_object_is_inflated_beside_the_memory(desk: Desk, form: object) -> None:
    bring(desk, a_deflated_image(5_000), DEFLATED)
    given, most = counted(desk, form)
    assert most < ALLOWED
    assert given >= 5_000 * 5_000 * 2 or isinstance(form, Metadata)


def test_what_inflates_beyond_the_limit_is_given_as_it_came_only(desk: Desk) -> None:
    bring(desk, a_deflated_image(12_000), DEFLATED)
    for form in (Uncompressed(), Metadata("root"), BulkData("7FE00010"), Rendered("png")):
        with pytest.raises(NotConvertible, match="larger than the limit"):
            counted(desk, form)
    assert counted(desk, AsStored())[1] < ALLOWED


@pytest.mark.parametrize(
    ("trouble", "error"), [(errno.ENOSPC, StorageFull), (errno.EROFS, ReadOnlyStorage), (errno.EIO, StorageUnavailable)]
)
def test_where_nothing_can_be_inflated_the_caller_is_told_to_come_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, trouble: int, error: type[Exception]
) -> None:
    def no_file(**_options: object) -> tuple[int, str]:
        raise OSError(trouble, os.strerror(trouble))

    bring(desk, a_deflated_image(100), DEFLATED)
    monkeypatch.setattr("kontor.archive.retrieval_inflating.tempfile.mkstemp", no_file)
    with pytest.raises(error):
        counted(desk, Uncompressed())


def test_a_header_of_countless_values_is_refused_as_a_document(desk: Desk) -> None:
    many = b"".join(Writer().element(0x00091000 + number, "LT", "x" * 60_000) for number in range(0x10, 0x300))
    bring(desk, Writer().dataset(tail=many), EXPLICIT)
    with pytest.raises(NotConvertible, match="too long for one document"):
        counted(desk, Metadata("root"))
    assert counted(desk, AsStored())[1] < ALLOWED
