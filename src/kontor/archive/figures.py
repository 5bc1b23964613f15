"""Figures of an archive for whoever runs it. Counted beside the calls, never within one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kontor.access import Right
from kontor.archive import figure_queries
from kontor.archive.figure_queries import Figures
from kontor.platform.clock import MICROSECONDS

if TYPE_CHECKING:
    from kontor.access import Scope
    from kontor.archive.room import Archive

RECENT_DAYS: Final = 7


def count_figures(archive: Archive, scope: Scope) -> Figures:
    """Count everything of an organisation. Takes as long as its studies are many. Needs the right OPERATE."""
    scope.require(Right.OPERATE)
    since_us = archive.clock.now_us() - RECENT_DAYS * 24 * 3600 * MICROSECONDS
    return archive.database.read(lambda tx: figure_queries.figures(tx, scope, since_us), unhurried=True)
