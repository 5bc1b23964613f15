"""Associations in memory: two ends joined, bytes cut anywhere, and peers that lie."""

from __future__ import annotations

import struct

import pytest

from kontor.dicom.network import (
    REJECT_CALLING_AE,
    AbortIndicated,
    AbortRequested,
    ArtimExpired,
    AssociateAccepted,
    AssociateRejected,
    AssociateRequested,
    AssociateRq,
    AssociationConfirmed,
    AssociationIndicated,
    Command,
    DataRequested,
    Fragment,
    LocalProtocolError,
    NetworkLimits,
    ReleaseAnswered,
    ReleaseRequested,
    Role,
    State,
    TransportAccepted,
    TransportClosed,
    TransportConnected,
    encode_fragment,
    encode_pdu,
)
from tests.dicom.network.scripts import End, a_request, an_acceptance, sent

_COMMAND = encode_fragment(3, is_command=True, is_last=True, data=b"command")
_DATA = b"".join(
    (
        encode_fragment(3, is_command=False, is_last=False, data=b"first-"),
        encode_fragment(3, is_command=False, is_last=True, data=b"second"),
    )
)


def _established(limits: NetworkLimits | None = None) -> End:
    end = End(limits=limits)
    end.happens(TransportAccepted())
    end.receives(encode_pdu(a_request()), "AssociateRq")
    end.happens(AssociateAccepted(an_acceptance()))
    end.script.clear()
    end.outputs.clear()
    return end


def _feed_cut(end: End, data: bytes, cut: int) -> list[Command | Fragment]:
    return end.receives(data[:cut]) + end.receives(data[cut:])


def _joined(outputs: list[Command | Fragment]) -> tuple[bytes, bytes]:
    """Command and data set bytes, whatever pieces they came in."""
    pieces = [output for output in outputs if isinstance(output, Fragment)]
    command = b"".join(bytes(piece.data) for piece in pieces if piece.is_command)
    return command, b"".join(bytes(piece.data) for piece in pieces if not piece.is_command)


def test_an_association_from_request_to_release_reads_like_the_standard() -> None:
    end = End()
    end.happens(TransportAccepted())
    end.receives(encode_pdu(a_request()), "AssociateRq")
    end.happens(AssociateAccepted(an_acceptance()))
    end.receives(_COMMAND + _DATA, "message")
    end.happens(DataRequested(_COMMAND))
    end.receives(bytes.fromhex("05 00 00000004 00000000"), "ReleaseRq")
    end.happens(ReleaseAnswered())
    end.happens(TransportClosed())
    assert end.script == [
        ">> TransportAccepted",
        "<< StartArtim",
        ">> AssociateRq",
        "<< StopArtim",
        "<< AssociationIndicated",
        ">> AssociateAccepted",
        "<< Send AssociateAc",
        ">> message",
        "<< command 3 b'command' last",
        "<< data 3 b'first-'",
        "<< data 3 b'second' last",
        ">> DataRequested",
        "<< Send PData",
        ">> ReleaseRq",
        "<< ReleaseIndicated",
        ">> ReleaseAnswered",
        "<< Send ReleaseRp",
        "<< StartArtim",
        ">> TransportClosed",
        "<< StopArtim",
    ]
    assert end.layer.state is State.IDLE


def test_the_request_survives_a_cut_at_every_offset() -> None:
    data = encode_pdu(a_request())
    for cut in range(len(data) + 1):
        end = End()
        end.happens(TransportAccepted())
        indications = [o for o in _feed_cut(end, data, cut) if isinstance(o, AssociationIndicated)]
        assert [indication.request for indication in indications] == [a_request()]


def test_a_message_survives_a_cut_at_every_offset() -> None:
    data = _COMMAND + _DATA
    for cut in range(len(data) + 1):
        end = _established()
        outputs = _feed_cut(end, data, cut)
        assert _joined(outputs) == (b"command", b"first-second")
        assert sum(o.is_last for o in outputs if isinstance(o, Fragment)) == 2
        assert not end.layer.inside_pdu


def test_a_message_survives_coming_byte_by_byte() -> None:
    end = _established()
    outputs = [output for byte in _COMMAND + _DATA for output in end.receives(bytes([byte]))]
    assert _joined(outputs) == (b"command", b"first-second")


