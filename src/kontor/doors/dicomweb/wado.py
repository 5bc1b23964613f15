"""WADO-RS, PS3.18 section 10.4: studies, series, instances, metadata, frames, bulk data, pictures.

Every handler reads: what is meant, in which form, then hands the archive's parts to the multipart writer. The first
piece of an answer is made before its status leaves; a failure later breaks the connection off without the last
boundary, so that the client notices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Final

from kontor.archive import (
    AsStored,
    BulkData,
    Frames,
    Metadata,
    Part,
    Parts,
    Rendered,
    Selection,
    StoredInstance,
    Uncompressed,
    give,
    locate,
    series_thumbnail,
)
from kontor.doors.dicomweb.addresses import path_uid, service_root
from kontor.doors.dicomweb.negotiation import Chosen, Resource, choose, frame_media_type
from kontor.doors.dicomweb.rendering_parameters import frame_numbers, rendering, viewport_side
from kontor.doors.http import (
    WHOLE,
    Answer,
    Buffer,
    Call,
    Decoding,
    Problem,
    RelatedPart,
    asked_range,
    new_boundary,
    related_content_type,
    write_related,
)

if TYPE_CHECKING:
    from kontor.archive import Form

PRIVATE: Final = "private, no-cache"
"""Patient data is kept by nobody in between, and asked for anew each time (RFC 9111 5.2.2)."""

OCTETS: Final = "application/octet-stream"


def objects(call: Call) -> Answer | Decoding:
    """GET …/studies/{s}[/series/{e}[/instances/{i}]]: the objects themselves, PS3.18 10.4.1.1.1."""
    wanted = selection(call)
    found = locate(call.archive, call.scope, wanted, AsStored())
    chosen = _chosen(call, Resource.OBJECTS, found, one_part=wanted.instance is not None)
    return _answer(call, found, Uncompressed() if chosen.uncompressed else AsStored(), chosen)


def metadata(call: Call) -> Answer | Decoding:
    """GET …/metadata: headers as DICOM JSON, PS3.18 10.4.1.1.2."""
    form = Metadata(service_root(call))
    found = locate(call.archive, call.scope, selection(call), form)
    return _answer(call, found, form, _chosen(call, Resource.METADATA, found, one_part=True))


def frames(call: Call) -> Answer | Decoding:
    """GET …/frames/{list}: frames as stored or decoded, in the order asked for, PS3.18 10.4.1.1.6."""
    numbers = frame_numbers(call.path("frames"))
    found = locate(call.archive, call.scope, selection(call), Frames(numbers))[:1]
    chosen = _chosen(call, Resource.FRAMES, found, one_part=len(numbers) == 1)
    return _answer(call, found, Frames(numbers, decoded=chosen.uncompressed), chosen)


def bulk_data(call: Call) -> Answer | Decoding:
    """GET …/bulkdata/{path}: one value, or a range of it, PS3.18 10.4.1.1.5."""
    form = BulkData(call.path("path"))
    found = locate(call.archive, call.scope, selection(call), form)[:1]
    chosen = _chosen(call, Resource.BULK_DATA, found, one_part=True)
    if chosen.multipart and not call.header("range"):
        return _answer(call, found, form, chosen)
    return _ranged(call, give(call.archive, found, form), multipart="multipart/" in call.header("accept").lower())


def rendered(call: Call) -> Answer | Decoding:
    """GET …/rendered: a picture of the instance, a frame, or the middle image of a series or study, 10.4.1.1.3."""
    frame = frame_numbers(call.path("frames"))[0] if "frames" in call.request.path_params else None
    wanted = selection(call)
    if frame is None and wanted.instance is not None:
        frame = 1
    return _picture(call, wanted, lambda media: rendering(call.query_pairs(), media, frame))


def thumbnail(call: Call) -> Answer | Decoding:
    """GET …/thumbnail: a small picture, PS3.18 10.4.1.1.4."""
    wanted = selection(call)
    side = viewport_side(call.query_pairs())
    if wanted.instance is None and wanted.series is not None and side is None:
        _chosen(call, Resource.RENDERED, [], one_part=True)
        return Decoding(lambda: _small(call, wanted))
    frame = frame_numbers(call.path("frames"))[0] if "frames" in call.request.path_params else None
    return _picture(call, wanted, lambda media: Rendered(media.rpartition("/")[2], frame, None, side or 192, 80))


def selection(call: Call) -> Selection:
    """The UIDs of the path."""
    named = call.request.path_params
    return Selection(
        path_uid(call, "study"),
        path_uid(call, "series") if "series" in named else None,
        path_uid(call, "instance") if "instance" in named else None,
    )


def _small(call: Call, wanted: Selection) -> Answer:
    assert wanted.series is not None
    picture, etag = series_thumbnail(call.archive, call.scope, wanted.study, wanted.series)
    headers = {"etag": etag, "cache-control": PRIVATE}
    if _is_known(call, etag):
        return Answer(None, 304, headers=headers)
    return Answer(picture, media_type="image/jpeg", headers=headers)


def _picture(call: Call, wanted: Selection, form_of: Callable[[str], Rendered]) -> Answer | Decoding:
    chosen = _chosen(call, Resource.RENDERED, [], one_part=True)
    form = form_of(chosen.media_type)
    found = locate(call.archive, call.scope, wanted, form)
    return _answer(call, found, form, chosen)


def _chosen(call: Call, resource: Resource, found: list[StoredInstance], *, one_part: bool) -> Chosen:
    asked = [value for name, value in call.query_pairs() if name.lower() == "accept"]
    stored = [one.transfer_syntax_uid for one in found]
    return choose(resource, asked or call.request.headers.getlist("accept"), stored, one_part=one_part)


def _is_known(call: Call, etag: str) -> bool:
    """Whether the client has this form of these objects, RFC 9110 13.1.2."""
    known = [value.strip().removeprefix("W/") for value in call.header("if-none-match").split(",")]
    return etag in known or known == ["*"]


def _answer(call: Call, found: list[StoredInstance], form: Form, chosen: Chosen) -> Answer | Decoding:
    decodes = isinstance(form, Rendered | Uncompressed) or (isinstance(form, Frames) and form.decoded)
    return Decoding(lambda: _given(call, found, form, chosen)) if decodes else _given(call, found, form, chosen)


def _given(call: Call, found: list[StoredInstance], form: Form, chosen: Chosen) -> Answer:
    parts = give(call.archive, found, form)
    headers = {"etag": parts.etag, "cache-control": PRIVATE, "vary": "accept"}
    if _is_known(call, parts.etag):
        return Answer(None, 304, headers=headers)
    first, begun = _begun(parts)
    if chosen.multipart:
        boundary = new_boundary()
        related = (_related(part, service_root(call), chosen) for part in begun)
        content_type = related_content_type(chosen.media_type, boundary)
        return Answer(write_related(related, boundary), media_type=content_type, headers=headers)
    if first.length is not None:
        headers["content-length"] = str(first.length)
    return Answer(next(begun).chunks, media_type=_typed(first, chosen), headers=headers)


def _begun(parts: Parts) -> tuple[Part, Iterator[Part]]:
    """The parts, of which the first one's first piece is made already: what fails now still has a status."""
    stream = iter(parts)
    first = next(stream, None)
    if first is None:
        raise Problem("not-found")
    pieces = iter(first.chunks)
    opening = next(pieces, b"")
    begun = Part(
        first.of, first.media_type, chain((opening,), pieces), first.length, first.transfer_syntax, first.frame
    )
    return begun, chain((begun,), stream)


