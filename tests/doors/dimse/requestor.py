"""A requestor for tests, on the requestor's side of our own upper layer: it can do what real peers would not."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from types import TracebackType
from typing import TypeVar

from kontor.dicom.network import (
    AbortIndicated,
    AssociateAc,
    AssociateRequested,
    AssociateRj,
    AssociateRq,
    AssociationConfirmed,
    AssociationRefused,
    Command,
    CommandField,
    CommandSet,
    DataRequested,
    Event,
    Fragment,
    MessageAssembler,
    MessageBegun,
    ProposedContext,
    ReleaseConfirmed,
    ReleaseRequested,
    Role,
    Send,
    TransportClosed,
    TransportConnected,
    UpperLayer,
    UserInformation,
    encode_command_set,
    encode_message_part,
)
from kontor.dicom.values import Uid

CT = Uid("1.2.840.10008.5.1.4.1.1.2")
VERIFICATION_CLASS = Uid("1.2.840.10008.1.1")
EXPLICIT = Uid("1.2.840.10008.1.2.1")
CT_CONTEXT, ECHO_CONTEXT = 1, 3
CONTEXTS = (
    ProposedContext(CT_CONTEXT, CT, (EXPLICIT,)),
    ProposedContext(ECHO_CONTEXT, VERIFICATION_CLASS, (EXPLICIT,)),
)
_Wanted = TypeVar("_Wanted")


class Requestor:
    """One association as seen from the other end."""

    def __init__(self, port: int, calling: str = "CT1", called: str = "KONTOR") -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.request = a_request(calling, called)
        self.layer = UpperLayer(Role.REQUESTOR)
        self._assembler = MessageAssembler()
        self._outputs: list[Command | Fragment] = []

    def __enter__(self) -> Requestor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.socket.close()

    def open(self) -> AssociateAc | AssociateRj | AbortIndicated:
        """Ask for the association and return the answer."""
        self.layer.handle(AssociateRequested())
        self.tell(TransportConnected(self.request))
        answer = self._await(AssociationConfirmed | AssociationRefused | AbortIndicated)
        return answer if isinstance(answer, AbortIndicated) else answer.answer

    def opened(self) -> Requestor:
        """Ask for the association and insist on it."""
        assert isinstance(self.open(), AssociateAc)
        return self

    def tell(self, event: Event) -> None:
        """Let an event happen here."""
        for command in self.layer.handle(event):
            if isinstance(command, Send):
                self.socket.sendall(command.data)

    def begin(self, command: CommandSet, context: int = CT_CONTEXT) -> None:
        """Send a command set."""
        self._send(context, encode_command_set(command), is_command=True)

    def send_data(self, data: bytes, context: int = CT_CONTEXT, maximum_length: int = 4096) -> None:
        """Send a whole data set."""
        self._send(context, data, is_command=False, maximum_length=maximum_length)

    def response(self) -> CommandSet:
        """The next response; an association that ends instead is an error of the test."""
        answer = self._await(MessageBegun | AbortIndicated)
        assert isinstance(answer, MessageBegun), answer
        return answer.command

    def store(self, data: bytes, message_id: int = 1, **changes: object) -> CommandSet:
        """Store an object and return the response."""
        self.begin(a_store(message_id=message_id, **changes))
        self.send_data(data)
        return self.response()

    def echo(self) -> int | None:
        """The status of a C-ECHO."""
        self.begin(CommandSet(CommandField.C_ECHO, 99, affected_sop_class_uid=VERIFICATION_CLASS), ECHO_CONTEXT)
        return self.response().status

    def release(self) -> None:
        """Release and see it confirmed."""
        self.tell(ReleaseRequested())
        assert isinstance(self._await(ReleaseConfirmed | AbortIndicated), ReleaseConfirmed)

    def ended(self) -> AbortIndicated:
        """Wait for the end of the association by the other side."""
        answer = self._await(AbortIndicated)
        assert isinstance(answer, AbortIndicated)
        return answer

    def _send(self, context: int, data: bytes, *, is_command: bool, maximum_length: int = 4096) -> None:
        pdus = encode_message_part(context, data, is_command=is_command, maximum_length=maximum_length)
        self.tell(DataRequested(b"".join(pdus)))

    def _await(self, wanted: type[_Wanted]) -> _Wanted:
        while True:
            while self._outputs:
                output: object = self._outputs.pop(0)
                if isinstance(output, Fragment):
                    output = self._assembler.feed(output)
                if isinstance(output, wanted):
                    return output
            self._outputs += self._received()

    def _received(self) -> Iterable[Command | Fragment]:
        try:
            data = self.socket.recv(65536)
        except ConnectionResetError:
            data = b""
        if not data:
            return self.layer.handle(TransportClosed())
        return list(self.layer.feed(memoryview(data)))


def a_request(calling: str = "CT1", called: str = "KONTOR") -> AssociateRq:
    """A request for CT storage and verification."""
    return AssociateRq(called, calling, CONTEXTS, UserInformation(16384))


def a_store(**changes: object) -> CommandSet:
    """A C-STORE-RQ of a CT image."""
    fields: dict[str, object] = {
        "command_field": CommandField.C_STORE,
        "message_id": 1,
        "data_set_follows": True,
        "affected_sop_class_uid": CT,
        "affected_sop_instance_uid": Uid("1.2.3.4"),
        "priority": 0,
    }
    return CommandSet(**{**fields, **changes})  # type: ignore[arg-type]  # the tests change single fields
