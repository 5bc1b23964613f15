"""C-STORE as provider, PS3.4 annex B: one object from its slices to an answer that is true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kontor.archive import ExpectedUids
from kontor.dicom.network import AcceptedContext, CommandSet, RemoteProtocolError, Status
from kontor.doors.dimse.dialogue import AssociationLost
from kontor.doors.store_statuses import Answer, answer_to_error, answer_to_outcome
from kontor.platform import metrics
from kontor.platform.log import get_logger, hashed

if TYPE_CHECKING:
    from kontor.access import Scope
    from kontor.archive import Origin
    from kontor.doors.dimse.acts import Acts
    from kontor.doors.dimse.closing import Closing

_log: Final = get_logger("dimse")
_OTHER_CLASS: Final = Answer(Status.SOP_CLASS_NOT_SUPPORTED, "SOP Class is not that of the context", "other-class")
_STOPPING: Final = Answer(Status.OUT_OF_RESOURCES, "The archive is stopping", "stopping")


@dataclass(slots=True)
class Storing:
    """The C-STORE operations of one association."""

    acts: Acts
    closing: Closing
    scope: Scope
    origin: Origin
    kept: int = 0
    refused: int = 0
    _audited: set[str] = field(default_factory=set)

    def store(self, context: AcceptedContext, command: CommandSet, data_set: Iterator[memoryview]) -> Answer:
        """Keep one object; the answer may be sent as it is. The data set may be left unread.

        Raises:
            AssociationLost: the association ended inside the data set; nothing was kept.
            RemoteProtocolError: the peer mixed messages up; nothing was kept.
        """
        answer = self._store(context, command, data_set)
        if answer.status in (Status.SUCCESS, Status.COERCION):
            self.kept += 1
        else:
            self._note_refusal(answer, command)
        return answer

    def _store(self, context: AcceptedContext, command: CommandSet, data_set: Iterator[memoryview]) -> Answer:
        if command.affected_sop_class_uid != context.abstract_syntax:
            return _OTHER_CLASS
        if self.closing.answers_only:
            return _STOPPING
        expected = ExpectedUids(command.affected_sop_class_uid, command.affected_sop_instance_uid)
        try:
            receipt = self.acts.receive(self.scope, self.origin, data_set, context.transfer_syntax, expected)
            (admission,) = self.acts.admit([receipt])
            self._audit(receipt.header.study_instance_uid)
        except (AssociationLost, RemoteProtocolError):
            raise  # nobody is left to be answered
        except Exception as error:  # noqa: BLE001 # the peer is owed an answer, and its other objects are not at fault
            return answer_to_error(error)
        return answer_to_outcome(admission.outcome)

    def _audit(self, study_instance_uid: str) -> None:
        """One row per study and association, before the first of its objects is answered."""
        if study_instance_uid not in self._audited:
            self.acts.record_store(self.scope, self.origin, study_instance_uid)
            self._audited.add(study_instance_uid)

    def _note_refusal(self, answer: Answer, command: CommandSet) -> None:
        self.refused += 1
        if answer in (_OTHER_CLASS, _STOPPING):  # what came further was counted where it was refused
            metrics.objects_refused.labels("dimse", answer.word).inc()
        _log.warning(
            "object refused",
            peer=self.scope.actor.name,
            status=f"{answer.status:04X}",
            why=answer.word,
            sop_instance=hashed(command.affected_sop_instance_uid or ""),
        )
