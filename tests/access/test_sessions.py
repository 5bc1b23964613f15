"""Signing in: nobody learns who exists, guessing gets slow, sessions end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from kontor.access import (
    Access,
    AuditQuery,
    LoginThrottled,
    Right,
    SessionExpired,
    WrongCredentials,
    authenticate,
    change_account,
    create_account,
    end_session,
    list_audit,
    open_session,
    session_scope,
    set_password,
)
from kontor.access.tables import credential, session, sign_in_attempt
from tests.access.rooms import PASSWORD, clock_of, operator

HERE = "10.1.2.3"
HOUR_S = 3600


@pytest.fixture(autouse=True)
def berta(access: Access) -> None:
    create_account(access, operator(access), "Berta", ["reader"], PASSWORD, display_name="Dr. Berta Beispiel")


def test_whoever_signs_in_has_the_rights_of_the_roles(access: Access) -> None:
    opened = authenticate(access, " BERTA ", PASSWORD, HERE)
    scope = session_scope(access, opened.cookie)
    assert scope == opened.scope
    assert scope.rights == {Right.FIND, Right.READ}
    assert (scope.organisation, scope.actor.name) == ("main", "berta")


@pytest.mark.parametrize(
    ("name", "password", "organisation"),
    [
        ("berta", "wrong password", "main"),
        ("nobody", PASSWORD, "main"),
        ("berta", PASSWORD, "other"),
        ("berta", PASSWORD, "never-heard-of"),
        ("berta", "", "main"),
        ("", PASSWORD, "main"),
        ("berta\x00", PASSWORD, "main"),
    ],
)
def test_whatever_is_wrong_the_answer_is_the_same(access: Access, name: str, password: str, organisation: str) -> None:
    with pytest.raises(WrongCredentials) as caught:
        authenticate(access, name, password, HERE, organisation)
    assert str(caught.value) == "name or password"


def test_an_unknown_name_costs_as_much_work_as_a_known_one(access: Access, monkeypatch: pytest.MonkeyPatch) -> None:
    work: list[str] = []
    original = access.hashing._verify

    def counted(stored: str, given: str) -> bool:
        work.append(stored)
        return original(stored, given)

    monkeypatch.setattr(access.hashing, "_verify", counted)
    for name in ("berta", "nobody"):
        with pytest.raises(WrongCredentials):
            authenticate(access, name, "wrong password", HERE)
    assert len(work) == 2
    assert all(stored.startswith("$argon2id$") for stored in work)


@pytest.mark.parametrize("name", ["berta", "nobody"])
def test_guessing_gets_slow_for_names_that_exist_and_for_those_that_do_not(access: Access, name: str) -> None:
    for _ in range(5):
        with pytest.raises(WrongCredentials):
            authenticate(access, name, "wrong password", HERE)
    with pytest.raises(LoginThrottled) as first:
        authenticate(access, name, PASSWORD, "10.9.9.9")
    assert first.value.retry_after_s == 1
    clock_of(access).advance(1)
    with pytest.raises(WrongCredentials):
        authenticate(access, name, "wrong password", HERE)
    with pytest.raises(LoginThrottled) as second:
        authenticate(access, name, PASSWORD, HERE)
    assert second.value.retry_after_s == 2


def test_the_right_password_clears_the_account(access: Access) -> None:
    for _ in range(4):
        with pytest.raises(WrongCredentials):
            authenticate(access, "berta", "wrong password", HERE)
    authenticate(access, "berta", PASSWORD, HERE)
    for _ in range(4):
        with pytest.raises(WrongCredentials):
            authenticate(access, "berta", "wrong password", HERE)
    authenticate(access, "berta", PASSWORD, HERE)


def test_one_address_cannot_try_many_names(access: Access) -> None:
    for number in range(20):
        with pytest.raises(WrongCredentials):
            authenticate(access, f"name{number}", "wrong password", HERE)
    with pytest.raises(LoginThrottled):
        authenticate(access, "berta", PASSWORD, HERE)
    authenticate(access, "berta", PASSWORD, "10.1.2.4")


def test_addresses_of_one_ipv6_network_are_one_origin(access: Access) -> None:
    for number in range(20):
        with pytest.raises(WrongCredentials):
            authenticate(access, f"name{number}", "wrong password", f"2001:db8:1:1::{number:x}")
    with pytest.raises(LoginThrottled):
        authenticate(access, "berta", PASSWORD, "2001:db8:1:1:ffff::1")
    authenticate(access, "berta", PASSWORD, "2001:db8:1:2::1")


def test_guesses_at_the_same_time_are_all_counted(access: Access) -> None:
    def guess(_number: int) -> type[Exception]:
        try:
            authenticate(access, "berta", "wrong password", "")
        except (WrongCredentials, LoginThrottled) as error:
            return type(error)
        raise AssertionError("a wrong password opened a session")

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(guess, range(16)))
    assert outcomes.count(WrongCredentials) == 5


def test_the_password_and_the_secrets_are_not_in_the_database(access: Access) -> None:
    opened = authenticate(access, "berta", PASSWORD, HERE)
    stored = access.database.read(lambda tx: (*tx.all(select(session)), *tx.all(select(credential))))
    text = repr(stored)
    assert opened.cookie not in text
    assert opened.cookie.partition(".")[2] not in text
    assert opened.csrf not in text
    assert PASSWORD not in text
    assert opened.cookie not in repr(opened)


def test_a_mistyped_name_is_not_kept_anywhere(access: Access) -> None:
    with pytest.raises(WrongCredentials):
        authenticate(access, "my secret password", "berta", HERE)
    audited = list_audit(access, operator(access), AuditQuery(act="sign-in"), 9)
    counted = access.database.read(lambda tx: tx.all(select(sign_in_attempt)))
    assert "my secret password" not in repr(audited) + repr(counted)
    assert audited[0].entry.outcome == "refused"


@pytest.mark.parametrize(("steps_s", "holds"), [((7 * HOUR_S, 7 * HOUR_S), True), ((8 * HOUR_S,), False)])
def test_a_session_ends_when_it_was_idle(access: Access, steps_s: tuple[int, ...], holds: bool) -> None:
    cookie = authenticate(access, "berta", PASSWORD, HERE).cookie
    for step_s in steps_s[:-1]:
        clock_of(access).advance(step_s)
        session_scope(access, cookie)
    clock_of(access).advance(steps_s[-1])
    if holds:
        session_scope(access, cookie)
    else:
        with pytest.raises(SessionExpired):
            session_scope(access, cookie)


def test_a_session_in_use_ends_after_a_day(access: Access) -> None:
    cookie = authenticate(access, "berta", PASSWORD, HERE).cookie
    for _ in range(5):
        clock_of(access).advance(4 * HOUR_S)
        session_scope(access, cookie)
    clock_of(access).advance(4 * HOUR_S)
    with pytest.raises(SessionExpired):
        session_scope(access, cookie)


def test_background_calls_do_not_keep_a_session(access: Access) -> None:
    cookie = authenticate(access, "berta", PASSWORD, HERE).cookie
    for _ in range(7):
        clock_of(access).advance(HOUR_S)
        open_session(access, cookie, touch=False)
    clock_of(access).advance(HOUR_S)
    with pytest.raises(SessionExpired):
        open_session(access, cookie, touch=False)


def test_signing_out_ends_the_session_and_only_this_one(access: Access) -> None:
    one, two = (authenticate(access, "berta", PASSWORD, HERE).cookie for _ in range(2))
    end_session(access, one)
    end_session(access, one)  # twice is no error
    with pytest.raises(SessionExpired):
        session_scope(access, one)
    session_scope(access, two)


def test_a_new_password_ends_every_session(access: Access) -> None:
    cookie = authenticate(access, "berta", PASSWORD, HERE).cookie
    set_password(access, operator(access), "berta", "another good one")
    with pytest.raises(SessionExpired):
        session_scope(access, cookie)
    with pytest.raises(WrongCredentials):
        authenticate(access, "berta", PASSWORD, HERE)
    authenticate(access, "berta", "another good one", HERE)


def test_a_closed_account_is_out_at_once_and_its_closing_is_no_secret_to_guess(access: Access) -> None:
    cookie = authenticate(access, "berta", PASSWORD, HERE).cookie
    change_account(access, operator(access), "berta", is_open=False)
    with pytest.raises(SessionExpired):
        session_scope(access, cookie)
    with pytest.raises(WrongCredentials, match="name or password"):
        authenticate(access, "berta", PASSWORD, HERE)


def test_changed_roles_hold_with_the_next_call(access: Access) -> None:
    cookie = authenticate(access, "berta", PASSWORD, HERE).cookie
    change_account(access, operator(access), "berta", roles=["auditor"])
    assert session_scope(access, cookie).rights == {Right.AUDIT}


@pytest.mark.parametrize(
    "cookie", ["", "x", "1.", "1." + "A" * 43, "zzzzzzzzzzzzz." + "A" * 43, "1.\r\n", "\x00", "1.é"]
)
def test_what_is_no_cookie_of_ours_opens_nothing(access: Access, cookie: str) -> None:
    with pytest.raises(SessionExpired):
        session_scope(access, cookie)


def test_each_session_has_its_own_token_against_forged_requests(access: Access) -> None:
    one, two = (authenticate(access, "berta", PASSWORD, HERE) for _ in range(2))
    assert one.csrf != two.csrf
    assert open_session(access, one.cookie).csrf == one.csrf
