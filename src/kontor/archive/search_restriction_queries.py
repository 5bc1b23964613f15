"""How a restricted scope (modalities, sites, studies) limits rows of the archive: conditions that `Scope` adds itself.

A study is visible when it has a series of an allowed modality; of it, only such series are. Rows that say nothing
about a patient (segments, placements) are reached through rows that do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, exists, literal, or_, select, true

from kontor.access import RESTRICTED_BY, unrestricted
from kontor.archive.tables import bundle, instance, patient, placement, segment, series, study, variant
from kontor.platform.database import contains_member

if TYPE_CHECKING:
    from sqlalchemy import FromClause

    from kontor.access import Restriction


def of_study(table: FromClause, restriction: Restriction) -> ColumnElement[bool]:
    """Studies that hold an allowed modality, of an allowed site, named in the list."""
    tests: list[ColumnElement[bool]] = [true()]
    if restriction.modalities:
        members = sorted(restriction.modalities)
        tests.append(or_(*(contains_member(table.c.modalities, literal(member)) for member in members)))
    if restriction.sites:
        tests.append(table.c.institution.in_(sorted(restriction.sites)))
    if restriction.studies:
        tests.append(table.c.study_instance_uid.in_(sorted(restriction.studies)))
    return and_(*tests)


def of_series(table: FromClause, restriction: Restriction) -> ColumnElement[bool]:
    """Series of an allowed modality in a visible study."""
    owner = study.alias("owner")
    visible = select(owner.c.id).where(
        owner.c.org_id == table.c.org_id, owner.c.id == table.c.study, of_study(owner, restriction)
    )
    allowed: ColumnElement[bool] = exists(visible.correlate(table))
    if restriction.modalities:
        allowed = and_(allowed, table.c.modality.in_(sorted(restriction.modalities)))
    return allowed


def of_instance(table: FromClause, restriction: Restriction) -> ColumnElement[bool]:
    """Instances of a visible series."""
    owner = series.alias("owner_series")
    visible = select(owner.c.id).where(
        owner.c.org_id == table.c.org_id, owner.c.id == table.c.series, of_series(owner, restriction)
    )
    return exists(visible.correlate(table))


def of_variant(table: FromClause, restriction: Restriction) -> ColumnElement[bool]:
    """Variants that name a visible series."""
    owner, parent = series.alias("owner_series"), study.alias("parent")
    visible = (
        select(owner.c.id)
        .join(parent, and_(parent.c.org_id == owner.c.org_id, parent.c.id == owner.c.study))
        .where(
            owner.c.org_id == table.c.org_id,
            owner.c.series_instance_uid == table.c.series_instance_uid,
            parent.c.study_instance_uid == table.c.study_instance_uid,
            of_series(owner, restriction),
        )
    )
    return exists(visible.correlate(table))


def of_patient(table: FromClause, restriction: Restriction) -> ColumnElement[bool]:
    """Patients who have a visible study."""
    theirs = study.alias("theirs")
    visible = select(theirs.c.id).where(
        theirs.c.org_id == table.c.org_id, theirs.c.patient == table.c.id, of_study(theirs, restriction)
    )
    return exists(visible.correlate(table))


def restricted_as_named_study(table: FromClause, restriction: Restriction) -> ColumnElement[bool]:
    """For tables of rooms above whose rows name a study by its UID and discriminator: those of visible studies."""
    named = study.alias("named")
    visible = select(named.c.id).where(
        named.c.org_id == table.c.org_id,
        named.c.study_instance_uid == table.c.study_instance_uid,
        named.c.discriminator == table.c.discriminator,
        of_study(named, restriction),
    )
    return exists(visible.correlate(table))


study.info[RESTRICTED_BY] = of_study
series.info[RESTRICTED_BY] = of_series
instance.info[RESTRICTED_BY] = of_instance
variant.info[RESTRICTED_BY] = of_variant
patient.info[RESTRICTED_BY] = of_patient
for _table in (segment, placement, bundle):
    _table.info[RESTRICTED_BY] = unrestricted
