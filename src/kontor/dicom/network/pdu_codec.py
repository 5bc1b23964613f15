"""PDUs to bytes and back (PS3.8 9.3). P-DATA-TF is read by `framing`, because it is never held whole."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from kontor.dicom.network.errors import AbortReason, RemoteProtocolError
from kontor.dicom.network.items import (
    decode_ae_title,
    decode_uid,
    encode_ae_title,
    encode_item,
    encode_uid,
    walk_items,
)
from kontor.dicom.network.pdus import (
    Abort,
    AssociateAc,
    AssociateRj,
    AssociateRq,
    ContextAnswer,
    Pdu,
    PduType,
    ProposedContext,
    ReleaseRp,
    ReleaseRq,
)
from kontor.dicom.network.user_information import (
    UserInformation,
    decode_user_information,
    encode_user_information,
)
from kontor.dicom.values import Uid

_PDU_HEADER = struct.Struct(">BxL")
_PDV_HEADER = struct.Struct(">LBB")
_ASSOCIATE_HEAD = struct.Struct(">H2x16s16s32x")
_APPLICATION_CONTEXT, _PROPOSED, _ANSWERED, _ABSTRACT, _TRANSFER, _USER = 0x10, 0x20, 0x21, 0x30, 0x40, 0x50
_CONTEXT_HEAD_BYTES = 4
PDV_HEADER_BYTES: Final = _PDV_HEADER.size


def encode_pdu(pdu: Pdu) -> bytes:
    """One PDU with its header."""
    match pdu:
        case AssociateRq():
            contexts = [encode_item(_PROPOSED, _encode_proposed(context)) for context in pdu.contexts]
            return _framed(PduType.ASSOCIATE_RQ, _encode_associate(pdu, contexts))
        case AssociateAc():
            contexts = [encode_item(_ANSWERED, _encode_answer(context)) for context in pdu.contexts]
            return _framed(PduType.ASSOCIATE_AC, _encode_associate(pdu, contexts))
        case AssociateRj():
            return _framed(PduType.ASSOCIATE_RJ, bytes((0, pdu.result, pdu.source, pdu.reason)))
        case ReleaseRq():
            return _framed(PduType.RELEASE_RQ, bytes(4))
        case ReleaseRp():
            return _framed(PduType.RELEASE_RP, bytes(4))
        case Abort():
            return _framed(PduType.ABORT, bytes((0, 0, pdu.source, pdu.reason)))


def encode_fragment(context_id: int, *, is_command: bool, is_last: bool, data: bytes | memoryview) -> bytes:
    """One P-DATA-TF with one presentation data value."""
    control = is_command | is_last << 1
    header = _PDU_HEADER.pack(PduType.P_DATA_TF, len(data) + PDV_HEADER_BYTES)
    return b"".join((header, _PDV_HEADER.pack(len(data) + 2, context_id, control), data))


def encode_message_part(
    context_id: int, data: bytes | memoryview, *, is_command: bool, maximum_length: int
) -> Iterator[bytes]:
    """A whole command or data set as P-DATA-TF PDUs whose bodies are at most `maximum_length` bytes (0: 1 MiB).

    A peer that announces less than one header gets the smallest even fragments.
    """
    room = max((maximum_length or 1 << 20) - PDV_HEADER_BYTES, 2)
    view = memoryview(data)
    last_start = max(0, (len(view) - 1) // room * room)
    for start in range(0, last_start + 1, room):
        yield encode_fragment(
            context_id, is_command=is_command, is_last=start == last_start, data=view[start : start + room]
        )


def decode_pdu(kind: int, body: memoryview) -> Pdu:
    """A PDU other than P-DATA-TF from its complete body.

    Raises:
        RemoteProtocolError: the type is unknown, or the body does not hold what its type demands.
    """
    decoder = _DECODERS.get(kind)
    if decoder is None:
        raise RemoteProtocolError(f"there is no PDU of type {kind:02X}", AbortReason.UNRECOGNISED_PDU)
    return decoder(body)


def _framed(kind: PduType, body: bytes) -> bytes:
    return _PDU_HEADER.pack(kind, len(body)) + body


def _encode_associate(pdu: AssociateRq | AssociateAc, contexts: list[bytes]) -> bytes:
    head = _ASSOCIATE_HEAD.pack(pdu.protocol_version, encode_ae_title(pdu.called_ae), encode_ae_title(pdu.calling_ae))
    application = encode_item(_APPLICATION_CONTEXT, encode_uid(pdu.application_context))
    return b"".join((head, application, *contexts, encode_item(_USER, encode_user_information(pdu.user))))


def _encode_proposed(context: ProposedContext) -> bytes:
    syntaxes = (encode_item(_TRANSFER, encode_uid(syntax)) for syntax in context.transfer_syntaxes)
    abstract = encode_item(_ABSTRACT, encode_uid(context.abstract_syntax))
    return b"".join((bytes((context.context_id, 0, 0, 0)), abstract, *syntaxes))


def _encode_answer(answer: ContextAnswer) -> bytes:
    head = bytes((answer.context_id, 0, answer.result, 0))
    return head + encode_item(_TRANSFER, encode_uid(answer.transfer_syntax))


def _decode_associate_rq(body: memoryview) -> AssociateRq:
    version, called, calling, items = _associate_parts(body)
    application, user = Uid(""), UserInformation()
    contexts: list[ProposedContext] = []
    for kind, item in items:
        if kind == _PROPOSED:
            contexts.append(_decode_proposed(item))
        elif kind == _APPLICATION_CONTEXT:
            application = decode_uid(item)
        elif kind == _USER:
            user = decode_user_information(item)
    _check_context_ids([context.context_id for context in contexts])
    return AssociateRq(called, calling, tuple(contexts), user, application, version)


def _decode_associate_ac(body: memoryview) -> AssociateAc:
    version, called, calling, items = _associate_parts(body)
    application, user = Uid(""), UserInformation()
    contexts: list[ContextAnswer] = []
    for kind, item in items:
        if kind == _ANSWERED:
            contexts.append(_decode_answer(item))
        elif kind == _APPLICATION_CONTEXT:
            application = decode_uid(item)
        elif kind == _USER:
            user = decode_user_information(item)
    _check_context_ids([context.context_id for context in contexts])
    return AssociateAc(called, calling, tuple(contexts), user, application, version)


def _associate_parts(body: memoryview) -> tuple[int, str, str, Iterator[tuple[int, memoryview]]]:
    if len(body) < _ASSOCIATE_HEAD.size:
        raise RemoteProtocolError("an A-ASSOCIATE is shorter than its fixed part")
    version, called, calling = _ASSOCIATE_HEAD.unpack_from(body)
    items = walk_items(body[_ASSOCIATE_HEAD.size :])
    return version, decode_ae_title(memoryview(called)), decode_ae_title(memoryview(calling)), items


def _check_context_ids(ids: list[int]) -> None:
    """Odd, 1 to 255, each once (PS3.8 9.3.2.2): which also bounds their number to 128."""
    if any(context_id % 2 == 0 for context_id in ids):
        raise RemoteProtocolError("a presentation context id is even")
    if len(set(ids)) != len(ids):
        raise RemoteProtocolError("a presentation context id occurs twice")


def _decode_proposed(item: memoryview) -> ProposedContext:
    if len(item) < _CONTEXT_HEAD_BYTES:
        raise RemoteProtocolError("a presentation context is cut off")
    abstract = Uid("")
    syntaxes: list[Uid] = []
    for kind, value in walk_items(item[_CONTEXT_HEAD_BYTES:]):
        if kind == _ABSTRACT:
            abstract = decode_uid(value)
        elif kind == _TRANSFER:
            syntaxes.append(decode_uid(value))
    return ProposedContext(item[0], abstract, tuple(syntaxes))


def _decode_answer(item: memoryview) -> ContextAnswer:
    if len(item) < _CONTEXT_HEAD_BYTES:
        raise RemoteProtocolError("a presentation context is cut off")
    syntax = Uid("")
    for kind, value in walk_items(item[_CONTEXT_HEAD_BYTES:]):
        if kind == _TRANSFER:
            syntax = decode_uid(value)
    return ContextAnswer(item[0], item[2], syntax)


def _four_bytes(body: memoryview) -> memoryview:
    if len(body) != 4:
        raise RemoteProtocolError(f"a PDU of fixed size has a body of {len(body)} bytes instead of 4")
    return body


def _decode_associate_rj(body: memoryview) -> AssociateRj:
    _, result, source, reason = _four_bytes(body)
    return AssociateRj(result, source, reason)


def _decode_release_rq(body: memoryview) -> ReleaseRq:
    _four_bytes(body)
    return ReleaseRq()


def _decode_release_rp(body: memoryview) -> ReleaseRp:
    _four_bytes(body)
    return ReleaseRp()


def _decode_abort(body: memoryview) -> Abort:
    _, _, source, reason = _four_bytes(body)
    return Abort(source, reason)


_DECODERS: Final[Mapping[int, Callable[[memoryview], Pdu]]] = {
    PduType.ASSOCIATE_RQ: _decode_associate_rq,
    PduType.ASSOCIATE_AC: _decode_associate_ac,
    PduType.ASSOCIATE_RJ: _decode_associate_rj,
    PduType.RELEASE_RQ: _decode_release_rq,
    PduType.RELEASE_RP: _decode_release_rp,
    PduType.ABORT: _decode_abort,
}
