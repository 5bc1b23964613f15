"""Finding: every match and nothing else, in a stable order, page by page, on both engines."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from bench.query.seed import Amount, fill
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kontor.access import Actor, ActorKind, Forbidden, Restriction, Right, Scope
from kontor.archive import (
    Attribute,
    Condition,
    Level,
    Match,
    Page,
    Query,
    Sort,
    StudyRow,
    UnusableCursor,
    WorklistFilter,
    dicom_condition,
    find,
    search_plan,
    worklist_query,
)
from kontor.archive.large_totals import LargeTotals
from kontor.archive.search import find_page
from kontor.archive.tables import patient, study
from kontor.dicom.dictionary import Tags
from kontor.dicom.values import name_key
from kontor.platform.clock import SystemClock
from kontor.platform.database import Database, create_schema
from tests.archive.objects import archive_on
from tests.engines import PostgresqlServer

A, M = Attribute, Match
ORG, OTHER_ORG = 7, 8
SEED = 4711
Find = Callable[..., Page[StudyRow]]


def a_scope(org_id: int = ORG, restriction: Restriction | None = None) -> Scope:
    return Scope(org_id, "", Actor(ActorKind.SYSTEM, 0, "test"), frozenset({Right.FIND}), restriction)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def seeded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """3,000 studies of one organisation and 50 of another, once for all tests that only read."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('search')}/kontor.db"
    else:
        server: PostgresqlServer = request.getfixturevalue("postgresql_server")
        url = server.new_database()
    database = Database.open(url)
    create_schema(database)
    fill(database, ORG, Amount(3000, series=2, instances=2), SEED)
    fill(database, OTHER_ORG, Amount(50, series=1, instances=1), SEED)
    yield database
    database.close()


@pytest.fixture
def found(seeded: Database) -> Find:
    def find(*conditions: Condition, scope: Scope | None = None, **query: object) -> Page[StudyRow]:
        asked = Query(conditions=conditions, **query)  # type: ignore[arg-type] # keywords are passed through
        return seeded.read(lambda tx: find_page(tx, scope or a_scope(), asked, LargeTotals(SystemClock())))

    return find


@pytest.fixture
def everything(found: Find) -> list[StudyRow]:
    return found(limit=10_000).rows


def key_of(row: StudyRow) -> tuple[str, str, int]:
    return (row.study_date, row.study_time, row.id)


