"""What files of strangers may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImportLimits:
    """Bounds of one import. A year of one hospital's CT studies in one archive stays below them.

    Attributes:
        members: entries of one ZIP archive.
        directory_bytes: its central directory, which is held in memory.
        inflated_bytes: all that one outer archive may inflate to, what lies inside archives in it included.
        ratio: inflated to compressed bytes of one member, once more than `grace_bytes` came out.
        nesting: archives inside archives: one level is what mail and download portals make.
        nested_bytes: longest inner archive; it is written to a temporary file, because its directory is at its end.
        folders: depth of folders below the path that was named.
    """

    members: int = 200_000
    directory_bytes: int = 64 << 20
    inflated_bytes: int = 1 << 40
    ratio: int = 250
    grace_bytes: int = 64 << 20
    nesting: int = 1
    nested_bytes: int = 16 << 30
    folders: int = 64
