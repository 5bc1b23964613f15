"""What the archive does by itself once something happened: followers and jobs of all its parts, for the worker role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontor.archive.previews import preview_followers, preview_job_handlers
from kontor.archive.settling import settling_followers, settling_jobs
from kontor.archive.variant_decisions import variant_followers, variant_jobs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kontor.archive.room import Archive
    from kontor.platform.jobs import JobHandler
    from kontor.platform.journal import Handler


def followers(archive: Archive) -> list[tuple[str, Sequence[str], Handler]]:
    """Return (name, kinds, handler) of every follower of this room."""
    return [*settling_followers(archive), *preview_followers(archive), *variant_followers(archive)]


def job_handlers(archive: Archive) -> Mapping[str, JobHandler]:
    """Return how each kind of this room's jobs is done."""
    return {**settling_jobs(archive), **preview_job_handlers(archive), **variant_jobs(archive)}
