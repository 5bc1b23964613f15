"""Statements on claims: one takes a study, whoever else tries at the same moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, delete, false, func, or_, true

from kontor.platform.database import insert_or_update
from kontor.reading.tables import claim

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Row

    from kontor.access import Scope
    from kontor.platform.database import ReadTransaction, WriteTransaction

Study = tuple[str, str]
"""Study Instance UID and discriminator."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Who holds a study, since and until when (microseconds since 1970 UTC), and from whom it was taken over."""

    study: Study
    account: int
    login: str
    name: str
    term: int
    since_us: int
    until_us: int
    taken_from: str


def take(tx: WriteTransaction, scope: Scope, wanted: Claim, *, over: bool) -> Claim | None:
    """Take or renew a claim from `wanted.since_us` on; None when somebody else's lease runs and is not taken over.

    A renewal keeps beginning, term and former holder of the claim that it renews.
    """

    def change(new: Mapping[str, ColumnElement[Any]]) -> tuple[dict[str, ColumnElement[Any]], ColumnElement[bool]]:
        runs = claim.c.until > wanted.since_us
        own = claim.c.account == new["account"]
        renewed = and_(own, runs)
        kept = {name: case((renewed, claim.c[name]), else_=new[name]) for name in ("since", "term")}
        taken_from = case((renewed, claim.c.taken_from), (runs, claim.c.name), else_="")
        always = {name: new[name] for name in ("account", "login", "name", "until")}
        return {**always, **kept, "taken_from": taken_from}, or_(own, ~runs, true() if over else false())

    statement = insert_or_update(tx.dialect_name, claim, ("org_id", "study_instance_uid", "discriminator"), change)
    row = tx.first(statement.returning(*claim.c), _values(scope, wanted))
    return None if row is None else _claim(row)


def running(tx: ReadTransaction, scope: Scope, studies: Sequence[Study], now_us: int) -> list[Claim]:
    """The claims of these studies whose leases run."""
    uids = [uid for uid, _ in studies]
    rows = tx.all(scope.select(claim).where(claim.c.study_instance_uid.in_(uids), claim.c.until > now_us))
    return [_claim(row) for row in rows]


def all_running(tx: ReadTransaction, scope: Scope, now_us: int) -> list[str]:
    """Study Instance UIDs of all claims whose leases run. A lease that ended soon has no row: few are looked at."""
    statement = scope.select(claim, claim.c.study_instance_uid).where(claim.c.until > now_us)
    return [row.study_instance_uid for row in tx.all(statement)]


def release(tx: WriteTransaction, scope: Scope, study: Study, account: int) -> bool:
    """Give up one's own claim. Return whether there was one."""
    own = and_(claim.c.study_instance_uid == study[0], claim.c.discriminator == study[1], claim.c.account == account)
    return tx.execute(delete(claim).where(scope.condition(claim), own)).rowcount > 0


def end(tx: WriteTransaction, scope: Scope, study_uid: str, now_us: int) -> list[Study]:
    """Remove the claims of a study's UID whose leases have ended. Return whose they were."""
    ended = and_(claim.c.study_instance_uid == study_uid, claim.c.until <= now_us)
    statement = delete(claim).where(scope.condition(claim), ended)
    rows = tx.all(statement.returning(claim.c.study_instance_uid, claim.c.discriminator))
    return [(row.study_instance_uid, row.discriminator) for row in rows]


def first_end(tx: ReadTransaction, scope: Scope, study_uid: str) -> int | None:
    """When the first lease on a study of this UID ends; None when there is none."""
    statement = scope.select(claim, func.min(claim.c.until).label("until"))
    row = tx.first(statement.where(claim.c.study_instance_uid == study_uid))
    return None if row is None else row.until


def _values(scope: Scope, wanted: Claim) -> dict[str, object]:
    return {
        "org_id": scope.org_id,
        "study_instance_uid": wanted.study[0],
        "discriminator": wanted.study[1],
        "account": wanted.account,
        "login": wanted.login,
        "name": wanted.name,
        "term": wanted.term,
        "since": wanted.since_us,
        "until": wanted.until_us,
        "taken_from": wanted.taken_from,
    }


def _claim(row: Row[Any]) -> Claim:
    return Claim(
        (row.study_instance_uid, row.discriminator),
        row.account,
        row.login,
        row.name,
        row.term,
        row.since,
        row.until,
        row.taken_from,
    )
