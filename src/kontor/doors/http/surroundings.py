"""What every path's application stands on: rooms, settings and the worker threads of one web process."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kontor.doors.http.settings import HttpSettings
from kontor.doors.http.threads import Threads

if TYPE_CHECKING:
    from kontor.access import Access
    from kontor.archive import Archive


@dataclass(slots=True)
class Surroundings:
    """Built once for each application."""

    access: Access
    archive: Archive
    settings: HttpSettings
    threads: Threads = field(init=False)

    def __post_init__(self) -> None:
        settings = self.settings
        self.threads = Threads(settings.threads, settings.uploads, settings.decoding, settings.decoding_queue)
