"""The stream of one association's messages: commands one after the other, data sets as slices, drained when refused."""

from __future__ import annotations

from collections.abc import Iterator

from kontor.dicom.network import (
    Command,
    CommandSet,
    Fragment,
    MessageAssembler,
    MessageBegun,
    encode_command_set,
)
from kontor.doors.dimse.connection import Connection
from kontor.doors.dimse.settings import DimseSettings


class AssociationLost(Exception):
    """The association ended inside a data set: what was received of it is not an object."""


class Dialogue:
    """Reads messages from a connection and answers them. For one thread."""

    def __init__(self, connection: Connection, settings: DimseSettings) -> None:
        self._connection = connection
        self._assembler = MessageAssembler(settings.limits)
        self._outputs = connection.outputs()
        self.maximum_length = 0  # of the peer, known after negotiation

    def events(self) -> Iterator[Command | MessageBegun]:
        """Yield indications and complete commands until the connection ends. A data set is read by `data_set`.

        Raises:
            RemoteProtocolError: the peer mixes messages up; the caller has to abort the association.
        """
        for output in self._outputs:
            if type(output) is Fragment:
                if not self._assembler.inside_message:
                    self._connection.await_rest()
                message = self._assembler.feed(output)
                if isinstance(message, MessageBegun):
                    yield message
            else:
                assert isinstance(output, Command)
                yield output

    def data_set(self) -> Iterator[memoryview]:
        """Yield the slices of the data set that was announced; each is valid until the next is asked for.

        Raises:
            AssociationLost: the association ended before the data set did.
            RemoteProtocolError: the peer mixes messages up.
        """
        while self._assembler.inside_message:
            output = next(self._outputs, None)
            if type(output) is not Fragment:
                raise AssociationLost
            part = self._assembler.feed(output)
            assert isinstance(part, Fragment)
            yield part.data

    def drain(self) -> None:
        """Read the rest of a data set that nobody wants, so that the association stays usable. Raises as `data_set`."""
        for _ in self.data_set():
            pass

    def answer(self, context_id: int, response: CommandSet) -> None:
        """Send a response, then wait for the next message."""
        self._connection.send_command(context_id, encode_command_set(response), self.maximum_length)
        self._connection.await_message()
