"""C-STORE: what is answered is true, and a refused object leaves the association usable."""

from __future__ import annotations

import pytest

from kontor.access import AuditUnwritable, Forbidden
from kontor.archive import AdmissionFailed, NotStorage, Outcome, UidMismatch
from kontor.dicom.network import (
    CommandField,
    CommandSet,
    DataRequested,
    Status,
    encode_command_set,
    encode_message_part,
)
from kontor.dicom.reading import DicomRefusal, Malformed, MissingUid, NotDicom, TooDeep, Truncated
from kontor.dicom.values import Uid
from kontor.doors.dimse import association
from kontor.doors.dimse.closing import Closing
from kontor.doors.dimse.patience import Patience
from kontor.platform.blobs import StorageFull, StorageUnavailable
from kontor.platform.database import DatabaseUnavailable
from tests.doors.dimse.requestor import CT, CT_CONTEXT, ECHO_CONTEXT, EXPLICIT, Requestor, a_store
from tests.doors.dimse.servers import STUDY, StandIn, serving

_FIND = CommandSet(
    CommandField.C_FIND, 5, data_set_follows=True, affected_sop_class_uid=Uid("1.2.840.10008.5.1.4.1.2.2.1")
)


@pytest.mark.parametrize("size", [0, 1, 4090, 4091, 100_000])
def test_an_object_reaches_the_archive_byte_by_byte_with_what_was_announced(size: int) -> None:
    stand_in = StandIn()
    data = bytes(number % 251 for number in range(size))
    with serving(stand_in.acts()) as running, Requestor(running.port).opened() as peer:
        response = peer.store(data, message_id=77)
        peer.release()
    assert (response.status, response.message_id_responded_to) == (Status.SUCCESS, 77)
    assert (response.affected_sop_class_uid, response.affected_sop_instance_uid) == (CT, "1.2.3.4")
    ((stored, syntax, expected),) = stand_in.objects
    assert (stored, syntax) == (data, EXPLICIT)
    assert (expected.sop_class_uid, expected.sop_instance_uid) == (CT, "1.2.3.4")
    (origin,) = stand_in.origins
    assert (origin.door, origin.calling_ae, origin.called_ae, origin.address) == ("dimse", "CT1", "KONTOR", "127.0.0.1")


def test_success_is_said_after_receiving_admitting_and_the_audits_row() -> None:
    stand_in = StandIn()
    with serving(stand_in.acts()) as running, Requestor(running.port).opened() as peer:
        assert peer.store(b"x").status == Status.SUCCESS
        assert stand_in.order == ["receive", "admit", "audit"]
        peer.store(b"y")
        peer.release()
    assert stand_in.audited == [STUDY]  # one row per study and association


@pytest.mark.parametrize(
    ("outcome", "status"),
    [(Outcome.NEW, 0x0000), (Outcome.REPEATED, 0x0000), (Outcome.VARIANT, 0xB000), (Outcome.UNINDEXABLE, 0xC000)],
)
def test_what_is_kept_is_a_success_a_variant_a_warning_and_what_nobody_will_see_a_failure(
    outcome: Outcome, status: int
) -> None:
    with serving(StandIn(outcome=outcome).acts()) as running, Requestor(running.port).opened() as peer:
        response = peer.store(b"x")
        assert response.status == status
        assert bool(response.error_comment) == (status != 0)
        peer.release()


@pytest.mark.parametrize("fail_after", [0, 3])
@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotDicom("no data set"), 0xC000),
        (Malformed("broken"), 0xC000),
        (Truncated("too short"), 0xC000),
        (TooDeep("sequences"), 0xC000),
        (MissingUid("study"), 0xA900),
        (UidMismatch("SOP Instance UID differs from the one announced"), 0xA900),
        (NotStorage("SOP Class is not a storage class"), 0x0122),
        (StorageFull("no room"), 0xA700),
        (StorageUnavailable("gone"), 0xA700),
        (DatabaseUnavailable("gone"), 0xA700),
        (AuditUnwritable("gone"), 0xA700),
        (Forbidden("store"), 0x0124),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_a_refusal_has_its_status_and_leaves_the_association_usable(
    error: Exception, status: int, fail_after: int
) -> None:
    stand_in = StandIn(receive_error=error, fail_after=fail_after)
    with serving(stand_in.acts()) as running, Requestor(running.port).opened() as peer:
        response = peer.store(bytes(50_000), message_id=3)
        assert (response.status, response.message_id_responded_to) == (status, 3)
        assert response.error_comment
        assert len(response.error_comment) <= 64
        if isinstance(error, DicomRefusal):
            assert response.error_comment == error.reason
        stand_in.receive_error = None
        assert peer.store(b"next").status == Status.SUCCESS
        assert peer.echo() == Status.SUCCESS
        peer.release()
    assert [stored for stored, _, _ in stand_in.objects] == [b"next"]


