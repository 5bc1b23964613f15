"""Bounds on what a peer may make us hold, checked before anything is kept."""

from __future__ import annotations

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True, slots=True)
class NetworkLimits:
    """Limits of one association, all in bytes. The defaults fit every peer we know of.

    Attributes:
        pdu: largest P-DATA-TF body that we announce (PS3.8 D.1). Bodies are passed on while they arrive, so a large
            value costs no memory; it saves the peer headers and system calls.
        associate: largest A-ASSOCIATE body. 128 contexts with 40 syntaxes each are below 300 KiB; the type says
            4 GiB is possible, which is the classic way to exhaust a server.
        command_set: largest command set; real ones stay below 1 KiB.
    """

    pdu: int = MIB
    associate: int = MIB
    command_set: int = 64 * KIB
