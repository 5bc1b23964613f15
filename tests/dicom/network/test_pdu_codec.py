"""PDUs survive the way to bytes and back, and bytes of strangers never do more than raise."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pynetdicom import pdu as peer_pdus

from kontor.dicom.network import (
    Abort,
    AssociateAc,
    AssociateRj,
    AssociateRq,
    AsyncWindow,
    CommonExtendedNegotiation,
    ContextAnswer,
    ExtendedNegotiation,
    Fragment,
    IdentityKind,
    Pdu,
    ProposedContext,
    ReleaseRp,
    ReleaseRq,
    RemoteProtocolError,
    RoleSelection,
    UserIdentity,
    UserInformation,
    decode_pdu,
    encode_message_part,
    encode_pdu,
)
from kontor.dicom.network.framing import Framing
from kontor.dicom.network.limits import NetworkLimits
from kontor.dicom.values import Uid
from tests.dicom.network.scripts import CT, a_request, an_acceptance

_BYTE = st.integers(0, 255)
_UIDS = st.from_regex(r"\A[0-9]([0-9.]{0,20}[0-9])?\Z").map(Uid)
_TITLES = st.from_regex(r"\A[A-Z][A-Z0-9_ ]{0,14}[A-Z0-9]\Z")
_WORDS = st.integers(0, 0xFFFF)
_USERS = st.builds(
    UserInformation,
    maximum_length=st.integers(0, 0xFFFFFFFF),
    implementation_class_uid=_UIDS,
    implementation_version=_TITLES,
    async_window=st.none() | st.builds(AsyncWindow, _WORDS, _WORDS),
    roles=st.lists(st.builds(RoleSelection, _UIDS, st.booleans(), st.booleans()), max_size=3).map(tuple),
    extended=st.lists(st.builds(ExtendedNegotiation, _UIDS, st.binary(max_size=9)), max_size=3).map(tuple),
    common_extended=st.lists(
        st.builds(CommonExtendedNegotiation, _UIDS, _UIDS, st.lists(_UIDS, max_size=3).map(tuple)), max_size=2
    ).map(tuple),
    identity=st.none() | st.builds(UserIdentity, _BYTE, st.booleans(), st.binary(max_size=20), st.binary(max_size=20)),
    identity_answer=st.none() | st.binary(max_size=9),
)
_IDS = st.lists(st.integers(0, 127).map(lambda n: 2 * n + 1), unique=True, max_size=5)
_SYNTAXES = st.lists(_UIDS, max_size=3).map(tuple)
_PROPOSED = _IDS.flatmap(
    lambda ids: st.tuples(*(st.builds(ProposedContext, st.just(i), _UIDS, _SYNTAXES) for i in ids))
)
_ANSWERS = _IDS.flatmap(lambda ids: st.tuples(*(st.builds(ContextAnswer, st.just(i), _BYTE, _UIDS) for i in ids)))
_PDUS: st.SearchStrategy[Pdu] = st.one_of(
    st.builds(AssociateRq, _TITLES, _TITLES, _PROPOSED, _USERS, _UIDS, _WORDS),
    st.builds(AssociateAc, _TITLES, _TITLES, _ANSWERS, _USERS, _UIDS, _WORDS),
    st.builds(AssociateRj, _BYTE, _BYTE, _BYTE),
    st.builds(Abort, _BYTE, _BYTE),
    st.just(ReleaseRq()),
    st.just(ReleaseRp()),
)


def _body(data: bytes) -> memoryview:
    return memoryview(data)[6:]


@given(_PDUS)
def test_every_pdu_comes_back_equal(pdu: Pdu) -> None:
    data = encode_pdu(pdu)
    assert int.from_bytes(data[2:6], "big") == len(data) - 6
    assert decode_pdu(data[0], _body(data)) == pdu


@given(_BYTE, st.binary(max_size=300))
def test_bytes_of_a_stranger_raise_nothing_but_the_peers_error(kind: int, body: bytes) -> None:
    try:
        pdu = decode_pdu(kind, memoryview(body))
    except RemoteProtocolError:
        return
    again = encode_pdu(pdu)
    assert decode_pdu(again[0], _body(again)) == pdu


@given(_PDUS, st.data())
def test_a_damaged_pdu_raises_nothing_but_the_peers_error(pdu: Pdu, data: st.DataObject) -> None:
    damaged = bytearray(encode_pdu(pdu))
    position = data.draw(st.integers(6, len(damaged) - 1))
    damaged[position] = data.draw(_BYTE)
    end = data.draw(st.integers(6, len(damaged)))
    with suppress(RemoteProtocolError):
        decode_pdu(damaged[0], memoryview(damaged)[6:end])


@given(st.lists(st.binary(max_size=400), max_size=4))
def test_framing_of_noise_raises_nothing_but_the_peers_error(pieces: list[bytes]) -> None:
    framing = Framing(NetworkLimits())
    with suppress(RemoteProtocolError):
        for piece in pieces:
            list(framing.feed(memoryview(piece)))


def test_pynetdicom_reads_our_request_as_we_meant_it() -> None:
    request = a_request(
        user=UserInformation(
            16384,
            Uid("1.2.3"),
            "KONTOR_1",
            AsyncWindow(8, 1),
            (RoleSelection(CT, scu=False, scp=True),),
            (ExtendedNegotiation(CT, b"\1\2"),),
            (CommonExtendedNegotiation(CT, Uid("1.2.840.10008.4.2"), (Uid("1.2.9"),)),),
            UserIdentity(IdentityKind.USER_NAME_AND_PASSCODE, answer_wanted=True, primary=b"name", secondary=b"pass"),
        )
    )
    peer = peer_pdus.A_ASSOCIATE_RQ()
    peer.decode(encode_pdu(request))
    assert (peer.called_ae_title.strip(), peer.calling_ae_title.strip()) == ("KONTOR", "CT1")
    assert [context.abstract_syntax for context in peer.presentation_context] == [
        context.abstract_syntax for context in request.contexts
    ]
    assert peer.user_information.maximum_length == 16384
    assert peer.user_information.async_ops_window.maximum_number_operations_invoked == 8
    assert peer.user_information.user_identity.secondary_field == b"pass"
    assert decode_pdu(1, _body(peer.encode())) == request


def test_pynetdicom_reads_our_answer_as_we_meant_it() -> None:
    peer = peer_pdus.A_ASSOCIATE_AC()
    peer.decode(encode_pdu(an_acceptance()))
    assert [(context.context_id, context.result) for context in peer.presentation_context] == [(1, 0), (3, 0)]
    assert decode_pdu(2, _body(peer.encode())) == an_acceptance()


def test_unknown_items_are_skipped_by_their_length() -> None:
    data = encode_pdu(a_request())
    unknown = bytes.fromhex("7f 00 0003 aabbcc")
    assert decode_pdu(1, memoryview(data[6:] + unknown)) == a_request()
    inside_user = bytearray(data[6:] + unknown)
    at = data[6:].rindex(b"\x50\x00") + 2
    inside_user[at : at + 2] = (int.from_bytes(inside_user[at : at + 2], "big") + len(unknown)).to_bytes(2, "big")
    assert decode_pdu(1, memoryview(inside_user)) == a_request()


def test_uids_padded_by_careless_peers_are_read_without_padding() -> None:
    padded = a_request(contexts=(ProposedContext(1, Uid(CT + "\0"), (Uid("1.2.840.10008.1.2 "),)),))
    decoded = decode_pdu(1, _body(encode_pdu(padded)))
    assert isinstance(decoded, AssociateRq)
    assert decoded.contexts == (ProposedContext(1, CT, (Uid("1.2.840.10008.1.2"),)),)


def test_an_empty_transfer_syntax_in_a_refused_context_is_read() -> None:
    answer = AssociateAc("A", "B", (ContextAnswer(1, 3, Uid("")),), UserInformation())
    assert decode_pdu(2, _body(encode_pdu(answer))) == answer


def test_an_identity_is_not_shown_in_a_repr() -> None:
    identity = UserIdentity(2, answer_wanted=False, primary=b"huber", secondary=b"geheim")
    assert "geheim" not in repr(identity)


@pytest.mark.parametrize("maximum_length", [0, 1, 7, 8, 20, 100])
@pytest.mark.parametrize("size", [0, 1, 2, 13, 14, 15, 200])
def test_a_message_part_is_cut_to_what_the_peer_takes(size: int, maximum_length: int) -> None:
    data = bytes(range(size))
    pdus = list(encode_message_part(5, data, is_command=False, maximum_length=maximum_length))
    assert all(len(pdu) - 6 <= max(maximum_length, 8) or not maximum_length for pdu in pdus)
    framing = Framing(NetworkLimits())
    fragments = [f for pdu in pdus for f in framing.feed(memoryview(pdu)) if isinstance(f, Fragment)]
    assert b"".join(bytes(fragment.data) for fragment in fragments) == data
    assert [fragment.is_last for fragment in fragments] == [False] * (len(fragments) - 1) + [True]
    assert {fragment.context_id for fragment in fragments} == {5}
