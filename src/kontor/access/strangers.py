"""Callers that nobody knows, in the audit: that somebody tried is recorded, but a stranger must not fill the disk.

One row for the same caller and reason in a minute, and for all callers together no more a minute than the budget of
this process. What goes beyond is not silent: the next row says how many were left out before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kontor.access import organisation_rows
from kontor.access.audit import is_recent, record_once
from kontor.access.audit_chain import Act, Outcome
from kontor.access.errors import AuditUnwritable
from kontor.access.organisations import default_organisation, door_scope
from kontor.access.strangers_budget import PERIOD_S
from kontor.platform.database import DatabaseError
from kontor.platform.log import get_logger

if TYPE_CHECKING:
    from kontor.access.audit import DetailValue
    from kontor.access.room import Access

_log: Final = get_logger("access")


def record_stranger(
    access: Access, act: Act, caller: str, reason: str, *, org_id: int = 0, **detail: DetailValue
) -> None:
    """Record that an unknown caller was refused, within the limits above. Never raises: the refusal stands anyhow.

    Args:
        access: the room.
        act: what was tried.
        caller: how it named itself and where it is, as far as known.
        reason: a stable word.
        org_id: whose audit; by default the default organisation's.
        detail: what else an inspector would want.
    """
    subject = f"{caller} ({reason})"
    try:
        scope = door_scope(org_id or default_organisation(dict(access.database.read(organisation_rows.everyone))))
        if not scope.org_id or is_recent(access, scope, act, subject, PERIOD_S, Outcome.REFUSED):
            return
        left_out = access.strangers.spend(access.clock.now_us())
        if left_out is None:
            return
        more: dict[str, DetailValue] = {"left_out_before": left_out} if left_out else {}
        record_once(access, scope, act, subject, PERIOD_S, Outcome.REFUSED, reason=reason, **detail, **more)
    except (AuditUnwritable, DatabaseError) as error:
        _log.warning("a refusal could not be recorded", error=type(error).__name__, act=act.value, reason=reason)
