"""The DIMSE services as one table: which command answers which, and what a request must hold (PS3.7 9.3, 10.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final

from kontor.dicom.network.command_sets import CommandSet
from kontor.dicom.network.errors import LocalProtocolError
from kontor.dicom.values import Uid

VERIFICATION: Final = Uid("1.2.840.10008.1.1")
_RESPONSE_BIT: Final = 0x8000


class CommandField(IntEnum):
    """Command Field (0000,0100) of requests; a response has bit 15 set as well."""

    C_STORE = 0x0001
    C_GET = 0x0010
    C_FIND = 0x0020
    C_MOVE = 0x0021
    C_ECHO = 0x0030
    N_EVENT_REPORT = 0x0100
    N_GET = 0x0110
    N_SET = 0x0120
    N_ACTION = 0x0130
    N_CREATE = 0x0140
    N_DELETE = 0x0150
    C_CANCEL = 0x0FFF


class Status(IntEnum):
    """Statuses that the doors use (PS3.7 annex C, PS3.4 B.2.3)."""

    SUCCESS = 0x0000
    PENDING = 0xFF00
    CANCELLED = 0xFE00
    PROCESSING_FAILURE = 0x0110
    NO_SUCH_SOP_CLASS = 0x0118
    INVALID_ARGUMENT = 0x0115
    MISSING_ATTRIBUTE = 0x0120
    SOP_CLASS_NOT_SUPPORTED = 0x0122
    NOT_AUTHORISED = 0x0124
    UNRECOGNISED_OPERATION = 0x0211
    MISTYPED_ARGUMENT = 0x0212
    OUT_OF_RESOURCES = 0xA700
    DATA_SET_MISMATCH = 0xA900
    COERCION = 0xB000
    CANNOT_UNDERSTAND = 0xC000


@dataclass(frozen=True, slots=True)
class Service:
    """One DIMSE service: the fields its request must have, whether a data set belongs to it, whether it is answered."""

    required: tuple[str, ...]
    data_set: bool | None  # None: optional
    answered: bool = True


_CLASS: Final = "affected_sop_class_uid"
_INSTANCE: Final = "affected_sop_instance_uid"
_REQUESTED: Final = ("requested_sop_class_uid", "requested_sop_instance_uid")

SERVICES: Final[Mapping[int, Service]] = {
    CommandField.C_STORE: Service((_CLASS, _INSTANCE), data_set=True),
    CommandField.C_GET: Service((_CLASS,), data_set=True),
    CommandField.C_FIND: Service((_CLASS,), data_set=True),
    CommandField.C_MOVE: Service((_CLASS, "move_destination"), data_set=True),
    CommandField.C_ECHO: Service((_CLASS,), data_set=False),
    CommandField.N_EVENT_REPORT: Service((_CLASS, _INSTANCE, "event_type_id"), data_set=None),
    CommandField.N_GET: Service(_REQUESTED, data_set=False),
    CommandField.N_SET: Service(_REQUESTED, data_set=True),
    CommandField.N_ACTION: Service((*_REQUESTED, "action_type_id"), data_set=None),
    CommandField.N_CREATE: Service((_CLASS,), data_set=None),
    CommandField.N_DELETE: Service(_REQUESTED, data_set=False),
    CommandField.C_CANCEL: Service((), data_set=False, answered=False),
}


def is_response(command: CommandSet) -> bool:
    """Whether the command answers an operation instead of asking for one."""
    return command.command_field & _RESPONSE_BIT != 0


def missing_field(command: CommandSet) -> str | None:
    """The first required element that a request lacks or leaves empty, or None. Unknown services require nothing."""
    service = SERVICES.get(command.command_field)
    if service is None:
        return None
    for field in service.required:
        if getattr(command, field) in (None, ""):
            return field
    return "data_set" if service.data_set is True and not command.data_set_follows else None


def respond(
    request: CommandSet, status: int, *, comment: str | None = None, offending: tuple[int, ...] | None = None
) -> CommandSet:
    """The response to a request: same service, its Message ID, its SOP class and instance (PS3.7 9.3, 10.3).

    Raises:
        LocalProtocolError: the command is itself a response, or has no Message ID to refer to.
    """
    if is_response(request) or request.message_id is None:
        raise LocalProtocolError("only a request with a Message ID can be answered")
    return CommandSet(
        command_field=request.command_field | _RESPONSE_BIT,
        message_id_responded_to=request.message_id,
        affected_sop_class_uid=request.affected_sop_class_uid or request.requested_sop_class_uid,
        affected_sop_instance_uid=request.affected_sop_instance_uid or request.requested_sop_instance_uid,
        status=status,
        error_comment=comment or None,
        offending_elements=offending,
    )


def with_sub_operations(
    response: CommandSet, *, remaining: int | None, completed: int, failed: int, warning: int
) -> CommandSet:
    """A C-GET or C-MOVE response with its counters; `remaining` only while pending or cancelled (PS3.7 9.3.3.2)."""
    return replace(
        response,
        remaining_sub_operations=remaining,
        completed_sub_operations=completed,
        failed_sub_operations=failed,
        warning_sub_operations=warning,
    )
