"""The seven protocol data units of PS3.8 9.3, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final, NamedTuple

from kontor.dicom.network.errors import AbortReason
from kontor.dicom.network.user_information import UserInformation
from kontor.dicom.values import Uid

APPLICATION_CONTEXT: Final = Uid("1.2.840.10008.3.1.1.1")


class PduType(IntEnum):
    """First byte of a PDU."""

    ASSOCIATE_RQ = 0x01
    ASSOCIATE_AC = 0x02
    ASSOCIATE_RJ = 0x03
    P_DATA_TF = 0x04
    RELEASE_RQ = 0x05
    RELEASE_RP = 0x06
    ABORT = 0x07


class ContextResult(IntEnum):
    """Answer to a proposed presentation context, PS3.8 table 9-18."""

    ACCEPTED = 0
    USER_REJECTION = 1
    NO_REASON = 2
    ABSTRACT_SYNTAX_NOT_SUPPORTED = 3
    TRANSFER_SYNTAXES_NOT_SUPPORTED = 4


@dataclass(frozen=True, slots=True)
class ProposedContext:
    """A presentation context as the requestor proposes it; its transfer syntaxes in order of preference."""

    context_id: int
    abstract_syntax: Uid
    transfer_syntaxes: tuple[Uid, ...]


@dataclass(frozen=True, slots=True)
class ContextAnswer:
    """The acceptor's answer. `transfer_syntax` means something only when `result` is ACCEPTED."""

    context_id: int
    result: int
    transfer_syntax: Uid


@dataclass(frozen=True, slots=True)
class AssociateRq:
    """A-ASSOCIATE-RQ, PS3.8 9.3.2. AE titles are without padding."""

    called_ae: str
    calling_ae: str
    contexts: tuple[ProposedContext, ...]
    user: UserInformation
    application_context: Uid = APPLICATION_CONTEXT
    protocol_version: int = 1


@dataclass(frozen=True, slots=True)
class AssociateAc:
    """A-ASSOCIATE-AC, PS3.8 9.3.3. The AE titles are echoes and must not be tested."""

    called_ae: str
    calling_ae: str
    contexts: tuple[ContextAnswer, ...]
    user: UserInformation
    application_context: Uid = APPLICATION_CONTEXT
    protocol_version: int = 1


class RejectResult(IntEnum):
    """Whether the requestor may try again, PS3.8 table 9-21."""

    PERMANENT = 1
    TRANSIENT = 2


class RejectSource(IntEnum):
    """Who rejects, PS3.8 table 9-21."""

    USER = 1
    PROVIDER_ACSE = 2
    PROVIDER_PRESENTATION = 3


@dataclass(frozen=True, slots=True)
class AssociateRj:
    """A-ASSOCIATE-RJ, PS3.8 9.3.4. The meaning of `reason` depends on `source`."""

    result: int
    source: int
    reason: int


REJECT_APPLICATION_CONTEXT: Final = AssociateRj(RejectResult.PERMANENT, RejectSource.USER, 2)
REJECT_CALLING_AE: Final = AssociateRj(RejectResult.PERMANENT, RejectSource.USER, 3)
REJECT_CALLED_AE: Final = AssociateRj(RejectResult.PERMANENT, RejectSource.USER, 7)
REJECT_PROTOCOL_VERSION: Final = AssociateRj(RejectResult.PERMANENT, RejectSource.PROVIDER_ACSE, 2)
REJECT_LATER: Final = AssociateRj(RejectResult.TRANSIENT, RejectSource.PROVIDER_PRESENTATION, 2)
"""Local limit exceeded, transient: the only rejection after which good senders try again."""

REJECT_CONGESTION: Final = AssociateRj(RejectResult.TRANSIENT, RejectSource.PROVIDER_PRESENTATION, 1)
"""Temporary congestion: something that we depend on is away."""


@dataclass(frozen=True, slots=True)
class ReleaseRq:
    """A-RELEASE-RQ, PS3.8 9.3.6."""


@dataclass(frozen=True, slots=True)
class ReleaseRp:
    """A-RELEASE-RP, PS3.8 9.3.7."""


class AbortSource(IntEnum):
    """Who aborts, PS3.8 table 9-26."""

    USER = 0
    PROVIDER = 2


@dataclass(frozen=True, slots=True)
class Abort:
    """A-ABORT, PS3.8 9.3.8. `reason` is significant only from the provider."""

    source: int = AbortSource.USER
    reason: int = AbortReason.NOT_SPECIFIED


class Fragment(NamedTuple):
    """A piece of a presentation data value, PS3.8 9.3.5 and annex E; a tuple because it is made per piece.

    `data` is a slice of the buffer given to `feed` and valid until the next `feed`. `is_last` says that the command or
    data set ends with this piece.
    """

    context_id: int
    is_command: bool
    is_last: bool
    data: memoryview


Pdu = AssociateRq | AssociateAc | AssociateRj | ReleaseRq | ReleaseRp | Abort
