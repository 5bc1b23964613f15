"""Who is who: keys of patients and studies, and when two descriptions mean one person. Pure rules.

Source: `clinical.md` 11.1 and 11.3. Identity is decided by Patient ID, issuer, birth date and sex; names only
support or contradict. A clash never refuses an object and never merges two persons: the second one gets a key of
its own and is listed until a human decides.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from kontor.archive.model import Identity
from kontor.dicom.values import bare_vowels, fold, name_key, names_agree

if TYPE_CHECKING:
    from collections.abc import Callable

_HASH_CHARACTERS: Final = 16
OTHER: Final = "other:"
OF_STUDY: Final = "study:"
OF_PATIENT: Final = "patient:"
Order = tuple[int, str]
UNSAID: Final[Order] = (1 << 57, "")  # later than every reception


@dataclass(frozen=True, slots=True)
class Person:
    """What an object says about its patient. `name` is decoded, alphabetic=ideographic=phonetic."""

    name: str
    birth_date: str
    sex: str

    @property
    def values(self) -> tuple[str, str, str]:
        """Name, birth date and sex."""
        return (self.name, self.birth_date, self.sex)

    @property
    def fingerprint(self) -> str:
        """A short digest of the folded description: equal for equal spellings, no name to be read from it."""
        return _digest(f"{name_key(self.name)}|{self.birth_date}|{self.sex}")


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of a person: each attribute from the earliest object that has it.

    Attributes:
        person: the attributes; what no object has is the empty string.
        said: reception and digest of the objects that gave name, birth date and sex; UNSAID where none did.
    """

    person: Person
    said: tuple[Order, Order, Order]

    @classmethod
    def by(cls, person: Person, order: Order) -> Description:
        """What one object says."""
        return cls(Person("", "", ""), (UNSAID, UNSAID, UNSAID)).with_object(person, order)

    def with_object(self, person: Person, order: Order) -> Description:
        """What is known when this object is known too; itself when that is nothing new."""
        if order >= max(self.said):
            return self
        return self._chosen(
            [
                (new, order) if new and order < said else (known, said)
                for known, said, new in zip(self.person.values, self.said, person.values, strict=True)
            ]
        )

    def without_object(self, order: Order) -> Description:
        """What is known without the object of this reception; another may now be the earliest that says the same."""
        return self._kept(lambda said: said != order)

    def before(self, order: Order) -> Description:
        """What was known when an object of this reception came."""
        if order > max(self.said):
            return self
        return self._kept(lambda said: said < order)

    def _kept(self, keep: Callable[[Order], bool]) -> Description:
        known = zip(self.person.values, self.said, strict=True)
        return self._chosen([(value, said) if keep(said) else ("", UNSAID) for value, said in known])

    def _chosen(self, chosen: list[tuple[str, Order]]) -> Description:
        (name, named), (birth_date, born), (sex, sexed) = chosen
        if (named, born, sexed) == self.said:
            return self
        return Description(Person(name, birth_date, sex), (named, born, sexed))


@dataclass(frozen=True, slots=True, order=True)
class PatientKey:
    """What makes a patient row unique inside an organisation."""

    issuer: str
    patient_id: str
    discriminator: str

    @property
    def fingerprint(self) -> str:
        """A short digest of the key."""
        return _digest(f"{self.issuer}|{self.patient_id}|{self.discriminator}")

    @property
    def identity(self) -> Identity:
        """What the form of the key says about how sure it is."""
        if OTHER in self.discriminator:
            return Identity.UNRESOLVED
        return Identity.PROVISIONAL if self.discriminator else Identity.RESOLVED


class Likeness(Enum):
    """Whether two descriptions under one Patient ID can be one person."""

    SAME = "same"
    NOTED = "noted"  # the same person, written differently
    OTHER = "other"


def patient_key(issuer: str, patient_id: str, study_instance_uid: str) -> PatientKey:
    """Return the key of the patient an object names; without Patient ID it is bound to the study."""
    if patient_id:
        return PatientKey(issuer, patient_id, "")
    return PatientKey("", "", OF_STUDY + study_instance_uid)


def clashing_key(key: PatientKey, person: Person) -> PatientKey:
    """Return the key of a person who comes under another person's Patient ID."""
    prefix = f"{key.discriminator}:" if key.discriminator else ""
    return PatientKey(key.issuer, key.patient_id, f"{prefix}{OTHER}{person.fingerprint}")


def study_discriminator(patient: PatientKey) -> str:
    """Return what tells a study from the one of another patient under the same Study Instance UID."""
    return OF_PATIENT + patient.fingerprint


def study_identity(patient: Identity, discriminator: str) -> Identity:
    """Return how sure a study's owner is: never surer than its patient."""
    return Identity.UNRESOLVED if discriminator else patient


def compare_persons(known: Person, arriving: Person) -> Likeness:
    """Tell whether `arriving` can be `known`. An absent value contradicts nothing.

    Differences of case, umlaut, title, order and maiden name are accepted and noted (`clinical.md` 11.1).
    """
    if _contradict(known.birth_date, arriving.birth_date) or _contradict(known.sex, arriving.sex):
        return Likeness.OTHER
    same_birth = bool(known.birth_date) and known.birth_date == arriving.birth_date
    return _compare_names(known.name, arriving.name, same_birth=same_birth)


def _compare_names(known: str, arriving: str, *, same_birth: bool) -> Likeness:
    if known == arriving:  # nearly always: nothing need be folded
        return Likeness.SAME
    for group_known, group_arriving in zip(known.split("="), arriving.split("="), strict=False):
        if group_known.strip("^ ") and group_arriving.strip("^ "):
            return _compare_groups(group_known, group_arriving, same_birth=same_birth)
    return Likeness.SAME


def _compare_groups(known: str, arriving: str, *, same_birth: bool) -> Likeness:
    if name_key(known) == name_key(arriving):
        return Likeness.SAME
    if names_agree(known, arriving):
        return Likeness.NOTED
    if same_birth and _given(known) and _given(known) == _given(arriving):
        return Likeness.NOTED  # the family name changed
    return Likeness.OTHER


def _given(group: str) -> str:
    components = group.split("^")
    return bare_vowels(fold(components[1])).strip() if len(components) > 1 else ""


def _contradict(known: str, arriving: str) -> bool:
    return bool(known) and bool(arriving) and known != arriving


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_HASH_CHARACTERS]
