"""A caller limited to some studies neither settles nor lists the others: the limit stands in the SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select

from kontor.access import Restriction, Scope, queries_without_organisation
from kontor.archive import NotThere, settle, variants
from kontor.platform.database import Database
from tests.archive.objects import ROOT, SERIES, STUDY, Desk, archive_on, dataset, uid

HIDDEN = f"{ROOT}.2"


@pytest.fixture
def desk(engine: Database) -> Desk:
    return archive_on(engine)


def limited(desk: Desk, *studies: str) -> Scope:
    return replace(desk.scope, restriction=Restriction(studies=frozenset(studies)))


def test_settling_a_hidden_study_answers_as_if_there_were_none(desk: Desk) -> None:
    desk.bring(dataset("1"), dataset(f"{HIDDEN}.1.1", study=HIDDEN, series=f"{HIDDEN}.1"))
    for study in (HIDDEN, f"{ROOT}.9"):
        with pytest.raises(NotThere):
            settle(desk.archive, limited(desk, STUDY), uid(study))
    settle(desk.archive, limited(desk, STUDY), uid(STUDY))
    settled = desk.rows("study", "study_instance_uid", "settled_at")
    assert [(study, at is not None) for study, at in settled] == [(STUDY, True), (HIDDEN, False)]


def test_variants_in_hidden_studies_are_not_listed(desk: Desk) -> None:
    desk.bring(dataset("1"), dataset("1", pixels=b"\1" * 32))
    desk.bring(dataset(f"{HIDDEN}.1.1", study=HIDDEN, series=f"{HIDDEN}.1"))
    desk.bring(dataset("1", study=HIDDEN, series=f"{HIDDEN}.1"))
    kept = variants(desk.archive, desk.scope, uid(f"{SERIES}.1")).variants
    assert {row.study_instance_uid for row in kept} == {STUDY, HIDDEN}
    seen = variants(desk.archive, limited(desk, STUDY), uid(f"{SERIES}.1")).variants
    assert [row.study_instance_uid for row in seen] == [STUDY]


@contextmanager
def statements(desk: Desk) -> Iterator[list[Select[tuple[object, ...]]]]:
    """The queries that run meanwhile."""
    seen: list[Select[tuple[object, ...]]] = []

    def note(_connection: Connection, statement: object, *_rest: object) -> None:
        if isinstance(statement, Select):
            seen.append(statement)

    engines = desk.archive.database.engines.values()
    for engine in engines:
        event.listen(engine, "before_execute", note)
    yield seen
    for engine in engines:
        event.remove(engine, "before_execute", note)


@pytest.mark.parametrize(
    ("table", "act"),
    [
        ("study", lambda desk, scope: settle(desk.archive, scope, uid(STUDY))),
        ("variant", lambda desk, scope: variants(desk.archive, scope, uid(f"{SERIES}.1"))),
    ],
    ids=["settle", "variants"],
)
def test_organisation_and_limit_stand_in_every_query_of_its_table(
    desk: Desk, table: str, act: Callable[[Desk, Scope], object]
) -> None:
    desk.bring(dataset("1"), dataset("1", pixels=b"\1" * 32))
    with statements(desk) as seen:
        act(desk, limited(desk, STUDY))
    assert [left for statement in seen for left in queries_without_organisation(statement)] == []
    own = [str(statement) for statement in seen if statement.get_final_froms()[0].description == table]
    assert own
    assert all("study_instance_uid IN" in text for text in own)
