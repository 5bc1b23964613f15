"""Claims: one reader holds a study while they read it, by a lease that their work renews (`clinical.md` 10.2).

Opening only to look takes none. Whoever takes over names both people: the claim keeps from whom it came.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kontor.access import Act, Outcome, Right, describe_account, record_with, system_scope
from kontor.archive import NotThere
from kontor.platform.clock import MICROSECONDS
from kontor.platform.identifiers import new_id
from kontor.platform.jobs import JobHandler, enqueue
from kontor.platform.journal import append
from kontor.reading import claim_rows
from kontor.reading.claim_rows import Claim
from kontor.reading.errors import Claimed
from kontor.reading.naming import account_of, visible_study

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kontor.access import Scope
    from kontor.archive import Archive, StudyRow
    from kontor.dicom.values import Uid
    from kontor.platform.database import WriteTransaction
    from kontor.platform.jobs import JobContext
    from kontor.reading.claim_rows import Study

LEASE_S: Final = 15 * 60
CHANGED: Final = "claim_changed"
JOB_KIND: Final = "end-claim"
_ATTEMPTS: Final = 3


@dataclass(frozen=True, slots=True)
class Taken:
    """The claim that one holds now; `renewed` where it was one's own before."""

    claim: Claim
    renewed: bool


def take_claim(archive: Archive, scope: Scope, study: Uid, study_row: int | None, *, take_over: bool = False) -> Taken:
    """Hold the study from now on for LEASE_S seconds, or renew one's own lease; committed and audited when it returns.

    With `take_over` from whoever holds it. A renewal is not told to anybody.

    Raises:
        Forbidden: the scope may not read, or is no account's.
        NotThere: no such study for this scope.
        Claimed: somebody else holds it; nothing was changed.
    """
    scope.require(Right.READ)
    account = account_of(scope)
    named = _named(visible_study(archive, scope, study, study_row))
    record, now_us = describe_account(archive.access, scope).record, archive.clock.now_us()
    until_us = now_us + LEASE_S * MICROSECONDS
    wanted = Claim(named, account, record.name, record.display_name, new_id(), now_us, until_us, "")
    return archive.database.write(lambda tx: _taken(tx, archive, scope, wanted, over=take_over))


def claim_of(archive: Archive, scope: Scope, study: Uid, study_row: int | None) -> Claim | None:
    """Who holds the study now; None when nobody does.

    Raises:
        Forbidden: the scope may not find.
        NotThere: no such study for this scope.
    """
    row = visible_study(archive, scope, study, study_row)
    return claims_of(archive, scope, [row]).get(row.id)


def claims_of(archive: Archive, scope: Scope, studies: Sequence[StudyRow]) -> Mapping[int, Claim]:
    """Who holds which of these studies now, by the rows' ids. One statement by key, whatever else is claimed."""
    if not studies:
        return {}
    now_us, names = archive.clock.now_us(), [_named(row) for row in studies]
    found = archive.database.read(lambda tx: claim_rows.running(tx, scope, names, now_us))
    held = {claim.study: claim for claim in found}
    return {row.id: held[name] for row, name in zip(studies, names, strict=True) if name in held}


def studies_in_reading(archive: Archive, scope: Scope) -> frozenset[str]:
    """Study Instance UIDs that somebody reads now, as far as the scope sees them."""
    now_us = archive.clock.now_us()
    return frozenset(archive.database.read(lambda tx: claim_rows.all_running(tx, scope, now_us)))


def release_claim(archive: Archive, scope: Scope, study: Uid, study_row: int | None) -> None:
    """Give up one's own claim. Without one nothing happens: somebody else's stays.

    Raises:
        Forbidden: the scope may not read, or is no account's.
        NotThere: no such study for this scope.
    """
    scope.require(Right.READ)
    account = account_of(scope)
    named, now_us = _named(visible_study(archive, scope, study, study_row)), archive.clock.now_us()

    def act(tx: WriteTransaction) -> None:
        if claim_rows.release(tx, scope, named, account):
            _tell(tx, scope, named, now_us)

    archive.database.write(act)


def claim_jobs(archive: Archive) -> Mapping[str, JobHandler]:
    """The job that tells of a lease that ended by itself; one that was renewed is looked at again at its new end."""

    def look(context: JobContext) -> None:
        study_uid = str(context.payload["study_uid"])
        scope, now_us = system_scope(archive.access, context.org_id, "claims"), archive.clock.now_us()
        context.database.write(lambda tx: _end(tx, scope, study_uid, now_us))

    return {JOB_KIND: JobHandler(look)}


def _end(tx: WriteTransaction, scope: Scope, study_uid: str, now_us: int) -> None:
    for study in claim_rows.end(tx, scope, study_uid, now_us):
        _tell(tx, scope, study, now_us)
    left = claim_rows.first_end(tx, scope, study_uid)
    if left is not None:
        _look_at(tx, scope, study_uid, left)


def _look_at(tx: WriteTransaction, scope: Scope, study_uid: str, until_us: int) -> None:
    enqueue(tx, scope.org_id, JOB_KIND, study_uid, {"study_uid": study_uid}, until_us)


def _taken(tx: WriteTransaction, archive: Archive, scope: Scope, wanted: Claim, *, over: bool) -> Taken:
    for _ in range(_ATTEMPTS):
        taken = claim_rows.take(tx, scope, wanted, over=over)
        if taken is not None:
            renewed = taken.term != wanted.term
            if not renewed:
                _note(tx, archive, scope, taken)
            return Taken(taken, renewed)
        holders = [
            one for one in claim_rows.running(tx, scope, [wanted.study], wanted.since_us) if one.study == wanted.study
        ]
        if holders:
            raise Claimed(holders[0])
    raise NotThere("given up and taken again each time that was looked")


def _note(tx: WriteTransaction, archive: Archive, scope: Scope, taken: Claim) -> None:
    _tell(tx, scope, taken.study, taken.since_us)
    _look_at(tx, scope, taken.study[0], taken.until_us)
    act = Act.TAKE_OVER if taken.taken_from else Act.CLAIM
    detail = {"from": taken.taken_from} if taken.taken_from else {}
    record_with(tx, archive.access, scope, act, taken.study[0], Outcome.SUCCESS, **detail)


def _tell(tx: WriteTransaction, scope: Scope, study: Study, at_us: int) -> None:
    append(tx, scope.org_id, CHANGED, study[0], {"study_uid": study[0]}, at_us)


def _named(row: StudyRow) -> Study:
    return (row.study_instance_uid, row.discriminator)
