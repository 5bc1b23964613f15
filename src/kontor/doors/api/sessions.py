"""/api/v1/session: signing in and out, who is signed in, how they want the client."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from kontor.access import (
    Account,
    ActorKind,
    Scope,
    authenticate,
    describe_account,
    end_session,
    open_session,
    set_preferences,
)
from kontor.doors.api.session_views import ChangePreferences, Preferences, SessionView, SignIn
from kontor.doors.api.version import program_version
from kontor.doors.http import Answer, Endpoint, Entry, is_https, session_cookie
from kontor.platform.clock import as_iso

if TYPE_CHECKING:
    from kontor.doors.http import Call

_SIGN_IN_BYTES = 4_096


def endpoints() -> tuple[Endpoint, ...]:
    """Rows of the route table."""
    return (
        Endpoint(
            "POST", "/session", _sign_in, Entry.ANYBODY, "signIn", "Sign in",
            body=SignIn, answer=SessionView, status=201, body_limit=_SIGN_IN_BYTES, tag="session",
            problems=("wrong-credentials", "too-many-attempts", "csrf"),
        ),
        Endpoint("GET", "/session", _show, Entry.SIGNED_IN, "getSession", "Who is signed in", answer=SessionView),
        Endpoint("DELETE", "/session", _sign_out, Entry.SIGNED_IN, "signOut", "Sign out", status=204),
        Endpoint(
            "PATCH", "/session/preferences", _change_preferences, Entry.SIGNED_IN, "changePreferences",
            "Change one's own preferences", body=ChangePreferences, answer=SessionView,
        ),
    )  # fmt: skip


def _sign_in(call: Call) -> Answer:
    wanted = call.body(SignIn)
    opened = authenticate(call.access, wanted.name, wanted.password, call.address, wanted.organisation)
    account = describe_account(call.access, opened.scope)
    view = _view(opened.scope, account, opened.csrf, as_iso(opened.expires_at_us))
    return Answer(view, headers={"set-cookie": session_cookie(opened.cookie, secure=_is_secure(call))})


def _show(call: Call) -> Answer:
    return Answer(_present(call))


def _sign_out(call: Call) -> Answer:
    if call.session_cookie:
        end_session(call.access, call.session_cookie)
    gone = session_cookie("", secure=_is_secure(call), ended=True)
    # Not "storage": measurements wait there that could not be sent yet, also those of others at this workstation. The
    # list of cases, the only other thing in it, is removed by the client.
    return Answer(headers={"set-cookie": gone, "clear-site-data": '"cache"'})


def _change_preferences(call: Call) -> Answer:
    wanted = call.body(ChangePreferences)
    given = ((name, getattr(wanted, name)) for name in ChangePreferences.__struct_fields__)
    changes = {name: msgspec.to_builtins(value) for name, value in given if value is not msgspec.UNSET}
    set_preferences(call.access, call.scope, changes)
    return Answer(_present(call))


def _present(call: Call) -> SessionView:
    account = describe_account(call.access, call.scope) if call.scope.actor.kind is ActorKind.ACCOUNT else None
    if not call.session_cookie:
        return _view(call.scope, account, "", None)
    session = open_session(call.access, call.session_cookie, touch=False)
    return _view(call.scope, account, session.csrf, as_iso(session.expires_at_us))


def _view(scope: Scope, account: Account | None, csrf: str, expires_at: str | None) -> SessionView:
    stored = {} if account is None else account.preferences
    return SessionView(
        name=scope.actor.name,
        display_name=scope.actor.name if account is None else account.record.display_name,
        organisation=scope.organisation,
        roles=[] if account is None else [role.value for role in account.roles],
        rights=sorted(right.value for right in scope.rights),
        csrf=csrf,
        expires_at=expires_at,
        preferences=msgspec.convert(stored, Preferences),
        version=program_version(),
    )


def _is_secure(call: Call) -> bool:
    return call.settings.secure_cookies or is_https(call.request, call.settings.trusted_proxies)
