"""Rights a caller may hold, and the roles that bundle them (`contract.md` 2).

Doors and rooms ask for a right, never for a role: roles are how people speak about rights.
"""

from __future__ import annotations

from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Right(Enum):
    """One thing a caller may do. The value is what stands in the API and in grants."""

    FIND = "find"  # lists and searches: patient and study attributes leave
    READ = "read"  # headers, pixels, previews leave
    STORE = "store"  # objects come in by C-STORE or STOW-RS
    IMPORT = "import"  # objects come in from files that a person chose
    SETTLE = "settle"  # declare a study complete before its rest period ends
    PROMOTE = "promote"  # make a variant the primary object
    MOVE = "move"  # C-MOVE: have objects sent to a registered destination
    GET = "get"  # C-GET
    COMMIT = "commit"  # storage commitment
    MANAGE_ACCOUNTS = "manage-accounts"
    MANAGE_PEERS = "manage-peers"
    OPERATE = "operate"  # storage, jobs, figures of the running system
    AUDIT = "audit"  # read the audit


class Role(Enum):
    """What a person or machine is to the house."""

    READER = "reader"
    TECHNOLOGIST = "technologist"
    CHIEF = "chief"
    ADMIN = "admin"
    AUDITOR = "auditor"
    SERVICE = "service"
    REFERRER = "referrer"


_READER: Final = frozenset({Right.FIND, Right.READ})

RIGHTS_OF_ROLE: Final[Mapping[Role, frozenset[Right]]] = MappingProxyType(
    {
        Role.READER: _READER,
        Role.TECHNOLOGIST: _READER | {Right.STORE, Right.IMPORT, Right.SETTLE, Right.PROMOTE},
        Role.CHIEF: _READER | {Right.SETTLE, Right.PROMOTE},
        # An administrator sees no images by this role alone.
        Role.ADMIN: frozenset({Right.MANAGE_ACCOUNTS, Right.MANAGE_PEERS, Right.OPERATE}),
        Role.AUDITOR: frozenset({Right.AUDIT}),
        # Both may see only what a run or a share names; the role alone opens nothing.
        Role.SERVICE: frozenset(),
        Role.REFERRER: frozenset(),
    }
)

RIGHTS_OF_PEER_SERVICE: Final[Mapping[str, frozenset[Right]]] = MappingProxyType(
    {
        "store": frozenset({Right.STORE}),
        "find": frozenset({Right.FIND}),
        "move": frozenset({Right.MOVE, Right.READ}),
        "get": frozenset({Right.GET, Right.READ}),
        "commit": frozenset({Right.COMMIT}),
    }
)

FIRST_ADMINISTRATOR: Final = (Role.ADMIN, Role.AUDITOR, Role.CHIEF, Role.TECHNOLOGIST)
"""Roles of the account made at the first start: the only person there must be able to do everything."""

EVERY_RIGHT: Final = frozenset(Right)


def rights_of(roles: Iterable[Role]) -> frozenset[Right]:
    """Union of the rights of all roles."""
    return frozenset().union(*(RIGHTS_OF_ROLE[role] for role in roles))
