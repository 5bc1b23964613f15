"""Peers: calling title, called title and address must all fit; who is turned away is counted and can be admitted."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kontor.access import (
    STRANGERS_A_MINUTE,
    Access,
    ActorKind,
    AlreadyThere,
    AuditQuery,
    Forbidden,
    Inadmissible,
    NoSuchRow,
    PeerRefusal,
    PeerRefused,
    Right,
    admit_sender,
    change_peer,
    create_peer,
    dismiss_sender,
    identify_peer,
    list_audit,
    list_peers,
    list_refused_senders,
    remove_peer,
    verify_chain,
)
from kontor.access.hosts import HostNames
from tests.access.rooms import clock_of, operator

CT = "10.20.4.11"


def refusal(access: Access, calling: str, called: str, address: str) -> PeerRefusal:
    with pytest.raises(PeerRefused) as caught:
        identify_peer(access, calling, called, address)
    return caught.value.reason


def test_a_registered_peer_gets_the_rights_of_its_services(access: Access) -> None:
    create_peer(access, operator(access), "CTNORD1", CT, 104, ["store", "find"])
    scope = identify_peer(access, " CTNORD1 ", "KONTOR  ", CT)
    assert scope.rights == {Right.STORE, Right.FIND}
    assert (scope.actor.kind, scope.actor.name, scope.organisation) == (ActorKind.PEER, "CTNORD1", "main")


def test_a_stranger_is_refused_for_the_reason_that_is_nearest(access: Access) -> None:
    create_peer(access, operator(access), "CTNORD1", CT)
    assert refusal(access, "USPORT7", "KONTOR", CT) is PeerRefusal.UNKNOWN_CALLING_AE
    assert refusal(access, "CTNORD1", "KONTOR", "10.20.8.140") is PeerRefusal.FOREIGN_ADDRESS
    assert refusal(access, "CTNORD1", "ARCHIVE", CT) is PeerRefusal.CALLED_AE_NOT_RECOGNISED
    assert refusal(access, "ctnord1", "KONTOR", CT) is PeerRefusal.UNKNOWN_CALLING_AE  # case is significant
    peer = list_peers(access, operator(access))[0]
    change_peer(access, operator(access), peer.id, {"is_open": False})
    assert refusal(access, "CTNORD1", "KONTOR", CT) is PeerRefusal.CLOSED


@pytest.mark.parametrize("calling", ["", "\x00", "A\r\nB", "é", "\x1b[31m", "X" * 500])
def test_odd_names_are_refused_and_shown_harmlessly(access: Access, calling: str) -> None:
    refusal(access, calling, "KONTOR", CT)
    (sender,) = list_refused_senders(access, operator(access))
    assert sender.calling_ae_title.isprintable()
    assert len(sender.calling_ae_title) <= 64


def test_refused_senders_are_counted(access: Access) -> None:
    for _ in range(3):
        refusal(access, "USPORT7", "KONTOR", CT)
        clock_of(access).advance(10)
    refusal(access, "USPORT7", "KONTOR", "10.20.4.12")
    latest, counted = list_refused_senders(access, operator(access))
    assert (latest.address, latest.count) == ("10.20.4.12", 1)
    assert (counted.count, counted.reason) == (3, "unknown-calling-ae")
    assert counted.last_seen_at_us - counted.first_seen_at_us == 20_000_000


def test_a_refusal_is_in_the_audit_once_a_minute_for_each_caller(access: Access) -> None:
    for called in ("KONTOR", "KONTOR", "ARCHIVE"):
        refusal(access, "USPORT7", called, CT)
    refusal(access, "USPORT7", "KONTOR", "10.20.4.12")
    clock_of(access).advance(61)
    refusal(access, "USPORT7", "KONTOR", CT)
    rows = [row.entry for row in list_audit(access, operator(access), AuditQuery(), 9)]
    here, there = f"USPORT7@{CT} to KONTOR (unknown-calling-ae)", "USPORT7@10.20.4.12 to KONTOR (unknown-calling-ae)"
    assert [row.subject for row in rows] == [here, there, here.replace("KONTOR", "ARCHIVE"), here]
    assert {(row.act, row.outcome, row.actor_kind) for row in rows} == {("associate", "refused", "door")}
    assert json.loads(rows[0].detail) == {
        "address": CT, "called": "KONTOR", "calling": "USPORT7", "reason": "unknown-calling-ae"
    }  # fmt: skip


def test_strangers_cannot_fill_the_audit_and_what_was_left_out_is_counted(access: Access) -> None:
    for number in range(STRANGERS_A_MINUTE + 7):
        refusal(access, f"NAME{number}", "KONTOR", CT)
    assert len(list_audit(access, operator(access), AuditQuery(), 500)) == STRANGERS_A_MINUTE
    clock_of(access).advance(61)
    refusal(access, "NEXT", "KONTOR", CT)
    newest = list_audit(access, operator(access), AuditQuery(), 1)[0].entry
    assert (newest.subject, json.loads(newest.detail)["left_out_before"]) == (
        f"NEXT@{CT} to KONTOR (unknown-calling-ae)",
        7,
    )
    assert verify_chain(access) is None


def test_an_admitted_sender_may_come_from_where_it_came(access: Access) -> None:
    refusal(access, "USPORT7", "KONTOR", CT)
    (sender,) = list_refused_senders(access, operator(access))
    admit_sender(access, operator(access), sender.id, ["store"], name="Ultraschall tragbar 7")
    assert identify_peer(access, "USPORT7", "KONTOR", CT).rights == {Right.STORE}
    assert refusal(access, "USPORT7", "KONTOR", "10.20.4.12") is PeerRefusal.FOREIGN_ADDRESS
    assert [one.address for one in list_refused_senders(access, operator(access))] == ["10.20.4.12"]
    acts = [row.entry.act for row in list_audit(access, operator(access), AuditQuery(), 9)]
    assert acts == ["associate", "admit-sender", "associate"]


def test_a_dismissed_sender_leaves_the_list_until_it_comes_again(access: Access) -> None:
    refusal(access, "USPORT7", "KONTOR", CT)
    dismiss_sender(access, operator(access), list_refused_senders(access, operator(access))[0].id)
    assert list_refused_senders(access, operator(access)) == []
    refusal(access, "USPORT7", "KONTOR", CT)
    assert len(list_refused_senders(access, operator(access))) == 1


def test_the_calling_title_tells_the_organisation(access: Access) -> None:
    create_peer(access, operator(access, "other"), "MRSUED", CT)
    assert identify_peer(access, "MRSUED", "KONTOR", CT).organisation == "other"
    assert list_peers(access, operator(access)) == []
    refusal(access, "MRSUED", "KONTOR", "10.1.1.1")
    assert list_refused_senders(access, operator(access)) == []
    assert len(list_refused_senders(access, operator(access, "other"))) == 1


def test_one_title_may_serve_two_organisations_by_address(access: Access) -> None:
    create_peer(access, operator(access), "CT", "10.1.0.0/16")
    create_peer(access, operator(access, "other"), "CT", "10.2.0.0/16")
    assert identify_peer(access, "CT", "KONTOR", "10.1.5.5").organisation == "main"
    assert identify_peer(access, "CT", "KONTOR", "10.2.5.5").organisation == "other"


def test_changes_and_removal_hold_from_the_next_call(access: Access) -> None:
    made = create_peer(access, operator(access), "CTNORD1", CT)
    change_peer(access, operator(access), made.id, {"host": "10.20.4.12", "may": ("store", "get")})
    assert refusal(access, "CTNORD1", "KONTOR", CT) is PeerRefusal.FOREIGN_ADDRESS
    assert Right.GET in identify_peer(access, "CTNORD1", "KONTOR", "10.20.4.12").rights
    remove_peer(access, operator(access), made.id)
    assert refusal(access, "CTNORD1", "KONTOR", "10.20.4.12") is PeerRefusal.UNKNOWN_CALLING_AE


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ae_title": ""}, "ae_title"),
        ({"ae_title": "X" * 17}, "ae_title"),
        ({"ae_title": "A\\B"}, "ae_title"),
        ({"ae_title": "A\nB"}, "ae_title"),
        ({"host": "10.20.4.256"}, "host"),
        ({"host": "10.0.0.0/33"}, "host"),
        ({"host": "a b"}, "host"),
        ({"host": "-x.example"}, "host"),
        ({"port": 0}, "port"),
        ({"port": 70_000}, "port"),
        ({"may": ["delete"]}, "may"),
    ],
)
def test_what_cannot_be_a_peer_is_named(access: Access, values: dict[str, object], field: str) -> None:
    given = {"ae_title": "CT", "host": CT, **values}
    with pytest.raises(Inadmissible) as caught:
        create_peer(access, operator(access), **given)  # type: ignore[arg-type] # a table of cases
    assert caught.value.field == field


def test_the_same_peer_is_registered_once(access: Access) -> None:
    create_peer(access, operator(access), "CT", CT)
    other = create_peer(access, operator(access), "CT", "10.1.1.1")
    with pytest.raises(AlreadyThere):
        create_peer(access, operator(access), "CT", CT)
    with pytest.raises(AlreadyThere):
        change_peer(access, operator(access), other.id, {"host": CT})


def test_organisations_cannot_touch_each_others_peers(access: Access) -> None:
    made = create_peer(access, operator(access), "CT", CT)
    refusal(access, "USPORT7", "KONTOR", CT)
    sender = list_refused_senders(access, operator(access))[0]
    stranger = operator(access, "other")
    for attempt in (
        lambda: change_peer(access, stranger, made.id, {"host": ""}),
        lambda: remove_peer(access, stranger, made.id),
        lambda: admit_sender(access, stranger, sender.id, ["store"]),
        lambda: dismiss_sender(access, stranger, sender.id),
    ):
        with pytest.raises(NoSuchRow):
            attempt()


def test_without_the_right_no_peer_is_seen_or_changed(access: Access) -> None:
    scope = replace(operator(access), rights=frozenset({Right.FIND}))
    for attempt in (
        lambda: create_peer(access, scope, "CT", CT),
        lambda: list_peers(access, scope),
        lambda: change_peer(access, scope, 1, {}),
        lambda: remove_peer(access, scope, 1),
        lambda: list_refused_senders(access, scope),
        lambda: admit_sender(access, scope, 1, ["store"]),
        lambda: dismiss_sender(access, scope, 1),
    ):
        with pytest.raises(Forbidden):
            attempt()


@pytest.mark.parametrize(
    ("allowed", "address", "admitted"),
    [
        ("", "203.0.113.9", True),
        ("10.20.4.11", "10.20.4.11", True),
        ("10.20.4.11", "10.20.4.12", False),
        ("10.20.4.11", "::ffff:10.20.4.11", True),
        ("10.20.7.0/24", "10.20.7.91", True),
        ("10.20.7.0/24", "10.20.8.1", False),
        ("2001:db8::/32", "2001:db8::5%eth0", True),
        ("2001:db8::/32", "10.20.7.91", False),
        ("ct.example", "192.0.2.1", True),
        ("ct.example", "192.0.2.9", False),
        ("unknown.example", "192.0.2.1", False),
        ("10.20.4.11", "", False),
        ("10.20.4.11", "not an address", False),
        ("127.0.0.1", "127.0.0.1", True),
    ],
)
def test_hosts_admit_by_address_network_and_name(allowed: str, address: str, admitted: bool) -> None:
    hosts = HostNames(lambda name: frozenset({"192.0.2.1", "2001:db8::1"}) if name == "ct.example" else frozenset())
    assert hosts.admits(allowed, address) is admitted


def test_a_name_is_looked_up_once_a_minute() -> None:
    asked: list[str] = []
    now = 0.0

    def resolve(name: str) -> frozenset[str]:
        asked.append(name)
        return frozenset({"192.0.2.1"})

    hosts = HostNames(resolve, lambda: now)
    for _ in range(5):
        assert hosts.admits("ct.example", "192.0.2.1")
    now = 61.0
    hosts.admits("ct.example", "192.0.2.1")
    assert asked == ["ct.example"] * 2
