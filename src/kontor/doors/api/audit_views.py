"""What /api/v1/audit takes and gives."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from kontor.access import Act, Outcome
from kontor.doors.api.session_views import ShortText

Sequence = Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]
Instant = Annotated[str, msgspec.Meta(max_length=40)]


class AuditCriteria(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is looked for. `since` and `until` are ISO 8601 instants, `until` excluded.

    `subject` is whole: a UID, an account's name. `patient_id` and `accession` stand for the studies that have them now,
    and for questions that named them.
    """

    actor: ShortText = ""
    act: ShortText = ""
    subject: ShortText = ""
    outcome: Literal["success", "refused", "failure", ""] = ""
    patient_id: ShortText = ""
    accession: ShortText = ""
    since: Instant = ""
    until: Instant = ""


class AuditFilter(AuditCriteria, frozen=True, forbid_unknown_fields=True):
    """Criteria and place of a page: `before` asks for older rows, `after` for newer ones."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=500)] = 100
    before: Sequence | None = None  # `next` of the page before
    after: Sequence | None = None  # `previous` of the page after


class AuditRow(msgspec.Struct, frozen=True):
    """One row of the chain."""

    seq: int
    at: str
    actor_kind: str
    actor: str
    act: Act
    subject: str
    outcome: Outcome
    detail: dict[str, Any]


class AuditPage(msgspec.Struct, frozen=True):
    """Rows of the audit, latest first; `next` goes into `before`, `previous` into `after`; null at the ends."""

    items: list[AuditRow]
    next: int | None
    previous: int | None


class ChainView(msgspec.Struct, frozen=True):
    """Whether the chain was whole when it was last walked; null `whole`: the first walk has not ended.

    `length` is the number of rows now.
    """

    whole: bool | None
    length: int
    checked_at: str | None
    findings: list[str]
