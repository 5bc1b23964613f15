"""The statements as text, and the indexes that serve them: a changed query shows in review, a lost plan fails.

`python -m tests.archive.test_search_plans` writes the golden file anew; its difference is then reviewed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from bench.query.seed import Amount, fill
from sqlalchemy import Executable
from sqlalchemy.dialects import postgresql, sqlite

from kontor.access import Actor, ActorKind, Scope, queries_without_organisation
from kontor.archive import Attribute, Condition, Level, Match, Query, Sort
from kontor.archive.large_totals import KNOWN_FOR_S, LargeTotals
from kontor.archive.search import find_page
from kontor.platform.clock import FixedClock
from kontor.platform.database import Database, ReadTransaction, create_schema
from tests.engines import PostgresqlServer

GOLDEN: Final = Path(__file__).with_name("search_statements.sql")
ORG: Final = 7
SCOPE: Final = Scope(ORG, "", Actor(ActorKind.SYSTEM, 0, "test"), frozenset())
A, M = Attribute, Match

ASKED: Final[dict[str, Query]] = {
    "newest studies": Query(),
    "newest studies, counted": Query(counted=True),
    "date range": Query(conditions=(Condition(A.STUDY_DATE, M.RANGE, ("20150101", "20151231")),)),
    "deep page of a date range": Query(
        conditions=(Condition(A.STUDY_DATE, M.RANGE, ("20110101", "20241231")),), offset=8000
    ),
    "selective name": Query(conditions=(Condition(A.PATIENT_NAME_KEY, M.NAME, ("meiller^anna*",)),)),
    "unselective name by date": Query(conditions=(Condition(A.PATIENT_NAME_KEY, M.NAME, ("?*",)),)),
    "prefix by date": Query(conditions=(Condition(A.PATIENT_NAME_KEY, M.NAME, ("s*",)),)),
    "name in name order": Query(
        conditions=(Condition(A.PATIENT_NAME_KEY, M.NAME, ("s*",)),), sort=Sort.NAME, descending=False
    ),
    "patient id": Query(conditions=(Condition(A.PATIENT_ID, M.EQUAL, ("P1",)),)),
    "accession": Query(conditions=(Condition(A.ACCESSION, M.EQUAL, ("A1",)),), sort=Sort.NAME),
    "study uids": Query(conditions=(Condition(A.STUDY_UID, M.ONE_OF, ("1.2", "1.3")),)),
    "rare modality": Query(conditions=(Condition(A.MODALITIES, M.EQUAL, ("ES",)),)),
    "common modality": Query(conditions=(Condition(A.MODALITIES, M.EQUAL, ("CT",)),)),
    "referring physician": Query(conditions=(Condition(A.REFERRING_KEY, M.NAME, ("breiller*",)),)),
    "arriving": Query(conditions=(Condition(A.SETTLED_AT, M.ABSENT),)),
    "unresolved": Query(conditions=(Condition(A.IDENTITY, M.EQUAL, ("unresolved",)),)),
    "in order of referring physicians": Query(sort=Sort.REFERRING, descending=False),
    "in order of birth dates": Query(sort=Sort.BIRTH_DATE),
    "in order of descriptions": Query(sort=Sort.DESCRIPTION, descending=False),
    "in order of accessions": Query(sort=Sort.ACCESSION, descending=False),
    "received since": Query(
        conditions=(Condition(A.FIRST_RECEIVED, M.RANGE, (1_600_019_990_000_000, "")),), sort=Sort.RECEIVED
    ),
    "received since, by name": Query(
        conditions=(Condition(A.FIRST_RECEIVED, M.RANGE, (1_600_019_990_000_000, "")),), sort=Sort.NAME
    ),
    "studies of a patient": Query(conditions=(Condition(A.PATIENT_ROW, M.EQUAL, (1,)),), counted=True),
    "series of a study": Query(Level.SERIES, (Condition(A.STUDY_UID, M.EQUAL, ("1.2",)),)),
    "series by uid": Query(Level.SERIES, (Condition(A.SERIES_UID, M.EQUAL, ("1.2",)),)),
    "series of a patient": Query(Level.SERIES, (Condition(A.PATIENT_ID, M.EQUAL, ("P1",)),)),
    "all series": Query(Level.SERIES),
    "instances of a series": Query(
        Level.INSTANCE,
        (Condition(A.STUDY_UID, M.EQUAL, ("1.2",)), Condition(A.SERIES_UID, M.EQUAL, ("1.2.1",))),
    ),
    "instance by uid": Query(Level.INSTANCE, (Condition(A.SOP_INSTANCE_UID, M.EQUAL, ("1.2",)),)),
    "instances of a study": Query(Level.INSTANCE, (Condition(A.STUDY_UID, M.EQUAL, ("1.2",)),)),
}

SERVED_BY: Final[dict[str, tuple[str, ...]]] = {
    "newest studies": ("ix_study_date",),
    "newest studies, counted": ("ix_study_date",),
    "date range": ("ix_study_date",),
    "deep page of a date range": ("ix_study_date",),
    "selective name": ("ix_study_name",),
    "unselective name by date": ("ix_study_date",),
    "prefix by date": ("ix_study_name",),
    "name in name order": ("ix_study_name",),
    "patient id": ("ix_study_patient_id",),
    "accession": ("ix_study_accession",),
    "rare modality": ("ix_series_modality",),
    "common modality": ("ix_series_modality", "ix_study_date"),
    "referring physician": ("ix_study_referring",),
    "arriving": ("ix_study_arriving",),
    "unresolved": ("ix_study_identity",),
    "in order of referring physicians": ("ix_study_referring",),
    "in order of birth dates": ("ix_study_birth_date",),
    "in order of descriptions": ("ix_study_description",),
    "in order of accessions": ("ix_study_accession",),
    "received since": ("ix_study_received",),
    "received since, by name": ("ix_study_received",),
    "studies of a patient": ("ix_study_patient",),
    "series by uid": ("ix_series_uid",),
    "series of a patient": ("ix_study_patient_id",),
    "instances of a series": ("ix_instance_series",),
    "instances of a study": ("ix_instance_series",),
}
"""Indexes that must stand in the plans of a question, over all its statements, on both engines."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def seeded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """20,000 studies: enough for a planner to care."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('plans')}/kontor.db"
    else:
        server: PostgresqlServer = request.getfixturevalue("postgresql_server")
        url = server.new_database()
    database = Database.open(url)
    create_schema(database)
    fill(database, ORG, Amount(20_000, series=2, instances=2), 4711)
    yield database
    database.close()


