"""UIDs in addresses: what is none is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontor.dicom.values import InvalidUid, Uid, parse_uid
from kontor.doors.http import Problem

if TYPE_CHECKING:
    from kontor.doors.http import Call


def path_uid(call: Call, name: str) -> Uid:
    """A UID of the path. Raises Problem 'not-found' for anything that cannot be one."""
    try:
        return parse_uid(call.path(name))
    except InvalidUid:
        raise Problem("not-found") from None
