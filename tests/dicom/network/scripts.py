"""Protocol tests as scripts: `>>` what happens to an end, `<<` what it asks for."""

from __future__ import annotations

from collections.abc import Iterable

from kontor.dicom.network import (
    Abort,
    AssociateAc,
    AssociateRq,
    Command,
    ContextAnswer,
    ContextResult,
    Event,
    Fragment,
    NetworkLimits,
    ProposedContext,
    Role,
    Send,
    UpperLayer,
    UserInformation,
    decode_pdu,
)
from kontor.dicom.values import Uid

CT = Uid("1.2.840.10008.5.1.4.1.1.2")
VERIFICATION_CLASS = Uid("1.2.840.10008.1.1")
IMPLICIT = Uid("1.2.840.10008.1.2")
EXPLICIT = Uid("1.2.840.10008.1.2.1")


def a_request(**changes: object) -> AssociateRq:
    """A request for verification (1) and CT storage (3)."""
    fields: dict[str, object] = {
        "called_ae": "KONTOR",
        "calling_ae": "CT1",
        "contexts": (
            ProposedContext(1, VERIFICATION_CLASS, (IMPLICIT,)),
            ProposedContext(3, CT, (EXPLICIT, IMPLICIT)),
        ),
        "user": UserInformation(maximum_length=16384, implementation_class_uid=Uid("1.2.3")),
    }
    return AssociateRq(**{**fields, **changes})  # type: ignore[arg-type]  # the tests change single fields


def an_acceptance() -> AssociateAc:
    """The answer that accepts both contexts of `a_request`."""
    return AssociateAc(
        "KONTOR",
        "CT1",
        (ContextAnswer(1, ContextResult.ACCEPTED, IMPLICIT), ContextAnswer(3, ContextResult.ACCEPTED, EXPLICIT)),
        UserInformation(maximum_length=1 << 20),
    )


def told(output: Command | Fragment) -> str:
    """One line of a script for one output; PDUs are shown decoded."""
    if isinstance(output, Fragment):
        kind = "command" if output.is_command else "data"
        return f"{kind} {output.context_id} {bytes(output.data)!r}{' last' if output.is_last else ''}"
    if isinstance(output, Send):
        if output.data[0] == 4:
            return "Send PData"
        pdu = decode_pdu(output.data[0], memoryview(output.data)[6:])
        return f"Send Abort {pdu.source}/{pdu.reason}" if isinstance(pdu, Abort) else f"Send {type(pdu).__name__}"
    return type(output).__name__


class End:
    """One end of an association that keeps its script."""

    def __init__(self, role: Role = Role.ACCEPTOR, limits: NetworkLimits | None = None) -> None:
        self.layer = UpperLayer(role, limits)
        self.script: list[str] = []
        self.outputs: list[Command | Fragment] = []

    def happens(self, event: Event) -> list[Command]:
        """Let an event happen and note it."""
        self.script.append(f">> {type(event).__name__}")
        commands = self.layer.handle(event)
        self._note(commands)
        return commands

    def receives(self, data: bytes, what: str = "bytes") -> list[Command | Fragment]:
        """Feed bytes and note what comes of it; fragments are copied, because the buffer is ours."""
        self.script.append(f">> {what}")
        outputs: list[Command | Fragment] = [
            output._replace(data=memoryview(bytes(output.data))) if isinstance(output, Fragment) else output
            for output in self.layer.feed(memoryview(data))
        ]
        self._note(outputs)
        return outputs

    def _note(self, outputs: Iterable[Command | Fragment]) -> None:
        for output in outputs:
            self.outputs.append(output)
            self.script.append(f"<< {told(output)}")


def sent(outputs: Iterable[Command | Fragment]) -> bytes:
    """All bytes that the outputs ask to send."""
    return b"".join(output.data for output in outputs if isinstance(output, Send))