def _related(part: Part, root: str, chosen: Chosen) -> RelatedPart:
    one = part.of
    path = f"studies/{one.study_instance_uid}/series/{one.series_instance_uid}/instances/{one.sop_instance_uid}"
    if part.frame is not None:
        path += f"/frames/{part.frame}"
    headers = {"Content-Type": _typed(part, chosen), "Content-Location": f"{root}/{path}"}
    if part.length is not None:
        headers["Content-Length"] = str(part.length)
    return RelatedPart(headers, part.chunks)


def _typed(part: Part, chosen: Chosen) -> str:
    """The media type with the transfer syntax that the bytes really have; frames of several syntaxes differ by part."""
    name = chosen.media_type
    if part.frame is not None and name == OCTETS and part.transfer_syntax and not chosen.uncompressed:
        name = frame_media_type(part.transfer_syntax) if chosen.multipart else name
    if not part.transfer_syntax or name.startswith("application/dicom+") or name == "application/json":
        return name
    return f"{name}; transfer-syntax={part.transfer_syntax}"


def _ranged(call: Call, parts: Parts, *, multipart: bool) -> Answer:
    """A value whole, or the range of it that was asked for, RFC 9110 14; in one part where the client insists."""
    part = next(iter(parts))
    assert part.length is not None
    assert part.open_range is not None
    headers = {"etag": parts.etag, "cache-control": PRIVATE, "accept-ranges": "bytes", "vary": "accept"}
    if _is_known(call, parts.etag):
        return Answer(None, 304, headers=headers)
    wanted = asked_range(call, part.length, parts.etag)
    body: Iterable[Buffer] = part.chunks
    if wanted == WHOLE:
        headers["content-length"] = str(part.length)
        return Answer(body, media_type=OCTETS, headers=headers)
    start, stop = wanted
    content_range = f"bytes {start}-{stop - 1}/{part.length}"
    body = part.open_range(start, stop - start)
    if multipart:
        boundary = new_boundary()
        one = RelatedPart({"Content-Type": OCTETS, "Content-Range": content_range}, body)
        return Answer(write_related([one], boundary), 206, related_content_type(OCTETS, boundary), headers)
    headers |= {"content-range": content_range, "content-length": str(stop - start)}
    return Answer(body, 206, media_type=OCTETS, headers=headers)
