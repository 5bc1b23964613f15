"""Several contents under one SOP Instance UID: chosen by people, closed by themselves when nothing differs."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import replace

import pytest

from kontor.access import Forbidden, Right
from kontor.archive import Archive, NotPromotable, NotThere, admit, examine, promote, receive, variants
from kontor.dicom.values import IMPLICIT_LITTLE
from kontor.platform.clock import FixedClock
from kontor.platform.database import Database
from kontor.platform.sandbox import Sandbox
from tests.archive.objects import ROOT, SERIES, STUDY, Desk, archive_on, dataset, slices, uid
from tests.archive.working import told, work

SOP = f"{SERIES}.1"
OTHER_PIXELS = dataset("1", pixels=b"\1" * 32)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox(1)
    yield sandbox
    sandbox.close()


@pytest.fixture
def desk(engine: Database, sandbox: Sandbox) -> Desk:
    return archive_on(engine, sandbox=sandbox)


@pytest.fixture
def one_desk(sqlite_database: Database, sandbox: Sandbox) -> Desk:
    return archive_on(sqlite_database, sandbox=sandbox)


def implicit(data: bytes) -> bytes:
    """The same data set with implicit value representations."""
    written, at = [], 0
    while at < len(data):
        long = data[at + 4 : at + 6] in (b"OB", b"OW", b"SQ", b"UN", b"UT")
        form, start = ("<I", at + 8) if long else ("<H", at + 6)
        (length,) = struct.unpack_from(form, data, start)
        value = start + struct.calcsize(form)
        written.append(data[at : at + 4] + struct.pack("<I", length) + data[value : value + length])
        at = value + length
    return b"".join(written)


def bring_implicit(desk: Desk, data: bytes) -> str:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(0.001)
    receipt = receive(desk.archive, desk.scope, desk.origin, slices(implicit(data)), transfer_syntax=IMPLICIT_LITTLE)
    admit(desk.archive, [receipt])
    return receipt.digest


def states(archive: Archive, desk: Desk) -> dict[str, str]:
    return {row.digest: row.state.value for row in variants(archive, desk.scope, uid(SOP)).variants}


def test_a_promoted_variant_is_the_primary_and_the_former_one_is_kept(desk: Desk) -> None:
    first, second = (one.receipt.digest for one in desk.bring(dataset("1"), OTHER_PIXELS))
    (row,) = variants(desk.archive, desk.scope, uid(SOP)).variants
    promote(desk.archive, desk.scope, row.id)
    kept = variants(desk.archive, desk.scope, uid(SOP))
    assert kept.primary.digest == second
    assert states(desk.archive, desk) == {first: "replaced", second: "promoted"}
    assert desk.rows("study", "open_variants", "instance_count") == [(0, 1)]
    assert len(told(desk.archive, "variant_promoted")) == 1
    assert examine(desk.archive, deep=True) == []


def test_the_former_primary_can_be_promoted_back_again_and_again(one_desk: Desk) -> None:
    desk = one_desk
    digests = [one.receipt.digest for one in desk.bring(dataset("1"), OTHER_PIXELS, dataset("1", pixels=b"\2" * 32))]
    for wanted in (digests[1], digests[2], digests[0], digests[2]):
        kept = variants(desk.archive, desk.scope, uid(SOP))
        (row,) = [row for row in kept.variants if row.digest == wanted]
        promote(desk.archive, desk.scope, row.id)
        assert variants(desk.archive, desk.scope, uid(SOP)).primary.digest == wanted
        assert list(states(desk.archive, desk).values()).count("promoted") == 1
        assert examine(desk.archive, deep=True) == []


def test_a_variant_of_another_study_takes_its_study_along(one_desk: Desk) -> None:
    desk = one_desk
    elsewhere = dataset("1", study=f"{ROOT}.2", series=f"{ROOT}.2.1", patient_id="P-2", name="Schulz^Hans")
    desk.bring(dataset("1"), elsewhere)
    (row,) = variants(desk.archive, desk.scope, uid(SOP)).variants
    promote(desk.archive, desk.scope, row.id)
    assert desk.rows("study", "study_instance_uid", "patient_name", "instance_count") == [
        (f"{ROOT}.2", "Schulz^Hans", 1)
    ]
    assert desk.rows("patient", "patient_id") == [("P-2",)]
    assert examine(desk.archive, deep=True) == []


def test_nobody_promotes_without_the_right_twice_or_what_is_not_there(one_desk: Desk) -> None:
    desk = one_desk
    desk.bring(dataset("1"), OTHER_PIXELS)
    (row,) = variants(desk.archive, desk.scope, uid(SOP)).variants
    with pytest.raises(Forbidden):
        promote(desk.archive, replace(desk.scope, rights=desk.scope.rights - {Right.PROMOTE}), row.id)
    with pytest.raises(NotThere):
        promote(desk.archive, desk.scope, row.id + 1)
    promote(desk.archive, desk.scope, row.id)
    chosen = next(one for one in variants(desk.archive, desk.scope, uid(SOP)).variants if one.state.value == "promoted")
    with pytest.raises(NotPromotable):
        promote(desk.archive, desk.scope, chosen.id)


def test_a_variant_that_says_and_shows_the_same_in_another_encoding_closes_itself(desk: Desk) -> None:
    desk.bring(dataset("1"))
    equal = bring_implicit(desk, dataset("1", retrieve_ae="ELSEWHERE", creation_date="20260102"))
    assert states(desk.archive, desk) == {equal: "open"}
    work(desk.archive)
    assert states(desk.archive, desk) == {equal: "closed"}
    assert desk.rows("study", "open_variants") == [(0,)]
    assert [entry.payload["digest"] for entry in told(desk.archive, "variant_closed")] == [equal]


def test_variants_that_say_or_show_something_else_stay_open(one_desk: Desk) -> None:
    desk = one_desk
    one_bit = bytes(31) + b"\1"
    desk.bring(dataset("1"), dataset("1", pixels=one_bit), dataset("1", description="another word"))
    other = bring_implicit(desk, dataset("1", name="Muster^Eva"))
    work(desk.archive)
    assert set(states(desk.archive, desk).values()) == {"open"}
    assert other in states(desk.archive, desk)
    assert desk.rows("study", "study_instance_uid", "open_variants") == [(STUDY, 3)]


def test_a_variant_that_is_shown_inverted_stays_open(desk: Desk) -> None:
    upright = dataset("1", pixels=bytes(range(32)))
    desk.bring(upright, upright.replace(b"MONOCHROME2 ", b"MONOCHROME1 "))
    work(desk.archive)
    assert set(states(desk.archive, desk).values()) == {"open"}
    assert desk.rows("study", "open_variants") == [(1,)]
