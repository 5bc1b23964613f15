"""The audit: first the row, then the data; and no row can be changed, removed or cut off unnoticed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy
from sqlalchemy import delete, insert, select, update

from kontor.access import (
    Access,
    Act,
    AuditQuery,
    AuditUnwritable,
    Damage,
    Forbidden,
    Outcome,
    create_account,
    list_audit,
    record,
    record_once,
    verify_chain,
)
from kontor.access.tables import audit, audit_head
from kontor.platform.database import Database, DatabaseUnavailable, WriteTransaction
from tests.access.rooms import PASSWORD, a_room, clock_of, operator


def rows(access: Access, organisation: str = "main") -> list[tuple[int, str, str]]:
    found = list_audit(access, operator(access, organisation), AuditQuery(), 1_000)
    return [(row.seq, row.entry.act, row.entry.subject) for row in reversed(found)]


def three_rows(access: Access) -> None:
    for subject in ("1.2.1", "1.2.2", "1.2.3"):
        record(access, operator(access), Act.READ, subject, Outcome.SUCCESS, frames=3)


def test_a_row_is_there_when_record_returns(access: Access) -> None:
    three_rows(access)
    assert rows(access) == [(1, "read", "1.2.1"), (2, "read", "1.2.2"), (3, "read", "1.2.3")]
    assert verify_chain(access) is None


def test_organisations_have_chains_of_their_own(access: Access) -> None:
    three_rows(access)
    record(access, operator(access, "other"), Act.READ, "1.9", Outcome.SUCCESS)
    assert rows(access, "other") == [(1, "read", "1.9")]
    assert verify_chain(access) is None


def test_concurrent_calls_lose_nothing_and_keep_one_chain(access: Access) -> None:
    scope, each, callers = operator(access), 25, 12
    barrier = threading.Barrier(callers)

    def call(number: int) -> None:
        barrier.wait()
        for position in range(each):
            record(access, scope, Act.FIND, f"{number}/{position}", Outcome.SUCCESS)

    threads = [threading.Thread(target=call, args=(number,)) for number in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(subject for _, _, subject in rows(access)) == sorted(
        f"{number}/{position}" for number in range(callers) for position in range(each)
    )
    assert [seq for seq, _, _ in rows(access)] == list(range(1, each * callers + 1))
    assert verify_chain(access) is None


def test_two_processes_on_one_database_make_one_chain(access: Access, schema_url: str) -> None:
    other = a_room(Database.open(schema_url), organisations=())
    scope = operator(access)

    def call(room: Access) -> None:
        for position in range(40):
            record(room, scope, Act.FIND, str(position), Outcome.SUCCESS)

    threads = [threading.Thread(target=call, args=(room,)) for room in (access, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.database.close()
    assert [seq for seq, _, _ in rows(access)] == list(range(1, 81))
    assert verify_chain(access) is None


def altered(tx: WriteTransaction) -> None:
    tx.execute(update(audit).where(audit.c.seq == 2).values(actor_name="nobody"))


def removed(tx: WriteTransaction) -> None:
    tx.execute(delete(audit).where(audit.c.seq == 2))


def removed_and_renumbered(tx: WriteTransaction) -> None:
    removed(tx)
    tx.execute(update(audit).where(audit.c.seq == 3).values(seq=2))


def end_cut_off(tx: WriteTransaction) -> None:
    tx.execute(delete(audit).where(audit.c.seq == 3))


def end_cut_off_and_head_set_back(tx: WriteTransaction) -> None:
    end_cut_off(tx)
    before = tx.scalar(select(audit.c.mac).where(audit.c.seq == 2))
    tx.execute(update(audit_head).where(audit_head.c.seq == 3).values(seq=2, mac=before))


def everything_removed(tx: WriteTransaction) -> None:
    tx.execute(delete(audit))


def head_removed(tx: WriteTransaction) -> None:
    tx.execute(delete(audit_head))


def inserted(tx: WriteTransaction) -> None:
    row = tx.first(select(audit).where(audit.c.seq == 3))
    assert row is not None
    tx.execute(insert(audit), {**row._mapping, "seq": 4})


@pytest.mark.parametrize(
    ("tamper", "damage", "seq"),
    [
        (altered, Damage.ROW_ALTERED, 2),
        (removed, Damage.ROW_MISSING, 2),
        (removed_and_renumbered, Damage.ROW_ALTERED, 2),
        (end_cut_off, Damage.END_MISSING, 3),
        (end_cut_off_and_head_set_back, Damage.HEAD_ALTERED, 2),
        (everything_removed, Damage.END_MISSING, 1),
        (head_removed, Damage.HEAD_ALTERED, 0),
        (inserted, Damage.ROW_ALTERED, 4),
    ],
)
def test_every_kind_of_tampering_is_found(
    access: Access, tamper: Callable[[WriteTransaction], None], damage: Damage, seq: int
) -> None:
    three_rows(access)
    access.database.write(tamper)
    finding = verify_chain(access)
    assert finding is not None
    assert (finding.damage, finding.seq, finding.organisation) == (damage, seq, "main")


@pytest.mark.parametrize("column", [column.name for column in audit.columns if column.name not in {"org_id", "seq"}])
def test_no_column_can_be_altered_unnoticed(access: Access, column: str) -> None:
    three_rows(access)
    value: object = 7 if isinstance(audit.c[column].type, sqlalchemy.BigInteger) else "x"
    access.database.write(lambda tx: tx.execute(update(audit).where(audit.c.seq == 2).values({column: value})))
    finding = verify_chain(access)
    assert finding is not None
    assert finding.damage is Damage.ROW_ALTERED


def test_a_chain_written_under_another_key_is_not_genuine(access: Access) -> None:
    three_rows(access)
    stranger = replace(access, key=b"another key of thirty-two bytes....")
    finding = verify_chain(stranger)
    assert finding is not None
    assert finding.damage is Damage.HEAD_ALTERED


def test_a_removed_head_stops_the_house_instead_of_beginning_anew(access: Access) -> None:
    create_account(access, operator(access), "somebody", ["reader"], PASSWORD)
    access.database.write(lambda tx: (tx.execute(delete(audit)), tx.execute(delete(audit_head))))
    with pytest.raises(AuditUnwritable):
        record(access, operator(access), Act.READ, "1.2", Outcome.SUCCESS)
    assert verify_chain(access) is not None


def test_a_database_that_cannot_be_asked_is_an_unwritable_audit(
    access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    scope = operator(access)

    def unavailable(*_arguments: object, **_options: object) -> object:
        raise DatabaseUnavailable("gone")

    monkeypatch.setattr(access.database, "write", unavailable)
    with pytest.raises(AuditUnwritable):
        record(access, scope, Act.READ, "1.2", Outcome.SUCCESS)


def test_frames_of_a_series_are_one_act_for_a_while(access: Access) -> None:
    scope = operator(access)
    for _ in range(5):
        record_once(access, scope, Act.READ, "1.2.3", 300)
    record_once(access, scope, Act.READ, "1.2.4", 300)
    assert len(rows(access)) == 2
    clock_of(access).advance(301)
    record_once(access, scope, Act.READ, "1.2.3", 300)
    assert len(rows(access)) == 3


def test_another_process_does_not_record_the_same_act_again(access: Access) -> None:
    record_once(access, operator(access), Act.READ, "1.2.3", 300)
    clock_of(access).advance(200)
    fresh = a_room(access.database, clock=clock_of(access), organisations=())
    record_once(fresh, operator(fresh), Act.READ, "1.2.3", 300)
    assert len(rows(access)) == 1
    clock_of(access).advance(150)  # the period counts from the row, not from the last question
    record_once(fresh, operator(fresh), Act.READ, "1.2.3", 300)
    assert len(rows(access)) == 2


def test_other_actors_and_refusals_do_not_count_as_the_same_act(access: Access) -> None:
    scope = operator(access)
    somebody = replace(scope, actor=replace(scope.actor, name="somebody else"))
    record(access, scope, Act.READ, "1.2.3", Outcome.REFUSED)
    record_once(access, scope, Act.READ, "1.2.3", 300)
    record_once(access, somebody, Act.READ, "1.2.3", 300)
    assert len(rows(access)) == 3


@pytest.mark.parametrize("subject", ["\x00", "lone \ud800 surrogate", "x" * 5_000, "line\r\nbreak", "Ω é 漢"])
def test_any_text_can_be_recorded_and_verified(access: Access, subject: str) -> None:
    record(access, operator(access), Act.FIND, subject, Outcome.SUCCESS, text=subject, deep={"a": [1, None, True]})
    assert verify_chain(access) is None


def test_an_endless_detail_is_told_by_its_length(access: Access) -> None:
    record(access, operator(access), Act.FIND, "1", Outcome.SUCCESS, text="x" * 100_000)
    (row,) = list_audit(access, operator(access), AuditQuery(), 10)
    assert row.entry.detail == '{"omitted_characters":100011}'


def test_pages_go_back_in_time_and_filters_hold(access: Access) -> None:
    for number in range(5):
        record(access, operator(access), Act.FIND if number % 2 else Act.READ, str(number), Outcome.SUCCESS)
    scope = operator(access)
    assert [row.seq for row in list_audit(access, scope, AuditQuery(), 2)] == [5, 4]
    assert [row.seq for row in list_audit(access, scope, AuditQuery(before_seq=4), 2)] == [3, 2]
    assert [row.seq for row in list_audit(access, scope, AuditQuery(act="find"), 9)] == [4, 2]
    assert list_audit(access, scope, AuditQuery(actor_name="other"), 9) == []


def test_the_audit_is_closed_to_those_without_the_right(access: Access) -> None:
    with pytest.raises(Forbidden):
        list_audit(access, replace(operator(access), rights=frozenset()), AuditQuery(), 1)