@pytest.mark.parametrize("error", [DatabaseUnavailable("gone"), AdmissionFailed("rows")], ids=repr)
def test_an_object_that_could_not_be_indexed_is_asked_for_again(error: Exception) -> None:
    stand_in = StandIn(admit_error=error)
    with serving(stand_in.acts()) as running, Requestor(running.port).opened() as peer:
        assert peer.store(b"x").status == Status.OUT_OF_RESOURCES
        stand_in.admit_error = None
        assert peer.store(b"x").status == Status.SUCCESS
        peer.release()


def test_without_an_audit_row_there_is_no_success() -> None:
    stand_in = StandIn(audit_error=AuditUnwritable("gone"))
    with serving(stand_in.acts()) as running, Requestor(running.port).opened() as peer:
        assert peer.store(b"x").status == Status.OUT_OF_RESOURCES
        stand_in.audit_error = None
        assert peer.store(b"x").status == Status.SUCCESS
        peer.release()
    assert stand_in.audited == [STUDY]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"affected_sop_instance_uid": None}, 0x0212),
        ({"affected_sop_class_uid": None}, 0x0212),
        ({"affected_sop_class_uid": Uid("1.2.840.10008.5.1.4.1.1.4")}, 0x0122),
    ],
    ids=str,
)
def test_a_wrong_request_is_refused_and_its_data_set_read_past(changes: dict[str, object], status: int) -> None:
    stand_in = StandIn()
    with serving(stand_in.acts()) as running, Requestor(running.port).opened() as peer:
        assert peer.store(bytes(30_000), **changes).status == status
        assert peer.echo() == Status.SUCCESS
        peer.release()
    assert stand_in.objects == []


def test_operations_that_are_not_served_are_called_by_their_name() -> None:
    with serving(StandIn().acts()) as running, Requestor(running.port).opened() as peer:
        for field in CommandField:
            if field in (CommandField.C_ECHO, CommandField.C_STORE, CommandField.C_CANCEL):
                continue
            command = type(_FIND)(field, 5, data_set_follows=True, affected_sop_class_uid=CT)
            peer.begin(command)
            peer.send_data(bytes(10_000))
            response = peer.response()
            assert (response.command_field, response.status) == (field | 0x8000, 0x0211)
        peer.begin(CommandSet(CommandField.C_ECHO, 6, affected_sop_class_uid=CT))
        assert peer.response().status == 0x0122
        peer.release()


def test_a_cancel_is_not_answered() -> None:
    with serving(StandIn().acts()) as running, Requestor(running.port).opened() as peer:
        peer.begin(CommandSet(CommandField.C_CANCEL, message_id_responded_to=5))
        assert peer.echo() == Status.SUCCESS  # the next answer is the echo's
        peer.release()


@pytest.mark.parametrize(
    "command",
    [
        CommandSet(CommandField.C_STORE | 0x8000, message_id_responded_to=1, status=0),
        CommandSet(CommandField.C_ECHO),
    ],
    ids=["response", "no message id"],
)
def test_a_command_that_cannot_be_answered_ends_the_association(command: CommandSet) -> None:
    with serving(StandIn().acts()) as running, Requestor(running.port).opened() as peer:
        peer.begin(command)
        assert peer.ended().by_peer


def test_a_command_inside_a_data_set_ends_the_association_and_keeps_nothing() -> None:
    stand_in = StandIn()
    with serving(stand_in.acts()) as running, Requestor(running.port).opened() as peer:
        peer.begin(a_store())
        peer.begin(a_store(message_id=2))
        assert peer.ended().reason == 6
    assert stand_in.objects == []


def test_a_sender_that_dies_inside_an_object_leaves_nothing() -> None:
    stand_in = StandIn()
    with serving(stand_in.acts()) as running:
        with Requestor(running.port).opened() as peer:
            peer.begin(a_store())
            pdus = list(encode_message_part(CT_CONTEXT, bytes(9000), is_command=False, maximum_length=4096))
            peer.tell(DataRequested(b"".join(pdus[:-1])))
            assert stand_in.receiving.wait(10)
        with Requestor(running.port).opened() as peer:
            assert peer.echo() == Status.SUCCESS
            peer.release()
    assert stand_in.objects == []
    assert [error.__name__ for error in stand_in.broken_off] == ["AssociationLost"]


