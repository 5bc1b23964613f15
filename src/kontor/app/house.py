"""The house as it is built for one process: every room's furniture, made once and passed down."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from kontor.access import Access, AccessSettings, Scope, ensure_organisation, system_scope
from kontor.app.settings import PREFIX, Settings
from kontor.archive import Archive, ArchiveSettings
from kontor.platform.blobs import LocalSegments, SegmentStore
from kontor.platform.clock import Clock, SystemClock
from kontor.platform.database import Database, create_schema
from kontor.platform.log import configure_log
from kontor.platform.sandbox import Sandbox

_KEY_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class House:
    """One process's rooms."""

    settings: Settings
    clock: Clock
    database: Database
    segments: SegmentStore
    access: Access
    sandbox: Sandbox
    archive: Archive

    def operator_scope(self, organisation: str | None = None) -> Scope:
        """The scope of whoever runs commands on this machine: everything, audited as the system's user."""
        name = organisation or self.settings.organisation
        return system_scope(self.access, name, f"os:{_login_name()}")

    def close(self) -> None:
        """Give back what this process holds: codec children, segments, connections."""
        self.sandbox.close()
        self.segments.close()
        self.database.close()


def build_house(settings: Settings) -> House:
    """Build the rooms from the settings; makes the data folder and its keys when they are missing."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    configure_log(
        _key(settings.data / "keys" / "log.key"), clear_uids=settings.log_clear_uids, level=settings.log_level
    )
    clock = SystemClock()
    database = Database.open(settings.database_url)
    segments = LocalSegments(
        _blob_folder(settings), segment_bytes=settings.segment_bytes, watermark_bytes=settings.watermark_bytes
    )
    access = Access(
        database,
        clock,
        _key(settings.data / "keys" / "audit.key"),
        AccessSettings(session_idle_s=settings.session_idle_s, session_total_s=settings.session_total_s),
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


def prepare_installation(house: House) -> None:
    """Bring the schema to the newest version and make sure the organisation is there. Safe to repeat."""
    create_schema(house.database)
    house.database.write(lambda tx: ensure_organisation(tx, house.settings.organisation))


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


def _key(path: Path) -> bytes:
    """Read a secret of this installation, or make it: created whole or not at all, readable by the owner only."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(descriptor, secrets.token_bytes(_KEY_BYTES))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        try:
            os.link(fresh, path)  # fails when another process was first: its key counts
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        return path.read_bytes()


def _login_name() -> str:
    import pwd  # POSIX only, and only for commands

    return pwd.getpwuid(os.getuid()).pw_name
