"""The archive as it is passed to every act of this room: what it stands on, and what one process remembers of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kontor.archive.continuity import Continuity
from kontor.archive.known_rows import KnownRows
from kontor.archive.large_totals import LargeTotals
from kontor.archive.retrieval_opening import OpenedObjects
from kontor.archive.turns import Turns

if TYPE_CHECKING:
    from kontor.access import Access
    from kontor.platform.blobs import SegmentStore
    from kontor.platform.clock import Clock
    from kontor.platform.database import Database
    from kontor.platform.sandbox import Sandbox


@dataclass(frozen=True, slots=True)
class ArchiveSettings:
    """What an operator decides about the archive.

    Attributes:
        folder: for series bundles and thumbnails; derived, may be emptied at any time. None keeps none.
        settle_after_s: a study is settled when nothing came for so many seconds.
        max_object_bytes: longest single object, file meta information included.
    """

    folder: Path | None = None
    settle_after_s: float = 60.0
    max_object_bytes: int = 4 << 30


@dataclass(slots=True)
class Archive:
    """Built once per process by the composition root and passed first to every act."""

    database: Database
    segments: SegmentStore
    access: Access
    sandbox: Sandbox
    clock: Clock
    settings: ArchiveSettings = field(default_factory=ArchiveSettings)
    known: KnownRows = field(default_factory=KnownRows, repr=False)
    opened: OpenedObjects = field(init=False, repr=False)
    large_totals: LargeTotals = field(init=False, repr=False)
    continuity: Continuity = field(default_factory=Continuity, repr=False)
    turns: Turns = field(default_factory=Turns, repr=False)

    def __post_init__(self) -> None:
        """What is read lately lies beside the derived files when it takes room on disk."""
        self.large_totals = LargeTotals(self.clock)
        folder = self.settings.folder
        self.opened = OpenedObjects(None if folder is None else folder / "inflated")