def test_two_ends_in_memory_open_talk_and_close() -> None:
    requestor, acceptor = End(Role.REQUESTOR), End()
    requestor.happens(AssociateRequested())
    acceptor.happens(TransportAccepted())
    acceptor.receives(sent(requestor.happens(TransportConnected(a_request()))))
    outputs = requestor.receives(sent(acceptor.happens(AssociateAccepted(an_acceptance()))))
    assert outputs == [AssociationConfirmed(an_acceptance())]
    outputs = acceptor.receives(sent(requestor.happens(DataRequested(_COMMAND))))
    assert _joined(outputs) == (b"command", b"")
    acceptor.receives(sent(requestor.happens(ReleaseRequested())))
    late = requestor.receives(sent(acceptor.happens(DataRequested(_COMMAND))))
    assert _joined(late) == (b"command", b"")  # P-DATA may come after our release request
    requestor.receives(sent(acceptor.happens(ReleaseAnswered())))
    assert requestor.layer.state is State.IDLE
    acceptor.happens(TransportClosed())
    assert acceptor.layer.state is State.IDLE


def test_releases_from_both_sides_at_once_end_well() -> None:
    requestor, acceptor = End(Role.REQUESTOR), End()
    requestor.happens(AssociateRequested())
    acceptor.happens(TransportAccepted())
    acceptor.receives(sent(requestor.happens(TransportConnected(a_request()))))
    requestor.receives(sent(acceptor.happens(AssociateAccepted(an_acceptance()))))
    from_requestor = sent(requestor.happens(ReleaseRequested()))
    from_acceptor = sent(acceptor.happens(ReleaseRequested()))
    requestor.receives(from_acceptor)
    acceptor.receives(from_requestor)
    acceptor.receives(sent(requestor.happens(ReleaseAnswered())))
    requestor.receives(sent(acceptor.happens(ReleaseAnswered())))
    assert requestor.layer.state is State.IDLE
    assert acceptor.layer.state is State.AWAITING_CLOSE


def test_a_rejected_requestor_that_stays_is_closed_by_the_timer() -> None:
    end = End()
    end.happens(TransportAccepted())
    end.receives(encode_pdu(a_request()), "AssociateRq")
    end.happens(AssociateRejected(REJECT_CALLING_AE))
    end.receives(_COMMAND, "message all the same")
    end.happens(ArtimExpired())
    assert end.script[-5:] == [
        "<< StartArtim",
        ">> message all the same",
        ">> ArtimExpired",
        "<< StopArtim",
        "<< CloseTransport",
    ]


def test_fragments_are_slices_of_the_buffer_and_not_copies() -> None:
    end = _established()
    buffer = bytearray(_DATA)
    (first, _) = [o for o in end.layer.feed(memoryview(buffer)) if isinstance(o, Fragment)]
    buffer[12:18] = b"FIRST-"
    assert bytes(first.data) == b"FIRST-"


def _p_data(body: bytes, length: int | None = None) -> bytes:
    return struct.pack(">BxL", 4, len(body) if length is None else length) + body


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(bytes.fromhex("63 00 00000004 00000000"), 1, id="unknown type"),
        pytest.param(struct.pack(">BxL", 4, 0xFFFFFFFF), 6, id="P-DATA of 4 GiB"),
        pytest.param(struct.pack(">BxL", 4, (1 << 20) + 7), 6, id="P-DATA beyond what we announced"),
        pytest.param(_p_data(struct.pack(">LBB", 1, 3, 0)), 6, id="value shorter than its own header"),
        pytest.param(_p_data(struct.pack(">LBB", 100, 3, 0) + b"abc"), 6, id="value beyond its PDU"),
        pytest.param(_p_data(struct.pack(">LBB", 0xFFFFFFFF, 3, 0) + b"abc"), 6, id="value of 4 GiB"),
        pytest.param(_p_data(struct.pack(">LBB", 5, 3, 0) + b"abc\0\0\0"), 6, id="PDU ends in a header"),
        pytest.param(_p_data(struct.pack(">LBB", 5, 99, 0) + b"abc"), 6, id="context that nobody accepted"),
        pytest.param(encode_pdu(a_request()), 2, id="second request"),
        pytest.param(bytes.fromhex("06 00 00000004 00000000"), 2, id="release answer without a question"),
        pytest.param(bytes.fromhex("05 00 00000005 0000000000"), 6, id="release of the wrong size"),
        pytest.param(struct.pack(">BxL", 1, 0xFFFFFFFF), 6, id="A-ASSOCIATE of 4 GiB"),
    ],
)
def test_a_lying_peer_is_aborted_with_the_reason_and_then_ignored(data: bytes, reason: int) -> None:
    end = _established()
    end.receives(data, "a lie")
    end.receives(_COMMAND, "more")
    assert end.script == [
        ">> a lie",
        f"<< Send Abort 2/{reason}",
        "<< AbortIndicated",
        "<< StartArtim",
        ">> more",
    ]
    (indication,) = [output for output in end.outputs if isinstance(output, AbortIndicated)]
    assert not indication.by_peer
    assert indication.text


