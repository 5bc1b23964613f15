"""/api/v1/studies: the worklist, a study with its series, and what a viewer loads of it."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

from kontor.access import Act, Right
from kontor.archive import (
    HTJ2K_LOSSLESS,
    Frames,
    Level,
    NotThere,
    Query,
    Selection,
    Sort,
    WorklistFilter,
    count_studies,
    find,
    give,
    light_frame,
    locate,
    of_study,
    series_bundle,
    series_thumbnail,
    settle,
    timeline,
    worklist_query,
)
from kontor.doors.api.addresses import path_uid, row_of_key
from kontor.doors.api.claimed_studies import named_studies, study_views
from kontor.doors.api.instants import instant
from kontor.doors.api.study_shapes import series_view
from kontor.doors.api.study_views import (
    Bundle,
    Count,
    FrameKey,
    StudyCount,
    StudyDetail,
    StudyFilter,
    StudyKey,
    StudyMatch,
    StudyPage,
    Timeline,
    TimelinePlace,
    TimelineRow,
)
from kontor.doors.http import Answer, Decoding, Endpoint, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kontor.archive import Condition, Page, SeriesRow, StoredInstance, StudyRow
    from kontor.doors.http import Call

_SORTS: Final = {
    "received": Sort.RECEIVED,
    "study_date": Sort.DATE,
    "patient_name": Sort.NAME,
    "patient_id": Sort.PATIENT_ID,
    "birth_date": Sort.BIRTH_DATE,
    "description": Sort.DESCRIPTION,
    "accession": Sort.ACCESSION,
    "referring": Sort.REFERRING,
}
_SAME_QUESTION_S: Final = 60.0
"""The worklist asks again by itself; one person's same question is one act for a minute."""

_SAME_COUNT_S: Final = 3600.0
"""The counts beside the views are renewed all day: one act an hour and view."""

_SERIES_AT_ONCE: Final = 500


def endpoints() -> tuple[Endpoint, ...]:
    """Rows of the route table. Bundles, frames and pictures are audited by the archive before it gives them."""
    of_series = "/studies/{study}/series/{series}"
    return (
        Endpoint(
            "GET", "/studies", _list, Right.FIND, "listStudies", "The worklist", query=StudyFilter, answer=StudyPage,
            act=Act.FIND, once_within_s=_SAME_QUESTION_S, problems=("inadmissible",),
        ),
        Endpoint(
            "GET", "/study-count", _count, Right.FIND, "countStudies", "How many studies match", query=StudyMatch,
            answer=StudyCount, act=Act.FIND, once_within_s=_SAME_COUNT_S, problems=("inadmissible",),
        ),
        Endpoint(
            "GET", "/studies/{study}/timeline", _timeline, Right.FIND, "getTimeline",
            "The studies of the same patient, newest first", query=TimelinePlace, answer=Timeline, act=Act.FIND,
            once_within_s=_SAME_QUESTION_S, problems=("not-found",),
        ),
        Endpoint(
            "GET", "/studies/{study}", _show, Right.FIND, "getStudy", "A study with its series", query=StudyKey,
            answer=StudyDetail, act=Act.FIND, once_within_s=_SAME_QUESTION_S, problems=("not-found",),
        ),
        Endpoint(
            "POST", "/studies/{study}/settle", _settle, Right.SETTLE, "settleStudy", "Declare a study complete",
            query=StudyKey, status=204, act=Act.SETTLE, problems=("not-found",),
        ),
        Endpoint(
            "GET", of_series + "/bundle", _bundle, Right.READ, "getBundle", "All headers of a series", query=StudyKey,
            answer=Bundle, problems=("not-found",),
        ),
        Endpoint(
            "GET", of_series + "/instances/{sop}/frames/{n}", _frame, Right.READ, "getFrame",
            "One frame as it is stored; X-Kontor-Transfer-Syntax says how", query=FrameKey,
            media_type="application/octet-stream", problems=("not-found", "images-changed", "pixels-incomplete"),
        ),
        Endpoint(
            "GET", of_series + "/thumbnail", _thumbnail, Right.READ, "getThumbnail", "A small picture of a series",
            query=StudyKey, media_type="image/jpeg", problems=("not-found", "not-decodable"),
        ),
    )  # fmt: skip


def _list(call: Call) -> Answer:
    wanted = call.query(StudyFilter)
    chosen = _worklist_filter(call, wanted)
    query = worklist_query(
        chosen, sort=_SORTS[wanted.sort], descending=wanted.order == "desc", limit=wanted.limit, after=wanted.after
    )
    page: Page[StudyRow] = find(call.archive, call.scope, query)
    total: Count = "more" if page.total is None else page.total
    view = StudyPage(
        items=study_views(call, page.rows),
        next=page.next or None,
        previous=page.previous or None,
        total=total,
        filtered_out=_filtered_out(call, total) if query.conditions else 0,
    )
    return Answer(view, subject=str(call.request.query_params))


def _count(call: Call) -> Answer:
    page: Page[StudyRow] = find(
        call.archive, call.scope, worklist_query(_worklist_filter(call, call.query(StudyMatch)), limit=1)
    )
    counted = StudyCount("more" if page.total is None else page.total)
    return Answer(counted, subject=f"count {call.request.query_params}")


