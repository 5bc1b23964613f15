"""Scope: the organisation stands in the SQL of every statement, and restrictions close what they do not know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Column, MetaData, Table, Text, delete, event, select, text
from sqlalchemy.engine import Connection

from kontor.access import (
    RESTRICTED_BY,
    Access,
    Actor,
    ActorKind,
    AuditQuery,
    Forbidden,
    NoSuchRow,
    Outcome,
    Restriction,
    Right,
    Scope,
    admit_sender,
    authenticate,
    change_account,
    change_peer,
    create_account,
    create_peer,
    create_token,
    describe_account,
    dismiss_sender,
    end_session,
    identify_peer,
    list_accounts,
    list_audit,
    list_peers,
    list_refused_senders,
    list_tokens,
    load_key,
    open_session,
    queries_without_organisation,
    record,
    remove_peer,
    revoke_token,
    set_password,
    set_preferences,
    system_scope,
    token_scope,
    verify_chain,
)
from kontor.access.audit_chain import Act
from kontor.access.errors import PeerRefused
from kontor.access.tables import account, peer, session
from kontor.platform.database import organisation_column
from tests.access.rooms import PASSWORD, operator

SCOPE = Scope(7, "main", Actor(ActorKind.SYSTEM, 0, "test"), frozenset({Right.FIND}))
picture = Table("picture", MetaData(), organisation_column(), Column("modality", Text, primary_key=True))


def test_a_query_of_a_scope_names_its_organisation() -> None:
    assert str(SCOPE.select(account, account.c.name)) == (
        "SELECT account.name \nFROM account \nWHERE account.org_id = :org_id_1"
    )


def test_a_right_that_is_not_held_is_refused_by_name() -> None:
    SCOPE.require(Right.FIND)
    with pytest.raises(Forbidden) as caught:
        SCOPE.require(Right.READ)
    assert caught.value.right == "read"


def test_a_restricted_scope_sees_nothing_of_a_table_that_does_not_say_how() -> None:
    restricted = replace(SCOPE, restriction=Restriction(modalities=frozenset({"MR"})))
    with pytest.raises(Forbidden):
        restricted.select(picture)
    with pytest.raises(Forbidden):
        restricted.select(Table("bare", MetaData(), organisation_column()))


def test_a_restriction_stands_in_the_sql_of_tables_and_of_their_aliases() -> None:
    restricted = replace(SCOPE, restriction=Restriction(modalities=frozenset({"MR"})))
    table = Table("limited", MetaData(), organisation_column(), Column("modality", Text, primary_key=True))
    table.info[RESTRICTED_BY] = lambda columns, limits: columns.c.modality.in_(limits.modalities)
    assert "limited.modality IN" in str(restricted.select(table))
    assert "one.modality IN" in str(select(table.alias("one")).where(restricted.condition(table.alias("one"))))


@pytest.mark.parametrize(
    ("statement", "open_tables"),
    [
        (lambda: select(account), ["account"]),
        (lambda: SCOPE.select(account), []),
        (lambda: select(account).where(account.c.name == "x"), ["account"]),
        (lambda: SCOPE.select(account).join(session, session.c.account == account.c.id), ["session"]),
        (lambda: SCOPE.select(account).join(session, session.c.org_id == account.c.org_id), []),
        (lambda: select(peer).where(peer.c.org_id.in_([1, 2])), []),
        (lambda: delete(session), ["session"]),
        (lambda: delete(session).where(SCOPE.condition(session)), []),
        (lambda: SCOPE.select(account).where(select(session.c.id).exists()), ["session"]),
        (lambda: select(account.alias("a")), ["a"]),
        (lambda: select(account.alias("a")).where(account.alias("a").c.org_id == 1), ["a"]),
    ],
)
def test_the_checker_finds_what_is_left_open(statement: Callable[[], select], open_tables: list[str]) -> None:  # type: ignore[valid-type] # any statement
    assert queries_without_organisation(statement()) == open_tables


def everything(access: Access) -> None:
    """Every public act of the room, once."""
    scope = operator(access)
    create_account(access, scope, "berta", ["reader", "admin"], PASSWORD)
    change_account(access, scope, "berta", display_name="B", roles=["reader", "admin"], is_open=True)
    opened = authenticate(access, "berta", PASSWORD, "10.0.0.1")
    open_session(access, opened.cookie)
    describe_account(access, opened.scope)
    set_preferences(access, opened.scope, {"language": "de"})
    list_accounts(access, scope)
    made = create_token(access, scope, "berta", "x")
    token_scope(access, made.token)
    list_tokens(access, scope, "berta")
    revoke_token(access, scope, "berta", made.record.id)
    end_session(access, opened.cookie)
    set_password(access, scope, "berta", "a new password")
    registered = create_peer(access, scope, "CT", "10.0.0.1")
    identify_peer(access, "CT", "KONTOR", "10.0.0.1")
    change_peer(access, scope, registered.id, {"name": "x"})
    list_peers(access, scope)
    remove_peer(access, scope, registered.id)
    for name in ("ONE", "TWO"):
        with pytest.raises(PeerRefused):
            identify_peer(access, name, "KONTOR", "10.0.0.1")
    one, two = list_refused_senders(access, scope)
    admit_sender(access, scope, one.id, ["store"])
    dismiss_sender(access, scope, two.id)
    record(access, scope, Act.READ, "1.2", Outcome.SUCCESS)
    list_audit(access, scope, AuditQuery(), 9)
    verify_chain(access)


def test_every_statement_of_the_room_names_its_organisation(access: Access) -> None:
    """Organisations themselves are the exception: their rows are what makes a scope."""
    seen: list[str] = []

    def check(_connection: Connection, statement: object, *_rest: object) -> None:
        if isinstance(statement, type(text(""))):
            return
        left_open = set(queries_without_organisation(statement)) - {"organisation"}  # type: ignore[arg-type] # a clause
        is_insert = str(statement).startswith("INSERT")
        seen.extend(f"{name}: {statement}" for name in left_open if not is_insert)

    engines = access.database.engines.values()
    for engine in engines:
        event.listen(engine, "before_execute", check)
    everything(access)
    for engine in engines:
        event.remove(engine, "before_execute", check)
    assert seen == []


def test_a_system_scope_belongs_to_an_organisation_that_is_there(access: Access) -> None:
    scope = system_scope(access, "main", "settle")
    assert system_scope(access, scope.org_id, "settle") == scope
    for unknown in ("never-heard-of", 4_711):
        with pytest.raises(NoSuchRow):
            system_scope(access, unknown, "settle")


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "access"
    key = load_key(path)
    assert len(key) == 32
    assert load_key(path) == key
    assert path.stat().st_mode & 0o077 == 0
    assert [entry.name for entry in path.parent.iterdir()] == ["access"]
    path.write_bytes(b"short")
    with pytest.raises(ValueError, match="not a key file"):
        load_key(path)
