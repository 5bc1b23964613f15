"""Settling: a study is taken as whole when nothing came for a while, or when somebody says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kontor.access import Right, system_scope
from kontor.archive import settling_rows
from kontor.archive.completeness import what_is_missing
from kontor.archive.errors import NotThere
from kontor.platform.clock import MICROSECONDS
from kontor.platform.jobs import JobHandler, enqueue
from kontor.platform.journal import append_all

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kontor.access import Scope
    from kontor.archive.room import Archive
    from kontor.archive.settling_rows import Unsettled
    from kontor.dicom.values import Uid
    from kontor.platform.database import WriteTransaction
    from kontor.platform.jobs import JobContext
    from kontor.platform.journal import Entry, Handler, JsonValue

JOB_KIND: Final = "settle-study"
_FOLLOWED: Final = ("study_arrived", "study_reopened")


def settle(archive: Archive, scope: Scope, study_instance_uid: Uid, study_row: int | None = None) -> None:
    """Declare a study complete as it is. Settled already: nothing happens.

    `study_row` names the study of a patient who is not the first under its UID, as in `Selection`.

    Raises:
        Forbidden: the scope may not.
        NotThere: no such study for this scope.
    """
    scope.require(Right.SETTLE)

    def settle_named(tx: WriteTransaction) -> bool:
        study = settling_rows.study_named(tx, scope, study_instance_uid, study_row)
        if study is not None and study.settled_at is None:
            _settle(tx, archive, scope.org_id, study)
        return study is not None

    if not archive.database.write(settle_named):
        raise NotThere(f"study {study_instance_uid}")


def settling_followers(archive: Archive) -> list[tuple[str, tuple[str, ...], Handler]]:
    """The follower that asks for a study to be looked at once it has been quiet."""

    def ask(tx: WriteTransaction, entry: Entry) -> None:
        enqueue(tx, entry.org_id, JOB_KIND, entry.subject, {"study_uid": entry.subject}, _later(archive, entry.at_us))

    return [("settling", _FOLLOWED, ask)]


def settling_jobs(archive: Archive) -> Mapping[str, JobHandler]:
    """The job that settles a quiet study, or waits until it has been quiet."""

    def look(context: JobContext) -> None:
        study_uid = str(context.payload["study_uid"])
        scope = system_scope(archive.access, context.org_id, "settling")
        context.database.write(lambda tx: _settle_quiet(tx, archive, scope, study_uid, archive.clock.now_us()))

    return {JOB_KIND: JobHandler(look)}


def _settle_quiet(tx: WriteTransaction, archive: Archive, scope: Scope, study_uid: str, now_us: int) -> None:
    """Settle each patient's study of this UID that was quiet long enough at `now_us`."""
    for study in settling_rows.studies_of(tx, scope, study_uid):
        if study.settled_at is not None:
            continue
        quiet_since = _later(archive, study.last_received_at)
        if quiet_since > now_us:
            enqueue(tx, scope.org_id, JOB_KIND, study_uid, {"study_uid": study_uid}, quiet_since)
            continue
        _settle(tx, archive, scope.org_id, study)


def _settle(tx: WriteTransaction, archive: Archive, org_id: int, study: Unsettled) -> None:
    at_us = archive.clock.now_us()
    missing = what_is_missing(settling_rows.notes_of(tx, org_id, study.id))
    settled = settling_rows.settle(tx, org_id, study.id, at_us, missing)
    study_uid = study.study_instance_uid
    events: list[tuple[int, str, str, Mapping[str, JsonValue], int]] = [
        (org_id, "series_settled", uid, {"study_uid": study_uid, "series_uid": uid}, at_us) for uid in settled
    ]
    events.append((org_id, "study_settled", study_uid, {"study_uid": study_uid, "series": settled}, at_us))
    append_all(tx, events)


def _later(archive: Archive, instant_us: int) -> int:
    return instant_us + round(archive.settings.settle_after_s * MICROSECONDS)
