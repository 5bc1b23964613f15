"""QIDO-RS, PS3.18 section 10.6: parameters to a query, a page to DICOM JSON.

No match is answered by 200 and an empty array: JSON clients trip over the 204 that the standard's table has.
"""

from __future__ import annotations

from typing import Any, Final

from kontor.archive import Level, Page, find
from kontor.doors.dicomweb.addresses import path_uid, service_root
from kontor.doors.dicomweb.media_types import DICOM_JSON
from kontor.doors.dicomweb.negotiation import Resource, choose
from kontor.doors.dicomweb.search_answers import Writer
from kontor.doors.dicomweb.search_parameters import SearchRequest, parse_search
from kontor.doors.http import Answer, Call

_WARN: Final = "299"


def search_studies(call: Call) -> Answer:
    """GET /studies."""
    return _search(call, Level.STUDY)


def search_series(call: Call) -> Answer:
    """GET /series and GET /studies/{study}/series."""
    return _search(call, Level.SERIES)


def search_instances(call: Call) -> Answer:
    """GET /instances and below a study or series."""
    return _search(call, Level.INSTANCE)


def _search(call: Call, level: Level) -> Answer:
    pairs = call.query_pairs()
    asked = [value for name, value in pairs if name.lower() == "accept"]
    chosen = choose(Resource.METADATA, asked or call.request.headers.getlist("accept"), (), one_part=True)
    named = call.request.path_params
    study = path_uid(call, "study") if "study" in named else None
    series = path_uid(call, "series") if "series" in named else None
    wanted = parse_search(level, pairs, study, series)
    page = find(call.archive, call.scope, wanted.query)
    levels = frozenset(one for one, uid in ((Level.STUDY, study), (Level.SERIES, series)) if uid is not None)
    root = service_root(call)
    body = Writer(level, wanted.included, levels, root).encode(page.rows)
    headers = {"cache-control": "private, no-store", "vary": "accept"}
    if warning := _warnings(wanted, page, root):
        headers["warning"] = warning
    subject = "/".join(uid for uid in (study, series) if uid) or level.value
    asked_for = {"parameters": call.request.url.query}
    return Answer(body, media_type=chosen.media_type or DICOM_JSON, headers=headers, subject=subject, detail=asked_for)


def _warnings(wanted: SearchRequest, page: Page[Any], root: str) -> str:
    """RFC 7234 5.5 as PS3.18 8.3.4 still has it: code, service, text in quotes."""
    texts = list(wanted.warnings)
    if page.more and wanted.query.counted:
        rest = page.total - wanted.query.offset - len(page.rows) if page.total is not None else None
        remaining = str(rest) if rest is not None else "many"
        texts.append(f"There are {remaining} additional results that can be requested")
    return ", ".join(f'{_WARN} {root} "{text}"' for text in texts)
