"""The DIMSE door: C-ECHO and C-STORE as provider (PS3.7, PS3.4 annexes A and B)."""

from __future__ import annotations

from kontor.doors.dimse.acts import Acts, acts_of
from kontor.doors.dimse.server import AssociationServer, DimseServer
from kontor.doors.dimse.settings import DimseSettings

__all__ = ["Acts", "AssociationServer", "DimseServer", "DimseSettings", "acts_of"]