def test_a_request_beyond_the_limit_is_refused_before_a_byte_of_it_is_kept() -> None:
    end = End(limits=NetworkLimits(associate=1000))
    end.happens(TransportAccepted())
    end.receives(struct.pack(">BxL", 1, 1001), "header")
    assert end.script[-3:] == [">> header", "<< Send Abort 0/0", "<< StartArtim"]


@pytest.mark.parametrize("context_ids", [(1, 1), (2,), (0,)], ids=str)
def test_impossible_context_ids_are_refused(context_ids: tuple[int, ...]) -> None:
    context = a_request().contexts[0]
    contexts = tuple(type(context)(number, context.abstract_syntax, ()) for number in context_ids)
    end = End()
    end.happens(TransportAccepted())
    end.receives(encode_pdu(a_request(contexts=contexts)), "AssociateRq")
    assert end.layer.state is State.AWAITING_CLOSE


def test_128_contexts_are_heard() -> None:
    context = a_request().contexts[0]
    contexts = tuple(type(context)(number, context.abstract_syntax, ("1.2",)) for number in range(1, 256, 2))
    end = End()
    end.happens(TransportAccepted())
    outputs = end.receives(encode_pdu(a_request(contexts=contexts)))
    assert isinstance(outputs[-1], AssociationIndicated)
    assert len(outputs[-1].request.contexts) == 128


def test_another_protocol_version_is_rejected_by_the_provider() -> None:
    end = End()
    end.happens(TransportAccepted())
    end.receives(encode_pdu(a_request(protocol_version=2)), "AssociateRq")
    assert end.script[-2:] == ["<< Send AssociateRj", "<< StartArtim"]


def test_a_peer_that_owes_bytes_is_known() -> None:
    end = _established()
    end.receives(_COMMAND[:3])
    assert end.layer.inside_pdu
    end.receives(_COMMAND[3:])
    assert not end.layer.inside_pdu


def test_misuse_of_ours_raises() -> None:
    end = End()
    with pytest.raises(LocalProtocolError):
        end.happens(DataRequested(b""))


def test_our_own_abort_stops_the_data() -> None:
    end = _established()
    end.happens(AbortRequested())
    assert [o for o in end.receives(_DATA) if isinstance(o, Fragment)] == []


def test_ae_titles_lose_their_padding_only() -> None:
    request = a_request(called_ae="MIT LEER", calling_ae="GERÄT")
    end = End()
    end.happens(TransportAccepted())
    (indication,) = [o for o in end.receives(encode_pdu(request)) if isinstance(o, AssociationIndicated)]
    assert isinstance(indication.request, AssociateRq)
    assert (indication.request.called_ae, indication.request.calling_ae) == ("MIT LEER", "GERÄT")


@pytest.mark.parametrize("title", ["A\\B", "A\nB", "A\x00B", "A\x9bB"])
def test_ae_titles_with_control_characters_are_refused(title: str) -> None:
    end = End()
    end.happens(TransportAccepted())
    end.receives(encode_pdu(a_request(calling_ae=title)))
    assert end.layer.state is State.AWAITING_CLOSE