def test_a_defect_of_ours_is_answered_and_costs_its_own_object_only(capsys: pytest.CaptureFixture[str]) -> None:
    stand_in = StandIn(receive_error=ZeroDivisionError("Muster^Anna"))
    with serving(stand_in.acts()) as running, Requestor(running.port).opened() as peer:
        assert peer.store(b"x").status == Status.PROCESSING_FAILURE
        stand_in.receive_error = None
        assert peer.store(b"x").status == Status.SUCCESS
        peer.release()
    said = "".join(capsys.readouterr())
    assert "ZeroDivisionError at /" in said
    assert "Muster" not in said


def test_a_defect_outside_an_object_aborts_its_own_association_and_frees_the_seat(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in = StandIn()
    with serving(stand_in.acts(), max_associations=1) as running:
        with Requestor(running.port).opened() as peer, monkeypatch.context() as broken:
            broken.setattr(association, "missing_field", lambda _command: 1 // 0)
            peer.begin(a_store())
            peer.send_data(b"x")
            assert peer.ended().by_peer, "an A-ABORT came, not just the end of the line"
        with Requestor(running.port).opened() as peer:
            assert peer.store(b"x").status == Status.SUCCESS
            peer.release()
    assert "association failed" in "".join(capsys.readouterr())


def test_a_release_inside_an_object_leaves_nothing() -> None:
    stand_in = StandIn()
    with serving(stand_in.acts()) as running, Requestor(running.port).opened() as peer:
        peer.begin(a_store())
        peer.socket.sendall(bytes.fromhex("05 00 00000004 00000000"))
        peer.ended()
    assert stand_in.objects == []


def test_operations_sent_ahead_are_answered_in_their_order() -> None:
    stand_in = StandIn()
    with serving(stand_in.acts()) as running, Requestor(running.port).opened() as peer:
        for number in range(1, 9):
            peer.begin(a_store(message_id=number))
            peer.send_data(bytes([number]) * 5000)
        assert [peer.response().message_id_responded_to for _ in range(8)] == list(range(1, 9))
        peer.release()
    assert [stored[0] for stored, _, _ in stand_in.objects] == list(range(1, 9))


def test_a_peer_with_tiny_pdus_gets_its_answers_in_pieces() -> None:
    with serving(StandIn().acts()) as running, Requestor(running.port) as peer:
        user = type(peer.request.user)(maximum_length=20)
        peer.request = type(peer.request)("KONTOR", "CT1", peer.request.contexts, user)
        peer.opened()
        assert peer.store(b"x").status == Status.SUCCESS
        peer.release()


def test_command_and_data_set_may_share_a_pdu() -> None:
    stand_in = StandIn()
    with serving(stand_in.acts()) as running, Requestor(running.port).opened() as peer:
        command = encode_command_set(a_store())
        values = b"".join(
            (len(part) + 2).to_bytes(4, "big") + bytes((CT_CONTEXT, control)) + part
            for part, control in ((command, 3), (b"first-", 0), (b"last", 0), (b"", 2))
        )
        peer.tell(DataRequested(b"\4\0" + len(values).to_bytes(4, "big") + values))
        assert peer.response().status == Status.SUCCESS
        peer.release()
    assert stand_in.objects[0][0] == b"first-last"


def test_data_of_another_context_ends_the_association() -> None:
    with serving(StandIn().acts()) as running, Requestor(running.port).opened() as peer:
        peer.begin(a_store())
        peer.send_data(b"x", context=ECHO_CONTEXT)
        assert peer.ended().by_peer


def test_late_in_the_drain_objects_are_answered_and_not_stored() -> None:
    now = [0.0]
    closing = Closing(10, lambda: now[0])
    assert (closing.has_begun, closing.answers_only, closing.left_s) == (False, False, 10)
    now[0] = 100.0
    closing.begin()
    assert (closing.has_begun, closing.answers_only, closing.left_s) == (True, False, 10)
    now[0] = 108.0
    assert (closing.answers_only, closing.left_s) == (True, 2)
    now[0] = 111.0
    assert closing.left_s == 0


def test_trickling_bytes_use_patience_up_and_a_slow_line_does_not() -> None:
    patience = Patience()
    patience.begin(10, min_rate_bytes=1000)
    for _ in range(1000):
        patience.spend(0.9, 1000)
        assert not patience.is_over
    trickles = 0
    while not patience.is_over:
        patience.spend(0.9, 1)
        trickles += 1
    assert trickles == 12
    patience.begin(1)
    patience.spend(1.0, 1 << 30)
    assert patience.is_over  # ARTIM is refilled by nothing
