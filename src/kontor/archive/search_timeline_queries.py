"""Of each of some studies the series that stands for it in a small picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam

import kontor.archive.search_restriction_queries  # noqa: F401 # completes the tables wherever anybody searches
from kontor.archive.search_queries import anonymous
from kontor.archive.tables import series

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kontor.access import Scope
    from kontor.platform.database import ReadTransaction

_WITHOUT_PICTURE: Final = frozenset({"AU", "DOC", "ECG", "HD", "KO", "PLAN", "PR", "REG", "RTDOSE", "RTPLAN", "SR"})
"""Modalities whose objects are no images, PS3.3 C.7.3.1.1.1."""


def picture_series(tx: ReadTransaction, scope: Scope, studies: Sequence[int]) -> Mapping[int, str]:
    """Series Instance UID by study row: of the series with most images, the one first received among equals.

    A study that `scope` sees no series of, or none of images, is left out.
    """
    if not studies:
        return {}
    columns = (series.c.study, series.c.series_instance_uid, series.c.modality)
    asked = (
        anonymous(scope)
        .select(series, *columns)
        .where(series.c.study.in_(bindparam("studies", expanding=True)))
        .order_by(series.c.instance_count.desc(), series.c.id)
    )
    found: dict[int, str] = {}
    for study, uid, modality in tx.all(asked, {"studies": list(studies)}):
        if modality not in _WITHOUT_PICTURE:
            found.setdefault(study, uid)
    return found
