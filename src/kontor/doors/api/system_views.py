"""What /api/v1 shows of the running system and of what just happened."""

from __future__ import annotations

import msgspec


class Finding(msgspec.Struct, frozen=True):
    """Something that the doctor found."""

    code: str
    subject: str
    text: str


class SystemView(msgspec.Struct, frozen=True):
    """The running system. `findings` is what the last examination found; null `examined_at`: the first one runs.

    `dimse_host` and `dimse_port` are where the DICOM door listens; '' and 0 where it does not.
    """

    version: str
    engine: str
    organisation: str
    ae_title: str
    dimse_host: str
    dimse_port: int
    free_bytes: int | None
    findings: list[Finding]
    examined_at: str | None


class StudyEvent(msgspec.Struct, frozen=True):
    """The `data` of one server-sent event; its `event` is one of `EVENT_OF_KIND`.

    After variants_changed another object may be shown under a SOP Instance UID than before.
    """

    study_instance_uid: str
    at: str
