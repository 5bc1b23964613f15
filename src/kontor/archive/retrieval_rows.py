"""Where the objects of a selection lie: primaries, and variants that name the selected study themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, exists, literal, null, select

from kontor.archive.retrieval_model import Selection, StoredInstance
from kontor.archive.tables import instance, placement, series, study, variant

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select

    from kontor.access import Scope
    from kontor.platform.database import ReadTransaction

_PLACE = (placement.c.segment, placement.c.offset, placement.c.length)


def stored_instances(tx: ReadTransaction, scope: Scope, wanted: Selection) -> list[StoredInstance]:
    """Return the objects of a selection in order of series and reception, one for each SOP Instance UID.

    Never of two patients' studies: of several under one UID the one that was kept first, unless `wanted.study_row`
    names another or `wanted.instance` names the object (`clinical.md` 11.1). A variant is served under the study it
    names itself, unless the primary stands there already; among others only where no study of that UID is kept, for
    whose it is has not been decided. With `wanted.digest` only the object of this digest is returned.
    """
    rows = tx.all(_primaries(scope, wanted)) if not wanted.digest else tx.all(_by_digest(scope, wanted))
    found = {row.sop_instance_uid: _stored(row) for row in rows}
    variants = tx.all(_variants(scope, wanted)) if wanted.study_row is None else ()
    for row in variants:
        found.setdefault(row.sop_instance_uid, _stored(row))
    return list(found.values())


def _stored(row: Any) -> StoredInstance:
    return StoredInstance(*row)


def _placed(digest: ColumnElement[str], scope: Scope) -> ColumnElement[bool]:
    return and_(scope.condition(placement), placement.c.digest == digest)


def _primaries(scope: Scope, wanted: Selection) -> Select[Any]:
    statement = (
        scope.select(
            instance,
            study.c.study_instance_uid,
            series.c.series_instance_uid,
            instance.c.sop_instance_uid,
            instance.c.sop_class_uid,
            instance.c.transfer_syntax_uid,
            instance.c.digest,
            *_PLACE,
            instance.c.header_length,
            instance.c.frames,
            instance.c.instance_number,
            instance.c.geometry_key,
            instance.c.received_at,
            case((study.c.discriminator != "", study.c.id)).label("study_row"),
        )
        .join(series, and_(series.c.org_id == instance.c.org_id, series.c.id == instance.c.series))
        .join(study, and_(study.c.org_id == series.c.org_id, study.c.id == series.c.study))
        .join(placement, _placed(instance.c.digest, scope))
        .where(study.c.study_instance_uid == wanted.study)
        .order_by(series.c.id, instance.c.id, placement.c.segment, placement.c.offset)
    )
    if wanted.series is not None:
        statement = statement.where(series.c.series_instance_uid == wanted.series)
    if wanted.instance is not None:
        statement = statement.where(instance.c.sop_instance_uid == wanted.instance)
    if wanted.study_row is not None:
        statement = statement.where(study.c.id == wanted.study_row)
    elif wanted.instance is None:
        statement = statement.where(study.c.discriminator == "")
    return statement


def _by_digest(scope: Scope, wanted: Selection) -> Select[Any]:
    return _primaries(scope, wanted).where(instance.c.digest == wanted.digest)


def _variants(scope: Scope, wanted: Selection) -> Select[Any]:
    statement = (
        scope.select(
            variant,
            variant.c.study_instance_uid,
            variant.c.series_instance_uid,
            variant.c.sop_instance_uid,
            literal("").label("sop_class_uid"),
            variant.c.transfer_syntax_uid,
            variant.c.digest,
            *_PLACE,
            null().label("header_length"),
            literal(1).label("frames"),
            null().label("instance_number"),
            literal("").label("geometry_key"),
            variant.c.received_at,
            null().label("study_row"),
        )
        .join(placement, _placed(variant.c.digest, scope))
        .order_by(variant.c.received_at, variant.c.digest, placement.c.segment, placement.c.offset)
    )
    if wanted.instance is not None:
        statement = statement.where(variant.c.sop_instance_uid == wanted.instance)
    if wanted.digest:
        return statement.where(variant.c.digest == wanted.digest)
    return statement.where(*_named_elsewhere(wanted))


def _named_elsewhere(wanted: Selection) -> list[ColumnElement[bool]]:
    """Variants that name the wanted study, while their primary belongs to another one."""
    primary, owner, parent = instance.alias("primary"), series.alias("owner"), study.alias("parent")
    here = (
        select(primary.c.id)
        .join(owner, and_(owner.c.org_id == primary.c.org_id, owner.c.id == primary.c.series))
        .join(parent, and_(parent.c.org_id == owner.c.org_id, parent.c.id == owner.c.study))
        .where(
            primary.c.org_id == variant.c.org_id,
            primary.c.sop_instance_uid == variant.c.sop_instance_uid,
            parent.c.study_instance_uid == variant.c.study_instance_uid,
        )
    )
    tests = [variant.c.study_instance_uid == wanted.study, ~exists(here.correlate(variant))]
    if wanted.series is not None:
        tests.append(variant.c.series_instance_uid == wanted.series)
    if wanted.instance is None:
        kept = select(study.c.id).where(
            study.c.org_id == variant.c.org_id, study.c.study_instance_uid == variant.c.study_instance_uid
        )
        tests.append(~exists(kept.correlate(variant)))
    return tests
