"""Structured logs without patient data: one JSON object a line on standard error."""

from __future__ import annotations

import hashlib
import hmac
import logging
import sys
import traceback
from typing import TYPE_CHECKING, Final, cast

import structlog

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger

_HASH_CHARACTERS: Final = 12
_FRAMES_TOLD: Final = 6
_settings: dict[str, bytes | bool] = {"key": b"", "clear": False}


def configure_log(key: bytes, *, clear_uids: bool = False, level: str = "info") -> None:
    """Set up this process's log.

    Args:
        key: keys the hashes under which UIDs appear, so that an operator can find one and nobody can guess one.
        clear_uids: write UIDs as they are; the operator's own choice.
        level: the least severe level that is written.
    """
    _settings.update(key=key, clear=clear_uids)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=_standard_error,
    )


def _standard_error(*_part: object) -> structlog.PrintLogger:
    """Asked at each line: whoever redirects standard error later is to have the log too."""
    return structlog.PrintLogger(sys.stderr)


def get_logger(part: str) -> FilteringBoundLogger:
    """Return a logger whose lines name their part of the house."""
    return cast("FilteringBoundLogger", structlog.get_logger(part=part))


def hashed(uid: str) -> str:
    """Return how a UID appears in the log: a keyed hash, or itself when the operator turned that on."""
    if _settings["clear"]:
        return uid
    key = cast("bytes", _settings["key"])
    return hmac.new(key, uid.encode(), hashlib.sha256).hexdigest()[:_HASH_CHARACTERS]


def fault_of(error: BaseException) -> str:
    """Return how a defect appears in the log: class and places, without its text, which may repeat a data set."""
    places = traceback.extract_tb(error.__traceback__)[-_FRAMES_TOLD:]
    return f"{type(error).__name__} at " + " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(places))
