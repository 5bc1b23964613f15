"""Fragments to messages (PS3.7 6.3, PS3.8 annex E): a command set is collected, a data set only passes through."""

from __future__ import annotations

from dataclasses import dataclass

from kontor.dicom.network.command_sets import CommandSet, decode_command_set
from kontor.dicom.network.errors import RemoteProtocolError
from kontor.dicom.network.limits import NetworkLimits
from kontor.dicom.network.pdus import Fragment


@dataclass(frozen=True, slots=True)
class MessageBegun:
    """A command set is complete. If `command.data_set_follows`, the fragments of the data set come next."""

    context_id: int
    command: CommandSet


class MessageAssembler:
    """Puts the messages of one association together, one after the other, as DIMSE demands."""

    def __init__(self, limits: NetworkLimits | None = None) -> None:
        self._limit = (limits or NetworkLimits()).command_set
        self._command = bytearray()
        self._context_id = 0
        self._in_command = False
        self._in_data_set = False

    @property
    def inside_message(self) -> bool:
        """Whether a message has begun and is not complete: the peer owes us bytes."""
        return self._in_command or self._in_data_set

    def feed(self, fragment: Fragment) -> MessageBegun | Fragment | None:
        """What the fragment completes or carries: a command set, a piece of data set (itself), or nothing yet.

        Raises:
            RemoteProtocolError: command and data set are mixed up, two messages are interleaved, or a command set is
                beyond the limit or cannot be read.
        """
        if self._in_data_set:
            if fragment.is_command or fragment.context_id != self._context_id:
                raise RemoteProtocolError("another message begins inside a data set")
            self._in_data_set = not fragment.is_last
            return fragment
        return self._feed_command(fragment)

    def _feed_command(self, fragment: Fragment) -> MessageBegun | None:
        if not fragment.is_command:
            raise RemoteProtocolError("a data set without a command set before it")
        if not self._in_command:
            self._in_command, self._context_id = True, fragment.context_id
        elif fragment.context_id != self._context_id:
            raise RemoteProtocolError("another message begins inside a command set")
        if len(self._command) + len(fragment.data) > self._limit:
            raise RemoteProtocolError(f"a command set of more than {self._limit} bytes")
        self._command += fragment.data
        if not fragment.is_last:
            return None
        command = decode_command_set(self._command)
        self._command.clear()
        self._in_command, self._in_data_set = False, command.data_set_follows
        return MessageBegun(self._context_id, command)
