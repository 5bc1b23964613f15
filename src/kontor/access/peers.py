"""DICOM peers: who may call, from where, for what; and the senders that were turned away.

Calling and called AE titles are claims, so the address must fit as well (`peers.md` 4.1). A refused sender is counted
where an administrator sees it and can admit it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kontor.access import organisation_rows, peer_rows
from kontor.access.audit import append_entry, entry_of
from kontor.access.audit_chain import Act, Outcome
from kontor.access.errors import AlreadyThere, Inadmissible, NoSuchRow, PeerRefusal, PeerRefused
from kontor.access.hosts import check_host
from kontor.access.organisations import default_organisation, door_scope
from kontor.access.peer_rows import PeerRecord, RefusedSender
from kontor.access.rights import RIGHTS_OF_PEER_SERVICE, Right
from kontor.access.scope import Actor, ActorKind, Scope
from kontor.access.strangers import record_stranger
from kontor.platform.clock import MICROSECONDS
from kontor.platform.database import DatabaseConflict
from kontor.platform.identifiers import new_id

if TYPE_CHECKING:
    from kontor.access.audit import DetailValue
    from kontor.access.room import Access
    from kontor.platform.database import WriteTransaction

_AE_TITLE: Final = re.compile(r"[\x20-\x5b\x5d-\x7e]{1,16}")  # PS3.5 6.2: AE, without backslash and control characters
_NAME_CHARACTERS: Final = 200
_PORT_MAX: Final = 65_535
_SEEN_EVERY_US: Final = 60 * MICROSECONDS
_ORDER_OF_REFUSALS: Final = (PeerRefusal.CLOSED, PeerRefusal.FOREIGN_ADDRESS, PeerRefusal.CALLED_AE_NOT_RECOGNISED)


def identify_peer(access: Access, calling_ae: str, called_ae: str, address: str) -> Scope:
    """Who calls at the DIMSE door: its organisation and what the peer record allows.

    Raises PeerRefused, after the sender was counted; DatabaseUnavailable.
    """
    calling, called = _printable(calling_ae.strip()), _printable(called_ae.strip())
    organisations = dict(access.database.read(organisation_rows.everyone))
    known = access.database.read(lambda tx: peer_rows.calling(tx, list(organisations), calling))
    refusals = {record: _refusal(access, record, called, address) for record in known}
    for record, refusal in refusals.items():
        if refusal is None:
            _note_seen(access, record)
            return _peer_scope(record, organisations[record.org_id])
    reason = min(filter(None, refusals.values()), key=_ORDER_OF_REFUSALS.index, default=PeerRefusal.UNKNOWN_CALLING_AE)
    org_id = known[0].org_id if known else default_organisation(organisations)
    _count_refusal(access, org_id, calling, called, address, reason)
    raise PeerRefused(reason)


def create_peer(
    access: Access,
    scope: Scope,
    ae_title: str,
    host: str = "",
    port: int | None = None,
    may: Iterable[str] = ("store",),
    *,
    name: str = "",
    called_ae_title: str = "",
) -> PeerRecord:
    """Register a peer: `host` is the name, address or network from which it may call, '' any.

    Raises AlreadyThere, Inadmissible, Forbidden.
    """
    scope.require(Right.MANAGE_PEERS)
    record = PeerRecord(
        scope.org_id, new_id(), name, ae_title, called_ae_title, host, port, tuple(may), True, access.clock.now_us()
    )
    checked = _checked(record)
    entry = entry_of(access, scope, Act.CREATE_PEER, checked.ae_title, Outcome.SUCCESS, _detail(checked))

    def act(tx: WriteTransaction) -> None:
        append_entry(tx, access, entry)
        if not peer_rows.insert_if_absent(tx, checked):
            raise AlreadyThere("a DICOM system")

    access.database.write(act)
    return checked


def list_peers(access: Access, scope: Scope) -> list[PeerRecord]:
    """All peers of the organisation, by AE title."""
    scope.require(Right.MANAGE_PEERS)
    return access.database.read(lambda tx: peer_rows.everyone(tx, scope))


def change_peer(access: Access, scope: Scope, peer_id: int, changes: Mapping[str, object]) -> PeerRecord:
    """Change fields of a peer: name, ae_title, called_ae_title, host, port, may, is_open. Holds from its next call.

    Raises NoSuchRow, AlreadyThere, Inadmissible, Forbidden.
    """
    scope.require(Right.MANAGE_PEERS)

    def act(tx: WriteTransaction) -> PeerRecord:
        stored = peer_rows.by_id(tx, scope, peer_id)
        if stored is None:
            raise NoSuchRow("DICOM system")
        changed = _checked(replace(stored, **changes))  # type: ignore[arg-type] # the checks look at every field
        detail = _detail(changed)
        append_entry(tx, access, entry_of(access, scope, Act.CHANGE_PEER, changed.ae_title, Outcome.SUCCESS, detail))
        peer_rows.change(tx, scope, peer_id, _columns(changed))
        return changed

    try:
        return access.database.write(act)
    except DatabaseConflict as error:
        raise AlreadyThere("a DICOM system") from error


def remove_peer(access: Access, scope: Scope, peer_id: int) -> None:
    """Remove a peer; its next call is refused. Raises NoSuchRow, Forbidden."""
    scope.require(Right.MANAGE_PEERS)

    def act(tx: WriteTransaction) -> None:
        stored = peer_rows.by_id(tx, scope, peer_id)
        if stored is None:
            raise NoSuchRow("DICOM system")
        entry = entry_of(access, scope, Act.REMOVE_PEER, stored.ae_title, Outcome.SUCCESS, _detail(stored))
        append_entry(tx, access, entry)
        peer_rows.delete_peer(tx, scope, peer_id)

    access.database.write(act)


def list_refused_senders(access: Access, scope: Scope) -> list[RefusedSender]:
    """Senders that were turned away, latest first, at most 1,000."""
    scope.require(Right.MANAGE_PEERS)
    return access.database.read(lambda tx: peer_rows.refused(tx, scope))


def admit_sender(
    access: Access, scope: Scope, sender_id: int, may: Iterable[str], *, name: str = "", port: int | None = None
) -> PeerRecord:
    """Make a refused sender a peer, with the titles and the address that it used.

    Raises NoSuchRow, AlreadyThere, Inadmissible, Forbidden.
    """
    scope.require(Right.MANAGE_PEERS)
    services = tuple(may)

    def act(tx: WriteTransaction) -> PeerRecord:
        sender = peer_rows.refused_by_id(tx, scope, sender_id)
        if sender is None:
            raise NoSuchRow("sender")
        called = "" if sender.called_ae_title == access.settings.ae_title else sender.called_ae_title
        made = _checked(
            PeerRecord(
                scope.org_id, new_id(), name, sender.calling_ae_title, called, sender.address, port, services, True,
                access.clock.now_us(),
            )
        )  # fmt: skip
        append_entry(
            tx, access, entry_of(access, scope, Act.ADMIT_SENDER, made.ae_title, Outcome.SUCCESS, _detail(made))
        )
        if not peer_rows.insert_if_absent(tx, made):
            raise AlreadyThere("a DICOM system")
        peer_rows.delete_refused(tx, scope, sender_id)
        return made

    return access.database.write(act)


def dismiss_sender(access: Access, scope: Scope, sender_id: int) -> None:
    """Take a refused sender off the list; its next call puts it there again. Raises NoSuchRow, Forbidden."""
    scope.require(Right.MANAGE_PEERS)

    def act(tx: WriteTransaction) -> None:
        sender = peer_rows.refused_by_id(tx, scope, sender_id)
        if sender is None:
            raise NoSuchRow("sender")
        detail: dict[str, DetailValue] = {"address": sender.address, "count": sender.count}
        entry = entry_of(access, scope, Act.DISMISS_SENDER, sender.calling_ae_title, Outcome.SUCCESS, detail)
        append_entry(tx, access, entry)
        peer_rows.delete_refused(tx, scope, sender_id)

    access.database.write(act)


def _refusal(access: Access, record: PeerRecord, called: str, address: str) -> PeerRefusal | None:
    if not access.hosts.admits(record.host, address):
        return PeerRefusal.FOREIGN_ADDRESS
    if called != (record.called_ae_title or access.settings.ae_title):
        return PeerRefusal.CALLED_AE_NOT_RECOGNISED
    return None if record.is_open else PeerRefusal.CLOSED


def _peer_scope(record: PeerRecord, organisation: str) -> Scope:
    rights = frozenset[Right]().union(*(RIGHTS_OF_PEER_SERVICE[service] for service in record.may))
    return Scope(record.org_id, organisation, Actor(ActorKind.PEER, record.id, record.ae_title), rights)


def _note_seen(access: Access, record: PeerRecord) -> None:
    now_us = access.clock.now_us()
    if now_us - (record.last_seen_at_us or 0) >= _SEEN_EVERY_US:
        scope, seen = door_scope(record.org_id), {"last_seen_at": now_us}
        access.database.write(lambda tx: peer_rows.change(tx, scope, record.id, seen), replayable=True)


def _count_refusal(access: Access, org_id: int, calling: str, called: str, address: str, reason: PeerRefusal) -> None:
    """Where an administrator sees it and can admit it; and in the audit, within a stranger's limits."""
    now_us = access.clock.now_us()
    sender = RefusedSender(new_id(), calling, called, _printable(address), reason.value, 1, now_us, now_us)
    scope = door_scope(org_id)
    access.database.write(lambda tx: peer_rows.count_refusal(tx, scope, sender), replayable=True)
    caller = f"{sender.calling_ae_title}@{sender.address} to {sender.called_ae_title}"
    names: dict[str, DetailValue] = {"calling": sender.calling_ae_title, "called": sender.called_ae_title}
    record_stranger(access, Act.ASSOCIATE, caller, sender.reason, org_id=org_id, address=sender.address, **names)


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in text)[:64]


