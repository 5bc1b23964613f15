"""What the doctor asks the index. These read across organisations: the doctor is the house's, not a hospital's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import and_, bindparam, func, or_, select

from kontor.archive.tables import instance, placement, series, study, variant
from kontor.archive.variant_rows import VariantState

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kontor.platform.database import ReadTransaction

_PLACED_IN: Final = (
    select(placement.c.org_id, placement.c.digest, placement.c.offset, placement.c.length)
    .where(placement.c.segment == bindparam("of"))
    .order_by(placement.c.offset)
)
_SEGMENTS_NAMED: Final = select(placement.c.segment).distinct()
_PLACED_DIGESTS: Final = select(placement.c.digest).where(placement.c.digest.in_(bindparam("of", expanding=True)))
_INSTANCE_UNPLACED: Final = (
    select(instance.c.sop_instance_uid)
    .outerjoin(placement, and_(placement.c.org_id == instance.c.org_id, placement.c.digest == instance.c.digest))
    .where(placement.c.digest.is_(None))
)
_VARIANT_UNPLACED: Final = (
    select(variant.c.sop_instance_uid)
    .outerjoin(placement, and_(placement.c.org_id == variant.c.org_id, placement.c.digest == variant.c.digest))
    .where(placement.c.digest.is_(None))
)
_IN_SERIES: Final = (
    select(
        series.c.org_id,
        series.c.id,
        func.count(instance.c.id).label("instances"),
        func.coalesce(func.sum(instance.c.length), 0).label("bytes"),
    )
    .outerjoin(instance, and_(instance.c.org_id == series.c.org_id, instance.c.series == series.c.id))
    .group_by(series.c.org_id, series.c.id)
    .subquery()
)
_SERIES_MISCOUNTED: Final = (
    select(series.c.series_instance_uid)
    .join(_IN_SERIES, and_(_IN_SERIES.c.org_id == series.c.org_id, _IN_SERIES.c.id == series.c.id))
    .where(or_(series.c.instance_count != _IN_SERIES.c.instances, series.c.size_bytes != _IN_SERIES.c.bytes))
)
_IN_STUDY: Final = (
    select(
        study.c.org_id,
        study.c.id,
        func.count(series.c.id).label("series"),
        func.coalesce(func.sum(series.c.instance_count), 0).label("instances"),
        func.coalesce(func.sum(series.c.size_bytes), 0).label("bytes"),
    )
    .outerjoin(series, and_(series.c.org_id == study.c.org_id, series.c.study == study.c.id))
    .group_by(study.c.org_id, study.c.id)
    .subquery()
)
_STUDY_MISCOUNTED: Final = (
    select(study.c.study_instance_uid)
    .join(_IN_STUDY, and_(_IN_STUDY.c.org_id == study.c.org_id, _IN_STUDY.c.id == study.c.id))
    .where(
        or_(
            study.c.series_count != _IN_STUDY.c.series,
            study.c.instance_count != _IN_STUDY.c.instances,
            study.c.size_bytes != _IN_STUDY.c.bytes,
        )
    )
)
_OPEN_VARIANTS: Final = (
    select(series.c.org_id, series.c.study, func.count().label("open"))
    .join(instance, and_(instance.c.org_id == series.c.org_id, instance.c.series == series.c.id))
    .join(
        variant, and_(variant.c.org_id == instance.c.org_id, variant.c.sop_instance_uid == instance.c.sop_instance_uid)
    )
    .where(variant.c.state == VariantState.OPEN.value)
    .group_by(series.c.org_id, series.c.study)
    .subquery()
)
_VARIANTS_MISCOUNTED: Final = (
    select(study.c.study_instance_uid)
    .outerjoin(_OPEN_VARIANTS, and_(_OPEN_VARIANTS.c.org_id == study.c.org_id, _OPEN_VARIANTS.c.study == study.c.id))
    .where(study.c.open_variants != func.coalesce(_OPEN_VARIANTS.c.open, 0))
)


class Placed(NamedTuple):
    """A data set that the index believes to lie in a segment."""

    org_id: int
    digest: str
    offset: int
    length: int


def placed_in(tx: ReadTransaction, segment_id: str) -> list[Placed]:
    """Return what the index believes to lie in a segment."""
    return [Placed(*row) for row in tx.all(_PLACED_IN, {"of": segment_id})]


def segments_named(tx: ReadTransaction) -> set[str]:
    """Return every segment that something is believed to lie in."""
    return {str(row.segment) for row in tx.all(_SEGMENTS_NAMED)}


def placed_digests(tx: ReadTransaction, digests: Sequence[str]) -> set[str]:
    """Return which of these digests the index knows, wherever their bytes lie."""
    return {str(row.digest) for row in tx.all(_PLACED_DIGESTS, {"of": list(digests)})}


def contradictions(tx: ReadTransaction, limit: int = 100) -> Iterator[tuple[str, str]]:
    """Yield (code, UID) of rows that contradict each other, at most `limit` of each kind."""
    for code, statement in (
        ("instance-without-bytes", _INSTANCE_UNPLACED),
        ("variant-without-bytes", _VARIANT_UNPLACED),
        ("series-miscounted", _SERIES_MISCOUNTED),
        ("study-miscounted", _STUDY_MISCOUNTED),
        ("variants-miscounted", _VARIANTS_MISCOUNTED),
    ):
        for row in tx.all(statement.limit(limit)):
            yield code, str(row[0])
