"""The house as it is built for one process: every room's furniture, made once and passed down."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from typing import Final

from kontor.access import (
    Access,
    AccessSettings,
    AuditAnchors,
    Scope,
    anchor_audit,
    ensure_organisation,
    load_key,
    system_scope,
)
from kontor.app.settings import PREFIX, Settings
from kontor.archive import Archive, ArchiveSettings
from kontor.platform.blobs import DiskSegments, open_folder
from kontor.platform.clock import Clock, SystemClock
from kontor.platform.database import Database, DatabaseError, connections_allowed, create_schema
from kontor.platform.log import configure_log, get_logger
from kontor.platform.sandbox import Sandbox

_log: Final = get_logger("app")


@dataclass(frozen=True, slots=True)
class House:
    """One process's rooms."""

    settings: Settings
    clock: Clock
    database: Database
    segments: DiskSegments
    access: Access
    sandbox: Sandbox
    archive: Archive

    def operator_scope(self, organisation: str | None = None) -> Scope:
        """The scope of whoever runs commands on this machine: everything, audited as the system's user."""
        name = organisation or self.settings.organisation
        return system_scope(self.access, name, f"os:{_login_name()}")

    def lacks_connections(self) -> str:
        """A sentence when the server gives fewer connections than our processes may open; '' when it gives enough."""
        wanted, allowed = self.settings.connections_wanted, self.database.read(connections_allowed)
        if allowed is None or wanted <= allowed:
            return ""
        return f"{wanted} connections wanted, {allowed} allowed"

    def close(self) -> None:
        """Give back what this process holds: codec children, segments, connections."""
        self.sandbox.close()
        self.segments.close()
        self.database.close()


def is_installation(settings: Settings) -> bool:
    """Whether an archive was made in this folder before: its keys are there, whatever became of the index."""
    return (settings.data / "keys" / "access.key").is_file()


def build_house(settings: Settings) -> House:
    """Build the rooms from the settings; makes the data folder and its keys when they are missing."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    configure_log(
        load_key(settings.data / "keys" / "log.key"), clear_uids=settings.log_clear_uids, level=settings.log_level
    )
    clock = SystemClock()
    database = Database.open(settings.database_url, connections=settings.database_connections)
    segments = open_folder(
        _blob_folder(settings), segment_bytes=settings.segment_bytes, reserve_bytes=settings.watermark_bytes
    )
    access = Access(
        database,
        clock,
        load_key(settings.data / "keys" / "access.key"),
        AccessSettings(
            ae_title=settings.ae_title,
            session_idle_s=settings.session_idle_s,
            session_total_s=settings.session_total_s,
        ),
        anchors=AuditAnchors(settings.data / "keys" / "audit.anchors"),
    )
    sandbox = Sandbox(processes=settings.codec_processes, timeout_s=settings.codec_timeout_s)
    archive = Archive(
        database,
        segments,
        access,
        sandbox,
        clock,
        ArchiveSettings(
            folder=settings.data / "derived",
            settle_after_s=settings.settle_after_s,
            max_object_bytes=settings.max_object_bytes,
        ),
    )
    return House(settings, clock, database, segments, access, sandbox, archive)


def prepare_installation(house: House, organisation: str | None = None) -> None:
    """Bring the schema to the newest version and make sure the organisation is there, and a named one beside it.

    Safe to repeat. Raises Inadmissible when the name cannot be an organisation's.
    """
    create_schema(house.database)
    for name in filter(None, (house.settings.organisation, organisation)):
        house.database.write(partial(ensure_organisation, name=name))
    note_audit(house)


def note_audit(house: House) -> None:
    """Anchor the audit outside the database. Trouble with it stops nothing: the doctor tells of what is missing."""
    try:
        anchor_audit(house.access)
    except (DatabaseError, OSError, ValueError) as error:
        _log.warning("audit not anchored", error=type(error).__name__)


def as_environment(settings: Settings) -> dict[str, str]:
    """The settings as variables, so that the processes of one start agree whatever their own flags are."""
    values = {item.name: getattr(settings, item.name) for item in fields(settings)}
    values["data"] = settings.data.resolve()
    return {f"{PREFIX}{name.upper()}": str(value) for name, value in values.items()}


def _blob_folder(settings: Settings) -> Path:
    if not settings.blobs:
        return settings.data / "segments"
    scheme, separator, rest = settings.blobs.partition("://")
    return Path(rest if separator and scheme == "file" else settings.blobs)


def _login_name() -> str:
    import pwd  # POSIX only, and only for commands

    return pwd.getpwuid(os.getuid()).pw_name