def _timeline(call: Call) -> Answer:
    wanted = call.query(TimelinePlace)
    named = Selection(path_uid(call, "study"), study_row=row_of_key(wanted.study_key))
    found = timeline(call.archive, call.scope, named.study, named.study_row, limit=wanted.limit, after=wanted.after)
    page = found.page
    view = Timeline(
        items=[
            TimelineRow(view, found.pictures.get(row.id))
            for row, view in zip(page.rows, study_views(call, page.rows), strict=True)
        ],
        next=page.next or None,
        total="more" if page.total is None else page.total,
    )
    return Answer(view, subject=f"timeline of {named}")


def _show(call: Call) -> Answer:
    named = Selection(path_uid(call, "study"), study_row=_study_row(call))
    condition = of_study(named.study, named.study_row)
    studies = find(call.archive, call.scope, Query(Level.STUDY, condition, limit=1)).rows
    if not studies:
        raise NotThere("no such study")
    series = sorted(_series(call, condition), key=lambda row: (row.series_number is None, row.series_number or 0))
    (study,) = study_views(call, studies)
    return Answer(StudyDetail(study, [series_view(row) for row in series]), subject=str(named))


def _study_row(call: Call) -> int | None:
    """The row that is meant where two patients came under one Study Instance UID; None for the first."""
    return row_of_key(call.query(StudyKey).study_key)


def _settle(call: Call) -> Answer:
    named = Selection(path_uid(call, "study"), study_row=_study_row(call))
    settle(call.archive, call.scope, named.study, named.study_row)
    return Answer(subject=str(named))


def _bundle(call: Call) -> Answer:
    study, series = path_uid(call, "study"), path_uid(call, "series")
    found = series_bundle(call.archive, call.scope, study, series, _study_row(call))
    headers = {"etag": found.etag, "vary": "accept-encoding", "cache-control": "private, no-cache"}
    if call.header("if-none-match") == found.etag:
        return Answer(status=304, headers=headers)
    if found.encoding in call.header("accept-encoding"):
        return Answer(found.chunks, headers={**headers, "content-encoding": found.encoding})
    return Answer(_unpacked(found.chunks), headers=headers)


def _frame(call: Call) -> Answer | Decoding:
    wanted = Selection(path_uid(call, "study"), path_uid(call, "series"), path_uid(call, "sop"))
    form = Frames((call.path_number("n"),))
    found = locate(call.archive, call.scope, wanted, form)
    asked = call.query(FrameKey)
    if asked.digest and found[0].digest != asked.digest:  # its pixels under another header would be a false picture
        raise Problem("images-changed")
    if asked.light:
        return Decoding(lambda: _light_frame(call, found, form), lambda: _stored_frame(call, found, form))
    return _stored_frame(call, found, form)


def _light_frame(call: Call, found: Sequence[StoredInstance], form: Frames) -> Answer:
    stream = light_frame(call.archive, found[0], form.numbers[0])
    if stream is None:
        return _stored_frame(call, found, form)
    return Answer(stream, headers={"x-kontor-transfer-syntax": HTJ2K_LOSSLESS, "content-length": str(len(stream))})


def _stored_frame(call: Call, found: Sequence[StoredInstance], form: Frames) -> Answer:
    part = next(iter(give(call.archive, found, form)))
    headers = {"x-kontor-transfer-syntax": part.transfer_syntax}
    if part.length is not None:
        headers["content-length"] = str(part.length)
    return Answer(part.chunks, headers=headers)


def _thumbnail(call: Call) -> Decoding:
    return Decoding(lambda: _small_picture(call))


def _small_picture(call: Call) -> Answer:
    study, series = path_uid(call, "study"), path_uid(call, "series")
    picture, etag = series_thumbnail(call.archive, call.scope, study, series, _study_row(call))
    headers = {"etag": etag, "cache-control": "private, no-cache"}
    if call.header("if-none-match") == etag:
        return Answer(status=304, headers=headers)
    return Answer(picture, headers=headers)


def _unpacked(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes for callers that take no compression."""
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
    for chunk in chunks:
        yield unpacking.decompress(chunk)
    yield unpacking.flush()


def _worklist_filter(call: Call, wanted: StudyMatch) -> WorklistFilter:
    return WorklistFilter(
        patient_name=wanted.patient_name,
        patient_id=wanted.patient_id,
        accession=wanted.accession,
        modality=",".join(wanted.modality),
        date_from=wanted.date_from,
        date_to=wanted.date_to,
        description=wanted.description,
        identity=wanted.identity,
        state="" if wanted.state == "reading" else wanted.state,
        referring=wanted.referring,
        birth_date=wanted.birth_date,
        studies=named_studies(call, wanted),
        accession_is=wanted.accession_is,
        patient_id_is=wanted.patient_id_is,
        received_from=instant("received_from", wanted.received_from),
        received_until=instant("received_until", wanted.received_until),
    )


def _filtered_out(call: Call, total: Count) -> Count:
    """How many visible studies the filters hide; a filter never hides silently."""
    if isinstance(total, str):
        return "more"
    everything = count_studies(call.archive, call.scope)
    return "more" if everything is None else max(0, everything - total)


def _series(call: Call, condition: tuple[Condition, ...]) -> list[SeriesRow]:
    found: list[SeriesRow] = []
    after = ""
    while True:
        query = Query(Level.SERIES, condition, limit=_SERIES_AT_ONCE, after=after)
        page: Page[SeriesRow] = find(call.archive, call.scope, query)
        found += page.rows
        after = page.next
        if not after:
            return found
