"""An association server behind which nothing is parsed or indexed: objects are written to a segment and synced."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kontor.access import Actor, ActorKind, Right, Scope
from kontor.archive import Admission, ExpectedUids, Origin, Outcome, Receipt
from kontor.dicom.values import Uid
from kontor.doors.dimse import Acts, AssociationServer, DimseSettings
from kontor.platform.blobs import DiskSegments, RecordKind, open_folder

_SCOPE = Scope(1, "main", Actor(ActorKind.PEER, 1, "BENCH"), frozenset({Right.STORE}))


class _Receipt:
    """What the door reads of a receipt."""

    class header:  # noqa: N801 # stands for an attribute
        """Of the header, the door needs one UID for the audit."""

        study_instance_uid = "1.2.3"


class _Admission:
    """What the door reads of an admission."""

    outcome = Outcome.NEW


def serve_unparsed(listening: socket.socket, folder: Path, stop: threading.Event) -> None:
    """Serve until `stop`, in this process alone: one process is our ceiling for one association."""
    segments = open_folder(folder)

    def receive(_scope: Scope, _origin: Origin, stream: Iterable[memoryview], _ts: Uid, _uids: ExpectedUids) -> Any:
        return _keep(segments, stream)

    def admit(receipts: Sequence[Receipt]) -> list[Admission]:
        return [_Admission() for _ in receipts]  # type: ignore[misc] # only the outcome is read

    acts = Acts(lambda *_: _SCOPE, receive, admit, lambda *_: None)
    AssociationServer(listening, acts, DimseSettings()).run(stop)


def _keep(segments: DiskSegments, stream: Iterable[memoryview]) -> _Receipt:
    writer = segments.writer()
    try:
        writer.begin(RecordKind.OBJECT)
        for piece in stream:
            writer.write(piece)
        writer.finish({})
    finally:
        writer.release()
    return _Receipt()


__all__ = ["serve_unparsed"]
