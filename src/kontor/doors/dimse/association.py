"""One association from request to release: welcome, dispatch of its messages, farewell."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from kontor.archive import Origin
from kontor.dicom.network import (
    VERIFICATION,
    AbortIndicated,
    AbortReason,
    AcceptedContext,
    AssociateAccepted,
    AssociateRejected,
    AssociateRq,
    AssociationIndicated,
    Command,
    CommandField,
    CommandSet,
    InvalidPduReceived,
    LocalProtocolError,
    MessageBegun,
    ReleaseAnswered,
    ReleaseIndicated,
    RemoteProtocolError,
    Status,
    accept,
    accepted_contexts,
    is_response,
    missing_field,
    respond,
)
from kontor.doors.dimse.dialogue import AssociationLost, Dialogue
from kontor.doors.dimse.reception import Reception, Refusal, acceptance_policy, our_information
from kontor.doors.dimse.storing import Storing
from kontor.doors.store_statuses import Answer
from kontor.platform import metrics
from kontor.platform.log import fault_of, get_logger

if TYPE_CHECKING:
    from kontor.access import Scope
    from kontor.doors.dimse.acts import Acts
    from kontor.doors.dimse.closing import Closing
    from kontor.doors.dimse.connection import Connection
    from kontor.doors.dimse.settings import DimseSettings

_log: Final = get_logger("dimse")
_UNKNOWN_OPERATION: Final = Answer(Status.UNRECOGNISED_OPERATION, "This operation is not served here")
_UNKNOWN_CLASS: Final = Answer(Status.SOP_CLASS_NOT_SUPPORTED, "C-ECHO is for the Verification SOP Class")
_OPEN_ENDED: Final = (CommandField.C_ECHO, CommandField.C_STORE)


class Association:
    """What one thread does for one peer."""

    def __init__(
        self,
        connection: Connection,
        address: str,
        *,
        acts: Acts,
        reception: Reception,
        closing: Closing,
        settings: DimseSettings,
        on_welcome: Callable[[], None] = lambda: None,
        on_release: Callable[[], None] = lambda: None,
    ) -> None:
        """Take what the association works with.

        Args:
            connection: the accepted connection; closed at the end of `run`.
            address: of the peer.
            acts: the rooms behind the door.
            reception: decides whether the peer may come in.
            closing: says that the process is going to end.
            settings: limits and times.
            on_welcome: called when the peer has an association.
            on_release: called when it gives it back; the connection may stay open for a while.
        """
        self._connection = connection
        self._address = address
        self._acts = acts
        self._reception = reception
        self._closing = closing
        self._settings = settings
        self._on_welcome = on_welcome
        self._on_release = on_release
        self._dialogue = Dialogue(connection, settings)
        self._contexts: dict[int, AcceptedContext] = {}
        self._scope: Scope | None = None
        self._storing: Storing | None = None
        self._end = "lost"

    def run(self) -> None:
        """Serve until the connection ends. A defect of ours aborts the association and stands in the log."""
        try:
            self._converse()
        except AssociationLost:
            self._end = "lost inside an object"
        except Exception as error:  # noqa: BLE001 # the last place of the thread: the peer must not wait for ever
            self._end = "aborted by us: a defect"
            _log.error("association failed", fault=fault_of(error))
            self._abort()
        finally:
            self._connection.close()
            self._farewell()

    def _converse(self) -> None:
        try:
            for event in self._dialogue.events():
                self._on(event)
        except RemoteProtocolError as error:
            self._end = f"aborted by us: {error}"
            self._abort(error.reason, str(error))

    def _abort(self, reason: AbortReason = AbortReason.NOT_SPECIFIED, text: str = "") -> None:
        """Send an A-ABORT, then wait for the peer to close, so that it reads it."""
        with suppress(LocalProtocolError):  # there is no association any more, or not yet
            self._connection.tell(InvalidPduReceived(reason, text))
        with suppress(RemoteProtocolError):
            for _ in self._dialogue.events():  # nothing but the end comes now
                pass

    def _on(self, event: Command | MessageBegun) -> None:
        match event:
            case MessageBegun():
                self._on_message(event)
            case AssociationIndicated():
                self._on_request(event.request)
            case ReleaseIndicated():
                self._end = "released"
                self._farewell()  # before the answer: who has it may come back at once
                self._on_release()
                self._connection.tell(ReleaseAnswered())
            case AbortIndicated(by_peer=True):
                self._end = "aborted by the peer"
            case AbortIndicated(text=text):
                self._end = text
            case _:
                raise AssertionError(f"an acceptor is never told {type(event).__name__}")

    def _on_request(self, request: AssociateRq) -> None:
        welcome = self._reception.welcome(request, self._address)
        if isinstance(welcome, Refusal):
            self._end = f"refused: {welcome.reason}"
            metrics.associations_refused.labels(welcome.reason).inc()
            _log.warning("association refused", why=welcome.reason, address=self._address)
            self._connection.tell(AssociateRejected(welcome.answer))
            return
        self._scope = welcome
        self._on_welcome()
        metrics.associations.inc()
        origin = Origin("dimse", welcome.actor.name, self._address, request.calling_ae, request.called_ae)
        self._storing = Storing(self._acts, self._closing, welcome, origin)
        answer = accept(request, acceptance_policy(self._settings), our_information(self._settings))
        self._contexts = accepted_contexts(request.contexts, answer.contexts)
        self._dialogue.maximum_length = request.user.maximum_length
        self._connection.tell(AssociateAccepted(answer))
        self._connection.await_message()

    def _on_message(self, message: MessageBegun) -> None:
        command = message.command
        if is_response(command) or (command.message_id is None and command.command_field != CommandField.C_CANCEL):
            raise RemoteProtocolError("a response that nobody asked for, or a request without Message ID")
        answer = self._perform(self._contexts[message.context_id], command)
        self._dialogue.drain()
        if command.command_field == CommandField.C_CANCEL:
            self._connection.await_message()  # there is nothing to cancel, and no answer to it
            return
        self._dialogue.answer(message.context_id, respond(command, answer.status, comment=answer.comment))

    def _perform(self, context: AcceptedContext, command: CommandSet) -> Answer:
        """Do what the request asks, or say why not (PS3.7 annex C)."""
        if command.command_field not in _OPEN_ENDED:
            return _UNKNOWN_OPERATION
        lacking = missing_field(command)
        if lacking is not None:
            return Answer(Status.MISTYPED_ARGUMENT, f"The request lacks {lacking}")
        if command.command_field == CommandField.C_ECHO:
            is_verification = command.affected_sop_class_uid == VERIFICATION
            return Answer(Status.SUCCESS) if is_verification else _UNKNOWN_CLASS
        assert self._storing is not None
        return self._storing.store(context, command, self._dialogue.data_set())

    def _farewell(self) -> None:
        """Give the seat back, once."""
        scope, storing = self._scope, self._storing
        if scope is None or storing is None:
            return
        self._scope = None
        self._reception.leave(scope)
        metrics.associations.dec()
        _log.info("association ended", peer=scope.actor.name, how=self._end, kept=storing.kept, refused=storing.refused)
