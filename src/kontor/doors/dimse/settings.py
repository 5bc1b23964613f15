"""Settings of the DIMSE door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kontor.dicom.network import NetworkLimits
from kontor.dicom.values import Uid

IMPLEMENTATION_CLASS_UID: Final = Uid("2.25.188139283526129340981265834913201928371")
"""Names this software to peers (PS3.7 D.3.3.2); derived from a UUID, so that no registration is needed."""
IMPLEMENTATION_VERSION: Final = "KONTOR_0_1"


@dataclass(frozen=True, slots=True)
class DimseSettings:
    """How the door treats its peers. Durations in seconds, sizes in bytes.

    Attributes:
        ae_title: how this archive calls itself.
        max_pdu_bytes: largest P-DATA-TF announced. Bodies are passed on as they come, so it costs no memory.
        max_associations: open associations of this process; beyond it a sender is told to come back.
        max_associations_per_peer: the same for one registered peer.
        max_waiting: connections without an association yet; beyond it the longest waiting one is closed.
        artim_s: how long a connection may take to ask for an association, and to close after it was rejected.
        network_timeout_s: how long an open association may be idle between messages.
        dimse_timeout_s: how long a peer may keep us waiting inside a message, beyond what `min_rate_bytes` allows.
        min_rate_bytes: bytes per second at which even the slowest line has to deliver a message.
        outstanding: operations that a peer may have under way; they are done in order.
        drain_s: how long open associations get to finish when the process stops.
    """

    ae_title: str = "KONTOR"
    max_pdu_bytes: int = 1 << 20
    max_associations: int = 64
    max_associations_per_peer: int = 16
    max_waiting: int = 256
    artim_s: float = 30.0
    network_timeout_s: float = 120.0
    dimse_timeout_s: float = 60.0
    min_rate_bytes: int = 8 * 1024
    outstanding: int = 16
    drain_s: float = 30.0

    @property
    def limits(self) -> NetworkLimits:
        """The bounds of one association's protocol."""
        return NetworkLimits(pdu=self.max_pdu_bytes)
