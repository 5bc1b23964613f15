"""What /api/v1 takes and gives of a reader's work: marks, claims, saved views."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from kontor.doors.api.study_views import StudyKeyText

MarkKindName = Literal["length", "angle", "ellipse", "probe", "arrow", "calibration"]
Points = Annotated[list[tuple[float, float]], msgspec.Meta(min_length=1, max_length=64)]
Version = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 2)]


class Mark(msgspec.Struct, frozen=True):
    """A mark in its newest version. Points are [column, row] from the outer corner of the first pixel.

    A removed one is shown only where it stands in the way of a change.
    """

    id: str
    study: str
    sop_instance_uid: str
    frame: int
    kind: MarkKindName
    points: list[tuple[float, float]]
    text: str
    detail: dict[str, Any]
    version: int
    created_at: str
    changed_at: str
    removed: bool = False


class MarkList(msgspec.Struct, frozen=True):
    """The caller's own marks of a study, in the order in which they were made; removed ones are left out."""

    marks: list[Mark]


class SaveMark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a mark is to say. `version` is the one it follows: 0 makes it, a removal's number restores it."""

    study: Annotated[str, msgspec.Meta(max_length=64)]
    sop_instance_uid: Annotated[str, msgspec.Meta(max_length=64)]
    frame: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
    kind: MarkKindName
    points: Points
    version: Version
    study_key: StudyKeyText = ""
    text: Annotated[str, msgspec.Meta(max_length=1000)] = ""
    detail: dict[str, Any] = {}


class RemovedVersion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The version that the removal follows."""

    version: Version


class Claim(msgspec.Struct, frozen=True):
    """Who holds a study. `account` signs in, `name` is how people know them; `taken_from` is whom they took it from."""

    account: str
    name: str
    own: bool
    since: str
    until: str
    taken_from: str | None


class TakenClaim(Claim, frozen=True):
    """The claim that one holds now; `renewed` where it was one's own before."""

    renewed: bool


class ClaimState(msgspec.Struct, frozen=True):
    """The study's claim, null when nobody holds it."""

    claim: Claim | None


class TakeClaim(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`take_over` takes it from whoever holds it; without it somebody else's claim is a refusal."""

    take_over: bool = False


class View(msgspec.Struct, frozen=True):
    """A saved view of the worklist. `filter` is the query of the list's address."""

    id: str
    name: str
    filter: str
    position: int


class ViewList(msgspec.Struct, frozen=True):
    """The caller's own views, by position, then name."""

    views: list[View]


class SaveView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a view is to be."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    filter: Annotated[str, msgspec.Meta(max_length=2000)]
    position: Annotated[int, msgspec.Meta(ge=-1_000_000, le=1_000_000)] = 0
