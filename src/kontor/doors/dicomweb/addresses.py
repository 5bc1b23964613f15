"""Addresses: UIDs in paths, and the service's own root as clients must call it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kontor.dicom.values import InvalidUid, Uid, parse_uid
from kontor.doors.http import Problem

if TYPE_CHECKING:
    from kontor.doors.http import Call

PREFIX: Final = "/dicom-web"


def path_uid(call: Call, name: str) -> Uid:
    """A UID of the path. Whatever is none cannot be found, and is not repeated."""
    try:
        return parse_uid(call.path(name))
    except InvalidUid as error:
        raise Problem("not-found") from error


def service_root(call: Call) -> str:
    """The service's absolute address. The host was checked by the server; no forwarding field is believed here."""
    url = call.request.url
    return f"{url.scheme}://{url.netloc}{PREFIX}"
