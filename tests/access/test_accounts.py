"""Accounts and tokens: made, changed, revoked, each act audited, nobody locked out for good."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from kontor.access import (
    Access,
    AlreadyThere,
    AuditQuery,
    Forbidden,
    Inadmissible,
    LastAdministrator,
    NoSuchRow,
    Right,
    Role,
    Scope,
    UnknownToken,
    WrongCredentials,
    authenticate,
    change_account,
    create_account,
    create_token,
    describe_account,
    first_administrator,
    list_accounts,
    list_audit,
    list_tokens,
    revoke_token,
    set_password,
    set_preferences,
    token_scope,
)
from kontor.access.tables import token
from tests.access.rooms import PASSWORD, clock_of, operator


def account_scope(access: Access, name: str, *roles: str) -> Scope:
    create_account(access, operator(access), name, roles, PASSWORD)
    return authenticate(access, name, PASSWORD, "").scope


def acts(access: Access) -> list[tuple[str, str]]:
    return [(row.entry.act, row.entry.subject) for row in list_audit(access, operator(access), AuditQuery(), 99)][::-1]


def test_the_first_administrator_is_made_once_and_can_do_everything(access: Access) -> None:
    made = first_administrator(access)
    assert made is not None
    name, password = made
    assert first_administrator(access) is None
    scope = authenticate(access, name, password, "").scope
    assert scope.rights >= {Right.MANAGE_ACCOUNTS, Right.MANAGE_PEERS, Right.FIND, Right.READ, Right.STORE, Right.AUDIT}


def test_an_administrator_alone_sees_no_images(access: Access) -> None:
    rights = account_scope(access, "boss", "admin").rights
    assert rights.isdisjoint({Right.FIND, Right.READ, Right.STORE, Right.AUDIT})


@pytest.mark.parametrize("role", ["service", "referrer"])
def test_roles_that_see_only_what_is_shared_see_nothing_by_themselves(access: Access, role: str) -> None:
    assert account_scope(access, "somebody", role).rights == frozenset()


def test_a_name_is_taken_once_whatever_its_case(access: Access) -> None:
    create_account(access, operator(access), "Müller", ["reader"], PASSWORD)
    for name in ("müller", "MÜLLER", "  Müller "):
        with pytest.raises(AlreadyThere):
            create_account(access, operator(access), name, ["reader"], PASSWORD)
    create_account(access, operator(access, "other"), "müller", ["reader"], PASSWORD)
    assert [account.record.name for account in list_accounts(access, operator(access))] == ["müller"]


@pytest.mark.parametrize(
    ("name", "roles", "password", "field"),
    [
        ("", ["reader"], PASSWORD, "name"),
        ("a b", ["reader"], PASSWORD, "name"),
        ("a\nb", ["reader"], PASSWORD, "name"),
        ("../x", ["reader"], PASSWORD, "name"),
        ("x" * 65, ["reader"], PASSWORD, "name"),
        ("x", [], PASSWORD, "roles"),
        ("x", ["emperor"], PASSWORD, "roles"),
        ("x", ["reader"], "short", "password"),
        ("x", ["reader"], "aaaaaaaaaaaa", "password"),
        ("longenough", ["reader"], "LongEnough", "password"),
        ("x", ["reader"], "x y" * 400, "password"),
    ],
)
def test_what_cannot_be_an_account_is_named(
    access: Access, name: str, roles: list[str], password: str, field: str
) -> None:
    with pytest.raises(Inadmissible) as caught:
        create_account(access, operator(access), name, roles, password)
    assert caught.value.field == field
    assert list_accounts(access, operator(access)) == []


def test_a_generated_password_opens_and_is_different_each_time(access: Access) -> None:
    made = [create_account(access, operator(access), name, ["reader"]) for name in ("one", "two")]
    assert len(set(made)) == 2
    authenticate(access, "one", made[0], "")


def test_the_last_administrator_stays(access: Access) -> None:
    create_account(access, operator(access), "boss", ["admin"], PASSWORD)
    for change in ({"is_open": False}, {"roles": ["reader"]}):
        with pytest.raises(LastAdministrator):
            change_account(access, operator(access), "boss", **change)
    create_account(access, operator(access), "second", ["admin"], PASSWORD)
    change_account(access, operator(access), "boss", is_open=False)
    assert not describe_account(access, operator(access), "boss").record.is_open


def test_without_the_right_nothing_of_accounts_can_be_done(access: Access) -> None:
    scope = account_scope(access, "reader", "reader")
    attempts = (
        lambda: create_account(access, scope, "x", ["admin"], PASSWORD),
        lambda: list_accounts(access, scope),
        lambda: change_account(access, scope, "reader", roles=["admin"]),
        lambda: describe_account(access, scope, "reader"),
        lambda: set_password(access, scope, "other", PASSWORD),
        lambda: create_token(access, scope, "other"),
        lambda: list_tokens(access, scope, "other"),
        lambda: revoke_token(access, scope, "other", 1),
    )
    for attempt in attempts:
        with pytest.raises(Forbidden):
            attempt()


def test_organisations_do_not_see_each_other(access: Access) -> None:
    create_account(access, operator(access), "berta", ["reader"], PASSWORD)
    stranger = operator(access, "other")
    assert list_accounts(access, stranger) == []
    for attempt in (
        lambda: describe_account(access, stranger, "berta"),
        lambda: change_account(access, stranger, "berta", is_open=False),
        lambda: set_password(access, stranger, "berta", "a new password"),
        lambda: create_token(access, stranger, "berta"),
    ):
        with pytest.raises(NoSuchRow):
            attempt()
    authenticate(access, "berta", PASSWORD, "")


def test_ones_own_password_needs_the_present_one(access: Access) -> None:
    scope = account_scope(access, "berta", "reader", "admin")
    for current in (None, "", "wrong password"):
        with pytest.raises(WrongCredentials):
            set_password(access, scope, "berta", "a new password", current=current)
    set_password(access, scope, "berta", "a new password", current=PASSWORD)
    authenticate(access, "berta", "a new password", "")


def test_preferences_are_kept_and_can_be_taken_back(access: Access) -> None:
    scope = account_scope(access, "berta", "reader")
    set_preferences(access, scope, {"language": "de", "density": "compact"})
    set_preferences(access, scope, {"density": None})
    assert describe_account(access, scope).preferences == {"language": "de"}
    with pytest.raises(Inadmissible):
        set_preferences(access, scope, {"language": "x" * 40_000})


def test_every_act_on_accounts_is_audited_and_a_failed_one_leaves_no_row(access: Access) -> None:
    create_account(access, operator(access), "berta", ["reader"], PASSWORD)
    with pytest.raises(AlreadyThere):
        create_account(access, operator(access), "berta", ["reader"], PASSWORD)
    change_account(access, operator(access), "berta", display_name="B")
    set_password(access, operator(access), "berta", "a new password")
    made = create_token(access, operator(access), "berta", "script")
    revoke_token(access, operator(access), "berta", made.record.id)
    assert acts(access) == [
        ("create-account", "berta"),
        ("change-account", "berta"),
        ("set-password", "berta"),
        ("create-token", "berta"),
        ("revoke-token", "berta"),
    ]


def test_a_token_has_the_rights_of_its_account_now(access: Access) -> None:
    create_account(access, operator(access), "berta", ["reader"], PASSWORD)
    made = create_token(access, operator(access), "berta", "script")
    assert made.token.startswith("kontor_")
    assert token_scope(access, made.token).rights == {Right.FIND, Right.READ}
    change_account(access, operator(access), "berta", roles=[Role.AUDITOR])
    assert token_scope(access, made.token).rights == {Right.AUDIT}
    change_account(access, operator(access), "berta", is_open=False)
    with pytest.raises(UnknownToken):
        token_scope(access, made.token)


def test_a_token_is_stored_as_a_digest_and_listed_without_its_secret(access: Access) -> None:
    create_account(access, operator(access), "berta", ["reader"], PASSWORD)
    made = create_token(access, operator(access), "berta", "script")
    stored = access.database.read(lambda tx: tx.all(select(token)))
    listed = list_tokens(access, operator(access), "berta")
    secret = made.token.split("_", 2)[2]  # may have underscores of its own
    assert len(secret) == 43
    assert secret not in repr(stored) + repr(listed) + repr(made)
    assert [entry.label for entry in listed] == ["script"]


def test_a_revoked_and_a_dated_token_open_nothing(access: Access) -> None:
    create_account(access, operator(access), "berta", ["reader"], PASSWORD)
    now_us = access.clock.now_us()
    dated = create_token(access, operator(access), "berta", expires_at_us=now_us + 60_000_000)
    token_scope(access, dated.token)
    clock_of(access).advance(60)
    with pytest.raises(UnknownToken):
        token_scope(access, dated.token)
    lasting = create_token(access, operator(access), "berta")
    revoke_token(access, operator(access), "berta", lasting.record.id)
    with pytest.raises(UnknownToken):
        token_scope(access, lasting.token)
    with pytest.raises(NoSuchRow):
        revoke_token(access, operator(access), "berta", lasting.record.id)


@pytest.mark.parametrize("text", ["", "kontor_", "kontor_1_" + "A" * 43, "kontor_1_" + "A" * 44, "x\x00", "Kontor_1_é"])
def test_what_is_no_token_of_ours_opens_nothing(access: Access, text: str) -> None:
    with pytest.raises(UnknownToken):
        token_scope(access, text)


def test_a_token_of_one_organisation_does_not_open_another(access: Access) -> None:
    create_account(access, operator(access), "berta", ["reader"], PASSWORD)
    made = create_token(access, operator(access), "berta")
    other = operator(access, "other")
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    number, text = other.org_id, ""
    while number:
        number, digit = divmod(number, 36)
        text = digits[digit] + text
    forged = f"kontor_{text}_{made.token.split('_', 2)[2]}"
    with pytest.raises(UnknownToken):
        token_scope(access, forged)


def test_tokens_of_one_account_are_limited(access: Access) -> None:
    create_account(access, operator(access), "berta", ["reader"], PASSWORD)
    for _ in range(100):
        create_token(access, operator(access), "berta")
    with pytest.raises(Inadmissible):
        create_token(access, operator(access), "berta")


def test_a_scope_without_an_account_describes_none(access: Access) -> None:
    with pytest.raises(NoSuchRow):
        describe_account(access, operator(access))
    with pytest.raises(NoSuchRow):
        set_preferences(access, replace(operator(access), rights=frozenset()), {"language": "de"})


def test_accounts_without_an_administrator_get_one(access: Access) -> None:
    create_account(access, operator(access), "reader", ["reader"], PASSWORD)
    made = first_administrator(access)
    assert made is not None
    assert Right.MANAGE_ACCOUNTS in authenticate(access, *made, "").scope.rights
    assert first_administrator(access) is None
