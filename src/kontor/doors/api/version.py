"""The version of the program that answers."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version


@lru_cache(maxsize=1)
def program_version() -> str:
    """The installed version; '0' when run from sources that were never installed."""
    try:
        return version("kontor")
    except PackageNotFoundError:
        return "0"