class Recorder(ReadTransaction):
    """A transaction that records every statement of a search, and its values."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.recorded: list[tuple[Executable, Mapping[str, object]]] = []

    def run(self, query: Query, large: LargeTotals | None = None) -> int | None:
        def act(tx: ReadTransaction) -> int | None:
            super(Recorder, self).__init__(tx._connection, tx.dialect_name)
            return find_page(self, SCOPE, query, large or LargeTotals(FixedClock())).total

        return self.database.read(act)

    def all(self, statement: Any, parameters: Mapping[str, object] | None = None) -> Any:
        """Note and run."""
        self.recorded.append((getattr(statement, "statement", statement), parameters or {}))
        return super().all(statement, parameters)

    @property
    def statements(self) -> list[Executable]:
        return [statement for statement, _ in self.recorded]

    @property
    def texts(self) -> list[str]:
        return [str(statement.compile(dialect=self.database.engines["read"].dialect)) for statement in self.statements]

    def plans(self) -> list[str]:
        """What the engine says it does for each recorded statement."""
        return [self.database.read(lambda tx, one=one: self._plan(tx._connection, *one)) for one in self.recorded]

    def _plan(self, connection: Any, statement: Any, values: Mapping[str, object]) -> str:
        word = "EXPLAIN QUERY PLAN " if self.database.dialect.name == "sqlite" else "EXPLAIN "
        compiled = statement.compile(dialect=connection.dialect)
        state = compiled.construct_expanded_state(values)
        arguments = tuple(state.positional_parameters) if compiled.positional else state.parameters
        return "\n".join(str(row[-1]) for row in connection.exec_driver_sql(word + state.statement, arguments).all())


def compiled(database: Database) -> str:
    """Every statement of every question, in both dialects."""
    texts = []
    for name, query in ASKED.items():
        recorder = Recorder(database)
        recorder.run(query)
        texts += [
            f"-- {name}: {number}, {dialect.name}\n{statement.compile(dialect=dialect)}\n"
            for number, statement in enumerate(recorder.statements, start=1)
            for dialect in (sqlite.dialect(), postgresql.dialect())
        ]
    return "\n".join("\n".join(line.rstrip() for line in text.splitlines()) for text in texts) + "\n"


def test_statements_are_those_of_the_golden_file(seeded: Database) -> None:
    assert compiled(seeded) == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(ASKED))
def test_every_statement_names_the_organisation(seeded: Database, name: str) -> None:
    recorder = Recorder(seeded)
    recorder.run(ASKED[name])
    assert recorder.statements
    for statement in recorder.statements:
        assert not queries_without_organisation(statement)


@pytest.mark.parametrize("name", sorted(SERVED_BY))
def test_the_index_that_was_meant_serves(seeded: Database, name: str) -> None:
    recorder = Recorder(seeded)
    recorder.run(ASKED[name])
    plans = "\n".join(recorder.plans())
    for index in SERVED_BY[name]:
        assert index in plans, plans


@pytest.mark.parametrize("name", sorted(ASKED))
def test_no_table_is_read_from_end_to_end(seeded: Database, name: str) -> None:
    recorder = Recorder(seeded)
    recorder.run(ASKED[name])
    for plan in recorder.plans():
        for table in ("study", "series", "instance"):
            assert f"SCAN {table}" not in plan.replace("SCAN page", "").splitlines(), plan
            assert f"Seq Scan on {table}" not in plan, plan


def test_a_prefix_with_many_matches_walks_the_order_instead(seeded: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kontor.archive.search_plan.GATHER_LIMIT", 1000)
    recorder = Recorder(seeded)
    recorder.run(ASKED["prefix by date"])
    count, page = recorder.plans()
    assert "ix_study_name" in count
    assert "ix_study_date" in page


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("descending", [True, False])
def test_every_order_is_read_from_an_index_and_never_sorted(seeded: Database, sort: Sort, descending: bool) -> None:
    recorder = Recorder(seeded)
    recorder.run(Query(sort=sort, descending=descending))
    (plan,) = recorder.plans()
    inner = plan.replace("USE TEMP B-TREE FOR ORDER BY", "", 1)  # SQLite sorts the rows of the page itself
    assert "TEMP B-TREE" not in inner, plan
    assert plan.count("Sort") <= 1, plan  # so does PostgreSQL, where it joins them
    assert "Index Only Scan" in plan or "COVERING INDEX" in plan, plan


@pytest.mark.parametrize(
    "conditions",
    [(), (Condition(A.STUDY_DATE, M.RANGE, ("19000101", "")),), (Condition(A.PATIENT_ID, M.PATTERN, ("P*",)),)],
)
def test_a_list_known_to_be_long_is_not_counted_again_for_a_while(
    seeded: Database, conditions: tuple[Condition, ...]
) -> None:
    clock = FixedClock()
    large = LargeTotals(clock)

    def counts(limit: int) -> tuple[int, int | None]:
        recorder = Recorder(seeded)
        total = recorder.run(Query(conditions=conditions, counted=True, limit=limit), large)
        return sum(text.startswith("SELECT count(") for text in recorder.texts), total

    first, again = counts(10), counts(11)
    clock.advance(KNOWN_FOR_S)
    assert (first[1], again, counts(10)[0]) == (None, (0, None), first[0])
    assert first[0]


def test_a_short_list_is_always_counted(seeded: Database) -> None:
    large, asked = (
        LargeTotals(FixedClock()),
        Query(conditions=(Condition(A.PATIENT_ID, M.PATTERN, ("P1*",)),), counted=True),
    )
    first, again = Recorder(seeded), Recorder(seeded)
    assert first.run(asked, large) == again.run(asked, large) is not None
    assert len(again.recorded) == len(first.recorded)


def renew() -> None:
    """Write the golden file from what the code makes now."""
    import tempfile

    database = Database.open(f"sqlite:///{tempfile.mkdtemp()}/kontor.db")
    create_schema(database)
    fill(database, ORG, Amount(20_000, series=2, instances=2), 4711)
    GOLDEN.write_text(compiled(database), encoding="utf-8")


if __name__ == "__main__":
    renew()
