"""Person names, PS3.5 section 6.2.1, and the keys by which people find them (umlauts, hyphens, titles)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

GROUPS_MAX: Final = 3
_FOLDS: Final = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "oe",
        "å": "aa",
        "ł": "l",
        "đ": "d",
        "ð": "d",
    }
    | {"þ": "th", "ı": "i", "-": " ", "‐": " ", "‑": " ", "–": " ", "_": " ", ",": " ", ".": " "}
    | dict.fromkeys("'’‘`´ʼ", "")
)
_BARE: Final = re.compile(r"ae|oe|ue|aa")
_BARE_VOWEL: Final = {"ae": "a", "oe": "o", "ue": "u", "aa": "a"}
_TITLES: Final = frozenset(
    re.findall(r"\w+", "dr prof professor med pd priv doz dipl ing herr frau mr mrs ms miss jun sen jr sr")
)
_PARTICLES: Final = frozenset(
    re.findall(r"\w+", "van von vom de der den des del della di da do dos du la le ten ter te zu zum zur op")
)


@dataclass(frozen=True, slots=True)
class PersonName:
    """The three component groups as decoded text, without padding and trailing delimiters."""

    alphabetic: str = ""
    ideographic: str = ""
    phonetic: str = ""

    @staticmethod
    def parse(text: str) -> PersonName:
        """A name from the decoded value of a PN element (its first value). Accepts anything."""
        groups = text.strip(" \0").split("=")[:GROUPS_MAX]
        cleaned = [_trim(group) for group in groups]
        return PersonName(*cleaned)

    def __str__(self) -> str:
        """The value as DICOM writes it, 'A=I=P' without trailing delimiters."""
        return "=".join((self.alphabetic, self.ideographic, self.phonetic)).rstrip("=")

    @property
    def components(self) -> tuple[str, str, str, str, str]:
        """Family, given, middle, prefix, suffix of the first group that has any."""
        group = self.alphabetic or self.ideographic or self.phonetic
        parts = [part.strip() for part in group.split("^")][:5]
        family, given, middle, prefix, suffix = (*parts, *[""] * (5 - len(parts)))
        return family, given, middle, prefix, suffix

    @property
    def display(self) -> str:
        """'Family, Prefix Given Middle, Suffix' as lists show it; missing parts leave no delimiter."""
        family, given, middle, prefix, suffix = self.components
        first_names = " ".join(part for part in (prefix, given, middle) if part)
        return ", ".join(part for part in (family, first_names, suffix) if part)


def name_key(text: str) -> str:
    """The folded form by which names are searched and ordered.

    NFC, case folded, ä→ae ö→oe ü→ue ß→ss, other accents and apostrophes dropped, hyphen = space; the
    components family, given, middle stay separated by '^', the groups by '='. Title and suffix are left out.
    """
    groups = []
    for group in str(PersonName.parse(text)).split("="):
        components = [" ".join(fold(part).split()) for part in group.split("^")[:3]]
        groups.append("^".join(components).rstrip("^"))
    return "=".join(groups).rstrip("=")


def name_variants(text: str) -> frozenset[str]:
    """All keys under which a name may have been written: also with the bare vowel ('mueller', 'muller')."""
    key = name_key(text)
    return frozenset({key, bare_vowels(key)})


def bare_vowels(key: str) -> str:
    """A folded key with ae, oe, ue, aa as a, o, u, a: equal for Müller, Mueller and Muller."""
    return _BARE.sub(lambda match: _BARE_VOWEL[match.group()], key)


def fold(text: str) -> str:
    """Case, umlauts, accents, hyphens and apostrophes folded away; wildcards and delimiters stay."""
    folded = unicodedata.normalize("NFC", text).casefold().translate(_FOLDS)
    if folded.isascii():
        return folded
    plain = unicodedata.normalize("NFKD", folded)
    bare = "".join(c for c in plain if not unicodedata.combining(c) or ord(c) > 0x36F)
    again = unicodedata.normalize("NFC", bare)
    # A compatibility letter stands for a plain one, which may be a capital or an umlaut: folded until nothing changes.
    return again if again == text else fold(again)


def names_agree(one: str, other: str) -> bool:
    """Whether two names may be one person's: only case, umlaut, title, order or a maiden name differ.

    Matching proposes; identity is never decided by the name alone. An empty name agrees with everything.
    """
    ours, theirs = _words(one), _words(other)
    if not ours or not theirs:
        return True
    if ours == theirs:
        return True
    fewer, more = sorted((ours, theirs), key=len)
    return len(fewer) > 1 and fewer < more


def _words(text: str) -> frozenset[str]:
    name = PersonName.parse(text)
    group = name.alphabetic or name.ideographic or name.phonetic
    words = bare_vowels(fold(group.replace("^", " "))).split()
    return frozenset(word for word in words if word not in _TITLES and word not in _PARTICLES)


def _trim(group: str) -> str:
    return "^".join(part.strip() for part in group.split("^")).rstrip("^")
