"""/api/v1/marks and a study's marks: a reader's own measurements and pointers, kept as they are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kontor.access import Act, Right
from kontor.dicom.values import InvalidUid, Uid, parse_uid
from kontor.doors.api.addresses import path_uid, row_of_key
from kontor.doors.api.reading_shapes import mark_view
from kontor.doors.api.reading_views import Mark, MarkList, RemovedVersion, SaveMark
from kontor.doors.api.study_views import StudyKey
from kontor.doors.http import Answer, Endpoint, Problem
from kontor.reading import MarkedImage, MarkKind, mark_content, marks_of, remove_mark, save_mark

if TYPE_CHECKING:
    from kontor.doors.http import Call

_ONE_ACT_S: Final = 60.0
"""A stroke of the mouse is no act of its own: one person's work on one study is one for a minute."""


def endpoints() -> tuple[Endpoint, ...]:
    """Rows of the route table."""
    changing = ("not-found", "mark-changed", "inadmissible")
    return (
        Endpoint(
            "GET", "/studies/{study}/marks", _list, Right.READ, "listMarks", "One's own marks of a study",
            query=StudyKey, answer=MarkList, act=Act.READ, once_within_s=_ONE_ACT_S, problems=("not-found",),
        ),
        Endpoint(
            "PUT", "/marks/{id}", _save, Right.READ, "saveMark", "Keep a mark; the same again is the same",
            body=SaveMark, answer=Mark, act=Act.MARK, once_within_s=_ONE_ACT_S, problems=changing,
        ),
        Endpoint(
            "DELETE", "/marks/{id}", _remove, Right.READ, "removeMark", "Remove a mark; a later version restores it",
            query=RemovedVersion, status=204, act=Act.MARK, problems=changing,
        ),
    )  # fmt: skip


def _list(call: Call) -> Answer:
    study, row = path_uid(call, "study"), row_of_key(call.query(StudyKey).study_key)
    marks = marks_of(call.archive, call.scope, study, row)
    return Answer(MarkList([mark_view(mark) for mark in marks]), subject=study)


def _save(call: Call) -> Answer:
    wanted = call.body(SaveMark)
    image = MarkedImage(_uid(wanted.study), row_of_key(wanted.study_key), _uid(wanted.sop_instance_uid), wanted.frame)
    kind = MarkKind(wanted.kind)
    content = mark_content(kind, tuple(wanted.points), wanted.text, wanted.detail)
    mark = save_mark(call.archive, call.scope, call.path("id"), image, kind, content, wanted.version)
    return Answer(mark_view(mark), subject=mark.anchor.study_instance_uid)


def _remove(call: Call) -> Answer:
    removed = remove_mark(call.archive, call.scope, call.path("id"), call.query(RemovedVersion).version)
    return Answer(subject=removed.anchor.study_instance_uid)


def _uid(text: str) -> Uid:
    try:
        return parse_uid(text)
    except InvalidUid:
        raise Problem("not-found") from None
