"""Who is behind a request: a bearer token or the session cookie; and that a changing request was meant by them."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kontor.access import Access, Right, Scope, Unauthenticated, open_session, token_scope
from kontor.doors.http.problems import Problem
from kontor.doors.http.security import CSRF_HEADER, SAFE_METHODS, check_origin

if TYPE_CHECKING:
    from starlette.requests import Request

    from kontor.doors.http.calls import Call

COOKIE: Final = "kontor_session"
_BEARER: Final = "bearer "
_SECRET_CHARACTERS: Final = 200


@dataclass(frozen=True, slots=True)
class Caller:
    """A known caller; `cookie` is '' for tokens."""

    scope: Scope
    cookie: str = ""


def authenticate_request(access: Access, request: Request, *, https: bool, background: bool = False) -> Caller | None:
    """The caller; None when nothing was presented. Blocks.

    A token counts before a cookie. With a cookie, a changing request needs the session's token in `X-Kontor-CSRF` and
    must come from our own pages. `background` calls do not keep a session alive.

    Raises SessionExpired, UnknownToken, Problem 'csrf'.
    """
    authorization = request.headers.get("authorization", "")
    if authorization:
        if not authorization.lower().startswith(_BEARER) or len(authorization) > _SECRET_CHARACTERS:
            raise Problem("unknown-token")
        return Caller(token_scope(access, authorization[len(_BEARER) :].strip()))
    cookie = request.cookies.get(COOKIE, "")
    if not cookie:
        return None
    session = open_session(access, cookie[:_SECRET_CHARACTERS], touch=not background)
    if request.method not in SAFE_METHODS:
        check_origin(request, https=https)
        if not hmac.compare_digest(request.headers.get(CSRF_HEADER, "").encode(), session.csrf.encode()):
            raise Problem("csrf")
    return Caller(session.scope, cookie)


def session_cookie(secret: str, *, secure: bool, ended: bool = False) -> str:
    """The Set-Cookie field. A session cookie: it ends with the browser, or by the server's own clock before."""
    attributes = "; Path=/; HttpOnly; SameSite=Strict"
    return f"{COOKIE}={secret}{attributes}{'; Secure' if secure else ''}{'; Max-Age=0' if ended else ''}"


def still_allowed(call: Call, right: Right) -> bool:
    """Whether a long answer may go on: the session or token holds, and so does the right. Blocks."""
    try:
        caller = authenticate_request(call.access, call.request, https=False, background=True)
    except Unauthenticated:
        return False
    return caller is not None and right in caller.scope.rights
