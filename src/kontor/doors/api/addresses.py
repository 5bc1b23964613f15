"""UIDs and keys of studies in addresses: what is none is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kontor.dicom.values import InvalidUid, Uid, parse_uid
from kontor.doors.http import Problem

if TYPE_CHECKING:
    from kontor.doors.http import Call


_ROW_MAX: Final = 2**63 - 1


def row_of_key(key: str) -> int | None:
    """The row that is meant where two patients came under one Study Instance UID; None for the first."""
    if key and int(key) > _ROW_MAX:
        raise Problem("not-found")
    return int(key) if key else None


def path_uid(call: Call, name: str) -> Uid:
    """A UID of the path. Raises Problem 'not-found' for anything that cannot be one."""
    try:
        return parse_uid(call.path(name))
    except InvalidUid:
        raise Problem("not-found") from None
