"""Whose an arriving object is: finds or makes its patient and study rows, in one order for every process.

Patients are touched before studies, each in the order of their keys, so that transactions which meet on the same
rows wait for one another and do not deadlock. A patient is read and locked before anything is decided about them: a
new study, a description, a clash. Only a further object of a study that this process knows is filed by what it
remembers, and then the study's locked row is asked whether that still holds.

Who comes first is decided by reception, not by commit (`clinical.md` 11.1: keep first, second apart): an object is
compared with what was known when it was received. If it comes to the index after objects that were received later and
would have been judged otherwise with it, it is not filed but named in `misfiled`, to be filed before them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from kontor.archive import patient_rows, study_rows
from kontor.archive.identity import (
    Likeness,
    PatientKey,
    clashing_key,
    compare_persons,
    study_discriminator,
    study_identity,
)
from kontor.archive.model import Identity, Receipt
from kontor.platform.database import DatabaseConflict

if TYPE_CHECKING:
    from kontor.archive.known_rows import KnownRows
    from kontor.archive.patient_rows import PatientRow
    from kontor.archive.study_rows import StudyRow
    from kontor.platform.database import WriteTransaction

Key = TypeVar("Key", str, PatientKey)


@dataclass(slots=True)
class Owners:
    """Patients and locked studies of one organisation, as one transaction sees them."""

    tx: WriteTransaction
    known: KnownRows
    org_id: int
    patients: dict[PatientKey, PatientRow] = field(default_factory=dict)
    locked: set[int] = field(default_factory=set)
    studies: dict[int, StudyRow] = field(default_factory=dict)
    of_receipt: dict[int, tuple[PatientRow, int]] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)
    made: set[int] = field(default_factory=set)
    conflicts: list[tuple[str, str]] = field(default_factory=list)
    misfiled: list[Receipt] = field(default_factory=list)
    owners: dict[int, PatientKey] = field(default_factory=dict)

    def find(self, receipts: Sequence[Receipt]) -> None:
        """Find or make the patient and the study of each receipt but `misfiled`; they come in order of reception."""
        for key, own in _grouped(receipts, patient_rows.key_of):
            self._meet_patient(key, own)
        filed = [receipt for receipt in receipts if id(receipt) in self.owners]
        for clashing, own in _grouped(filed, lambda receipt: self.owners[id(receipt)]):
            if clashing not in self.patients:
                self._meet_clashing(clashing, own)
        for study_uid, own in _grouped(filed, lambda receipt: receipt.header.study_instance_uid):
            self._meet_study(study_uid, [(receipt, self.patients[self.owners[id(receipt)]]) for receipt in own])

    def study(self, receipt: Receipt) -> tuple[StudyRow, Identity]:
        """Return the study that `find` found for a receipt, and how sure it is."""
        _, study_id = self.of_receipt[id(receipt)]
        found = self.studies[study_id]
        return found, found.identity

    def met(self) -> list[tuple[PatientRow, str]]:
        """Return patients with the UIDs of the studies that were found for them."""
        found = {(patient.id, study_id): patient for patient, study_id in self.of_receipt.values()}
        return [(patient, self.studies[study_id].study_instance_uid) for (_, study_id), patient in found.items()]

    def _meet_patient(self, key: PatientKey, own: Sequence[Receipt]) -> None:
        row = self._remembered(key, own) or self._locked(key, own[0])
        for number, receipt in enumerate(own):
            if self._comes_too_late(row, receipt):
                self.misfiled += own[number:]
                break
            row = self._file(row, receipt)
        self.patients[key] = row

    def _meet_clashing(self, key: PatientKey, own: Sequence[Receipt]) -> None:
        row = self._locked(key, own[0])
        for receipt in own:
            self.patients[key] = row = self._described(row, receipt)

    def _remembered(self, key: PatientKey, own: Sequence[Receipt]) -> PatientRow | None:
        """Return the patient from memory if nothing is to be decided: their studies are known, nobody clashes."""
        seen = {self.known.patient(self.org_id, key, receipt.header.study_instance_uid) for receipt in own}
        row = seen.pop()
        if row is None or seen:
            return None
        for receipt in own:
            person = patient_rows.person_of(receipt)
            says_nothing_new = row.description.with_object(person, receipt.order) is row.description
            if not says_nothing_new or _likeness(row, receipt) is Likeness.OTHER:
                return None
        return row

    def _locked(self, key: PatientKey, receipt: Receipt) -> PatientRow:
        row = patient_rows.ensure(self.tx, self.org_id, key, receipt)
        self.locked.add(row.id)
        return row

    def _comes_too_late(self, row: PatientRow, receipt: Receipt) -> bool:
        """Whether objects that were received later would have been judged otherwise, had this one been there."""
        person = patient_rows.person_of(receipt)
        if _likeness(row, receipt) is Likeness.OTHER:
            return False  # it says nothing of this patient
        if compare_persons(row.person, person) is Likeness.OTHER:
            return True
        says_more = row.description.with_object(person, receipt.order).person != row.person
        return says_more and patient_rows.clash_later(self.tx, self.org_id, row.key, receipt.order)

    def _file(self, row: PatientRow, receipt: Receipt) -> PatientRow:
        """Note the receipt's patient: the plain one, or one of its own when the person is another."""
        likeness = _likeness(row, receipt)
        if likeness is Likeness.OTHER:
            self.conflicts.append(("person", receipt.header.study_instance_uid))
            self.owners[id(receipt)] = clashing_key(row.key, patient_rows.person_of(receipt))
            return row
        if likeness is Likeness.NOTED:
            self.notes[id(receipt)] = "person-written-differently"
        self.owners[id(receipt)] = row.key
        return self._described(row, receipt)

    def _described(self, row: PatientRow, receipt: Receipt) -> PatientRow:
        description = row.description.with_object(patient_rows.person_of(receipt), receipt.order)
        return patient_rows.describe(self.tx, self.org_id, row, description)

    def _meet_study(self, study_uid: str, own: Sequence[tuple[Receipt, PatientRow]]) -> None:
        rows = study_rows.locked_by_uid(self.tx, self.org_id, study_uid)
        for receipt, patient in own:
            row = next((row for row in rows if row.patient == patient.id), None)
            if patient.id not in self.locked and (row is None or not row.agrees_with(patient)):
                raise DatabaseConflict("a patient or study known to this process has changed")
            if row is None:
                rows = self._make_study(rows, receipt, patient)
                row = next(row for row in rows if row.patient == patient.id)
            elif (receipt.received_at_us, receipt.digest) < row.order:
                study_rows.describe(self.tx, self.org_id, row, receipt)
                rows = self._take_back(rows, row, receipt)
            self.studies[row.id] = next(fresh for fresh in rows if fresh.id == row.id)
            self.of_receipt[id(receipt)] = (patient, row.id)

    def _make_study(self, rows: Sequence[StudyRow], receipt: Receipt, patient: PatientRow) -> list[StudyRow]:
        """Make the study; plain if it is the first of its UID, else told apart by its patient."""
        first = next((row for row in rows if not row.discriminator), None)
        discriminator = ""
        if first is not None:
            self.conflicts.append(("study", receipt.header.study_instance_uid))
            if receipt.order < first.order:
                self._displace(first)
            else:
                discriminator = study_discriminator(patient.key)
        identity = study_identity(patient.identity, discriminator)
        inserted = study_rows.insert_if_absent(self.tx, self.org_id, patient, discriminator, identity, receipt)
        found = study_rows.locked_by_uid(self.tx, self.org_id, receipt.header.study_instance_uid)
        made = next((row for row in found if row.patient == patient.id), None)
        if made is None:  # another patient's study of this UID was committed while we waited for its key
            return self._make_study(found, receipt, patient)
        if inserted:
            self.made.add(made.id)
        return found

    def _take_back(self, rows: Sequence[StudyRow], row: StudyRow, receipt: Receipt) -> list[StudyRow]:
        """Let a study whose earliest object is now the earliest of its UID have the plain key."""
        first = next((other for other in rows if not other.discriminator), None)
        if first is not None and first.id != row.id and receipt.order < first.order:
            patient = patient_rows.by_id(self.tx, self.org_id, row.patient)
            self._displace(first)
            study_rows.rename(self.tx, self.org_id, row, "", study_identity(patient.identity, ""))
        return study_rows.locked_by_uid(self.tx, self.org_id, row.study_instance_uid)

    def _displace(self, first: StudyRow) -> None:
        patient = patient_rows.by_id(self.tx, self.org_id, first.patient)
        discriminator = study_discriminator(patient.key)
        study_rows.rename(self.tx, self.org_id, first, discriminator, Identity.UNRESOLVED)


def _likeness(row: PatientRow, receipt: Receipt) -> Likeness:
    """Compare the receipt's person with what earlier objects said of this patient."""
    known = row.description.before(receipt.order).person
    return compare_persons(known, patient_rows.person_of(receipt))


def _grouped(receipts: Sequence[Receipt], key: Callable[[Receipt], Key]) -> Iterator[tuple[Key, list[Receipt]]]:
    """Yield receipts by key, keys in order, receipts in their own."""
    for value, own in groupby(sorted(receipts, key=key), key):
        yield value, list(own)
