"""Command sets, services and the assembly of messages."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pynetdicom.dimse_messages import C_STORE_RQ
from pynetdicom.dimse_primitives import C_STORE
from pynetdicom.dsutils import decode as decode_with_pynetdicom
from pynetdicom.dsutils import encode as encode_with_pynetdicom

from kontor.dicom.network import (
    SERVICES,
    CommandField,
    CommandSet,
    Fragment,
    LocalProtocolError,
    MessageAssembler,
    MessageBegun,
    NetworkLimits,
    RemoteProtocolError,
    Status,
    decode_command_set,
    encode_command_set,
    is_response,
    missing_field,
    respond,
    with_sub_operations,
)
from kontor.dicom.values import Uid
from tests.dicom.network.scripts import CT

_WORD = st.integers(0, 0xFFFF)
_UID = st.from_regex(r"\A[0-9]([0-9.]{0,62}[0-9])?\Z").map(Uid)
_TITLE = st.from_regex(r"\A[A-Z][A-Z0-9_ ]{0,14}[A-Z0-9]\Z")
_TAGS = st.lists(st.integers(0, 0xFFFFFFFF), max_size=4).map(tuple)
_NUMBERS = (
    *("message_id", "message_id_responded_to", "priority", "status", "error_id", "event_type_id", "action_type_id"),
    *("move_originator_message_id", "remaining_sub_operations", "completed_sub_operations"),
    *("failed_sub_operations", "warning_sub_operations"),
)
_UIDS = ["affected_sop_class_uid", "requested_sop_class_uid", "affected_sop_instance_uid", "requested_sop_instance_uid"]
_COMMANDS = st.builds(
    CommandSet,
    command_field=_WORD,
    data_set_follows=st.booleans(),
    move_destination=st.none() | _TITLE,
    move_originator_ae=st.none() | _TITLE,
    error_comment=st.none() | _TITLE,
    offending_elements=st.none() | _TAGS,
    attribute_identifiers=st.none() | _TAGS,
    **{name: st.none() | _WORD for name in _NUMBERS},  # type: ignore[arg-type]  # builds() takes names by keyword
    **{name: st.none() | _UID for name in _UIDS},  # type: ignore[arg-type]  # as above
)


def a_store(**changes: object) -> CommandSet:
    """A C-STORE-RQ of a CT image."""
    fields: dict[str, object] = {
        "command_field": CommandField.C_STORE,
        "message_id": 7,
        "data_set_follows": True,
        "affected_sop_class_uid": CT,
        "affected_sop_instance_uid": Uid("1.2.3.4"),
        "priority": 0,
    }
    return CommandSet(**{**fields, **changes})  # type: ignore[arg-type]  # the tests change single fields


def _fragment(data: bytes, *, command: bool, last: bool = True, context: int = 3) -> Fragment:
    return Fragment(context, command, last, memoryview(data))


@given(_COMMANDS)
def test_every_command_set_comes_back_equal(command: CommandSet) -> None:
    assert decode_command_set(encode_command_set(command)) == command


@given(st.binary(max_size=120))
def test_bytes_of_a_stranger_raise_nothing_but_the_peers_error(data: bytes) -> None:
    try:
        command = decode_command_set(data)
    except RemoteProtocolError:
        return
    assert decode_command_set(encode_command_set(command)).command_field == command.command_field


def test_pynetdicom_reads_our_command_set_as_we_meant_it() -> None:
    command = respond(a_store(), Status.OUT_OF_RESOURCES, comment="no room", offending=(0x00080018,))
    peer = decode_with_pynetdicom(BytesIO(encode_command_set(command)), True, True)
    assert (peer.CommandField, peer.Status, peer.MessageIDBeingRespondedTo) == (0x8001, 0xA700, 7)
    assert (peer.ErrorComment, peer.CommandDataSetType) == ("no room", 0x0101)
    assert peer.CommandGroupLength == len(encode_command_set(command)) - 12


def test_we_read_pynetdicoms_command_set_as_it_meant_it() -> None:
    primitive = C_STORE()
    primitive.MessageID = 7
    primitive.AffectedSOPClassUID = CT
    primitive.AffectedSOPInstanceUID = "1.2.3.4"
    primitive.Priority = 0
    primitive.DataSet = BytesIO(b"x")
    message = C_STORE_RQ()
    message.primitive_to_message(primitive)
    data = encode_with_pynetdicom(message.command_set, True, True)
    assert data is not None
    assert decode_command_set(data) == a_store()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(bytes.fromhex("0000 0001 02000000"), id="cut off"),
        pytest.param(bytes.fromhex("0000 0001 ffffffff 0100"), id="length of 4 GiB"),
        pytest.param(bytes.fromhex("0800 1800 02000000 3100"), id="element of another group"),
        pytest.param(bytes.fromhex("0000 0001 04000000 01000000"), id="number of the wrong size"),
        pytest.param(bytes.fromhex("0000 1001 02000000 0100"), id="no command field"),
    ],
)
def test_command_sets_that_cannot_be_read_are_refused(data: bytes) -> None:
    with pytest.raises(RemoteProtocolError):
        decode_command_set(data)


def test_any_data_set_type_but_0101_announces_a_data_set() -> None:
    head = bytes.fromhex("0000 0001 02000000 0100")
    assert not decode_command_set(head + bytes.fromhex("0000 0008 02000000 0101")).data_set_follows
    for value in ("0000", "0001", "ffff", "0201"):
        assert decode_command_set(head + bytes.fromhex("0000 0008 02000000" + value)).data_set_follows


def test_an_error_comment_is_cut_to_64_plain_characters() -> None:
    comment = decode_command_set(encode_command_set(CommandSet(1, error_comment="ü" + "x" * 100))).error_comment
    assert comment == "?" + "x" * 63


@pytest.mark.parametrize("field", SERVICES)
def test_every_request_is_answered_with_its_own_response(field: int) -> None:
    request = a_store(command_field=field)
    response = respond(request, Status.UNRECOGNISED_OPERATION)
    assert response.command_field == field | 0x8000
    assert response.message_id_responded_to == 7
    assert not response.data_set_follows
    assert is_response(response)
    assert not is_response(request)
    with pytest.raises(LocalProtocolError):
        respond(response, Status.SUCCESS)


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, None),
        ({"affected_sop_instance_uid": None}, "affected_sop_instance_uid"),
        ({"affected_sop_class_uid": Uid("")}, "affected_sop_class_uid"),
        ({"data_set_follows": False}, "data_set"),
        ({"command_field": CommandField.C_MOVE}, "move_destination"),
        ({"command_field": 0x7777, "affected_sop_class_uid": None}, None),
    ],
)
def test_what_a_request_lacks_is_named(changes: dict[str, object], missing: str | None) -> None:
    assert missing_field(a_store(**changes)) == missing


def test_counters_of_sub_operations_are_sent() -> None:
    response = respond(a_store(command_field=CommandField.C_MOVE), Status.PENDING)
    counted = with_sub_operations(response, remaining=3, completed=2, failed=1, warning=0)
    decoded = decode_command_set(encode_command_set(counted))
    assert (decoded.remaining_sub_operations, decoded.completed_sub_operations) == (3, 2)
    assert (decoded.failed_sub_operations, decoded.warning_sub_operations) == (1, 0)


def test_a_message_is_its_command_and_then_its_data_as_it_comes() -> None:
    assembler = MessageAssembler()
    data = encode_command_set(a_store())
    assert assembler.feed(_fragment(data[:5], command=True, last=False)) is None
    assert assembler.inside_message
    assert assembler.feed(_fragment(data[5:], command=True)) == MessageBegun(3, a_store())
    piece = _fragment(b"abc", command=False, last=False)
    assert assembler.feed(piece) is piece
    assert assembler.inside_message
    assembler.feed(_fragment(b"", command=False))
    assert not assembler.inside_message


def test_messages_follow_each_other() -> None:
    assembler = MessageAssembler()
    echo = CommandSet(CommandField.C_ECHO, 1)
    for _ in range(3):
        assert assembler.feed(_fragment(encode_command_set(echo), command=True)) == MessageBegun(3, echo)
        assert not assembler.inside_message


@pytest.mark.parametrize(
    "fragments",
    [
        pytest.param([_fragment(b"x", command=False)], id="data first"),
        pytest.param(
            [_fragment(encode_command_set(a_store()), command=True), _fragment(b"x", command=True)],
            id="command inside data",
        ),
        pytest.param(
            [_fragment(encode_command_set(a_store()), command=True), _fragment(b"x", command=False, context=5)],
            id="data of another context",
        ),
        pytest.param(
            [_fragment(b"x", command=True, last=False), _fragment(b"x", command=True, context=5)],
            id="command of another context",
        ),
        pytest.param([_fragment(b"x", command=True, last=False)] * 101, id="command beyond the limit"),
        pytest.param([_fragment(b"x", command=True)], id="command that cannot be read"),
    ],
)
def test_mixed_up_messages_are_refused(fragments: list[Fragment]) -> None:
    assembler = MessageAssembler(NetworkLimits(command_set=100))
    with pytest.raises(RemoteProtocolError):  # noqa: PT012  the last fragment raises, whichever it is
        for fragment in fragments:
            assembler.feed(fragment)
