"""Errors of the network room: who broke the protocol decides the class (PS3.8 9.3.8 for the reasons)."""

from __future__ import annotations

from enum import IntEnum


class AbortReason(IntEnum):
    """Reason of an A-ABORT by the service provider, PS3.8 table 9-26."""

    NOT_SPECIFIED = 0
    UNRECOGNISED_PDU = 1
    UNEXPECTED_PDU = 2
    UNRECOGNISED_PARAMETER = 4
    UNEXPECTED_PARAMETER = 5
    INVALID_PARAMETER_VALUE = 6


class NetworkError(Exception):
    """Anything that goes wrong in this room."""


class LocalProtocolError(NetworkError):
    """We asked for something that the state of the association forbids: a defect of ours."""


class RemoteProtocolError(NetworkError):
    """The peer sent what it must not send. `reason` goes into the A-ABORT that answers it."""

    def __init__(self, text: str, reason: AbortReason = AbortReason.INVALID_PARAMETER_VALUE) -> None:
        super().__init__(text)
        self.reason = reason
