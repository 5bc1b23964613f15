"""Claims: one holder, a lease of fifteen minutes, take-overs with both names (`clinical.md` 10.2.5, 10.2.6)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kontor.access import AuditUnwritable, Forbidden, Scope, queries_without_organisation
from kontor.archive import Level, NotThere, Query, StudyRow, find
from kontor.platform.jobs import JobRunner
from kontor.reading import Claim, Claimed, claim_jobs, claim_of, claims, claims_of, release_claim, take_claim
from tests.archive.objects import STUDY, dataset, uid
from tests.archive.working import told
from tests.reading.conftest import HIDDEN, Room, at_once, statements

LEASE_S = 15 * 60


def taken(room: Room, by: str, *, over: bool = False) -> Claim:
    return take_claim(room.archive, room.reader(by), uid(STUDY), None, take_over=over).claim


def held(room: Room, scope: Scope | None = None) -> Claim | None:
    return claim_of(room.archive, scope or room.reader("anna"), uid(STUDY), None)


def events(room: Room) -> int:
    return len(told(room.archive, "claim_changed"))


def test_rule_10_2_5_one_holder_and_the_second_is_told_who_and_since_when(room: Room) -> None:
    claim = taken(room, "anna")
    assert (claim.login, claim.name, claim.taken_from) == ("anna", "Dr. Anna", "")
    assert claim.until_us - claim.since_us == LEASE_S * 1_000_000
    room.clock.advance(60)
    with pytest.raises(Claimed) as refused:
        taken(room, "berta")
    assert refused.value.claim == claim == held(room)


def test_looking_claims_nothing(room: Room) -> None:
    find(room.archive, room.reader("anna"), Query(Level.STUDY))
    assert held(room) is None


def test_work_renews_the_lease_and_tells_nobody(room: Room) -> None:
    first = taken(room, "anna")
    room.clock.advance(LEASE_S - 1)
    second = taken(room, "anna")
    assert second == replace(first, until_us=first.until_us + (LEASE_S - 1) * 1_000_000)
    room.clock.advance(LEASE_S - 1)
    with pytest.raises(Claimed):
        taken(room, "berta")
    assert events(room) == 1
    assert room.audited("claim") == [("anna", STUDY, "{}")]


def test_who_takes_a_study_is_told_whether_it_was_theirs_before(room: Room) -> None:
    def renewed(by: str, *, over: bool = False) -> bool:
        return take_claim(room.archive, room.reader(by), uid(STUDY), None, take_over=over).renewed

    assert [renewed("anna"), renewed("anna")] == [False, True]
    assert [renewed("berta", over=True), renewed("berta")] == [False, True]
    room.clock.advance(LEASE_S)
    assert not renewed("berta")


def test_a_lease_that_ended_frees_the_study_without_asking(room: Room) -> None:
    taken(room, "anna")
    room.clock.advance(LEASE_S)
    assert held(room) is None
    claim = taken(room, "berta")
    assert (claim.login, claim.taken_from) == ("berta", ""), "nobody was interrupted"
    assert room.audited("take-over") == []


def do_jobs(room: Room) -> None:
    JobRunner(room.archive.database, room.clock, claim_jobs(room.archive)).run_once()


def test_a_lease_that_ends_is_told_once_and_a_renewed_one_not_before_its_own_end(room: Room) -> None:
    taken(room, "anna")
    room.clock.advance(LEASE_S - 60)
    taken(room, "anna")
    room.clock.advance(60)
    do_jobs(room)
    assert (events(room), held(room) is None) == (1, False), "it was taken, no more"
    room.clock.advance(LEASE_S - 60)
    do_jobs(room)
    do_jobs(room)
    assert (events(room), held(room)) == (1, None)
    taken(room, "berta")
    release_claim(room.archive, room.reader("berta"), uid(STUDY), None)
    room.clock.advance(LEASE_S)
    do_jobs(room)
    assert events(room) == 2, "what was given up is told once"


def test_ones_own_lease_that_ended_begins_anew(room: Room) -> None:
    first = taken(room, "anna")
    room.clock.advance(LEASE_S + 5)
    second = taken(room, "anna")
    assert (second.since_us - first.since_us, second.until_us - first.until_us) == ((LEASE_S + 5) * 1_000_000,) * 2
    assert events(room) == 2


def test_a_take_over_names_both_to_both(room: Room) -> None:
    taken(room, "anna")
    room.clock.advance(60)
    claim = taken(room, "berta", over=True)
    assert (claim.name, claim.taken_from) == ("Dr. Berta", "Dr. Anna")
    with pytest.raises(Claimed) as refused:
        taken(room, "anna")
    assert refused.value.claim == claim
    room.clock.advance(60)
    assert taken(room, "berta").taken_from == "Dr. Anna", "a renewal forgets nobody"
    assert [row[0] for row in room.audited("claim")] == ["anna"]
    assert room.audited("take-over") == [("berta", STUDY, '{"from":"Dr. Anna"}')]
    assert events(room) == 2


def test_taking_over_what_nobody_holds_or_oneself_is_taking(room: Room) -> None:
    assert taken(room, "anna", over=True).taken_from == ""
    assert taken(room, "anna", over=True).taken_from == ""
    assert (room.audited("take-over"), events(room)) == ([], 1)


def test_only_the_holder_gives_it_up(room: Room) -> None:
    claim = taken(room, "anna")
    release_claim(room.archive, room.reader("berta"), uid(STUDY), None)
    assert held(room) == claim
    for _ in ("once", "and again"):
        release_claim(room.archive, room.reader("anna"), uid(STUDY), None)
    assert held(room) is None
    assert events(room) == 2


@pytest.mark.parametrize("over", [False, True])
def test_two_claims_in_one_moment_have_one_winner(room: Room, over: bool) -> None:
    names = ("anna", "berta", "carla", "dora")
    for name in names:
        room.reader(name)
    found = at_once(*(lambda name=name: taken(room, name, over=over) for name in names))
    winners = [one for one in found if isinstance(one, Claim)]
    holder = held(room)
    if over:
        assert {one.login for one in winners} == set(names)
        assert holder in winners
        assert len([one for one in winners if not one.taken_from]) == 1
    else:
        assert winners == [holder]
        assert {one.claim for one in found if isinstance(one, Claimed)} == {holder}
    assert events(room) == len(winners)


def test_claims_are_found_for_many_studies_at_once(room: Room) -> None:
    room.desk.bring(dataset("7", patient_id="P-2", name="Schulz^Hans", birth_date="19300101", sex="M"))
    rows: list[StudyRow] = find(room.archive, room.reader("anna"), Query(Level.STUDY)).rows
    assert len(rows) == 3
    second = next(row for row in rows if row.discriminator)
    claim = take_claim(room.archive, room.reader("anna"), uid(STUDY), second.id).claim
    berta = room.reader("berta")
    with statements(room) as asked:
        assert claims_of(room.archive, berta, rows) == {second.id: claim}
    assert len(asked) == 1
    assert held(room) is None, "the other patient's study under this UID is free"


def test_nobody_claims_what_they_may_not_see(room: Room) -> None:
    limited = room.reader("anna", only=STUDY)
    for act in (take_claim, claim_of, release_claim):
        with pytest.raises(NotThere):
            act(room.archive, limited, uid(HIDDEN), None)
    take_claim(room.archive, room.reader("berta"), uid(HIDDEN), None)
    rows: list[StudyRow] = find(room.archive, room.reader("berta"), Query(Level.STUDY)).rows
    assert claims_of(room.archive, limited, rows) == {}
    take_claim(room.archive, limited, uid(STUDY), None)
    assert [claim.login for claim in claims_of(room.archive, limited, rows).values()] == ["anna"]


def test_without_the_right_or_an_account_nothing_is_claimed(room: Room) -> None:
    for scope in (replace(room.reader("anna"), rights=frozenset()), room.desk.scope):
        with pytest.raises(Forbidden):
            take_claim(room.archive, scope, uid(STUDY), None)


def test_what_cannot_be_audited_is_not_taken(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: object, **_more: object) -> None:
        raise AuditUnwritable("full")

    room.reader("anna")
    monkeypatch.setattr(claims, "record_with", fail)
    with pytest.raises(AuditUnwritable):
        taken(room, "anna")
    assert (held(room), events(room)) == (None, 0)


def test_the_organisation_stands_in_every_statement(room: Room) -> None:
    room.reader("anna")
    with statements(room) as asked:
        taken(room, "anna")
        held(room)
        release_claim(room.archive, room.reader("anna"), uid(STUDY), None)
    assert any("claim" in str(one) for one in asked)
    assert [queries_without_organisation(one) for one in asked] == [[]] * len(asked)