class TestOrderAndPages:
    @pytest.mark.parametrize("sort", list(Sort))
    @pytest.mark.parametrize("descending", [True, False])
    @pytest.mark.parametrize("limit", [7, 100])
    def test_pages_by_key_show_every_row_once_and_in_order(
        self, found: Find, sort: Sort, descending: bool, limit: int
    ) -> None:
        narrowed = Condition(A.PATIENT_NAME_KEY, M.NAME, ("m*",))
        whole = found(narrowed, sort=sort, descending=descending, limit=10_000).rows
        gathered: list[StudyRow] = []
        after = ""
        while True:
            page = found(narrowed, sort=sort, descending=descending, limit=limit, after=after)
            gathered += page.rows
            after = page.next
            if not after:
                break
        assert [row.id for row in gathered] == [row.id for row in whole]
        assert len({row.id for row in whole}) == len(whole) > limit

    def test_going_back_shows_the_same_pages(self, found: Find) -> None:
        pages = [found(limit=10)]
        for _ in range(3):
            pages.append(found(limit=10, after=pages[-1].next))
        for earlier, later in pairwise(pages):
            assert found(limit=10, after=later.previous).rows == earlier.rows
        assert found(limit=10, after=pages[1].previous).previous == ""
        assert pages[0].previous == ""

    def test_a_key_of_another_question_is_refused(self, found: Find) -> None:
        key = found(limit=5).next
        for changed in ({"sort": Sort.NAME}, {"descending": False}):
            with pytest.raises(UnusableCursor):
                found(limit=5, after=key, **changed)
        for made_up in ("x", "W10", key[:-4], "AAAA" * 10):
            with pytest.raises(UnusableCursor):
                found(limit=5, after=made_up)

    @pytest.mark.parametrize(
        ("sort", "key"),
        [
            (Sort.REFERRING, lambda row: row.referring_key),
            (Sort.BIRTH_DATE, lambda row: row.patient_birth_date),
            (Sort.DESCRIPTION, lambda row: row.description),
            (Sort.ACCESSION, lambda row: row.accession_number),
            (Sort.RECEIVED, lambda row: row.first_received_at),
        ],
    )
    def test_each_order_is_that_of_its_column_then_of_the_date(
        self, found: Find, everything: list[StudyRow], sort: Sort, key: Callable[[StudyRow], object]
    ) -> None:
        rising = sorted(everything, key=lambda row: (key(row), *key_of(row)))
        assert found(sort=sort, descending=False, limit=10_000).rows == rising
        assert found(sort=sort, descending=True, limit=10_000).rows == rising[::-1]

    def test_offsets_cut_the_same_order(self, found: Find, everything: list[StudyRow]) -> None:
        assert found(limit=50, offset=2000).rows == everything[2000:2050]
        assert sorted(everything, key=key_of, reverse=True) == everything

    def test_total_is_exact_as_far_as_it_is_counted(self, found: Find, everything: list[StudyRow]) -> None:
        assert found(limit=5, counted=True).total == len(everything) == 3000
        ct = Condition(A.MODALITIES, M.EQUAL, ("CT",))
        wanted = sum("CT" in row.modalities.split("\\") for row in everything)
        assert found(ct, limit=5, counted=True).total == wanted
        assert found(ct, limit=5, counted=True, offset=20).total == wanted

    def test_a_walk_along_the_order_counts_each_study_with_a_modality_once(
        self, found: Find, everything: list[StudyRow], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(search_plan, "GATHER_BY_SERIES_LIMIT", 10)
        ct = Condition(A.MODALITIES, M.EQUAL, ("CT",))
        wanted = [row for row in everything if "CT" in row.modalities.split("\\")]
        assert found(ct, limit=5, counted=True).total == len(wanted)
        night = a_scope(restriction=Restriction(modalities=frozenset({"PT"})))
        seen = sum("PT" in row.modalities.split("\\") for row in wanted)
        assert 0 < seen < len(wanted)
        assert found(ct, limit=5, counted=True, scope=night).total == seen


def split(row: StudyRow) -> set[str]:
    return set(row.modalities.split("\\"))


def matching(rows: list[StudyRow], test: Callable[[StudyRow], bool]) -> set[int]:
    return {row.id for row in rows if test(row)}


class TestMatching:
    """Against a plain Python oracle; each shape of statement is met because limits and selectivities differ."""

    @pytest.mark.parametrize(
        ("condition", "oracle"),
        [
            (Condition(A.STUDY_DATE, M.RANGE, ("2015", "2016")), lambda r: "2015" <= r.study_date <= "2016"),
            (Condition(A.STUDY_DATE, M.RANGE, ("", "20161231")), lambda r: r.study_date <= "20161231"),
            (Condition(A.STUDY_DATE, M.RANGE, ("20161231", "")), lambda r: r.study_date >= "20161231"),
            (Condition(A.MODALITIES, M.EQUAL, ("PT",)), lambda r: "PT" in split(r)),
            (Condition(A.MODALITIES, M.ONE_OF, ("SR", "XA")), lambda r: {"SR", "XA"} & split(r)),
            (Condition(A.MODALITIES, M.PATTERN, ("?R",)), lambda r: {"MR", "CR", "SR"} & split(r)),
            (Condition(A.STUDY_DESCRIPTION, M.PATTERN, ("*Knie*",)), lambda r: "Knie" in r.description),
            (Condition(A.STUDY_DESCRIPTION, M.CONTAINS, ("THORAX",)), lambda r: "Thorax" in r.description),
            (Condition(A.SETTLED_AT, M.ABSENT), lambda r: r.settled_at is None),
            (Condition(A.SETTLED_AT, M.PRESENT), lambda r: r.settled_at is not None),
            (Condition(A.IDENTITY, M.EQUAL, ("resolved",)), lambda _r: True),
            (Condition(A.IDENTITY, M.EQUAL, ("unresolved",)), lambda _r: False),
            (Condition(A.ACCESSION, M.PATTERN, ("A000001?0",)), lambda r: re.match("A000001.0$", r.accession_number)),
            (Condition(A.SEX, M.EQUAL, ("F",)), lambda r: r.patient_sex == "F"),
            (
                Condition(A.FIRST_RECEIVED, M.RANGE, (1_600_000_500_000_000, 1_600_000_600_000_000)),
                lambda r: 1_600_000_500_000_000 <= r.first_received_at <= 1_600_000_600_000_000,
            ),
            (
                Condition(A.FIRST_RECEIVED, M.RANGE, ("", 1_600_000_600_000_000)),
                lambda r: r.first_received_at <= 1_600_000_600_000_000,
            ),
        ],
    )  # fmt: skip
    def test_one_condition_finds_all_matches_and_only_these(
        self, found: Find, everything: list[StudyRow], condition: Condition, oracle: Callable[[StudyRow], bool]
    ) -> None:
        wanted = matching(everything, oracle)
        for sort in (Sort.DATE, Sort.NAME, Sort.RECEIVED):
            page = found(condition, limit=10_000, sort=sort, counted=True)
            assert {row.id for row in page.rows} == wanted
            assert page.total == len(wanted)

    @given(
        pattern=st.text(alphabet="abeilmnrsuw^*?", min_size=1, max_size=6),
        modality=st.sampled_from(["", "CT", "NM", "ES"]),
        first=st.sampled_from(["", "20120101", "20240901"]),
        sort=st.sampled_from(list(Sort)),
    )
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_combinations_agree_with_a_plain_matcher(
        self, found: Find, everything: list[StudyRow], pattern: str, modality: str, first: str, sort: Sort
    ) -> None:
        conditions = [Condition(A.PATIENT_NAME_KEY, M.NAME, (pattern,))]
        if modality:
            conditions.append(Condition(A.MODALITIES, M.EQUAL, (modality,)))
        if first:
            conditions.append(Condition(A.STUDY_DATE, M.RANGE, (first, "")))
        matcher = re.compile(fnmatch.translate(pattern))
        wanted = matching(
            everything,
            lambda row: (
                matcher.match(row.patient_name_key) is not None
                and (not modality or modality in row.modalities.split("\\"))
                and row.study_date >= first
            ),
        )
        assert {row.id for row in found(*conditions, limit=10_000, sort=sort).rows} == wanted

    @pytest.mark.parametrize("level", list(Level))
    def test_every_level_is_reached_from_study_keys_and_from_its_own(self, found: Find, level: Level) -> None:
        per_study = {Level.STUDY: 1, Level.SERIES: 2, Level.INSTANCE: 4}[level]
        one = found(limit=1, offset=1234).rows[0]
        uid = Condition(A.STUDY_UID, M.EQUAL, (one.study_instance_uid,))
        assert len(found(uid, level=level).rows) == per_study
        family = Condition(A.PATIENT_NAME_KEY, M.NAME, (one.patient_name_key,))
        studies = found(family, limit=10_000).rows
        assert len(found(family, level=level, limit=10_000).rows) == per_study * len(studies)
        late = Condition(A.STUDY_DATE, M.RANGE, ("20111231", ""))
        wanted = len(found(late, limit=10_000).rows)
        assert len(found(late, level=level, limit=20_000).rows) == wanted * per_study

    def test_keys_of_three_levels_narrow_each_other(self, found: Find) -> None:
        one = found(limit=1).rows[0]
        uid = Condition(A.STUDY_UID, M.EQUAL, (one.study_instance_uid,))
        second = Condition(A.SERIES_NUMBER, M.EQUAL, (2,))
        first = Condition(A.INSTANCE_NUMBER, M.EQUAL, (1,))
        rows = found(uid, second, first, level=Level.INSTANCE).rows
        assert [row.sop_instance_uid for row in rows] == [f"{one.study_instance_uid}.2.1"]
        alone = Condition(A.SOP_INSTANCE_UID, M.EQUAL, (rows[0].sop_instance_uid,))
        assert found(alone, uid, level=Level.INSTANCE).rows == rows
        other = Condition(A.STUDY_UID, M.EQUAL, ("1.2.3",))
        assert found(alone, other, level=Level.INSTANCE).rows == []


HOSTILE = [
    "100%",
    "50_50",
    "a\\b",
    "[x]",
    "[*",
    "%",
    "_",
    "\\",
    "a'b",
    'a"b',
    "a[!b]c",
    "^",
    "ß",
    "名前",
    "x\U0001f600y",
]


class TestHostileText:
    def test_wildcards_of_sql_are_plain_characters(self, engine: Database) -> None:
        rows = [a_study_row(number, text) for number, text in enumerate([*HOSTILE, "aXb", "axb", "100x"], start=1)]
        engine.write(lambda tx: (tx.execute(patient.insert(), [a_patient_row()]), tx.execute(study.insert(), rows)))
        for text in HOSTILE:
            for pattern in (text, f"{text}*", f"*{text}", f"?{text[1:]}"):
                condition = Condition(A.STUDY_DESCRIPTION, M.PATTERN, (pattern,))
                regex = re.compile("".join({"*": "(?s:.*)", "?": "(?s:.)"}.get(c, re.escape(c)) for c in pattern))
                wanted = {row["id"] for row in rows if regex.fullmatch(str(row["description"]))}
                asked = Query(conditions=(condition,))
                page = engine.read(lambda tx, asked=asked: find_page(tx, a_scope(), asked, LargeTotals(SystemClock())))
                assert {row.id for row in page.rows} == wanted, pattern

    def test_names_match_in_every_component_group(self, engine: Database) -> None:
        written = "Yamada^Tarou=山田^太郎=やまだ^たろう"
        row = a_study_row(1, "") | {"patient_name": written, "patient_name_key": name_key(written)}
        engine.write(lambda tx: (tx.execute(patient.insert(), [a_patient_row()]), tx.execute(study.insert(), [row])))
        for text, hits in (
            ("yamada^TAROU", 1),
            ("Yamada*", 1),
            ("山田^太郎", 1),
            ("山*", 1),
            ("やまだ*", 1),
            ("Yama", 0),
            ("太郎*", 0),
        ):
            condition = dicom_condition(Level.STUDY, Tags.PatientName, text)
            assert condition is not None
            asked = Query(conditions=(condition,))
            assert (
                len(
                    engine.read(
                        lambda tx, asked=asked: find_page(tx, a_scope(), asked, LargeTotals(SystemClock()))
                    ).rows
                )
                == hits
            ), text


class TestScope:
    def test_another_organisation_is_not_seen_by_any_key(self, found: Find) -> None:
        theirs = found(scope=a_scope(OTHER_ORG), limit=100).rows
        assert len(theirs) == 50
        ours = {row.study_instance_uid for row in found(limit=10_000).rows}
        for row in theirs[:5]:
            for attribute, value in (
                (A.ACCESSION, row.accession_number),
                (A.PATIENT_ID, row.patient_id),
            ):
                rows = found(Condition(attribute, M.EQUAL, (value,))).rows
                assert {one.study_instance_uid for one in rows} <= ours

    @pytest.mark.parametrize("level", list(Level))
    def test_a_restriction_holds_at_every_level_and_in_the_total(self, found: Find, level: Level) -> None:
        scope = a_scope(restriction=Restriction(modalities=frozenset({"PT"}), sites=frozenset({"Haus Nord"})))
        page = found(scope=scope, level=level, limit=10_000, counted=True)
        assert page.rows
        assert page.total == len(page.rows)
        for row in page.rows:
            owner = row if level is Level.STUDY else row.study if level is Level.SERIES else row.series.study  # type: ignore[attr-defined]
            assert owner.institution == "Haus Nord"
            assert "PT" in owner.modalities
        if level is Level.SERIES:
            assert {row.modality for row in page.rows} == {"PT"}  # type: ignore[attr-defined]

    def test_a_scope_without_the_right_finds_nothing(self, sqlite_database: Database) -> None:
        desk = archive_on(sqlite_database)
        with pytest.raises(Forbidden):
            find(desk.archive, replace(desk.scope, rights=frozenset()), Query())


class TestWorklist:
    def test_what_people_type_finds_the_patient(self, seeded: Database, everything: list[StudyRow]) -> None:
        one = everything[10]
        family, given = one.patient_name.split("^")
        for typed in (family, family.upper(), f"{family} {given[:2]}", f"{family}, {given}", f"*{family[1:]}"):
            page = seeded.read(
                lambda tx, typed=typed: find_page(
                    tx,
                    a_scope(),
                    worklist_query(WorklistFilter(patient_name=typed), limit=500),
                    LargeTotals(SystemClock()),
                )
            )
            assert one.id in {row.id for row in page.rows}, typed

    def test_a_referrer_a_birth_date_and_a_time_of_reception_are_filters(
        self, seeded: Database, everything: list[StudyRow]
    ) -> None:
        one = everything[10]
        family = one.referring_name.split("^")[0]
        for wanted, oracle in (
            (WorklistFilter(referring=family[:3].upper()), lambda r: r.referring_key.startswith(name_key(family[:3]))),
            (
                WorklistFilter(birth_date=one.patient_birth_date),
                lambda r: r.patient_birth_date == one.patient_birth_date,
            ),
            (
                WorklistFilter(received_from=one.first_received_at, received_until=one.first_received_at + 9_000_000),
                lambda r: 0 <= r.first_received_at - one.first_received_at <= 9_000_000,
            ),
        ):
            asked = worklist_query(wanted, limit=500)
            page = seeded.read(lambda tx, asked=asked: find_page(tx, a_scope(), asked, LargeTotals(SystemClock())))
            expected = matching(everything, oracle)
            assert one.id in expected
            assert page.total == len(expected)
            assert {row.id for row in page.rows} <= expected

    def test_filters_combine(self, seeded: Database, everything: list[StudyRow]) -> None:
        wanted = WorklistFilter(modality="ct, mr", date_from="20200101", description="kopf", state="ready")
        page = seeded.read(lambda tx: find_page(tx, a_scope(), worklist_query(wanted), LargeTotals(SystemClock())))
        assert page.rows == []
        wanted = WorklistFilter(modality="ct, mr", date_from="20200101", description="knie", state="ready")
        page = seeded.read(
            lambda tx: find_page(tx, a_scope(), worklist_query(wanted, limit=500), LargeTotals(SystemClock()))
        )
        expected = matching(
            everything,
            lambda r: (
                bool({"CT", "MR"} & set(r.modalities.split("\\")))
                and r.study_date >= "20200101"
                and "Knie" in r.description
                and r.settled_at is not None
            ),
        )
        assert {row.id for row in page.rows} == expected


def a_patient_row() -> dict[str, object]:
    return {"org_id": ORG, "id": 1, "patient_id": "P", "named_at": 0, "birth_date_at": 0, "sex_at": 0, "created_at": 0}


def a_study_row(number: int, description: str) -> dict[str, object]:
    uid = f"1.2.3.{number}"
    instants = {"first_received_at": number, "last_received_at": number, "described_at": number}
    return {
        "org_id": ORG,
        "id": number,
        "patient": 1,
        "study_instance_uid": uid,
        "description": description,
        **instants,
    }