def _checked(record: PeerRecord) -> PeerRecord:
    """The record as it is stored; raises Inadmissible naming the field."""
    ae_title, called = record.ae_title.strip(), record.called_ae_title.strip()
    if _AE_TITLE.fullmatch(ae_title) is None:
        raise Inadmissible("ae_title", "1 to 16 printable ASCII characters without backslash")
    if called and _AE_TITLE.fullmatch(called) is None:
        raise Inadmissible("called_ae_title", "at most 16 printable ASCII characters without backslash")
    if record.port is not None and not 1 <= record.port <= _PORT_MAX:
        raise Inadmissible("port", "1 to 65535")
    unknown = set(record.may) - RIGHTS_OF_PEER_SERVICE.keys()
    if unknown:
        raise Inadmissible("may", f"known services are {', '.join(RIGHTS_OF_PEER_SERVICE)}")
    name = record.name.strip()[:_NAME_CHARACTERS] or ae_title
    services = tuple(service for service in RIGHTS_OF_PEER_SERVICE if service in record.may)
    return replace(
        record, name=name, ae_title=ae_title, called_ae_title=called, host=check_host(record.host), may=services
    )


def _columns(record: PeerRecord) -> dict[str, object]:
    return {
        "name": record.name,
        "ae_title": record.ae_title,
        "called_ae_title": record.called_ae_title,
        "host": record.host,
        "port": record.port,
        "may": ",".join(record.may),
        "open": record.is_open,
    }


def _detail(record: PeerRecord) -> dict[str, DetailValue]:
    return {
        "called_ae_title": record.called_ae_title,
        "host": record.host,
        "port": record.port,
        "may": list(record.may),
        "open": record.is_open,
    }
