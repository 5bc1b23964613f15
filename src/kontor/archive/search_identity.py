"""Which of several patients' studies under one Study Instance UID a search means (`clinical.md` 11.1). Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kontor.archive.search_model import Attribute, Condition, Level, Match

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kontor.dicom.values import Uid

KEPT_FIRST: Final = Condition(Attribute.DISCRIMINATOR, Match.EQUAL, ("",))
_NAMING: Final = frozenset({Attribute.PATIENT_ID, Attribute.SOP_INSTANCE_UID})


def of_study(study: Uid, study_row: int | None = None) -> tuple[Condition, ...]:
    """Conditions for one study: the one that was kept first under its UID, or the one whose row is named."""
    whose = KEPT_FIRST if study_row is None else Condition(Attribute.STUDY_ROW, Match.EQUAL, (study_row,))
    return (Condition(Attribute.STUDY_UID, Match.EQUAL, (study,)), whose)


def of_one_patient(level: Level, conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    """Conditions of a DICOM query that do not mix patients below a Study Instance UID.

    Series and instances are then those of the study that was kept first, unless a Patient ID or an instance is named.
    """
    named = {condition.attribute for condition in conditions}
    if level is Level.STUDY or Attribute.STUDY_UID not in named or named & _NAMING:
        return tuple(conditions)
    return (*conditions, KEPT_FIRST)
