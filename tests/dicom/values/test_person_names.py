"""Person names: what is shown, what is searched, what may be one person."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kontor.dicom.values import PersonName, name_key, name_variants, names_agree


def test_trailing_delimiters_and_spaces_do_not_count() -> None:
    assert str(PersonName.parse("Doe^John^^^ ==")) == "Doe^John" == str(PersonName.parse("Doe^John"))


def test_all_groups_are_kept() -> None:
    name = PersonName.parse("Yamada^Tarou=山田^太郎=やまだ^たろう")
    assert (name.alphabetic, name.ideographic, name.phonetic) == ("Yamada^Tarou", "山田^太郎", "やまだ^たろう")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Müller^Hans^Peter^Dr.^jun.", "Müller, Dr. Hans Peter, jun."),
        ("Doe", "Doe"),
        ("^John", "John"),
        ("=山田^太郎", "山田, 太郎"),
        ("", ""),
    ],
)
def test_missing_parts_leave_no_delimiter(written: str, shown: str) -> None:
    assert PersonName.parse(written).display == shown


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("MÜLLER^Hans", "mueller^hans"),
        ("Mu\u0308ller^Hans", "mueller^hans"),
        ("Weiß^Änne", "weiss^aenne"),
        ("Müller-Lüdenscheid^Karl-Heinz", "mueller luedenscheid^karl heinz"),
        ("O'Brien^Séan", "obrien^sean"),
        ("Doe^John^^Dr.", "doe^john"),
        ("Yamada^Tarou=山田^太郎", "yamada^tarou=山田^太郎"),
        ("", ""),
    ],
)
def test_the_key_by_which_a_name_is_searched(written: str, key: str) -> None:
    assert name_key(written) == key


def test_the_bare_vowel_is_an_alternative() -> None:
    assert name_variants("Müller^Jörg") == {"mueller^joerg", "muller^jorg"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller^Hans", "MUELLER^HANS"),
        ("Müller^Hans", "Muller^Hans"),
        ("Müller^Hans^^Dr.", "Müller^Hans"),
        ("Müller, Hans", "Müller^Hans"),
        ("Schmidt^Anna", "Schmidt-Meier^Anna"),
        ("van der Berg^Jan", "Berg^Jan"),
        ("", "Müller^Hans"),
    ],
)
def test_names_that_may_be_one_person(one: str, other: str) -> None:
    assert names_agree(one, other)
    assert names_agree(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Müller^Hans", "Müller^Heinz"), ("Schmidt", "Schmidt^Anna"), ("Meier^Anna", "Schmidt^Anna")],
)
def test_names_that_are_two_persons(one: str, other: str) -> None:
    assert not names_agree(one, other)


@given(st.text(max_size=60))
@example("\N{MATHEMATICAL ITALIC CAPITAL A}")
def test_keys_are_stable(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)
    assert names_agree(text, text)
