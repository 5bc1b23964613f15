"""What /api/v1 shows of the audit, of the running system and of what just happened."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from kontor.doors.api.session_views import ShortText

AuditOutcome = Literal["success", "refused", "failure"]


class AuditFilter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Filters and place of a page of the audit. `since` and `until` are ISO 8601 instants."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=500)] = 100
    before: Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)] | None = None  # `next` of the page before
    actor: ShortText = ""
    act: ShortText = ""
    subject: ShortText = ""
    outcome: AuditOutcome | Literal[""] = ""
    since: Annotated[str, msgspec.Meta(max_length=40)] = ""
    until: Annotated[str, msgspec.Meta(max_length=40)] = ""


class AuditRow(msgspec.Struct, frozen=True):
    """One row of the chain."""

    seq: int
    at: str
    actor_kind: str
    actor: str
    act: str
    subject: str
    outcome: AuditOutcome
    detail: dict[str, Any]


class AuditPage(msgspec.Struct, frozen=True):
    """Rows of the audit, latest first; `next` goes into `before`."""

    items: list[AuditRow]
    next: int | None


class Finding(msgspec.Struct, frozen=True):
    """Something that the doctor found."""

    code: str
    subject: str
    text: str


class SystemView(msgspec.Struct, frozen=True):
    """The running system. `findings` is what the last examination found; null `examined_at`: the first one runs."""

    version: str
    engine: str
    organisation: str
    ae_title: str
    free_bytes: int | None
    findings: list[Finding]
    examined_at: str | None


class StudyEvent(msgspec.Struct, frozen=True):
    """The `data` of one server-sent event; its `event` is one of `EVENT_OF_KIND`.

    After variants_changed another object may be shown under a SOP Instance UID than before.
    """

    study_instance_uid: str
    at: str
