"""Queries: parameters of QIDO-RS, keys of C-FIND, and the rules of matching (PS3.4 section C.2.2.2)."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.dicom.dictionary import Tags
from kontor.dicom.reading import (
    InvalidQuery,
    MatchKind,
    QueryLevel,
    level_attributes,
    matches,
    matches_dataset,
    parse_query,
    query_term,
)
from kontor.dicom.reading.matching import wildcard_pattern


def matched(keyword: str, wanted: str, *values: str) -> bool:
    return matches(query_term((getattr(Tags, keyword),), wanted), values)


class TestParameters:
    """PS3.18 section 8.3.4."""

    def test_a_search_as_viewers_send_it(self) -> None:
        query = parse_query(
            [
                ("limit", "101"),
                ("offset", "0"),
                ("fuzzymatching", "false"),
                ("includefield", "00081030,00080060"),
                ("StudyDate", "20240101-20241231"),
                ("PatientName", "*X*"),
                ("00400275.00400009", "SPS1"),
            ],
            QueryLevel.STUDY,
        )
        assert (query.limit, query.offset, query.fuzzy) == (101, 0, False)
        assert query.include == (Tags.StudyDescription, Tags.Modality)
        assert [term.kind for term in query.terms] == [MatchKind.RANGE, MatchKind.WILDCARD, MatchKind.SINGLE]
        assert query.terms[2].path == (Tags.RequestAttributesSequence, Tags.ScheduledProcedureStepID)
        assert query.warnings == ()

    def test_includefield_all(self) -> None:
        assert parse_query([("includefield", "all")], QueryLevel.STUDY).include_all

    def test_unknown_keys_are_left_out_with_a_warning(self) -> None:
        query = parse_query([("_nocache", "1"), ("includefield", "Nonsense"), ("PatientID.X", "1")], QueryLevel.STUDY)
        assert query.terms == ()
        assert query.warnings == ("unknown attribute", "unknown includefield")

    def test_private_keys_are_keys(self) -> None:
        assert parse_query([("00091001", "x")], QueryLevel.STUDY).terms[0].vr == "UN"

    @pytest.mark.parametrize(
        "pair",
        [
            ("limit", "-1"),
            ("limit", "ten"),
            ("offset", "1e9"),
            ("offset", "9" * 30),
            ("fuzzymatching", "maybe"),
            ("StudyDate", "yesterday"),
            ("StudyDate", "20240101-2024"),
            ("StudyDate", "-"),
            ("StudyTime", "25"),
            ("StudyInstanceUID", "1.2/../3"),
        ],
    )
    def test_malformed_values_are_refused_without_repeating_them(self, pair: tuple[str, str]) -> None:
        with pytest.raises(InvalidQuery) as refusal:
            parse_query([pair], QueryLevel.STUDY)
        assert pair[1] == "-" or pair[1] not in str(refusal.value)

    def test_one_key_twice_and_too_many_parameters_are_refused(self) -> None:
        with pytest.raises(InvalidQuery):
            parse_query([("PatientID", "1"), ("00100020", "2")], QueryLevel.STUDY)
        with pytest.raises(InvalidQuery):
            parse_query([("includefield", "PatientID")] * 300, QueryLevel.STUDY)

    @given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), max_size=5))
    def test_any_parameters_are_parsed_or_refused(self, params: list[tuple[str, str]]) -> None:
        with suppress(InvalidQuery):
            assert len(parse_query(params, QueryLevel.SERIES).terms) <= len(params)

    def test_answers_of_deeper_levels_carry_those_above(self) -> None:
        own = level_attributes(QueryLevel.INSTANCE, with_parents=False)
        all_levels = level_attributes(QueryLevel.INSTANCE, with_parents=True)
        assert Tags.StudyDate not in own
        assert {Tags.StudyDate, Tags.Modality, *own} <= set(all_levels)
        assert list(all_levels) == sorted(all_levels)


@pytest.mark.parametrize(
    ("keyword", "wanted", "value", "expected"),
    [
        ("PatientID", "P1", "P1", True),
        ("PatientID", "p1", "P1", False),
        ("PatientID", " P1 ", "P1", True),
        ("PatientID", "P*", "P1", True),
        ("PatientID", "P?", "P12", False),
        ("PatientID", "100%", "1000", False),
        ("PatientID", "A_C", "ABC", False),
        ("PatientID", "A.C", "ABC", False),
        ("StudyInstanceUID", "1.2.3", "1.2.3", True),
        ("StudyInstanceUID", "1.2.3\\1.2.4", "1.2.4", True),
        ("StudyInstanceUID", "1.2.3,1.2.4", "1.2.4", True),
        ("StudyInstanceUID", "1.2", "1.2.3", False),
        ("InstanceNumber", "1", "1", True),
        ("ModalitiesInStudy", "CT\\MR", "MR", True),
        ("ModalitiesInStudy", "CT", "MR", False),
        ("StudyDate", "20240102", "20240102", True),
        ("StudyDate", "20240101-20240131", "20240131", True),
        ("StudyDate", "20240101-", "20231231", False),
        ("StudyDate", "-20240131", "20240131", True),
        ("StudyDate", "20240102", "2024.01.02", True),
        ("StudyDate", "20240101-", "", False),
        ("StudyTime", "10-12", "125959.9", True),
        ("StudyTime", "10-12", "130000", False),
        ("StudyTime", "1030", "103012", True),
        ("AcquisitionDateTime", "2024", "20240601120000", True),
        ("AcquisitionDateTime", "20240101-20240131", "20240131235959", True),
        ("PatientName", "müller*", "MUELLER^HANS", True),
        ("PatientName", "Muller^Hans", "Müller^Hans^^Dr.", True),
        ("PatientName", "Smith*", "Smith^John", True),
        ("PatientName", "Smith", "Smith^John", True),
        ("PatientName", "Smith", "Smithers^John", False),
        ("PatientName", "*^John", "Smith^John", True),
        ("PatientName", "Doe^John", "Doe^John^^^", True),
        ("PatientName", "山田*", "Yamada^Tarou=山田^太郎", True),
        ("PatientName", "Yamada=山*", "Yamada^Tarou=山田^太郎", True),
        ("PatientName", "Suzuki=山*", "Yamada^Tarou=山田^太郎", False),
        ("AccessionNumber", '""', "", True),
        ("AccessionNumber", '""', "A1", False),
        ("AccessionNumber", "", "", True),
        ("AccessionNumber", "*", "", True),
    ],
)
def test_the_rules_of_matching(keyword: str, wanted: str, value: str, expected: bool) -> None:
    assert matched(keyword, wanted, value) is expected


def test_any_value_of_several_may_match() -> None:
    assert matched("ModalitiesInStudy", "MR", "CT", "MR")
    assert not matched("ModalitiesInStudy", "MR")


def test_keys_of_a_sequence_match_within_one_item() -> None:
    sequence = Tags.RequestAttributesSequence
    step, procedure = Tags.ScheduledProcedureStepID, Tags.RequestedProcedureID
    terms = [query_term((sequence, step), "S1"), query_term((sequence, procedure), "R2")]
    same = {sequence: [{step: ["S1"], procedure: ["R2"]}]}
    split = {sequence: [{step: ["S1"], procedure: ["R1"]}, {step: ["S2"], procedure: ["R2"]}]}
    assert matches_dataset(terms, same)
    assert not matches_dataset(terms, split)
    assert not matches_dataset(terms, {})
    assert matches_dataset([query_term((sequence, step), "")], {})


@given(st.text("ab*?.%_\\", max_size=8), st.text("ab.%_\\", max_size=8))
def test_wildcards_mean_what_the_naive_pattern_means(wanted: str, value: str) -> None:
    naive = "".join(".*" if c == "*" else "." if c == "?" else re.escape(c) for c in wanted)
    assert bool(wildcard_pattern(wanted).fullmatch(value)) == bool(re.fullmatch(naive, value, re.DOTALL))


def test_many_stars_do_not_take_for_ever() -> None:
    assert wildcard_pattern("*a" * 60 + "b").fullmatch("a" * 5000) is None
