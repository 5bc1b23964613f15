"""Character sets: the standard's own examples (PS3.5 annexes H, I, J, K), resets, and what senders get wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.dicom.values import CharacterSet, decode

ESC = b"\x1b"
JAPANESE = b"Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B=\x1b$B$d$^$@\x1b(B^\x1b$B$?$m$&\x1b(B"


@pytest.mark.parametrize(
    ("specific", "value", "text"),
    [
        ("ISO_IR 100", b"M\xfcller^J\xf6rg", "Müller^Jörg"),
        ("ISO_IR 101", b"W\xb1\xb3\xeasa", "Wąłęsa"),
        ("ISO_IR 144", b"\xbb\xee\xda^\xc1", "Люк^С"),
        ("ISO_IR 126", b"\xc4\xe9\xef\xed\xf5\xf3\xe9\xef\xf2", "Διονυσιος"),
        ("ISO_IR 127", b"\xe2\xc8\xc7\xe6\xea^\xe4\xe6\xd2\xc7\xd1", "قباني^لنزار"),
        ("ISO_IR 138", b"\xf9\xf8\xe5\xef^\xe3\xe1\xe5\xf8\xe4", "שרון^דבורה"),
        ("ISO_IR 166", b"\xca\xc1\xaa\xd2\xc2", "สมชาย"),
        ("ISO_IR 203", b"\xa4", "€"),
        ("ISO_IR 192", "王^小東=Ünal".encode(), "王^小東=Ünal"),
        ("GB18030", "王^小东".encode("gb18030"), "王^小东"),
        ("GBK", "王^小东".encode("gbk"), "王^小东"),
        ("\\ISO 2022 IR 87", JAPANESE, "Yamada^Tarou=山田^太郎=やまだ^たろう"),
        (
            "ISO 2022 IR 13\\ISO 2022 IR 87",
            b"\xd4\xcf\xc0\xde^\xc0\xdb\xb3=\x1b$B;3ED\x1b(J^\x1b$BB@O:\x1b(J",
            "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎",
        ),
        (
            "\\ISO 2022 IR 149",
            b"Hong^Gildong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7=\x1b$)C\xc8\xab^\x1b$)C\xb1\xe6\xb5\xbf",
            "Hong^Gildong=洪^吉洞=홍^길동",
        ),
        ("\\ISO 2022 IR 58", b"Zhang=\x1b$)A\xd5\xc5^\x1b$)A\xd0\xa1\xb6\xab", "Zhang=张^小东"),
        ("ISO 2022 IR 100\\ISO 2022 IR 144", b"M\xfcller=\x1b-L\xbb\xee\xda", "Müller=Люк"),
        ("\\ISO 2022 IR 87\\ISO 2022 IR 159", b"\x1b$(D\x30\x21\x1b(B^A", "丂^A"),
    ],
)
def test_examples_of_the_standard(specific: str, value: bytes, text: str) -> None:
    assert decode(value, specific, "PN") == text


def test_sets_return_to_the_first_at_delimiters_of_names_and_values() -> None:
    cyrillic_then_latin = b"\x1b-L\xbb^\xfc\\\xfc"
    assert decode(cyrillic_then_latin, "ISO 2022 IR 100\\ISO 2022 IR 144", "PN") == "Л^ü\\ü"
    assert decode(b"\x1b-L\xbb\\\xfc", "ISO 2022 IR 100\\ISO 2022 IR 144", "LO") == "Л\\ü"
    assert decode(b"\x1b-L\xbb^\xbb", "ISO 2022 IR 100\\ISO 2022 IR 144", "LO") == "Л^Л"
    assert decode(b"\x1b-L\xbb\r\n\xfc", "ISO 2022 IR 100\\ISO 2022 IR 144", "LT") == "Л\r\nü"
    assert decode(b"\x1b-L\xbb\\\xbb", "ISO 2022 IR 100\\ISO 2022 IR 144", "LT") == "Л\\Л"


def test_the_second_byte_of_a_character_is_no_delimiter() -> None:
    value = b"\x1b$B\x3c\x5c\x1b(B^B"  # the second byte is 0x5C
    assert decode(value, "\\ISO 2022 IR 87", "PN").endswith("^B")
    assert "\\" not in decode(value, "\\ISO 2022 IR 87", "PN")
    assert "\\" not in decode("誠".encode("gbk"), "GBK", "LO")


def test_a_forgotten_escape_after_a_delimiter_is_no_guess_when_one_set_is_left() -> None:
    assert decode(b"\x1b$)C\xfb\xf3^\xd1\xce", "\\ISO 2022 IR 149", "PN") == "洪^吉"


@pytest.mark.parametrize(
    ("specific", "value", "text"),
    [
        ("", b"M\xfcller", "Müller"),
        ("", "Müller".encode(), "Müller"),
        ("ISO_IR 6", b"M\xfcller", "Müller"),
        ("SOMETHING ELSE", b"M\xfcller", "Müller"),
        ("ISO_IR 192", b"M\xfcller", "Müller"),
    ],
)
def test_what_had_to_be_assumed_is_said(specific: str, value: bytes, text: str) -> None:
    assert CharacterSet(specific).decode(value, "LO") == (text, True)


@pytest.mark.parametrize(
    "specific", ["ISO-IR 100", "ISO_IR_100", "ISO 2022 IR 100", "ISO_IR 100 ", "iso_ir 100", "100"]
)
def test_misspelt_terms_are_understood(specific: str) -> None:
    assert CharacterSet(specific).decode(b"\xfc", "LO") == ("ü", False)


def test_codes_are_ascii_whatever_the_data_set_says() -> None:
    assert CharacterSet("ISO_IR 144").decode(b"\xbb", "CS").assumed


@given(
    st.binary(max_size=40),
    st.sampled_from(["", "ISO_IR 100", "ISO_IR 192", "GBK", "\\ISO 2022 IR 87", "ISO 2022 IR 13\\ISO 2022 IR 149"]),
    st.sampled_from(["PN", "LO", "LT", "CS"]),
)
def test_any_bytes_decode_to_something(value: bytes, specific: str, vr: str) -> None:
    assert isinstance(CharacterSet(specific).decode(value + ESC, vr).text, str)


@given(
    st.text(
        st.characters(codec="iso2022_jp", exclude_characters="\x1b\x0e\x0f\\^=~¥‾\r\n\t\x0c", min_codepoint=32),
        max_size=20,
    )
)
def test_what_python_writes_as_iso_2022_jp_is_read_back(text: str) -> None:
    assert decode(text.encode("iso2022_jp"), "\\ISO 2022 IR 87", "PN") == text
