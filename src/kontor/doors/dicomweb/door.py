"""The door's table: every path of DICOMweb, the right that it asks for, and what errors become."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from kontor.access import Act, Right
from kontor.archive import AdmissionFailed, FrameNotThere, NotConvertible, NotRenderable, NotThere, ValueNotThere
from kontor.doors.dicomweb import qido, stow, wado
from kontor.doors.dicomweb.addresses import PREFIX
from kontor.doors.dicomweb.negotiation import NotAcceptable
from kontor.doors.dicomweb.search_parameters import BadParameter
from kontor.doors.http import Door, Endpoint, FieldProblem, Problem, Translation, becomes
from kontor.platform.blobs import ReadOnlyStorage, StorageFull, StorageUnavailable
from kontor.platform.sandbox import SandboxUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from kontor.doors.http import Answer, Call, Decoding

RETRY_AFTER_S: Final = 5
_JSON: Final = "application/dicom+json"
_DICOM: Final = 'multipart/related; type="application/dicom"'
_OCTETS: Final = 'multipart/related; type="application/octet-stream"'
_STUDY: Final = "/studies/{study}"
_SERIES: Final = _STUDY + "/series/{series}"
_INSTANCE: Final = _SERIES + "/instances/{instance}"
_FRAMES: Final = _INSTANCE + "/frames/{frames}"


def dicomweb_door() -> Door:
    """/dicom-web: QIDO-RS, WADO-RS, STOW-RS."""
    return Door("dicomweb", PREFIX, (*_searches(), *_stores(), *_retrievals(), *_pictures()), _TRANSLATIONS)


def routes() -> list[Door]:
    """The doors that the composition root hangs into the application."""
    return [dicomweb_door()]


def _searches() -> list[Endpoint]:
    rows: tuple[tuple[str, Callable[[Call], Answer], str, str], ...] = (
        ("/studies", qido.search_studies, "searchStudies", "Studies that match"),
        ("/series", qido.search_series, "searchSeries", "Series that match"),
        ("/instances", qido.search_instances, "searchInstances", "Instances that match"),
        (_STUDY + "/series", qido.search_series, "searchSeriesOfStudy", "Series of a study"),
        (_STUDY + "/instances", qido.search_instances, "searchInstancesOfStudy", "Instances of a study"),
        (_SERIES + "/instances", qido.search_instances, "searchInstancesOfSeries", "Instances of a series"),
    )
    return [
        Endpoint("GET", path, handler, Right.FIND, name, text, media_type=_JSON, act=Act.FIND, tag="QIDO-RS")
        for path, handler, name, text in rows
    ]


def _stores() -> list[Endpoint]:
    rows = (("/studies", "storeInstances"), (_STUDY, "storeInstancesOfStudy"))
    return [
        Endpoint(
            "POST",
            path,
            stow.store,
            Right.STORE,
            name,
            "Keep objects",
            media_type=_JSON,
            act=Act.STORE,
            body_limit=None,
            problems=("media-type", "malformed-multipart", "storage-full"),
            tag="STOW-RS",
        )
        for path, name in rows
    ]


def _retrievals() -> list[Endpoint]:
    rows: list[tuple[str, Callable[[Call], Answer | Decoding], str, str, str]] = []
    for path, name in ((_STUDY, "Study"), (_SERIES, "Series"), (_INSTANCE, "Instance")):
        rows.append((path, wado.objects, f"retrieve{name}", "Objects as stored or uncompressed", _DICOM))
        rows.append((path + "/metadata", wado.metadata, f"retrieve{name}Metadata", "Headers", _JSON))
    rows.append((_FRAMES, wado.frames, "retrieveFrames", "Frames as stored or decoded", _OCTETS))
    rows.append((_INSTANCE + "/bulkdata/{path:path}", wado.bulk_data, "retrieveBulkData", "One value", _OCTETS))
    return [_reading(*row) for row in rows]


def _pictures() -> list[Endpoint]:
    rows = []
    for path, name in ((_STUDY, "Study"), (_SERIES, "Series"), (_INSTANCE, "Instance"), (_FRAMES, "Frame")):
        rows.append(_reading(f"{path}/rendered", wado.rendered, f"render{name}", "A picture", "image/jpeg"))
        rows.append(_reading(f"{path}/thumbnail", wado.thumbnail, f"thumbnailOf{name}", "A small one", "image/jpeg"))
    return rows


def _reading(
    path: str, handler: Callable[[Call], Answer | Decoding], name: str, text: str, media_type: str
) -> Endpoint:
    """A row whose act the archive audits itself, before it opens anything."""
    problems = ("not-found", "not-acceptable", "not-decodable")
    return Endpoint(
        "GET", path, handler, Right.READ, name, text, media_type=media_type, problems=problems, tag="WADO-RS"
    )


def _bad_parameter(error: Exception) -> Problem:
    assert isinstance(error, BadParameter)
    return Problem("invalid-request", str(error), fields=(FieldProblem(error.name, error.reason),))


def _not_acceptable(error: Exception) -> Problem:
    assert isinstance(error, NotAcceptable)
    return Problem("not-acceptable", " · ".join(error.offers))


def _undecodable(error: Exception) -> Problem:
    return Problem("not-decodable", str(error))


_TRANSLATIONS: Final[Mapping[type[Exception], Translation]] = {
    BadParameter: _bad_parameter,
    NotAcceptable: _not_acceptable,
    NotThere: becomes("not-found"),
    FrameNotThere: becomes("not-found"),
    ValueNotThere: becomes("not-found"),
    NotRenderable: _undecodable,
    NotConvertible: _undecodable,
    SandboxUnavailable: becomes("unavailable", retry_after_s=RETRY_AFTER_S),
    AdmissionFailed: becomes("unavailable", retry_after_s=RETRY_AFTER_S),
    StorageFull: becomes("storage-full", retry_after_s=60),
    StorageUnavailable: becomes("unavailable", retry_after_s=RETRY_AFTER_S),
    ReadOnlyStorage: becomes("unavailable", retry_after_s=60),
}
