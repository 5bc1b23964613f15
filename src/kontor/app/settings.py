"""Settings: flags beat environment (`KONTOR_…`), environment beats `kontor.toml`, the file beats defaults."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Final

PREFIX: Final = "KONTOR_"
FILE_NAME: Final = "kontor.toml"
# Read by the programs around the settings, not settings themselves.
_OTHER_VARIABLES: Final = frozenset({"KONTOR_CONFIG", "KONTOR_SOAK", "KONTOR_SCREENSHOTS", "KONTOR_CHROMIUM"})

_MAY_BE_NONE: Final = frozenset({"settle_after_s", "watermark_bytes", "secure_cookies", "log_clear_uids"})
_LOG_LEVELS: Final = ("debug", "info", "warning", "error", "critical")
_DATABASES: Final = frozenset({"sqlite", "postgresql", "postgresql+psycopg"})


class SettingsError(Exception):
    """A setting is unknown or cannot be read; the message names it and the nearest known one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything an operator may decide for an installation. What differs per peer is a row, not a setting."""

    data: Path = field(default=Path("kontor-data"), metadata={"why": "folder of the archive: bytes, keys, SQLite"})
    http: str = field(default="127.0.0.1:8080", metadata={"why": "address of the web door"})
    dimse: str = field(default="127.0.0.1:11112", metadata={"why": "address of the DICOM door"})
    database: str = field(default="", metadata={"why": "database URL; empty: SQLite in the data folder"})
    database_connections: int = field(default=16, metadata={"why": "connections to the database, per process"})
    blobs: str = field(default="", metadata={"why": "blob store URL; empty: segments in the data folder"})
    processes: str = field(default="web=2,dimse=2,worker=1", metadata={"why": "how many of each role"})
    organisation: str = field(default="main", metadata={"why": "organisation of a single-tenant installation"})
    ae_title: str = field(default="KONTOR", metadata={"why": "called AE title"})
    settle_after_s: int = field(default=60, metadata={"why": "a study is settled when nothing came for so long"})
    segment_bytes: int = field(default=256 << 20, metadata={"why": "a segment is sealed at this size"})
    watermark_bytes: int = field(default=1 << 30, metadata={"why": "free space below which nothing is received"})
    max_associations: int = field(default=100, metadata={"why": "open associations in all, per process"})
    max_associations_per_peer: int = field(default=25, metadata={"why": "open associations of one peer, per process"})
    max_pdu_bytes: int = field(default=1 << 20, metadata={"why": "longest PDU that peers may send"})
    artim_s: int = field(default=30, metadata={"why": "time for an association request to arrive (PS3.8 9.1.5)"})
    network_timeout_s: int = field(default=60, metadata={"why": "silence after which an association is aborted"})
    max_upload_bytes: int = field(default=8 << 30, metadata={"why": "longest body of one STOW-RS request"})
    max_object_bytes: int = field(default=4 << 30, metadata={"why": "longest single object"})
    codec_processes: int = field(default=2, metadata={"why": "codec children per process that decodes"})
    codec_timeout_s: int = field(default=20, metadata={"why": "time for one frame to be decoded"})
    session_idle_s: int = field(default=8 * 3600, metadata={"why": "a session ends after so long without a request"})
    session_total_s: int = field(default=24 * 3600, metadata={"why": "a session ends after so long in any case"})
    secure_cookies: bool = field(default=False, metadata={"why": "send the session cookie over HTTPS only"})
    log_level: str = field(default="info", metadata={"why": "least severe level written to the log"})
    log_clear_uids: bool = field(default=False, metadata={"why": "write UIDs to the log as they are, not hashed"})

    @property
    def database_url(self) -> str:
        """The database's URL, resolved."""
        return self.database or f"sqlite:///{self.data.resolve()}/kontor.db"

    @property
    def connections_wanted(self) -> int:
        """How many connections the processes of one start and one command beside them may open together."""
        return (sum(self.counts.values()) + 1) * self.database_connections

    @property
    def counts(self) -> Mapping[str, int]:
        """How many processes of each role."""
        return parse_processes(self.processes)


def parse_processes(text: str) -> dict[str, int]:
    """Read `web=N,dimse=N,worker=N`; a role that is not named gets none.

    Raises:
        SettingsError: an unknown role, or no number.
    """
    counts = {"web": 0, "dimse": 0, "worker": 0}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        role, _, number = part.partition("=")
        if role not in counts or not number.isdigit():
            raise SettingsError(f"processes: '{part}' is not one of web=N, dimse=N, worker=N")
        counts[role] = int(number)
    return counts


