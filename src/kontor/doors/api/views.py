"""/api/v1/views: an account's own saved views of the worklist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontor.access import Right
from kontor.doors.api.reading_views import SaveView, View, ViewList
from kontor.doors.http import Answer, Endpoint
from kontor.reading import View as KeptView
from kontor.reading import remove_view, save_view, views_of

if TYPE_CHECKING:
    from kontor.doors.http import Call


def endpoints() -> tuple[Endpoint, ...]:
    """Rows of the route table."""
    return (
        Endpoint("GET", "/views", _list, Right.FIND, "listViews", "One's own saved views", answer=ViewList),
        Endpoint(
            "PUT", "/views/{id}", _save, Right.FIND, "saveView", "Keep a view of the worklist", body=SaveView,
            answer=View, problems=("not-found", "inadmissible"),
        ),
        Endpoint(
            "DELETE", "/views/{id}", _remove, Right.FIND, "removeView", "Remove a view", status=204,
            problems=("not-found",),
        ),
    )  # fmt: skip


def _list(call: Call) -> Answer:
    return Answer(ViewList([_view(view) for view in views_of(call.archive, call.scope)]))


def _save(call: Call) -> Answer:
    wanted = call.body(SaveView)
    view = KeptView(call.path("id"), wanted.name, wanted.filter, wanted.position)
    return Answer(_view(save_view(call.archive, call.scope, view)))


def _remove(call: Call) -> Answer:
    remove_view(call.archive, call.scope, call.path("id"))
    return Answer()


def _view(view: KeptView) -> View:
    return View(view.id, view.name, view.filter, view.position)
