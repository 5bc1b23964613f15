"""What this door asks of the rooms behind it: four acts, given once, so that the door needs to know no furniture."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kontor.access import Act, Outcome, identify_peer, record
from kontor.archive import admit, receive

if TYPE_CHECKING:
    from kontor.access import Access, Scope
    from kontor.archive import Admission, Archive, ExpectedUids, Origin, Receipt
    from kontor.dicom.values import Uid


@dataclass(frozen=True, slots=True)
class Acts:
    """The acts behind the door.

    Attributes:
        identify: (calling AE title, called AE title, address) → Scope; raises PeerRefused.
        receive: (scope, origin, slices of the data set, transfer syntax, announced UIDs) → Receipt; durable.
        admit: receipts → admissions, visible when it returns.
        record_store: (scope, origin, Study Instance UID): the audit's row on a study that a peer sends.
    """

    identify: Callable[[str, str, str], Scope]
    receive: Callable[[Scope, Origin, Iterable[memoryview], Uid, ExpectedUids], Receipt]
    admit: Callable[[Sequence[Receipt]], list[Admission]]
    record_store: Callable[[Scope, Origin, str], None]


def acts_of(archive: Archive, access: Access) -> Acts:
    """The acts of the real rooms."""
    return Acts(
        identify=partial(identify_peer, access),
        receive=partial(_receive, archive),
        admit=partial(admit, archive),
        record_store=partial(_record_store, access),
    )


def _receive(
    archive: Archive,
    scope: Scope,
    origin: Origin,
    stream: Iterable[memoryview],
    transfer_syntax: Uid,
    expected: ExpectedUids,
) -> Receipt:
    return receive(archive, scope, origin, stream, transfer_syntax=transfer_syntax, expected=expected)


def _record_store(access: Access, scope: Scope, origin: Origin, study_instance_uid: str) -> None:
    detail = {"door": origin.door, "address": origin.address, "called_ae": origin.called_ae}
    record(access, scope, Act.STORE, study_instance_uid, Outcome.SUCCESS, **detail)