def parse_address(text: str) -> tuple[str, int]:
    """Read HOST:PORT, [IPV6]:PORT or PORT alone (loopback).

    Raises:
        SettingsError: the text is not an address.
    """
    host, _, port = text.rpartition(":")
    if not port.isdigit() or not 0 <= int(port) <= 65535:
        raise SettingsError(f"'{text}' is not HOST:PORT")
    return host.strip("[]") or "127.0.0.1", int(port)


def load_settings(flags: Mapping[str, object] | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """Gather the settings from all four places.

    Raises:
        SettingsError: an unknown key, or a value that cannot be read.
    """
    environment = os.environ if environment is None else environment
    given = {key: value for key, value in (flags or {}).items() if value is not None}
    from_environment = {
        key.removeprefix(PREFIX).lower(): value
        for key, value in environment.items()
        if key.startswith(PREFIX) and key not in _OTHER_VARIABLES
    }
    data = Path(str(given.get("data") or from_environment.get("data") or Settings().data))
    settings = Settings()
    settings = _with(settings, _from_file(environment.get("KONTOR_CONFIG"), data), FILE_NAME)
    settings = _with(settings, from_environment, "environment")
    settings = _with(settings, given, "flag")
    _check(settings)
    return settings


def _from_file(named: str | None, data: Path) -> Mapping[str, object]:
    candidates = [Path(named)] if named else [Path(FILE_NAME), data / FILE_NAME]
    for path in candidates:
        if path.is_file():
            try:
                return tomllib.loads(path.read_text(encoding="utf-8"))
            except tomllib.TOMLDecodeError as error:
                raise SettingsError(f"{path}: {error}") from error
    if named:
        raise SettingsError(f"{named}: no such file (KONTOR_CONFIG names it)")
    return {}


def _with(settings: Settings, values: Mapping[str, object], place: str) -> Settings:
    known = {item.name: type(getattr(settings, item.name)) for item in fields(settings)}
    read: dict[str, object] = {}
    for key, value in values.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.4)
            hint = f"; did you mean '{near[0]}'?" if near else ""
            raise SettingsError(f"{place}: unknown setting '{key}'{hint}")
        read[key] = _read(key, value, settings, place)
    return replace(settings, **read)  # type: ignore[arg-type] # each value was read as its field's type


def _read(key: str, value: object, settings: Settings, place: str) -> object:
    wanted = getattr(settings, key)
    if isinstance(wanted, bool):
        text = str(value).lower()
        if text in {"1", "true", "yes", "on"}:
            return True
        if text in {"0", "false", "no", "off", ""}:
            return False
        raise SettingsError(f"{place}: '{key}' is true or false, not '{value}'")
    if isinstance(wanted, int):
        try:
            return int(str(value))
        except ValueError as error:
            raise SettingsError(f"{place}: '{key}' is a whole number, not '{value}'") from error
    return Path(str(value)) if isinstance(wanted, Path) else str(value)


def _scheme(url: str) -> str:
    scheme, separator, _ = url.partition("://")
    return scheme if separator else ""


def _check(settings: Settings) -> None:
    parse_address(settings.http)
    parse_address(settings.dimse)
    parse_processes(settings.processes)
    for name in (item.name for item in fields(settings) if isinstance(getattr(settings, item.name), int)):
        least = int(name not in _MAY_BE_NONE)
        if getattr(settings, name) < least:
            raise SettingsError(f"{name}: at least {least}")
    if settings.log_level.lower() not in _LOG_LEVELS:
        raise SettingsError(f"log_level: one of {', '.join(_LOG_LEVELS)}, not '{settings.log_level}'")
    if (scheme := _scheme(settings.database)) not in {"", *_DATABASES}:
        raise SettingsError(f"database: sqlite:///… or postgresql://…, not '{scheme}://…'")
    if (scheme := _scheme(settings.blobs)) not in {"", "file"}:
        raise SettingsError(f"blobs: a folder or file://…; '{scheme}://…' is not supported yet")
    if not 1 <= len(settings.ae_title) <= 16:
        raise SettingsError("ae_title: an AE title has 1 to 16 characters")
