"""What is made of a series once it rests: its bundle and its small picture. Followers ask for it, jobs make it.

Both are derived and named by what they were built from, so that doing it twice is doing it once.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kontor.access import system_scope
from kontor.archive.bundle_rows import replace_bundle, studies_with
from kontor.archive.bundles import build_bundle, built_from, derived_path, ordered, write_whole
from kontor.archive.errors import NotThere
from kontor.archive.retrieval import locate, representative
from kontor.archive.retrieval_model import FrameNotThere, NotConvertible, NotRenderable, Rendered, Selection
from kontor.archive.retrieval_pixels import draw
from kontor.archive.retrieval_rows import stored_instances
from kontor.dicom.values import Uid
from kontor.platform.jobs import JobHandler, Retry, enqueue

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kontor.access import Scope
    from kontor.archive.retrieval_model import StoredInstance
    from kontor.archive.room import Archive
    from kontor.platform.database import WriteTransaction
    from kontor.platform.jobs import JobContext
    from kontor.platform.journal import Entry

THUMBNAIL_SIDE: Final = 192
"""Pixels of the square that a small picture fits in."""

JOB_KIND: Final = "series-previews"
THUMBNAIL: Final = Rendered("jpeg", None, None, THUMBNAIL_SIDE, 80)


def series_thumbnail(
    archive: Archive, scope: Scope, study: Uid, series: Uid, study_row: int | None = None
) -> tuple[bytes, str]:
    """The small picture of a series, its middle image, as JPEG, and its entity tag. Audited as reading.

    `study_row` names the study of a patient who is not the first under its UID, as in `Selection`.

    Raises:
        Forbidden, NotThere, AuditUnwritable: as `retrieve`.
        NotRenderable, FrameNotThere: the series shows nothing that can be drawn.
    """
    found = locate(archive, scope, Selection(study, series, study_row=study_row), THUMBNAIL)
    name = built_from(found)
    path = _thumbnail_path(archive, scope, name)
    etag = f'"{name[:31]}t"'
    if path is not None:
        with suppress(FileNotFoundError):  # not made yet, or the folder was emptied
            return path.read_bytes(), etag
    picture = _drawn(archive, found)
    if path is not None:
        write_whole(path, (picture,))
    return picture, etag


def preview_followers(
    archive: Archive,
) -> list[tuple[str, tuple[str, ...], Callable[[WriteTransaction, Entry], None]]]:
    """Followers of this part: (name, kinds, handler)."""

    def ask(tx: WriteTransaction, entry: Entry) -> None:
        study = str(entry.payload["study_uid"])
        for series in _series_named(entry.payload):
            enqueue(
                tx, entry.org_id, JOB_KIND, f"{study}/{series}", {"study_uid": study, "series_uid": series},
                archive.clock.now_us(),
            )  # fmt: skip

    return [("previews", ("study_settled",), ask)]


def preview_job_handlers(archive: Archive) -> Mapping[str, JobHandler]:
    """Jobs of this part."""
    retry = Retry(permanent=(NotThere,))
    return {JOB_KIND: JobHandler(lambda context: make_previews(archive, context), retry)}


def make_previews(archive: Archive, context: JobContext) -> None:
    """Build bundle and small picture of a series, for each patient who has one of its UIDs. Safe to repeat."""
    scope = system_scope(archive.access, context.org_id, "previews")
    study, series = Uid(str(context.payload["study_uid"])), Uid(str(context.payload["series_uid"]))
    rows = archive.database.read(lambda tx: studies_with(tx, scope, study, series))
    if not rows:
        raise NotThere("the series is gone")
    for row in rows:
        _make(archive, scope, context, Selection(study, series, study_row=row))


def _make(archive: Archive, scope: Scope, context: JobContext, wanted: Selection) -> None:
    found = ordered(archive.database.read(lambda tx: stored_instances(tx, scope, wanted)))
    if not found:
        raise NotThere("the series is gone")
    built = build_bundle(archive, scope, found)
    context.heartbeat()
    path = _thumbnail_path(archive, scope, built_from(found))
    if path is not None and not path.is_file():
        with suppress(NotRenderable, FrameNotThere, NotConvertible):  # reports and plans show nothing
            write_whole(path, (_drawn(archive, found),))
    if built is not None:
        _note(archive, scope, wanted, built)


def _note(archive: Archive, scope: Scope, wanted: Selection, built: tuple[Path, str]) -> None:
    """Note the newest bundle of the series and remove the file of the one before."""
    path, name = built
    root = archive.settings.folder
    if root is None:
        return
    at_us = archive.clock.now_us()
    relative, length = str(path.relative_to(root)), path.stat().st_size
    before = archive.database.write(lambda tx: replace_bundle(tx, scope, wanted, name, relative, length, at_us))
    if before and before != relative:
        (root / before).unlink(missing_ok=True)


def _drawn(archive: Archive, found: Sequence[StoredInstance]) -> bytes:
    one = representative(found)
    picture, _ = draw(archive.sandbox, archive.opened, archive.opened.open(archive.segments, one), THUMBNAIL)
    return picture


def _thumbnail_path(archive: Archive, scope: Scope, name: str) -> Path | None:
    return derived_path(archive, scope, "thumbnails", f"{name}.jpg")


def _series_named(payload: Mapping[str, object]) -> list[str]:
    series = payload.get("series")
    return [str(one) for one in series] if isinstance(series, list) else []
