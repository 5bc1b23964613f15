"""Marks: what a reader measured or pointed at, kept as it is made, found again after a crash (decision 0008)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kontor.access import Inadmissible, Right
from kontor.archive import NotThere
from kontor.reading import mark_rows
from kontor.reading.mark_model import Anchor, Mark
from kontor.reading.mark_versions import following_version
from kontor.reading.naming import account_of, client_made, visible_instance, visible_study

if TYPE_CHECKING:
    from kontor.access import Scope
    from kontor.archive import Archive
    from kontor.dicom.values import Uid
    from kontor.platform.database import WriteTransaction
    from kontor.reading.mark_model import MarkContent, MarkKind

LIVE_MAX: Final = 10_000
"""Marks of one reader in one study that are not removed."""


@dataclass(frozen=True, slots=True)
class MarkedImage:
    """The image a mark lies on. `study_row` as in `of_study`; `frame` counts from 1."""

    study: Uid
    study_row: int | None
    sop_instance: Uid
    frame: int


def marks_of(archive: Archive, scope: Scope, study: Uid, study_row: int | None) -> list[Mark]:
    """The caller's own marks of a study, not the removed ones. The door audits the act before they leave.

    Raises:
        Forbidden: the scope may not read.
        NotThere: no such study for this scope.
    """
    scope.require(Right.READ)
    author, row = account_of(scope), visible_study(archive, scope, study, study_row)
    named = (row.study_instance_uid, row.discriminator)
    return archive.database.read(lambda tx: mark_rows.live(tx, scope, author, *named))


def save_mark(
    archive: Archive,
    scope: Scope,
    identifier: str,
    image: MarkedImage,
    kind: MarkKind,
    content: MarkContent,
    version: int,
) -> Mark:
    """Keep what the caller's mark is now to say; committed when this returns. Repeating it changes nothing.

    Args:
        archive: the room below.
        scope: whose mark it is.
        identifier: its name, made by the client: 32 hexadecimal digits.
        image: where it lies; for an existing mark where it has always lain.
        kind: what it is.
        content: from `mark_content`.
        version: the version that it follows: 0 makes a mark; following a removal restores it.

    Raises:
        Forbidden: the scope may not read, or is no account's.
        NotThere: no such study or instance for this scope, or no mark of which this could be the next version.
        MarkChanged: another version came between; nothing was written.
        Inadmissible: no such frame, another image than before, or too many marks.
    """
    scope.require(Right.READ)
    author, name = account_of(scope), client_made(identifier)
    found = visible_instance(archive, scope, image.study, image.study_row, image.sop_instance)
    if not 1 <= image.frame <= max(found.frames, 1):
        raise Inadmissible("frame", f"1 to {max(found.frames, 1)}")
    study = found.series.study
    anchor = Anchor(study.study_instance_uid, study.discriminator, found.sop_instance_uid, image.frame, kind)
    writing = _Writing(scope, author, archive.clock.now_us())
    return archive.database.write(lambda tx: writing.save(tx, name, anchor, content, version))


def remove_mark(archive: Archive, scope: Scope, identifier: str, version: int) -> Mark:
    """Remove the caller's mark and return it so: a version like any other, which a later one may restore.

    Repeating it changes nothing.

    Raises:
        Forbidden: the scope may not read, or is no account's.
        NotThere: the caller has no such mark in a study that this scope may see.
        MarkChanged: `version` is not its newest one; nothing was written.
    """
    scope.require(Right.READ)
    author, name = account_of(scope), client_made(identifier)
    writing = _Writing(scope, author, archive.clock.now_us())
    return archive.database.write(lambda tx: writing.remove(tx, name, version))


@dataclass(frozen=True, slots=True)
class _Writing:
    """One author's turn at writing."""

    scope: Scope
    author: int
    now_us: int

    def save(self, tx: WriteTransaction, name: str, anchor: Anchor, content: MarkContent, follows: int) -> Mark:
        mark_rows.take_turn(tx, self.author)
        current = mark_rows.by_id(tx, self.scope, self.author, name)
        version = following_version(current, anchor, content, follows)
        if version is None and current is not None:
            return current
        if current is None or current.content.removed:
            self._check_room(tx, anchor)
        created_at = self.now_us if current is None else current.created_at_us
        mark = Mark(name, anchor, content, version or 1, created_at, self.now_us)
        mark_rows.write(tx, self.scope, self.author, mark)
        return mark

    def remove(self, tx: WriteTransaction, name: str, follows: int) -> Mark:
        mark_rows.take_turn(tx, self.author)
        current = mark_rows.by_id(tx, self.scope, self.author, name)
        if current is None:
            raise NotThere("no such mark")
        content = replace(current.content, removed=True)
        version = following_version(current, current.anchor, content, follows)
        if version is None:
            return current
        gone = replace(current, content=content, version=version, changed_at_us=self.now_us)
        mark_rows.write(tx, self.scope, self.author, gone)
        return gone

    def _check_room(self, tx: WriteTransaction, anchor: Anchor) -> None:
        named = (anchor.study_instance_uid, anchor.discriminator)
        if mark_rows.count_live(tx, self.scope, self.author, *named, LIVE_MAX) >= LIVE_MAX:
            raise Inadmissible("study", f"at most {LIVE_MAX} marks of one reader")
