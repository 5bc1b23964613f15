"""Rows of `bundle`: the newest bundle of each series, so that the one before can be removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, insert

from kontor.archive.tables import bundle, series, study

if TYPE_CHECKING:
    from kontor.access import Scope
    from kontor.archive.retrieval_model import Selection
    from kontor.dicom.values import Uid
    from kontor.platform.database import ReadTransaction, WriteTransaction


def studies_with(tx: ReadTransaction, scope: Scope, study_uid: Uid, series_uid: Uid) -> list[int]:
    """Return the rows of the studies of this UID that hold a series of this UID: one, unless patients clash."""
    rows = tx.all(
        scope.select(series, series.c.study)
        .join(study, and_(study.c.org_id == series.c.org_id, study.c.id == series.c.study))
        .where(study.c.study_instance_uid == study_uid, series.c.series_instance_uid == series_uid)
        .order_by(series.c.id)
    )
    return [row.study for row in rows]


def replace_bundle(
    tx: WriteTransaction, scope: Scope, wanted: Selection, name: str, path: str, length: int, at_us: int
) -> str:
    """Note a bundle in place of the one before; return that one's path, '' if there was none. Idempotent.

    `wanted` names the series and its study's row.
    """
    owner = tx.scalar(
        scope.select(series, series.c.id).where(
            series.c.study == wanted.study_row, series.c.series_instance_uid == wanted.series
        )
    )
    if owner is None:
        return path
    before = tx.scalar(scope.select(bundle, bundle.c.path).where(bundle.c.series == owner))
    tx.execute(delete(bundle).where(scope.condition(bundle), bundle.c.series == owner))
    row = {"org_id": scope.org_id, "series": owner, "built_from": name, "path": path, "length": length}
    tx.execute(insert(bundle), {**row, "built_at": at_us})
    return str(before or "")
